"""Spans of whole days, half open: the first day belongs to a span, the last does not."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

FOREVER = date(9999, 12, 31)
"""The end date of spans that have not ended; stored instead of NULL, so that one comparison decides
whether a span holds a day."""
YEAR = 365
ONE_DAY = timedelta(1)


class Span(NamedTuple):
    """The days D with starts_on <= D < ends_on."""

    starts_on: date
    ends_on: date = FOREVER

    def __bool__(self) -> bool:
        return self.starts_on < self.ends_on

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.starts_on <= day < self.ends_on

    def and_(self, other: "Span") -> "Span":
        """The days in both spans; false if there are none."""
        starts_on, ends_on = self
        other_starts_on, other_ends_on = other
        return Span(
            other_starts_on if other_starts_on > starts_on else starts_on,
            other_ends_on if other_ends_on < ends_on else ends_on,
        )


def later(day: date, days: int) -> date:
    """`days` days after `day`; `FOREVER` stays `FOREVER`."""
    return day if day == FOREVER else day + timedelta(days)


def year_from(day: date) -> Span:
    """The days D for which `day` lies in the last year: D - 365 < day <= D."""
    return Span(day, later(day, YEAR))


def until_next(days: Iterable[date]) -> list[Span]:
    """From each of `days`, which are ascending, to the next; the last span never ends."""
    ordered = list(days)
    return [Span(day, end) for day, end in zip(ordered, [*ordered[1:], FOREVER], strict=False)]


def overlap(some: Iterable[Span], others: Iterable[Span]) -> Iterator[Span]:
    """Every non-empty common part of a span of `some` and a span of `others`."""
    kept = list(others)
    for one in some:
        for other in kept:
            if both := one.and_(other):
                yield both


def union(spans: Iterable[Span]) -> list[Span]:
    """The same days as the fewest spans, in order, none of which touch."""
    merged: list[Span] = []
    for span in sorted(span for span in spans if span):
        if merged and span.starts_on <= merged[-1].ends_on:
            merged[-1] = Span(merged[-1].starts_on, max(merged[-1].ends_on, span.ends_on))
        else:
            merged.append(span)
    return merged


def covered_at_least(least: int, sets: Iterable[Iterable[Span]]) -> list[Span]:
    """The days covered by at least `least` (1 or more) of `sets`, within which no spans overlap."""
    changes: dict[date, int] = {}
    for spans in sets:
        for span in spans:
            changes[span.starts_on] = changes.get(span.starts_on, 0) + 1
            changes[span.ends_on] = changes.get(span.ends_on, 0) - 1
    days, depth, busy = sorted(changes), 0, []
    for day, until in zip(days, days[1:], strict=False):
        depth += changes[day]
        if depth >= least:
            busy.append(Span(day, until))
    return union(busy)


def gaps(spans: Iterable[Span], within: Span) -> list[Span]:
    """The days of `within` that no span covers."""
    free, cursor = [], within.starts_on
    for span in union(spans):
        if gap := Span(cursor, min(span.starts_on, within.ends_on)):
            free.append(gap)
        cursor = max(cursor, span.ends_on)
    if rest := Span(cursor, within.ends_on):
        free.append(rest)
    return free


def month_ends(day: date, months: int) -> list[date]:
    """The last days of the `months` months before that of `day`, then `day` itself."""
    ends, cursor = [day], day
    for _ in range(months):
        cursor = cursor.replace(day=1) - ONE_DAY
        ends.append(cursor)
    return ends[::-1]


def year_before(day: date) -> date:
    """The same day of the previous year; for 29 February, the 28th."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)
