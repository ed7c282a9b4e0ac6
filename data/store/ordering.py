"""Sort texts in the same order on both databases: by their bytes.

PostgreSQL sorts by the collation of the database, SQLite by bytes; lists, exports and briefings
must not depend on the database.
"""

from typing import Any

from sqlalchemy import String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class by_bytes(FunctionElement[str]):  # noqa: N801 — reads as the function that it is in a query
    """The sort expression of a text column, as in `order_by(by_bytes(Unit.code))`."""

    inherit_cache = True
    type = String()


@compiles(by_bytes)
def _plain(element: Any, compiler: SQLCompiler, **how: Any) -> str:
    return str(compiler.process(element.clauses, **how))


@compiles(by_bytes, "postgresql")
def _in_c(element: Any, compiler: SQLCompiler, **how: Any) -> str:
    return f'{compiler.process(element.clauses, **how)} COLLATE "C"'
