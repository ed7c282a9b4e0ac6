"""Running totals of facts per group node, so that a figure costs the same however many facts stand.

An optimisation behind `data.figures`: what it holds can always be derived from the facts again.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from data.batches import batches
from models.days import FOREVER
from models.kept import Balance
from models.rules.fact import Fact

DAY, MONTH = "D", "M"
AT_ONCE = 2_000
Key = tuple[str, str, date, str, str]
Totals = Mapping[tuple[str, str], tuple[int, int]]
"""By measure and bucket: how many facts are alive, and the sum of their values."""
TABLE = Balance.__table__  # type: ignore[attr-defined]


def buckets_of(path: str) -> list[str]:
    """The buckets in which a fact counts: the whole, and every part of its path."""
    return ["", *path.split("/")] if path else [""]


def summed(parts: Iterable[Sequence[Any]]) -> Totals:
    """Sums by measure and path of buckets, as sums by measure and bucket."""
    totals: dict[tuple[str, str], tuple[int, int]] = {}
    for measure, path, count, total in parts:
        for bucket in buckets_of(path):
            before = totals.get((measure, bucket), (0, 0))
            totals[measure, bucket] = (before[0] + int(count), before[1] + int(total))
    return totals


def on(
    connection: Connection,
    day: date,
    nodes: ColumnElement[bool],
    measures: Collection[str] | None = None,
) -> dict[str, Totals]:
    """By node, the totals of `day` for the rows whose node fits `nodes`."""
    month = day.replace(day=1)
    when = or_(
        and_(col(Balance.grain) == MONTH, col(Balance.day) < month),
        and_(col(Balance.grain) == DAY, col(Balance.day).between(month, day)),
    )
    keys = (col(Balance.node), col(Balance.measure), col(Balance.bucket))
    statement = (
        select(*keys, func.sum(col(Balance.count)), func.sum(col(Balance.total)))
        .where(nodes, when)
        .group_by(*keys)
    )
    if measures is not None:
        statement = statement.where(col(Balance.measure).in_(measures))
    found: dict[str, dict[tuple[str, str], tuple[int, int]]] = {}
    for node, measure, bucket, count, total in connection.execute(statement):
        found.setdefault(node, {})[measure, bucket] = (int(count), int(total))
    return dict(found)


def on_days(
    connection: Connection, node: str, days: Sequence[date], measures: Collection[str]
) -> dict[date, Totals]:
    """The totals of `node` on each of `days`: the months before it, the days of its own month."""
    months = {day.replace(day=1) for day in days}
    moves = connection.execute(
        select(
            col(Balance.grain),
            col(Balance.day),
            col(Balance.measure),
            col(Balance.bucket),
            col(Balance.count),
            col(Balance.total),
        ).where(
            col(Balance.node) == node,
            col(Balance.measure).in_(measures),
            or_(
                and_(col(Balance.grain) == MONTH, col(Balance.day) < max(months)),
                *(
                    and_(col(Balance.grain) == DAY, col(Balance.day).between(month, day))
                    for day in days
                    for month in [day.replace(day=1)]
                ),
            ),
        )
    ).all()
    found: dict[date, Totals] = {}
    for day in days:
        month = day.replace(day=1)
        totals: dict[tuple[str, str], tuple[int, int]] = {}
        for grain, moved_on, measure, bucket, count, total in moves:
            if moved_on < month if grain == MONTH else month <= moved_on <= day:
                before = totals.get((measure, bucket), (0, 0))
                totals[measure, bucket] = (before[0] + count, before[1] + total)
        found[day] = totals
    return found


class Changes:
    """By how much each balance moves, gathered in memory and written in one go."""

    def __init__(self) -> None:
        self._moves: dict[Key, list[int]] = {}

    def add(self, nodes: Iterable[str], facts: Iterable[Fact], sign: int = 1) -> None:
        """Let `facts` of a unit that belongs to `nodes` count once more, or (sign -1) once less."""
        own: dict[tuple[date, str, str], list[int]] = {}
        for fact in facts:
            for day, count in _ends(fact, sign):
                for bucket in buckets_of(fact.bucket):
                    move = own.setdefault((day, fact.measure, bucket), [0, 0])
                    move[0] += count
                    move[1] += count * fact.value
        for node in nodes:
            for (day, measure, bucket), (count, total) in own.items():
                move = self._moves.setdefault((node, DAY, day, measure, bucket), [0, 0])
                move[0] += count
                move[1] += total

    def rows(self) -> Iterator[dict[str, object]]:
        """The moves of days and, added up, of months."""
        months: dict[Key, list[int]] = {}
        for key, (count, total) in self._moves.items():
            if count or total:
                yield _row(key, count, total)
                node, _, day, measure, bucket = key
                month = months.setdefault(
                    (node, MONTH, day.replace(day=1), measure, bucket), [0, 0]
                )
                month[0] += count
                month[1] += total
        for key, (count, total) in months.items():
            if count or total:
                yield _row(key, count, total)


def _ends(fact: Fact, sign: int) -> Iterator[tuple[date, int]]:
    yield fact.span.starts_on, sign
    if fact.span.ends_on != FOREVER:
        yield fact.span.ends_on, -sign


def _row(key: Key, count: int, total: int) -> dict[str, object]:
    node, grain, day, measure, bucket = key
    return {
        "node": node,
        "grain": grain,
        "day": day,
        "measure": measure,
        "bucket": bucket,
        "count": count,
        "total": total,
    }


def write(connection: Connection, changes: Changes) -> None:
    """Add the changes to what is kept; rows that come to nothing fall out."""
    first = connection.execute(select(TABLE).limit(1)).first() is None
    statement = insert(TABLE) if first else _upsert(connection)
    for chunk in batches(changes.rows(), AT_ONCE):
        connection.execute(statement, chunk)
    if not first:
        connection.execute(delete(TABLE).where(col(Balance.count) == 0, col(Balance.total) == 0))


def differs(connection: Connection, changes: Changes) -> bool:
    """Whether what is kept is other than `changes` counted from nothing."""
    expected = {tuple(row.values()) for row in changes.rows()}
    kept = 0
    for row in connection.execute(select(TABLE)):
        kept += 1
        if tuple(row) not in expected:
            return True
    return kept != len(expected)


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


def clear(connection: Connection) -> None:
    """Forget all balances."""
    connection.execute(delete(TABLE))
