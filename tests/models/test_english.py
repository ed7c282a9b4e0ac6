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
        # A verb would have to change as well.
        ("{n} units are red", {"n": 1}, "1 units are red"),
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
