"""Running totals of facts per group node, with which a figure is read equally fast from any number.

An optimisation behind `data.figures`: all of it can be derived again from the facts.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Connection,
    SQLColumnExpression,
    and_,
    cast,
    func,
    select,
    union_all,
)
from sqlmodel import col

from data.nodes import DISTRICT
from data.store import bulk
from models.kept import Balance
from models.kinds import EARLIEST

DAY, MONTH = "D", "M"
FEW = 4
"""The most measures whose changes are looked up by month and day; those of more are read over."""
Row = tuple[str, str, date, str, str, int, int]
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
    columns = bulk.fetch_columns(connection, statement)
    for node, measure, bucket, count, total in zip(*columns, strict=True):
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
