"""What is counted stands in the singular where there is one of it."""

import pytest

from models.text import sentence


@pytest.mark.parametrize(
    ("message", "values", "said"),
    [
        ("overdue by {n} days", {"n": 1}, "overdue by 1 day"),
        ("overdue by {n} days", {"n": "1"}, "overdue by 1 day"),
        ("overdue by {n} days", {"n": 0}, "overdue by 0 days"),
        ("overdue by {n} days", {"n": 11}, "overdue by 11 days"),
        ("{n} days", {"n": "1.0"}, "1.0 days"),
        ("{n} duties of {units} units", {"n": 1, "units": 2}, "1 duty of 2 units"),
        ("{n} duties of {units} units", {"n": 2, "units": 1}, "2 duties of 1 unit"),
        ("{n} units are red", {"n": 1}, "1 unit is red"),
        ("{n} units are red", {"n": 2}, "2 units are red"),
        ("{n} findings have moved", {"n": 1}, "1 finding has moved"),
        ("only {n} limits stand behind it", {"n": 1}, "only 1 limit stands behind it"),
        ("{units} units were derived", {"units": 1}, "1 unit was derived"),
        # The verb goes by the part, the noun by the whole.
        ("{red} of {n} units are red", {"red": 1, "n": 30}, "1 of 30 units is red"),
        ("{red} of {n} units are red", {"red": 0, "n": 1}, "0 of 1 unit is red"),
        ("{red} of {n} units are red", {"red": 2, "n": 30}, "2 of 30 units are red"),
        ("{n} reports due today are not in", {"n": 1}, "1 report due today is not in"),
        # A verb of another noun stays as it is.
        ("{n} units whose findings are late", {"n": 1}, "1 unit whose findings are late"),
        ("{n} units arose", {"n": 1}, "1 unit arose"),
        # What people typed stays as it is.
        ("{title}: {n} days", {"title": "1 days", "n": 2}, "1 days: 2 days"),
        ("{n} {title}", {"title": "days", "n": 1}, "1 days"),
    ],
)
def test_one_is_said_in_the_singular(message: str, values: dict[str, object], said: str) -> None:
    assert sentence(message, **values).say(str, "en") == said


def test_other_languages_have_no_plural() -> None:
    assert sentence("{n} days", n=1).say(str, "zh_CN") == "1 days"
