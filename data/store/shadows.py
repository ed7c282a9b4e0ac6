"""An engine that reads something else under the names of tables: what a shadow says of them.

The shadows are named in front of each statement that mentions them (`WITH … AS`), so nothing is
made in the database and nothing has to be cleared away; connections are those of the engine itself.
"""

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event

READING = re.compile(r"\s*(SELECT|WITH|PRAGMA|BEGIN|SHOW)\b", re.IGNORECASE)
WITH = re.compile(r"\s*WITH\s+(RECURSIVE\s+)?", re.IGNORECASE)
HINTED_SINCE = (3, 35)
"""The version of SQLite that can be told not to write a shadow down before it reads it."""


class OnlyReadError(Exception):
    """Something was to be written where only the past is looked at."""


@dataclass(frozen=True, slots=True)
class Shadow:
    """The query that stands for a table; it names other shadows plainly, as in `reads`, and tables
    themselves with their schema.
    """

    query: str
    columns: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()


def shadowed(engine: Engine, shadows: Mapping[str, Shadow]) -> Engine:
    """`engine` with `shadows` in place of the tables of their names; it can only read.

    A shadow stands after those that it reads.
    """
    beside = engine.execution_options()
    put = _Put(shadows, engine.dialect.name == "sqlite")
    event.listen(beside, "before_cursor_execute", put.before, retval=True)
    return beside


class _Put:
    """Puts the shadows that a statement mentions in front of it."""

    def __init__(self, shadows: Mapping[str, Shadow], sqlite: bool) -> None:
        self._shadows = shadows
        self._names = re.compile(r"\b(" + "|".join(map(re.escape, shadows)) + r")\b")
        plain = sqlite and sqlite3.sqlite_version_info < HINTED_SINCE
        self._as = "AS" if plain else "AS NOT MATERIALIZED"
        self._put: dict[str, str] = {}

    def before(
        self, _connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any
    ) -> tuple[str, Any]:
        """The statement with its shadows; an event of SQLAlchemy."""
        if not READING.match(statement):
            raise OnlyReadError(statement.split(maxsplit=1)[0])
        return self._with_shadows(statement), parameters

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
