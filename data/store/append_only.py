"""Append-only tables: the database itself refuses to change or delete their rows."""

from sqlalchemy import Connection, text

FROZEN = "what is frozen is never changed"
PROTECTED = {
    "access_entries": "the access log is only added to",
    "freezes": FROZEN,
    "frozen_figures": FROZEN,
}
"""The append-only tables, and the words with which the database refuses changes of them; their
triggers are made by the migrations."""
EVERY_CHANGE = 2 + 8 + 16 + 32
"""PostgreSQL's bits for: before each statement that deletes, updates or truncates."""
IN_POSTGRESQL = """
    SELECT relname, tgname, prosrc FROM pg_trigger
    JOIN pg_class ON pg_class.oid = tgrelid
    JOIN pg_proc ON pg_proc.oid = tgfoid
    JOIN pg_language ON pg_language.oid = prolang
    WHERE pg_table_is_visible(tgrelid) AND NOT tgisinternal AND tgenabled IN ('O', 'A')
    AND tgtype = :every_change AND tgqual IS NULL AND tgattr = '' AND lanname = 'plpgsql'
"""
"""The triggers that run for every statement that changes or deletes rows, whatever it changes."""


def function(table: str) -> str:
    """The PostgreSQL function that remains when the protected `table` is dropped."""
    return f"{table}_only_added"


def unprotected(connection: Connection) -> list[str]:
    """Those of `PROTECTED` of which the database no longer refuses every change.

    A trigger counts only if it is, but for white space, the one that the migrations made: the same
    name on another table, with a condition or with other words protects nothing.
    """
    if connection.dialect.name == "sqlite":
        made = connection.execute(
            text("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'")
        )
        wanted = _in_sqlite
    else:
        made = connection.execute(text(IN_POSTGRESQL), {"every_change": EVERY_CHANGE})
        wanted = _in_postgresql
    found = {(table, name, _even(said)) for table, name, said in made}
    return [
        table for table, sentence in PROTECTED.items() if not found >= set(wanted(table, sentence))
    ]


def _in_sqlite(table: str, sentence: str) -> list[tuple[str, str, str]]:
    """The triggers that protect `table` in SQLite: table, name and statement of each."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    return [
        (table, name, f"CREATE TRIGGER {name} BEFORE {change} ON {table} {refuse}")
        for name, change in (
            (f"{table}_not_changed", "UPDATE"),
            (f"{table}_not_deleted", "DELETE"),
        )
    ]


def _in_postgresql(table: str, sentence: str) -> list[tuple[str, str, str]]:
    """The trigger that protects `table` in PostgreSQL: table, name and body of its function."""
    return [(table, function(table), f"BEGIN RAISE EXCEPTION '{sentence}'; END")]


def _even(statement: str) -> str:
    """The statement with one space for all white space between two words."""
    return " ".join(statement.split())
