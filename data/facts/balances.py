"""Running totals of facts per group node, with which a figure is read equally fast from any number.

An optimisation behind `data.figures`: all of it can be derived again from the facts.
"""

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain, groupby, pairwise
from itertools import count as numbers_from
from operator import add, itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Connection,
    Executable,
    SQLColumnExpression,
    String,
    and_,
    bindparam,
    cast,
    delete,
    func,
    literal_column,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from data.nodes import DISTRICT
from data.store import bulk
from models.days import FOREVER
from models.kept import Balance
from models.kinds import EARLIEST
from models.rules.fact import Fact

DAY, MONTH = "D", "M"
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
FEW = 4
"""The most measures whose changes are looked up by month and day; those of more are read over."""
Row = tuple[str, str, date, str, str, int, int]
StoredRow = tuple[Any, ...]
COLUMNS = ("node", "grain", "day", "measure", "bucket", "count", "total")
KEY = COLUMNS[:5]
Totals = Mapping[tuple[str, str], tuple[int, int]]
"""By measure and bucket: how many facts are alive, and the sum of their values."""
TABLE = Balance.__table__  # type: ignore[attr-defined]


@lru_cache(maxsize=10_000)
def buckets_of(path: str) -> tuple[str, ...]:
    """The buckets in which a fact counts: "" for the whole, and every part of its path."""
    return ("", *path.split("/")) if path else ("",)


def summed(parts: Iterable[Sequence[Any]]) -> Totals:
    """Add up rows (measure, path of buckets, count, total) by measure and single bucket."""
    totals: dict[tuple[str, str], tuple[int, int]] = {}
    for measure, path, count, total in parts:
        for bucket in buckets_of(path):
            key = measure, bucket
            before = totals.get(key)
            totals[key] = (before[0] + count, before[1] + total) if before else (count, total)
    return totals


def whole_sum(column: SQLColumnExpression[int]) -> ColumnElement[int]:
    """The sum of whole numbers as a whole number; PostgreSQL's own is a slow decimal."""
    return cast(func.sum(column), BigInteger)


def totals_on_day(
    connection: Connection,
    day: date,
    nodes: ColumnElement[bool],
    measures: Collection[str] | None = None,
) -> dict[str, Totals]:
    """By node, the totals at the end of `day`; `nodes` is a condition on `Balance.node`."""
    few = measures is not None and len(measures) <= FEW
    first = _first_month(connection) if few else None
    moves = _moves_until([day], nodes, measures, first).subquery()
    keys = (moves.c.node, moves.c.measure, moves.c.bucket)
    sums = whole_sum(moves.c["count"]), whole_sum(moves.c.total)
    statement = select(*keys, *sums).group_by(*keys)
    totals_by_node: dict[str, dict[tuple[str, str], tuple[int, int]]] = {}
    for node, measure, bucket, count, total in bulk.fetch_rows(connection, statement):
        totals_by_node.setdefault(node, {})[measure, bucket] = (count, total)
    return dict(totals_by_node)


def totals_on_days(
    connection: Connection, node: str, days: Sequence[date], measures: Collection[str]
) -> dict[date, Totals]:
    """The totals of `node` at the end of each of `days`.

    Read from the totals of the whole months by a day and of the single days of the month that it
    does not end.
    """
    moves = connection.execute(_moves_until(days, col(Balance.node) == node, measures)).all()
    totals_by_day: dict[date, Totals] = {}
    for day in days:
        month = _not_whole(day)
        totals: dict[tuple[str, str], tuple[int, int]] = {}
        for _node, grain, moved_on, measure, bucket, count, total in moves:
            if moved_on < month if grain == MONTH else month <= moved_on <= day:
                before = totals.get((measure, bucket), (0, 0))
                totals[measure, bucket] = (before[0] + count, before[1] + total)
        totals_by_day[day] = totals
    return totals_by_day


def _first_month(connection: Connection) -> date:
    """The first of the first month with a change in any node; the first of all days if none.

    All facts count in the district, and one that begins in that month and lasts beyond it cannot be
    outweighed there by the end of an earlier one.
    """
    first = connection.scalar(
        select(func.min(col(Balance.day))).where(
            col(Balance.node) == DISTRICT, col(Balance.grain) == MONTH
        )
    )
    return first or EARLIEST


def _moves_until(
    days: Sequence[date],
    nodes: ColumnElement[bool],
    measures: Collection[str] | None,
    first: date | None = None,
) -> CompoundSelect[Any]:
    """The query for the changes that make up the totals on `days`.

    These are the whole months by the last of `days`, and single days within the month of each that
    does not end one. It is a UNION of one query a grain: with OR, the database would read all days
    ever stored for a node.

    Of few measures, `first` is the first month with a change: each month and day is then named, and
    the database goes straight to their changes instead of reading over those of all measures.
    """
    wanted = nodes if measures is None else and_(nodes, col(Balance.measure).in_(measures))
    last_by_month = {_not_whole(day): day for day in sorted(days)}
    until = max(last_by_month)
    months = col(Balance.day) < until
    if first is not None:
        months = col(Balance.day).in_(list(_months(first, until)))
    of_days = (
        and_(col(Balance.grain) == DAY, _within(month, day, named=first is not None))
        for month, day in last_by_month.items()
        if month <= day
    )
    of_months = and_(col(Balance.grain) == MONTH, months)
    return union_all(*(select(TABLE).where(wanted, when) for when in (of_months, *of_days)))


def _within(first: date, last: date, *, named: bool) -> ColumnElement[bool]:
    """The SQL condition for the days from `first` to `last`, each by its name or as a range."""
    if not named:
        return col(Balance.day).between(first, last)
    return col(Balance.day).in_([first + timedelta(at) for at in range((last - first).days + 1)])


def _months(first: date, until: date) -> Iterator[date]:
    """The first of each month from that of `first` to before `until`."""
    month = first.replace(day=1)
    while month < until:
        yield month
        month = (month + timedelta(31)).replace(day=1)


def _not_whole(day: date) -> date:
    """The first of the first month that is not over at the end of `day`."""
    return (day + timedelta(1)).replace(day=1)


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


DAY_BITS, TOTAL_FROM = 22, 32
"""Bits of the day number in a key, and the lowest bit of the total in a packed change."""
_DAYS = (1 << DAY_BITS) - 1
_COUNTS = (1 << TOTAL_FROM) - 1
_HALF = 1 << (TOTAL_FROM - 1)
_next_series = numbers_from(1)
_SERIES: dict[tuple[str, str], int] = {}
"""By measure and bucket, the number of this series of changes: integers are quicker than texts."""
_NAMED: dict[int, tuple[str, str]] = {}


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


def write(connection: Connection, changes: Changes) -> None:
    """Add the changes to the stored balances and delete those that become zero."""
    if connection.execute(select(TABLE).limit(1)).first() is None:
        bulk.insert_rows(connection, TABLE, COLUMNS, changes.rows())
        return
    bulk.execute(connection, _upsert(connection), TABLE, COLUMNS, changes.rows())
    # Only the changed rows can have become zero; a search for zeros would read every row.
    bulk.execute(connection, _drop_if_nothing(), TABLE, KEY, (row[:-2] for row in changes.rows()))


def differs(connection: Connection, changes: Changes) -> bool:
    """Whether the stored balances differ from `changes`, which must hold every fact."""
    nodes = set(connection.scalars(select(TABLE.c.node).distinct()))
    as_text = connection.dialect.name == "sqlite"
    for node, rows in groupby(changes.rows(), key=itemgetter(0)):
        if node not in nodes:
            return True
        nodes.remove(node)
        expected = {_as_stored(row, as_text=as_text) for row in rows}
        stored = _stored(connection, node, as_text=as_text)
        if len(stored) != len(expected) or not expected.issuperset(stored):
            return True
    return bool(nodes)


def _as_stored(row: Row, *, as_text: bool) -> StoredRow:
    """A change without its node, as the driver gives it: SQLite has days as texts."""
    _, grain, day, *others = row
    return (grain, bulk.text_of_day(day) if as_text else day, *others)


def _stored(connection: Connection, node: str, *, as_text: bool) -> list[StoredRow]:
    """The stored balances of `node`, in no order."""
    names = COLUMNS[1:]
    columns = (
        type_coerce(TABLE.c[name], String) if as_text and name == "day" else TABLE.c[name]
        for name in names
    )
    result = connection.execute(select(*columns).where(TABLE.c.node == node))
    assert result.cursor is not None, "a query has a cursor until it is closed"
    rows = list(result.cursor.fetchall())
    result.close()
    return rows


def _upsert(connection: Connection) -> Executable:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(TABLE)
    adding: Executable = statement.on_conflict_do_update(
        index_elements=list(TABLE.primary_key.columns),
        set_={
            "count": TABLE.c["count"] + statement.excluded["count"],
            "total": TABLE.c["total"] + statement.excluded["total"],
        },
    )
    return adding


def _drop_if_nothing() -> Executable:
    of_key = (TABLE.c[name] == bindparam(name) for name in KEY)
    nothing = (TABLE.c[name] == literal_column("0") for name in COLUMNS[-2:])
    return delete(TABLE).where(*of_key, *nothing)


def clear(connection: Connection) -> None:
    """Delete all balances."""
    connection.execute(delete(TABLE))
