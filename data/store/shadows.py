"""Engines that read queries ("shadows") in place of tables of the same names.

A statement that mentions such tables gets their shadows as common table expressions (`WITH … AS`).
Nothing is created in the database, so nothing has to be removed. Connections are those of the
underlying engine.
"""

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event

READING = re.compile(
    r"\s*(SELECT|WITH|PRAGMA|BEGIN|SHOW|SET\s+TRANSACTION\s+SNAPSHOT)\b", re.IGNORECASE
)
WITH = re.compile(r"\s*WITH\s+(RECURSIVE\s+)?", re.IGNORECASE)
HINTED_SINCE = (3, 35)
"""The version of SQLite that can be told not to write a shadow down before it reads it."""


class OnlyReadError(Exception):
    """An attempt to write through an engine that only shows the past."""


@dataclass(frozen=True, slots=True)
class Shadow:
    """The query that replaces a table.

    It names other shadows without a schema, as listed in `reads`, and real tables with their
    schema.
    """

    query: str
    columns: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    simpler: str = ""
    """A query that says the same while nothing is found by `unless`."""
    unless: str = ""
    """A condition; asked once a transaction, on SQLite, which reads a joined query badly."""


def shadowed(engine: Engine, shadows: Mapping[str, Shadow]) -> Engine:
    """A read-only `engine` in which `shadows` replace the tables of the same names.

    A shadow must come after the shadows that it reads.
    """
    beside = engine.execution_options()
    put = _Put(shadows, engine.dialect.name == "sqlite")
    event.listen(beside, "before_cursor_execute", put.before, retval=True)
    return beside


class _Put:
    """Adds the shadows that a statement mentions in front of it."""

    def __init__(self, shadows: Mapping[str, Shadow], sqlite: bool) -> None:
        self._shadows = shadows
        self._names = re.compile(r"\b(" + "|".join(map(re.escape, shadows)) + r")\b")
        plain = sqlite and sqlite3.sqlite_version_info < HINTED_SINCE
        self._as = "AS" if plain else "AS NOT MATERIALIZED"
        self._sqlite = sqlite
        self._joined: WeakKeyDictionary[Any, frozenset[str]] = WeakKeyDictionary()
        conditional = {name: each for name, each in shadows.items() if each.unless}
        self._probe = " UNION ALL ".join(
            f"SELECT '{name}' WHERE {each.unless}" for name, each in conditional.items()
        )
        names = "|".join(map(re.escape, shadows))
        self._read = re.compile(rf'\b(FROM|JOIN)\s+"?({names})"?(?=[\s,)]|$)(\s+AS\s)?')

    def before(
        self, connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any
    ) -> tuple[str, Any]:
        """The statement with its shadows; a listener of an SQLAlchemy event."""
        if not READING.match(statement):
            raise OnlyReadError(statement.split(maxsplit=1)[0])
        if self._sqlite and self._names.search(statement):
            statement = self._inlined(statement, self._joined_now(connection))
        return self._with_shadows(statement), parameters

    def _joined_now(self, connection: Any) -> frozenset[str]:
        """The tables whose shadows cannot be simplified in this transaction."""
        transaction = connection.get_transaction()
        if transaction is None or not self._probe:
            return frozenset(self._shadows)
        if transaction not in self._joined:
            raw = connection.connection.driver_connection
            found = frozenset(name for (name,) in raw.execute(self._probe))
            self._joined[transaction] = found
        return self._joined[transaction]

    def _inlined(self, statement: str, joined: frozenset[str]) -> str:
        """The statement with each shadow written out where its table is read.

        SQLite reads a query that is named once and used twice to its end each time.
        """

        def put(found: re.Match[str]) -> str:
            shadow = self._shadows[found[2]]
            plain = shadow.simpler and found[2] not in joined
            query = self._inlined(shadow.simpler if plain else shadow.query, joined)
            return f'{found[1]} ({query}){found[3] or f""" AS "{found[2]}" """}'

        return self._read.sub(put, statement)

    def _with_shadows(self, statement: str) -> str:
        wanted: set[str] = set()
        for name in self._names.findall(statement):
            wanted.update((name, *self._shadows[name].reads))
        if not wanted:
            return statement
        made = ", ".join(self._named(name) for name in self._shadows if name in wanted)
        if found := WITH.match(statement):
            return f"WITH {found[1] or ''}{made}, {statement[found.end() :]}"
        return f"WITH {made} {statement}"

    def _named(self, name: str) -> str:
        shadow = self._shadows[name]
        columns = ", ".join(f'"{column}"' for column in shadow.columns)
        return f'"{name}"{f" ({columns})" if columns else ""} {self._as} ({shadow.query})'
