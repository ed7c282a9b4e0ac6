"""The four kinds of report in the demonstration, and the scores reviewers gave them."""

import random
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from data.demonstration.calendar import plus
from data.demonstration.district import District, Member
from data.demonstration.traits import Trait
from models.report import Report, ReportKind, ReportScore

AHEAD = 92
"""Reports are entered a quarter before they are due."""
TIMELY, LATE_DAY = "TIMELY", 200
"""The dimension of punctuality, and what a day costs it, in hundredths."""
REVIEWERS, POOR = 3, 0.05


class Owed(NamedTuple):
    """A report that every unit owes once a year, by a day of that year or the next."""

    kind: ReportKind
    number: int
    month: int
    day: int
    years_later: int = 0


OWED = (
    Owed(ReportKind.PLAN, 1, 1, 31),
    Owed(ReportKind.AUDIT_REPORT, 1, 6, 30),
    Owed(ReportKind.AUDIT_REPORT, 2, 11, 30),
    Owed(ReportKind.RECT_REPORT, 1, 9, 30),
    Owed(ReportKind.SUMMARY, 1, 1, 15, 1),
)


def write(district: District) -> None:
    """Write the reports and their scores."""
    places = {member.code: place for place, member in enumerate(district.heard)}
    for member in district.members:
        chance = district.chance("reports", member.code)
        reviewers = _reviewers(district, places.get(member.code, 0))
        for year, owed, due_on in sorted(_due(district, member), key=lambda each: each[2]):
            submitted_on = _submitted_on(district, member, due_on, chance)
            key = {"unit": member.code, "year": year, "kind": owed.kind, "number": owed.number}
            district.book.add(Report, **key, due_on=due_on, submitted_on=submitted_on)
            if submitted_on:
                late = max(0, (submitted_on - due_on).days)
                _scores(district, member, key, submitted_on, late, reviewers, chance)


def _due(district: District, member: Member) -> Iterator[tuple[int, Owed, date]]:
    last = plus(district.last_day, AHEAD)
    for year in range(member.enrolled_on.year - 1, last.year + 1):
        for owed in OWED:
            due_on = date(year + owed.years_later, owed.month, owed.day)
            if plus(member.enrolled_on, 20) <= due_on <= last:
                yield year, owed, due_on


def _submitted_on(
    district: District, member: Member, due_on: date, chance: random.Random
) -> date | None:
    """Fewer late ones every year; the two latest are missing where that is to be seen."""
    if member.silent:
        return None
    last_day = district.last_day
    late = chance.random() < 0.34 - 0.24 * district.age(due_on) - 0.06 * member.quality
    submitted_on = plus(due_on, chance.randint(1, 25) if late else -chance.randint(0, 12))
    if Trait.LATE_REPORT in member.traits and plus(last_day, -200) < due_on < last_day:
        return None
    if due_on < last_day < submitted_on:
        submitted_on = due_on
    return submitted_on if submitted_on <= last_day else None


def _reviewers(district: District, place: int) -> Sequence[Member]:
    """The units that come next, each with its own measure."""
    following = range(place + 1, place + 1 + REVIEWERS)
    return [district.heard[at % len(district.heard)] for at in following]


def _scores(
    district: District,
    member: Member,
    key: dict[str, object],
    submitted_on: date,
    late: int,
    reviewers: Sequence[Member],
    chance: random.Random,
) -> None:
    weights = district.references.rubric[str(key["kind"])]
    quality = 0.66 + 0.14 * member.quality + 0.17 * district.age(submitted_on)
    if chance.random() < POOR:
        quality -= 0.2
    scored_on = plus(submitted_on, chance.randint(6, 24))
    for place, reviewer in enumerate(reviewers[: chance.choice((1, 2, 2, 3))]):
        # Reviewers differ: one is milder than the next, and so are they all in time.
        level = quality + (reviewer.place % 5 - 2) * 0.015
        done_on = plus(scored_on, 2 * place)
        if done_on > district.last_day:
            return
        for dimension, weight in weights.items():
            share = min(1.0, max(0.3, level + chance.uniform(-0.09, 0.09)))
            points = round(weight * share * 2) * 50
            if dimension == TIMELY:
                points = max(0, weight * 100 - late * LATE_DAY)
            district.book.add(
                ReportScore,
                **key,
                reviewer=reviewer.code,
                dimension=dimension,
                points=points,
                scored_on=done_on,
                note=f"迟报{late}日" if dimension == TIMELY and late else None,
            )
