"""What the charts and tables of rectification show: numbers, order, days, ties."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard.reads import cache
from models.account import Role
from models.days import month_ends
from tests.dashboard.apps import open_app
from tests.dashboard.signed_in import SignIn
from tests.data.contents import TODAY, kept, workbook
from tests.pages.chart_rows import rows
from tests.pages.tables import lists
from tests.pages.tiles import regions

pytestmark = pytest.mark.usefixtures("english")

PAST, MOVED = date(2026, 3, 10), date(2026, 8, 1)
FINDINGS = [
    *({"code": f"E{at}", "unit": "E01", "due_on": PAST} for at in range(4)),
    *({"code": f"S{at}", "unit": "S01", "due_on": PAST} for at in range(3)),
    {"code": "P1", "unit": "S01", "due_on": MOVED, "project": "A1", "severity": "MAJOR"},
]


@pytest.fixture(autouse=True)
def full(engine: Engine, sign_in_as: SignIn) -> Engine:
    """Eight findings: six overdue, one moved, one major of an internal audit that is not due."""
    moved = {"finding": "E3", "on_date": date(2026, 3, 1), "action": "EXTEND", "new_due_on": MOVED}
    kept(
        engine,
        workbook(
            projects=[{"code": "A1", "unit": "S01", "source": "INTERNAL"}],
            findings=FINDINGS,
            rectification_events=[moved],
        ),
    )
    cache.forget_version()
    sign_in_as(Role.LEADER)
    return engine


def drawn(part: str, **query: str) -> AppTest:
    app = open_app("rectification", tab=part, as_of=TODAY.isoformat(), **query)
    assert not app.exception and not app.error
    return app


def column(app: AppTest, heading: str) -> list[object]:
    (table,) = (each.value for each in lists(app) if heading in each.value)
    return list(table[heading])


def test_it_begins_with_a_sentence_on_what_is_overdue_and_how_far_the_rate_is_from_its_target() -> (
    None
):
    pieces = regions(drawn("now"))["say"]["parts"][0]["pieces"]
    assert [(each["text"], each["tone"]) for each in pieces] == [
        ("overdue findings 6", "bad"),
        (f"finding overdue the longest: {(TODAY - PAST).days} days in 2 units alike", "bad"),
        ("95.0 points short of the target of 95%", "bad"),
        ("due rate 0.0%", ""),
        ("changes against 2026-05-31", ""),
    ]


def test_what_is_overdue_the_longest_stands_by_name_beside_how_many_are_overdue() -> None:
    (table,) = (each.value for each in lists(drawn("now")) if "Overdue (days)" in each.value)
    assert list(table["Overdue (days)"]) == [(TODAY - PAST).days] * 6
    assert list(table.columns) == [
        "Overdue (days)",
        "Unit",
        "Finding",
        "Next step · by whom · by when",
        "Severity",
        "Present limit",
    ]
    since = PAST + timedelta(91)
    said = f"Hold an interview, or issue a circular · Committee office · due since {since}"
    assert set(table["Next step · by whom · by when"]) == {said}


@pytest.mark.parametrize("part", ["now", "ledger"])
def test_lists_mark_what_is_new_or_newly_overdue_since_the_day_of_comparison(
    full: Engine, part: str
) -> None:
    since = date(2026, 5, 31)
    came = [
        {"code": "N1", "unit": "S01", "due_on": since, "severity": "IMPORTANT"},
        {"code": "N2", "unit": "S01", "issued_on": since + timedelta(1), "due_on": MOVED},
    ]
    kept(full, workbook(findings=came))
    cache.forget_version()
    app = drawn(part)
    if part == "ledger":
        assert any(rf"newly overdue since {since}\: 1" in each.value for each in app.markdown)
    (table,) = (each for each in lists(app) if f"Since {since}" in each.value)
    (columns,) = [each for each in table.part["columns"] if each["name"] == f"Since {since}"]
    assert columns["card"] == "{n}"
    marks = list(zip(table.value["Severity"], table.value[f"Since {since}"], strict=True))
    assert marks.count(("Important", "newly overdue")) == 1
    assert marks.count(("Ordinary", "New")) == (part == "ledger")
    assert marks.count(("Ordinary", None)) == (7 if part == "ledger" else 6)


def test_on_a_phone_the_longest_overdue_stand_before_the_rates() -> None:
    ids = [str(getattr(getattr(each, "proto", None), "id", "")) for each in drawn("now").main]
    wanted = ("desk-rectification-rates", "rectification-longest", "phone-rectification-rates")
    above, longest, below = (
        next(at for at, each in enumerate(ids) if each.endswith(key)) for key in wanted
    )
    assert above < longest < below


def test_the_ledger_says_how_many_findings_are_overdue() -> None:
    told = [each.value for each in drawn("ledger").markdown]
    assert any("**Findings: 8, of them 6 overdue**" in each for each in told)
    told = [each.value for each in drawn("ledger", status="IN_PROGRESS").markdown]
    assert any("**Findings: 2**" in each for each in told)


def test_a_card_of_a_phone_says_what_is_overdue_for_how_long_and_its_limit() -> None:
    (table,) = (each.part for each in lists(drawn("ledger")) if "Marks" in each.value)
    assert {each["name"]: each["card"] for each in table["columns"] if each["card"]} == {
        "Overdue (days)": "overdue by {n} days",
        "Finding": "{n}",
        "Next step · by whom · by when": "Next: {n}",
        "Severity": "{n}",
        "Present limit": "Present limit {n}",
    }


def test_what_is_under_review_says_since_when_it_waits_and_that_no_limit_is_set(
    full: Engine,
) -> None:
    submitted = {"finding": "S0", "on_date": TODAY - timedelta(12), "action": "SUBMIT"}
    kept(full, workbook(rectification_events=[submitted]))
    cache.forget_version()
    (said,) = column(drawn("ledger", state="REVIEWING"), "Next step · by whom · by when")
    assert str(said).endswith(
        f"Committee office · waiting 12 days since {TODAY - timedelta(12)}, no limit"
    )


def test_of_ages_the_oldest_stands_out() -> None:
    assert rows(drawn("dates"), "code", "long", having="366+")[-1] == ("366+", True)


def test_each_part_stands_with_both_counts_the_widest_gap_on_top() -> None:
    shown = rows(drawn("dates"), "name", "original", "present")
    assert shown == [("EDU", 4, 3), ("SOE", 3, 3)]


def test_what_a_moved_limit_hides_stands_with_both_limits_and_its_days() -> None:
    app = drawn("dates")
    assert column(app, "Original limit") == [PAST]
    assert column(app, "Present limit") == [MOVED]
    assert column(app, "Days past the original") == [(TODAY - PAST).days]


def names(app: AppTest, having: str) -> list[object]:
    """The names in the chart of statuses in which `having` is one of them, in their order."""
    return list(dict.fromkeys(row[0] for row in rows(app, "name", "status", having=having)))


def test_of_severities_the_gravest_comes_first() -> None:
    assert names(drawn("now"), "Major") == ["Major", "Ordinary"]


def test_of_sources_the_one_with_most_unrectified_comes_first() -> None:
    assert names(drawn("now"), "Other") == ["Other", "Internal audit"]


def test_a_year_begins_with_the_last_day_of_the_one_before() -> None:
    told = " ".join(each.value for each in drawn("flow", period="year").markdown)
    said = told.replace("\\", "")
    assert "number of findings not closed, 2025-12-31 to 2026-06-30" in said


def test_of_the_numbers_behind_the_rates_the_latest_come_first() -> None:
    days = column(drawn("flow"), "Day")
    assert days == month_ends(TODAY, 24)[::-1]


def test_equal_units_share_a_rank_and_it_is_said() -> None:
    app = drawn("units", by="overdue", kind="INSTITUTION")
    assert column(app, "Rank") == ["1/2 tied", "1/2 tied"]
