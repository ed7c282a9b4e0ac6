"""Who was answerable for a matter: who held a post on a day, and for how many of its late days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Term:
    """One person's time in a post: from `from_on`, until the day before `until_on` (None: still in
    post)."""

    name: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class LateDays:
    """Late days under one person; `name` is None for those on which the post was empty."""

    name: str | None
    days: int


def in_post(terms: Iterable[Term], day: date) -> tuple[str, ...]:
    """The names of those in the post on `day`, who came first before the others; each once."""
    held = sorted(
        (term.from_on, term.name)
        for term in terms
        if term.from_on <= day and (term.until_on is None or day < term.until_on)
    )
    return tuple(dict.fromkeys(name for _from, name in held))


def late_days(terms: Sequence[Term], due: date, last: date) -> tuple[LateDays, ...]:
    """For each in the post from the day after `due` to `last`, both included, their late days.

    In the order in which they first held it late. Two in the post on one day both count it, so the
    days may add up to more than there are. Nothing is late where `last` is not after `due`.
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
    """The first day after `day` on which somebody comes or goes; else the last day there is."""
    changes = (each for term in terms for each in (term.from_on, term.until_on) if each)
    return min((change for change in changes if change > day), default=date.max)
