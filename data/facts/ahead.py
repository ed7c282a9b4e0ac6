"""Derive facts for ledger rows before they are written, so that nobody waits meanwhile.

The rows are written to temporary copies of their ledgers, which this connection alone sees under
the names of the real ones. What the facts derived from them differ by is written later, together
with the rows, while the writer's lock is held.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import Column, Connection, MetaData, Table, inspect
from sqlalchemy.schema import CreateTable

from data.facts import kept_facts
from data.facts.derivation import Derivation, Progress, derive_into
from data.facts.gathering import Gathered, TooMuchError
from data.ledgers.rows import table_of
from data.reference.lists import References
from data.store import data_version, gc_pause
from models.ledger import Ledger

TRIES = 2
"""How often facts are derived without the lock, where others change the data meanwhile."""


@dataclass(frozen=True, slots=True)
class Ready:
    """What is to be written with the rows, as long as the data have still this `version`."""

    version: int
    derived: Derivation
    difference: Gathered

    def fits(self, connection: Connection) -> bool:
        """Whether nobody has changed the data since."""
        return data_version.current(connection) == self.version

    def write_to(self, connection: Connection) -> None:
        """Write the facts that differ, after the rows were written."""
        self.difference.write_to(connection)


@gc_pause.paused()
def derive_ahead(
    connection: Connection,
    ledgers: Collection[type[Ledger]],
    write_rows: Callable[[Connection], None],
    units: Callable[[Connection], Collection[str]],
    references: References,
    progress: Progress | None = None,
) -> Ready | None:
    """Derive what `write_rows`, which writes rows of `ledgers` only, will change.

    `connection` is one of `reading`, whose transaction must be left soon: from here on it sees the
    rows as they will be. `units` tells the units that are touched, from the rows as they will be.
    None if there are no facts yet, or if so many differ that they had better be written one after
    another.
    """
    if kept_facts.nothing_kept(connection):
        return None
    version = data_version.current(connection)
    for ledger in ledgers:
        _copy(connection, table_of(ledger))
    if connection.dialect.name == "postgresql":
        # A prepared statement would go on reading the table that it was prepared for.
        connection.exec_driver_sql("DISCARD PLANS")
    write_rows(connection)
    difference = Gathered(connection)
    try:
        done = derive_into(difference, connection, units(connection), references, progress)
    except TooMuchError:
        return None
    return Ready(version, done, difference)


def _copy(connection: Connection, table: Table) -> None:
    """A temporary copy of `table` under its own name, which comes before the real one."""
    columns = (Column(each.name, each.type, primary_key=each.primary_key) for each in table.columns)
    copy = Table(table.name, MetaData(), *columns, prefixes=["TEMPORARY"])
    connection.execute(CreateTable(copy))
    sqlite = connection.dialect.name == "sqlite"
    real = "main" if sqlite else inspect(connection).default_schema_name
    names = ", ".join(f'"{each.name}"' for each in table.columns)
    connection.exec_driver_sql(
        f'INSERT INTO "{table.name}" ({names}) SELECT {names} FROM {real}."{table.name}"'
    )
    if not sqlite:
        connection.exec_driver_sql(f'ANALYZE "{table.name}"')
