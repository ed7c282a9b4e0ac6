"""Who was in charge of what is late, found by looking at the posts on every single day."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from tests.oracle.district import District, by, holds, in_last_year
from tests.oracle.findings import standings

SUBJECTS = ("PRINCIPAL", "AUDITOR")
ONE_DAY = timedelta(1)

Names = list[str]
Under = Mapping[str | None, int]
"""By name of a holder, the late days; None are days on which nobody held the post."""


class Late(NamedTuple):
    """An overdue finding, a late report or a missed duty; `done` is None until it is done."""

    kind: str
    what: str
    code: str
    serial: str
    unit: str
    due: date
    done: date | None
    days: int


def holders(district: District, unit: str, role: str, day: date) -> Names:
    """The names of those in a post on `day`, sorted."""
    rows = district.where("appointments", unit=unit, role=role)
    return sorted({row["name"] for row in rows if holds(row["from_on"], row["until_on"], day)})


def ever_held(district: District, unit: str, day: date) -> bool:
    """Whether anybody had taken one of the two posts by `day`."""
    return any(
        row["from_on"] <= day
        for role in SUBJECTS
        for row in district.where("appointments", unit=unit, role=role)
    )


def late_under(district: District, unit: str, role: str, due: date, last: date) -> Under:
    """The days after `due` up to `last` by who held the post on each."""
    days: Counter[str | None] = Counter()
    for after in range((last - due).days):
        at = due + ONE_DAY + timedelta(after)
        days.update(holders(district, unit, role, at) or [None])
    return dict(days)


def of_finding(
    district: District, unit: str, issued: date, due: date, day: date, *, overdue: bool
) -> list[tuple[str, Names, Names | None, Names, Under]]:
    """By post, who held it when a finding was issued, when it fell due and on `day`, and for how
    many of its late days."""
    if not ever_held(district, unit, day):
        return []
    return [
        (
            role,
            holders(district, unit, role, issued),
            holders(district, unit, role, due) if due <= day else None,
            holders(district, unit, role, day),
            late_under(district, unit, role, due, day) if overdue else {},
        )
        for role in SUBJECTS
    ]


def overdue_findings(district: District, day: date, units: set[str]) -> Iterator[Late]:
    for each in standings(district, day, units):
        row = each.finding
        if each.days_over:
            yield Late(
                "FINDING",
                row["title"],
                row["code"],
                "",
                row["unit"],
                each.due,
                None,
                each.days_over,
            )


def late_reports_and_duties(district: District, day: date, units: set[str]) -> Iterator[Late]:
    """What is not done; of what fell due in the last year, also what was done late."""
    for row in district.of(units, "reports"):
        found = _late(row["due_on"], row["submitted_on"], day)
        if found and (found[0] is None or in_last_year(row["due_on"], day)):
            serial = f"{row['year']}-{row['number']}"
            yield Late("REPORT", row["kind"], "", serial, row["unit"], row["due_on"], *found)
    for row in district.of(units, "duties"):
        found = _late(row["due_on"], row["done_on"], day)
        if found and in_last_year(row["due_on"], day):
            yield Late("DUTY", row["item"], "", "", row["unit"], row["due_on"], *found)


def _late(due: date, done: date | None, day: date) -> tuple[date | None, int] | None:
    """When it was done, if by `day`, and for how many days it was late; None if it never was."""
    done = done if by(done, day) else None
    days = ((done or day) - due).days
    return (done, days) if days > 0 else None


def at_due_and_end(
    district: District, late: Late, day: date
) -> list[tuple[str, Names, Names, Under]]:
    """By post, who held it when a matter fell due and when it was done, and the late days."""
    if not ever_held(district, late.unit, day):
        return []
    last = late.done or day
    return [
        (
            role,
            holders(district, late.unit, role, late.due),
            holders(district, late.unit, role, last),
            late_under(district, late.unit, role, late.due, last),
        )
        for role in SUBJECTS
    ]


Person = tuple[str, str, str | None]
"""A unit, a post, and the name of a holder; None where nobody held it."""


def by_person(
    district: District, day: date, units: set[str]
) -> dict[Person, tuple[bool, int, int, int, int]]:
    """By person, whether still in post, the findings, reports and duties late under them, and the
    days."""
    matters = [
        *overdue_findings(district, day, units),
        *late_reports_and_duties(district, day, units),
    ]
    kinds: dict[Person, Counter[str]] = {}
    for each in matters:
        for role, _due, _end, under in at_due_and_end(district, each, day):
            for name, days in under.items():
                counted = kinds.setdefault((each.unit, role, name), Counter())
                counted.update({each.kind: 1, "days": days})
    return {
        (unit, role, name): (
            name in holders(district, unit, role, day),
            *(counted[kind] for kind in ("FINDING", "REPORT", "DUTY", "days")),
        )
        for (unit, role, name), counted in kinds.items()
    }
