"""One order of texts on both databases: that of their bytes.

PostgreSQL sorts texts by the collation of the database, SQLite by their bytes. Lists, exports and
briefings must come out the same, whichever keeps them.
"""

from typing import Any

from sqlalchemy import String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class by_bytes(FunctionElement[str]):  # noqa: N801 — reads as the function that it is in a query
    """A text column as it is sorted by: `order_by(by_bytes(Unit.code))`."""

    inherit_cache = True
    type = String()


@compiles(by_bytes)
def _plain(element: Any, compiler: SQLCompiler, **how: Any) -> str:
    return str(compiler.process(element.clauses, **how))


@compiles(by_bytes, "postgresql")
def _in_c(element: Any, compiler: SQLCompiler, **how: Any) -> str:
    return f'{compiler.process(element.clauses, **how)} COLLATE "C"'
