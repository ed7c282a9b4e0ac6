"""Forecasts, computed independently: every limit is looked at on every day before it.

Here are the limits, base rates and what falls due; `tests.oracle.chances` has what follows.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from tests.oracle.district import District, Row
from tests.oracle.findings import Standing, standing

DAY = timedelta(1)
FIRST_DAY = date(2000, 1, 1)
"""The first day that can be looked at; a report is owed from it on."""
OPEN = ("RECTIFYING", "REVIEWING", "SUSPENDED")
TWO_YEARS, FURTHEST, PRIOR = 730, 90, 2


class Limit(NamedTuple):
    """A limit, the first day of the wait for it and the day after its last, and how it ended."""

    item: str
    group: tuple[str, ...]
    state: str
    first: date
    after: date
    due: date
    passed: bool


class Base(NamedTuple):
    """The base rate some days before a limit, its number of cases, and the group's."""

    rate: float
    of_all: int
    cases: int


def limits(district: District, day: date) -> list[Limit]:
    """The limits of findings, according to what had happened by `day`."""
    return [each for row in district.all("findings") for each in _of_finding(district, row, day)]


def limits_of_reports(district: District, day: date) -> list[Limit]:
    """The limits of reports, according to what had happened by `day`."""
    found = []
    for row in district.all("reports"):
        kind = district.one("units", code=row["unit"])["kind"]
        done = row["submitted_on"]
        after = done if done is not None and done <= day else date.max
        item = f"{row['unit']}|{row['year']}|{row['kind']}|{row['number']}"
        passed = after > row["due_on"] + DAY
        group = (row["kind"], kind)
        found.append(Limit(item, group, "OWED", FIRST_DAY, after, row["due_on"], passed))
    return found


def _of_finding(district: District, finding: Row, day: date) -> Iterator[Limit]:
    """A limit for each run of days with the same state, limit and number of extensions."""
    if finding["issued_on"] > day:
        return
    kind = district.one("units", code=finding["unit"])["kind"]
    events = district.where("rectification_events", finding=finding["code"])
    turns = sorted({finding["issued_on"], *(e["on_date"] for e in events if e["on_date"] <= day)})
    stood = [(turn, _stood(district, finding, turn)) for turn in turns]
    runs = [each for at, each in enumerate(stood) if not at or each[1] != stood[at - 1][1]]
    for at, (first, (state, due, extended)) in enumerate(runs):
        after = runs[at + 1][0] if at + 1 < len(runs) else date.max
        if state in OPEN and first <= due:
            group = (finding["rect_type"], finding["severity"], kind, str(min(extended, 2)))
            passed = _passed(district, finding, due, day)
            yield Limit(finding["code"], group, state, first, after, due, passed)


def _stood(district: District, finding: Row, day: date) -> tuple[str, date, int]:
    found = _standing(district, finding, day)
    return found.state, found.due, sum(each["action"] == "EXTEND" for each in found.events)


def _passed(district: District, finding: Row, due: date, told_by: date) -> bool:
    """Whether the finding was overdue on the day after `due`, by events up to `told_by`."""
    found = _standing(district, finding, min(due + DAY, told_by))
    return found.state == "RECTIFYING" and found.due == due


def _standing(district: District, finding: Row, day: date) -> Standing:
    found = standing(district, finding, day)
    assert found is not None
    return found


def learnt(told: Sequence[Limit], day: date) -> list[Limit]:
    """The limits that passed in the two years before `day`."""
    return [each for each in told if day - timedelta(TWO_YEARS) <= each.due < day]


def base(told: Sequence[Limit], day: date, ahead: Limit) -> Base | None:
    """What a limit ahead is compared with on `day`; None if no limit has passed."""
    cohort = learnt(told, day)
    days = min((ahead.due - day).days, FURTHEST)
    counts = {left: _stood_open(cohort, ahead.state, left) for left in range(FURTHEST + 1)}
    every = [
        each
        for state in {one.state for one in cohort}
        for left in range(FURTHEST + 1)
        for each in _stood_open(cohort, state, left)
    ]
    if not every:
        return None
    whole = sum(each.passed for each in every) / len(every)
    if ahead.state not in {one.state for one in told}:
        return Base(whole, 0, 0)
    of_state = [each for own in counts.values() for each in own]
    one_case = FURTHEST + 1
    by_state = (sum(e.passed for e in of_state) + one_case * whole) / (len(of_state) + one_case)
    own = counts[days]
    rate = (sum(each.passed for each in own) + PRIOR * by_state) / (len(own) + PRIOR)
    return Base(rate, len(own), sum(each.group == ahead.group for each in own))


def _stood_open(cohort: Sequence[Limit], state: str, left: int) -> list[Limit]:
    """The limits that were open in `state` `left` days before their day."""
    return [
        each
        for each in cohort
        if each.state == state and each.first <= each.due - timedelta(left) < each.after
    ]


def ahead(told: Sequence[Limit], day: date) -> list[Limit]:
    """The limits that are waited for on `day` and have not passed."""
    return [each for each in told if each.first <= day < each.after and each.due >= day]


def at_stake(district: District, finding: str, day: date) -> int:
    """The money of a finding not yet put right on `day`, in 分."""
    found = _standing(district, district.one("findings", code=finding), day)
    return found.amount - found.put_right


class DueWithin(NamedTuple):
    """The limits of findings and of reports that fall due, and the money in each finding."""

    findings: list[Limit]
    reports: list[Limit]
    money: list[int]


def due_within(district: District, day: date, days: int, units: set[str]) -> DueWithin:
    """What falls due for `units` within `days` from `day`."""
    until = day + timedelta(days)
    owner: dict[str, Any] = {row["code"]: row["unit"] for row in district.all("findings")}
    findings = [
        each
        for each in ahead(limits(district, day), day)
        if each.due < until and owner[each.item] in units
    ]
    reports = [
        each
        for each in ahead(limits_of_reports(district, day), day)
        if each.due < until and each.item.partition("|")[0] in units
    ]
    return DueWithin(findings, reports, [at_stake(district, each.item, day) for each in findings])
