"""Whether a fix held: the days on which a closure is judged, and what counts against it."""

from datetime import date, timedelta

import pytest

from models.days import Span
from models.rules.fact import Fact
from models.rules.holding import facts_of_closures
from tests.models.rules.rows import days, events, finding

CLOSED = date(2024, 3, 1)
YEAR, DAY = timedelta(365), timedelta(1)
JUDGED = [Span(CLOSED + YEAR, CLOSED + 2 * YEAR)]


def judged(*history: tuple[date, str], repeats: tuple[date, ...] = ()) -> list[Fact]:
    return list(facts_of_closures(finding(), events(*history), repeats, "IMMEDIATE"))


def test_a_closure_is_judged_from_a_year_after_it_for_a_year() -> None:
    facts = judged((CLOSED, "CLOSE"))
    assert days(facts, "fix_judged", "IMMEDIATE") == JUDGED
    assert days(facts, "fix_held", "IMMEDIATE") == JUDGED


@pytest.mark.parametrize(("after", "holds"), [(DAY, False), (YEAR, False), (YEAR + DAY, True)])
def test_a_reopening_within_the_year_counts_against_it(after: timedelta, holds: bool) -> None:
    facts = judged((CLOSED, "CLOSE"), (CLOSED + after, "REOPEN"))
    assert days(facts, "fix_judged") == JUDGED
    assert bool(days(facts, "fix_held")) is holds


@pytest.mark.parametrize(
    ("after", "holds"), [(timedelta(0), True), (DAY, False), (YEAR, False), (YEAR + DAY, True)]
)
def test_a_repeat_issued_within_the_year_counts_against_it(after: timedelta, holds: bool) -> None:
    facts = judged((CLOSED, "CLOSE"), repeats=(CLOSED + after,))
    assert bool(days(facts, "fix_held")) is holds


def test_each_closure_of_a_finding_is_judged_by_what_came_after_it() -> None:
    again = CLOSED + timedelta(30)
    facts = judged((CLOSED, "CLOSE"), (CLOSED + DAY, "REOPEN"), (again, "CLOSE"))
    assert len([each for each in facts if each.measure == "fix_judged"]) == 2
    assert days(facts, "fix_held") == [Span(again + YEAR, again + 2 * YEAR)]
    assert {each.ledger for each in facts} == {"rectification_events"}


def test_what_was_never_closed_is_not_judged() -> None:
    assert judged((CLOSED, "PROGRESS"), (CLOSED + DAY, "SUBMIT")) == []
