"""Who was answerable for a matter: who held a post on a day, and for how many of its late days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Term:
    """A person's time in a post, from `from_on` until the day before `until_on` (None = still)."""

    name: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class LateDays:
    """The late days under one person; `name` is None for days of vacancy."""

    name: str | None
    days: int


def in_post(terms: Iterable[Term], day: date) -> tuple[str, ...]:
    """The names of those in the post on `day`, without repetitions, in the order they took it."""
    held = sorted(
        (term.from_on, term.name)
        for term in terms
        if term.from_on <= day and (term.until_on is None or day < term.until_on)
    )
    return tuple(dict.fromkeys(name for _from, name in held))


def late_days(terms: Sequence[Term], due: date, last: date) -> tuple[LateDays, ...]:
    """By holder of the post, the late days from the day after `due` up to and including `last`.

    Ordered by the first late day of each. Two holders on one day both count it, so the days may add
    up to more than there are. Empty if `last` is not after `due`.
    """
    counted: dict[str | None, int] = {}
    day = due + timedelta(days=1)
    while day <= last:
        holders = in_post(terms, day)
        until = min(_next_change(terms, day), last + timedelta(days=1))
        for name in holders or (None,):
            counted[name] = counted.get(name, 0) + (until - day).days
        day = until
    return tuple(LateDays(name, days) for name, days in counted.items())


def _next_change(terms: Iterable[Term], day: date) -> date:
    """The first day after `day` on which a term begins or ends; else the latest possible day."""
    changes = (each for term in terms for each in (term.from_on, term.until_on) if each)
    return min((change for change in changes if change > day), default=date.max)
