"""Append-only tables: the database itself refuses to change or delete their rows."""

from sqlalchemy import Connection, text


def function(table: str) -> str:
    """The PostgreSQL function that remains when the protected `table` is dropped."""
    return f"{table}_only_added"


PROTECTED = ("access_entries", "freezes", "frozen_figures")
"""The append-only tables; their triggers are made by the migrations."""


def unprotected(connection: Connection) -> list[str]:
    """Those of `PROTECTED` of which the database no longer refuses every change."""
    if connection.dialect.name == "sqlite":
        wanted, found = "RAISE(ABORT", "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        wanted, found = (
            "RAISE EXCEPTION",
            "SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
            " WHERE NOT tgisinternal AND tgenabled <> 'D'",
        )
    refusing = {name for name, said in connection.execute(text(found)) if wanted in said}
    return [
        table
        for table in PROTECTED
        if not refusing.issuperset(_triggers(connection.dialect.name, table))
    ]


def _triggers(dialect: str, table: str) -> tuple[str, ...]:
    """The names of the triggers that protect `table`."""
    if dialect == "sqlite":
        return f"{table}_not_changed", f"{table}_not_deleted"
    return (function(table),)
