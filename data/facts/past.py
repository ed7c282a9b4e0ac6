"""Keep what earlier freezes saw of the facts, when facts are replaced.

Stored are only differences: a deleted fact that a freeze saw, and the change of each running total
since a freeze. Changes between two freezes that neither saw are not stored.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Executable, Table, func, insert, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from data.facts import kept_facts
from data.facts.balances import Row
from data.store import bulk
from models.freeze import Freeze
from models.kept import BalanceMove, PastFact

FACTS: Table = PastFact.__table__  # type: ignore[attr-defined]
MOVES: Table = BalanceMove.__table__  # type: ignore[attr-defined]
MOVE_COLUMNS = ("node", "grain", "day", "measure", "bucket", "count", "total", "freeze")


def latest_freeze(connection: Connection) -> int:
    """The number of the latest freeze; 0 before the first."""
    return connection.scalar(select(func.max(col(Freeze.number)))) or 0


def keep_facts(connection: Connection, numbers: Sequence[int], freeze: int) -> None:
    """Before facts with these `numbers` are deleted, keep those that the latest `freeze` saw."""
    table = kept_facts.TABLE
    columns = [table.c[name] for name in (*kept_facts.COLUMNS, "after_freeze")]
    going = select(*columns, literal(freeze)).where(
        table.c.id.in_(numbers), table.c.after_freeze < freeze
    )
    names = [*kept_facts.COLUMNS, "after_freeze", "until_freeze"]
    connection.execute(insert(FACTS).from_select(names, going))


def keep_moves(connection: Connection, moves: Iterable[Row], freeze: int) -> None:
    """Add `moves` of running totals to the stored changes since `freeze`."""
    whole = ((*move, freeze) for move in moves)
    bulk.execute(connection, _upsert(connection), MOVES, MOVE_COLUMNS, whole)


def _upsert(connection: Connection) -> Executable:
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(MOVES)
    adding: Executable = statement.on_conflict_do_update(
        index_elements=list(MOVES.primary_key.columns),
        set_={
            "count": MOVES.c["count"] + statement.excluded["count"],
            "total": MOVES.c["total"] + statement.excluded["total"],
        },
    )
    return adding
