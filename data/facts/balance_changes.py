"""Gather the changes of running totals that facts cause, in little memory."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain, pairwise
from itertools import count as numbers_from
from operator import add

import numpy as np
import numpy.typing as npt

from data.facts.balances import DAY, MONTH, Row, buckets_of
from models.days import FOREVER
from models.rules.fact import Fact

DAYS_HELD = 32
"""Days for which a month's array has a place; there is no day 0."""
_EMPTY_MONTH = bytes(8 * 2 * DAYS_HELD)
Numbers = npt.NDArray[np.int64]
_Month = tuple[int, int, str, str]
"""Year, month, measure, bucket."""
_Months = dict[int, "array[int]"]
"""By series and month as one number (see `_entry`), a count and a total for each day."""
Packed = list[tuple[tuple[str, ...], list[tuple[int, int, str, str, bytes]]]]
"""By group of nodes: year, month, measure, bucket, and the array of that month."""
TOGETHER = 3
"""The number of a unit's first group nodes (district, sector, kind) whose changes are gathered once
for all units that share them."""
DAY_BITS, TOTAL_FROM = 22, 32
"""Bits of the day number in a key, and the lowest bit of the total in a packed change."""
_DAYS = (1 << DAY_BITS) - 1
_COUNTS = (1 << TOTAL_FROM) - 1
_HALF = 1 << (TOTAL_FROM - 1)
_next_series = numbers_from(1)
_SERIES: dict[tuple[str, str], int] = {}
"""By measure and bucket, the number of this series of changes: integers are quicker than texts."""
_NAMED: dict[int, tuple[str, str]] = {}


class Changes:
    """Changes of balances, collected in memory and written at once.

    A measure, bucket and month share one array with a count and a total for each day: a city
    changes millions of balances, which would not fit in memory as objects. The first `TOGETHER`
    nodes of a unit belong to many units, so changes are gathered once for each such group and
    distributed at the end.
    """

    def __init__(self) -> None:
        self._months: dict[tuple[str, ...], _Months] = {}

    def add(self, nodes: Sequence[str], facts: Iterable[Fact], sign: int = 1) -> None:
        """Add `facts` of a unit that belongs to `nodes`; with `sign` -1, subtract them."""
        own = [_entry(key, packed) for key, packed in _moves(facts, sign).items() if packed]
        if not own:
            return
        for group in (tuple(nodes[:TOGETHER]), *((node,) for node in nodes[TOGETHER:])):
            months = self._months.setdefault(group, {})
            for key, at, count, total in own:
                month = months.get(key)
                if month is None:
                    month = months[key] = array("q", _EMPTY_MONTH)
                month[at] += count
                if total:
                    month[at + 1] += total

    def add_all(self, others: "Changes") -> None:
        """Add what `others` has collected."""
        for group, theirs in others._months.items():
            months = self._months.setdefault(group, {})
            for key, values in theirs.items():
                before = months.get(key)
                months[key] = array("q", map(add, before, values) if before else values)

    @property
    def months(self) -> int:
        """How many months are held, over all series and groups of nodes."""
        return sum(map(len, self._months.values()))

    def packed(self) -> Packed:
        """What was collected, for another process."""
        return [
            (group, [(*_month_of(key), values.tobytes()) for key, values in months.items()])
            for group, months in self._months.items()
        ]

    def add_packed(self, packed: Packed) -> None:
        """Add what another process has collected."""
        for group, theirs in packed:
            months = self._months.setdefault(group, {})
            for year, month, measure, bucket, values in theirs:
                key = (_number(measure, bucket) << DAY_BITS) + year * 12 + month - 1
                added, before = array("q", values), months.get(key)
                months[key] = array("q", map(add, before, added)) if before else added

    def rows(self) -> Iterator[Row]:
        """The changes of single days and, added up, of months, ordered by the table's key."""
        for node in sorted({node for group in self._months for node in group}):
            names, places, values = self._of(node)
            months, names_at = places // len(names), places % len(names)
            begins = [*np.flatnonzero(np.diff(months, prepend=-1)).tolist(), len(months)]
            for first, end in pairwise(begins):
                keys = [names[at] for at in names_at[first:end].tolist()]
                yield from _days(node, int(months[first]), keys, values[first:end])
            totals = values.sum(axis=1)
            changed = np.any(totals, axis=1)
            for month, at, (count, total) in zip(
                months[changed].tolist(),
                names_at[changed].tolist(),
                totals[changed].tolist(),
                strict=True,
            ):
                measure, bucket = names[at]
                yield node, MONTH, _day(month, 1), measure, bucket, count, total

    def _of(self, node: str) -> tuple[list[tuple[str, str]], Numbers, Numbers]:
        """The changes of `node`, added up over its groups and ordered by month, measure, bucket.

        That is: each measure and bucket in order; for every month of one its place, which is the
        number of the month times their count plus the index; and count and total by day.
        """
        groups = [months for group, months in self._months.items() if node in group]
        keys = np.fromiter(chain.from_iterable(groups), np.int64)
        packed = b"".join(chain.from_iterable(months.values() for months in groups))
        values = np.frombuffer(packed, np.int64).reshape(len(keys), DAYS_HELD, 2)
        numbers, number_of = np.unique(keys >> DAY_BITS, return_inverse=True)
        named = [_NAMED[number] for number in numbers.tolist()]
        names = sorted(named)
        index = {name: at for at, name in enumerate(names)}
        in_order = np.array([index[name] for name in named], np.int64)
        places = (keys & _DAYS) * len(names) + in_order[number_of]
        order = np.argsort(places)
        places = places[order]
        firsts = np.flatnonzero(np.diff(places, prepend=-1))
        return names, places[firsts], np.add.reduceat(values[order], firsts, axis=0)


def _moves(facts: Iterable[Fact], sign: int) -> dict[int, int]:
    """The changes that `facts` cause: by series and day, count and total packed into one number."""
    moves: dict[int, int] = {}
    before = moves.get
    for measure, path, _, (starts_on, ends_on), value, _, _ in facts:
        packed = sign * ((value << TOTAL_FROM) + 1)
        start = starts_on.toordinal()
        end = 0 if ends_on == FOREVER else ends_on.toordinal()
        for series in _series_of(measure, path):
            key = series + start
            moves[key] = before(key, 0) + packed
            if end:
                key = series + end
                moves[key] = before(key, 0) - packed
    return moves


@lru_cache(maxsize=20_000)
def _series_of(measure: str, path: str) -> tuple[int, ...]:
    """The series in which a fact counts, each shifted so that a day can be added."""
    return tuple(_number(measure, bucket) << DAY_BITS for bucket in buckets_of(path))


def _number(measure: str, bucket: str) -> int:
    number = _SERIES.setdefault((measure, bucket), next(_next_series))
    _NAMED[number] = (measure, bucket)
    return number


def _entry(key: int, packed: int) -> tuple[int, int, int, int]:
    """Series and month as a key, the place of the day in the month's array, count and total."""
    day = key & _DAYS
    month, at = _place(day)
    counted = ((packed + _HALF) & _COUNTS) - _HALF
    return key - day + month, at, counted, (packed - counted) >> TOTAL_FROM


@lru_cache(maxsize=100_000)
def _place(day_number: int) -> tuple[int, int]:
    day = date.fromordinal(day_number)
    return day.year * 12 + day.month - 1, 2 * day.day


def _month_of(key: int) -> _Month:
    month = key & _DAYS
    return (month // 12, month % 12 + 1, *_NAMED[key >> DAY_BITS])


@lru_cache(maxsize=50_000)
def _day(month: int, number: int) -> date:
    return date(month // 12, month % 12 + 1, number)


def _days(node: str, month: int, keys: Sequence[tuple[str, str]], values: Numbers) -> Iterator[Row]:
    """The changes of the days of a month, by day and in the order of `keys`."""
    values = values.transpose(1, 0, 2)
    days, places = np.nonzero(np.any(values, axis=2))
    for number, place, (count, total) in zip(
        days.tolist(), places.tolist(), values[days, places].tolist(), strict=True
    ):
        measure, bucket = keys[place]
        yield node, DAY, _day(month, number), measure, bucket, count, total
