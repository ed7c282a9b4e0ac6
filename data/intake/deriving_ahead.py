"""Derive the facts of an import before its rows are written, so that nobody waits meanwhile."""

from sqlalchemy import Connection

from data.facts.ahead import Ready, derive_ahead
from data.facts.derivation import Progress
from data.intake.checks.arriving import Arriving
from data.intake.checks.prospect import Prospect
from data.intake.touched import touched_units
from data.ledgers.rows import insert_rows, update_rows
from data.reference.lists import References

AHEAD_UP_TO = 100_000
"""New and changed rows up to which facts are derived ahead. A larger import loads a district, in
which nobody works yet; its facts are derived while they are written, in less memory."""


def derived_ahead(
    connection: Connection,
    prospect: Prospect,
    references: References,
    progress: Progress | None = None,
) -> Ready | None:
    """The facts that the rows of `prospect` will change; its `connection` then sees these rows.

    None where the facts are better derived when the rows are written.
    """
    changing = [each for each in prospect.arriving.values() if _changes(each)]
    if sum(len(each.rows) - len(each.equal) for each in changing) > AHEAD_UP_TO:
        return None
    touched = touched_units(prospect)

    def write(copies: Connection) -> None:
        for arriving in changing:
            write_rows(copies, arriving, 0)

    return derive_ahead(
        connection,
        [each.ledger for each in changing],
        write,
        lambda _copies: touched,
        references,
        progress,
    )


def _changes(arriving: Arriving) -> bool:
    return len(arriving.equal) < len(arriving.rows)


def write_rows(connection: Connection, arriving: Arriving, number: int) -> None:
    """Write the new and changed rows of one sheet as those of import `number`."""
    ledger, sheet = arriving.ledger, arriving.sheet.name
    replaced = (placed for _, _, placed in arriving.changed())
    update_rows(connection, ledger, replaced, number, sheet)
    insert_rows(connection, ledger, arriving.new(), number, sheet)
