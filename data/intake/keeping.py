"""Store the rows of an import that have no faults, and what belongs to them, in the caller's
transaction."""

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, func, insert, select
from sqlmodel import col

from data.facts.ahead import Ready
from data.facts.derivation import derive
from data.intake import kept_warnings
from data.intake.checked import Checked, Request
from data.intake.checks.arriving import Arriving
from data.intake.checks.corrections import change_of
from data.intake.checks.prospect import Prospect
from data.intake.deriving_ahead import write_rows
from data.intake.stages import WRITING, Progress, deriving, ignore_progress
from data.intake.taken import Counts, Origin, Taken, counted
from data.intake.touched import touched_units
from data.ledgers import versions
from data.reference.lists import References, require_current
from data.store import access_log, data_version
from data.workbook.rows import Content
from models.account import Event
from models.kept import Import
from models.registry import LEDGERS

SHOWN_OF_DIGEST = 12
"""Digits of a SHA-256 by which the log and the history tell one file from another."""


def store(
    connection: Connection,
    checked: Checked,
    request: Request,
    *,
    ready: Ready | None = None,
    done_with: Content | None = None,
) -> Taken:
    """Store a workbook without faults, and what belongs to it."""
    taken = keep(
        connection,
        checked.prospect,
        request.origin,
        request.references,
        request.say,
        done_with,
        facts_later=request.facts_later,
        ready=ready,
    )
    conclude(connection, checked, request, taken)
    return taken


def conclude(connection: Connection, checked: Checked, request: Request, taken: Taken) -> None:
    """Store what belongs to an import whose rows and facts are stored."""
    if taken.number is not None:
        kept_warnings.keep(connection, taken.number, checked.odd, checked.told_of)
        subject = _subject(taken.number, request.origin)
        access_log.append(connection, request.origin.act, Event.IMPORTED, subject)
    if request.also is not None:
        request.also(connection, taken)


def keep(
    connection: Connection,
    prospect: Prospect,
    origin: Origin,
    references: References,
    say: Progress | None = None,
    done_with: Content | None = None,
    *,
    facts_later: bool = False,
    ready: Ready | None = None,
) -> Taken:
    """Store rows that have no faults, in the caller's transaction of `writing`.

    Nothing is stored if all rows are equal. The rows of `done_with` are released once written,
    since deriving the facts of a city needs that memory. `ready` are facts that were derived ahead,
    which must still fit.
    """
    say = say or ignore_progress
    counts = counted(prospect)
    if not _says_something(counts):
        return Taken(None, origin.day, counts)
    require_current(connection, references)
    touched = set() if ready else touched_units(prospect)
    number = _write(connection, prospect, origin, counts, say)
    prospect.arriving.clear()
    if done_with is not None:
        done_with.sheets.clear()
    if ready:
        ready.write_to(connection)
    elif not facts_later:
        derive(connection, touched, references, deriving(say))
    return Taken(number, origin.day, counts)


def next_number(connection: Connection) -> int:
    """The number that the next import will get."""
    return (connection.scalar(select(func.max(col(Import.number)))) or 0) + 1


def record(connection: Connection, origin: Origin, counts: Counts) -> int:
    """Record an import and that it changes the data; return its number."""
    number = next_number(connection)
    connection.execute(
        insert(Import).values(
            number=number,
            at=origin.act.at,
            day=origin.day,
            account=origin.act.account,
            file_name=origin.file_name,
            sha256=origin.sha256,
            reason=origin.correct,
            sender=origin.sender,
            counts=counts,
        )
    )
    data_version.bump(connection)
    return number


def in_order_of_reference(prospect: Prospect) -> Iterator[Arriving]:
    """The rows by ledger, those that others refer to first."""
    return (prospect.arriving[each.id()] for each in LEDGERS if each.id() in prospect.arriving)


def _says_something(counts: Mapping[str, Mapping[str, int]]) -> bool:
    return any(count["new"] or count["changed"] for count in counts.values())


def _write(
    connection: Connection, prospect: Prospect, origin: Origin, counts: Counts, say: Progress
) -> int:
    """Write the new and changed rows; return the import's number."""
    number = record(connection, origin, counts)
    arrivals = list(in_order_of_reference(prospect))
    for done, arriving in enumerate(arrivals):
        say(WRITING, done, len(arrivals))
        _write_sheet(connection, arriving, number, origin.correct)
    return number


def _write_sheet(
    connection: Connection, arriving: Arriving, number: int, reason: str | None
) -> None:
    ledger = arriving.ledger
    earlier = (
        (kept, change_of(ledger, kept, values)) for _, kept, (_, values) in arriving.changed()
    )
    versions.keep(connection, ledger, earlier, number, reason)
    write_rows(connection, arriving, number)


def _subject(number: int, origin: Origin) -> str:
    """The import and its file for the access log, without the file's name, which may name a
    person."""
    return f"{number} {origin.sha256[:SHOWN_OF_DIGEST]}".strip()
