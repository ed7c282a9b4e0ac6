"""Import a workbook as a whole or not at all, in one transaction, with every fault named.

Cells are read by `data.workbook`; the rules between rows are in `data.intake.checks`.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, func, insert, select
from sqlmodel import col

from data.facts.ahead import TRIES, Ready
from data.facts.derivation import derive
from data.facts.first_facts import can_be_first, filling
from data.facts.processes import ProcessLostError
from data.intake import kept_warnings
from data.intake.checks import faults_between_rows
from data.intake.checks.arriving import Arriving
from data.intake.checks.corrections import Correcting, Correction, change_of, corrections
from data.intake.checks.prospect import Prospect
from data.intake.deriving_ahead import AHEAD_UP_TO, derived_ahead, write_rows
from data.intake.extending import extend
from data.intake.issuing_codes import OF_UNITS, issue_codes
from data.intake.odd import oddities
from data.intake.original_values import with_original_values
from data.intake.preview import Preview, preview_of
from data.intake.senders import Sender
from data.intake.touched import touched_units
from data.intake.unit_names import resolve_unit_names
from data.ledgers import versions
from data.reference.lists import References, require_current
from data.store import access_log, beside, data_version, gc_pause
from data.store.access_log import Act
from data.store.database import reading, writing
from data.store.tidying import tidy
from data.workbook.reading import DEFAULT_LIMITS, Limits, read
from data.workbook.rows import Content, Fault
from models.account import Event
from models.grid import Sector, Unit
from models.kept import Import
from models.registry import LEDGERS
from models.text import N_

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and how much there is."""

READING = N_("Reading the workbook")
CHECKING = N_("Comparing and checking")
WRITING = N_("Writing rows")
DERIVING = N_("Deriving figures")
Counts = dict[str, dict[str, int]]
WARNED_UP_TO = 100_000
"""New and changed rows up to which an import keeps what is odd about it; a larger one is the load
of a whole district, of which a trial run tells."""
SHOWN_OF_DIGEST = 12
"""Digits of a SHA-256 by which the log and the history tell one file from another."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The result of an import: the rows by ledger, or the faults that kept it out.

    `number` is the import's; None if nothing was stored: refused, a trial run, or all rows equal.
    `corrections` are all guarded cells that it would change, permitted or not, `warnings` the
    oddities of its rows, and `preview` its effect row by row; all three are filled by trial runs
    only.
    """

    number: int | None
    day: date
    counts: Counts = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    corrections: tuple[Correction, ...] = ()
    warnings: tuple[Fault, ...] = ()
    preview: Preview | None = None

    @property
    def refused(self) -> bool:
        """Whether the workbook was refused."""
        return bool(self.faults)


@dataclass(frozen=True, slots=True)
class Origin:
    """Who imports which file, when and why."""

    file_name: str
    sha256: str
    day: date
    act: Act
    correct: str | None
    sender: str | None = None


Also = Callable[[Connection, "Taken"], None]
"""Does what belongs to taking in, in its transaction; an error there undoes both."""


class Reader(Protocol):
    """A function that reads a workbook, in this process or in another."""

    def __call__(self, path: Path, *, day: date, references: References, limits: Limits) -> Content:
        """Its rows and faults."""


@gc_pause.paused()
def take(
    engine: Engine,
    source: Path | Content,
    *,
    day: date,
    account: str,
    now: datetime,
    references: References,
    address: str | None = None,
    file_name: str | None = None,
    sender: Sender | None = None,
    correct: Correcting | str | None = None,
    dry_run: bool = False,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress | None = None,
    reader: Reader = read,
    also: Also | None = None,
    facts_later: bool = False,
) -> Taken:
    """Import the workbook at `source`, or one already read, on `day` in the name of `account`.

    `correct` permits changes of guarded columns; a reason alone permits a few rows. A `dry_run`
    finds every fault and counts every row, stores nothing, and does not block other writers. `now`
    and the network `address` go into the access log, in the same transaction as the rows.
    `file_name` is the file's original name; by default that of `source`. Pass
    `data.workbook.apart.read_apart` as `reader` where many users depend on this process. The file
    of a `sender` that is a unit may hold only rows of it and of units below it. `also` is called in
    the transaction of a workbook without faults, even if nothing changed. With `facts_later` no
    facts are derived: the caller imports more and derives them all at the end.
    """
    say = progress or ignore_progress
    leave = leave_of(correct)
    reason = leave.reason if leave else None
    act = Act(account, now, address)
    sent_by = str(sender) if sender else None
    say(READING, 0, 1)
    if isinstance(source, Path):
        content = reader(source, day=day, references=references, limits=limits)
        # An unreadable file has no content to describe.
        sha256 = "" if content.faults else _sha256(source)
        origin = Origin(file_name or source.name, sha256, day, act, reason, sent_by)
    else:
        content, origin = source, Origin("", "", day, act, reason, sent_by)
    say(CHECKING, 0, 1)
    asked = _Asked(origin, references, leave, sender, say, also, facts_later)
    of_file = source if isinstance(source, Path) else None
    if dry_run:
        with reading(engine) as connection:
            checked = _checked(connection, content, asked, dry_run=True)
            if not checked.faults:
                return _previewed(connection, checked, asked)
        return _refused(checked, asked, of_file, limits)
    if of_file and not facts_later and _rows_in(content) > AHEAD_UP_TO:
        taken = _first_load(engine, content, asked, of_file, limits)
        if taken is not None:
            if not taken.refused:
                tidy(engine)
            return taken
        if not content.sheets:
            content = reader(of_file, day=day, references=references, limits=limits)
    for _ in range(0 if facts_later else TRIES):
        with reading(engine) as connection:
            checked = _checked(connection, content.copied(), asked, notices=of_file is not None)
            if checked.faults:
                return _refused(checked, asked, of_file, limits)
            ready = derived_ahead(connection, checked.prospect, references, _deriving(say))
        if ready is None:
            break
        with writing(engine, account) as connection:
            if ready.fits(connection):
                return _write_checked(connection, checked, asked, ready=ready)
    with writing(engine, account) as connection:
        rows = _rows_in(content)
        checked = _checked(connection, content, asked, notices=of_file is not None)
        if not checked.faults:
            done_with = content if of_file else None
            stored = _write_checked(connection, checked, asked, done_with=done_with)
    if checked.faults:
        return _refused(checked, asked, of_file, limits)
    if rows > AHEAD_UP_TO:
        tidy(engine)
    return stored


def _first_load(
    engine: Engine, content: Content, asked: "_Asked", file: Path, limits: Limits
) -> Taken | None:
    """Import a whole district into an empty database; all that is written is prepared beside it.

    The lock is held only to copy that. None if the usual way has to be gone: there is no place for
    files, the database is not empty, or somebody has changed it meanwhile. In the latter case the
    rows of `content` were released.
    """
    database = beside.place_of(engine)
    if database is None:
        return None
    with reading(engine) as connection:
        if not can_be_first(connection):
            return None
    account, references = asked.origin.act.account, asked.references
    with (
        beside.folder_beside(database) as folder,
        filling(folder, references) as district,
        suppress(ProcessLostError),
    ):
        with reading(engine) as connection:
            checked = _checked(connection, content, asked, notices=True)
            if checked.faults:
                return _refused(checked, asked, file, limits)
            counts, arrivals = counted(checked.prospect), checked.prospect.arriving
            number = next_number(connection)
            ordered = list(_in_order_of_reference(checked.prospect))

            def write(rows: Connection) -> None:
                for done, arriving in enumerate(ordered):
                    asked.say(WRITING, done, len(ordered))
                    write_rows(rows, arriving, number)

            district.write_rows(connection, write)
            # Deriving needs their memory.
            for released in (ordered, arrivals, content.sheets):
                released.clear()
            ready = district.derive(connection, _deriving(asked.say))
        with writing(engine, account) as connection:
            if ready.fits(connection):
                require_current(connection, references)
                _record(connection, asked.origin, counts)
                ready.write_to(connection)
                taken = Taken(number, asked.origin.day, counts)
                _conclude(connection, checked, asked, taken)
                return taken
    return None


@dataclass(frozen=True, slots=True)
class _Asked:
    """How a workbook is imported."""

    origin: Origin
    references: References
    leave: Correcting | None
    sender: Sender | None
    say: Progress
    also: Also | None
    facts_later: bool


@dataclass(frozen=True, slots=True)
class _Checked:
    """The rows of a workbook beside the stored ones, with the faults between them.

    `corrected` is filled by trial runs; `odd` rows are noticed in files, and `told_of` are the rows
    that they concern.
    """

    content: Content
    prospect: Prospect
    row_faults: list[Fault]
    corrected: tuple[Correction, ...] = ()
    odd: tuple[Fault, ...] = ()
    told_of: kept_warnings.Located = field(default_factory=dict)

    @property
    def faults(self) -> list[Fault]:
        """All faults that were found."""
        return [*self.content.faults, *self.row_faults]


def _checked(
    connection: Connection,
    content: Content,
    asked: _Asked,
    *,
    dry_run: bool = False,
    notices: bool = False,
) -> _Checked:
    """Compare the rows of `content`, whose missing codes and names are filled in, with the stored
    ones."""
    day, leave, sender = asked.origin.day, asked.leave, asked.sender
    issue_codes(connection, content, day, (Sector, Unit))
    resolve_unit_names(connection, content, day)
    issue_codes(connection, content, day, OF_UNITS)
    prospect = Prospect(connection, content)
    if leave is not None:
        extend(prospect, leave.extended, day)
    corrected = tuple(corrections(prospect)) if dry_run else ()
    row_faults = list(
        faults_between_rows(
            prospect,
            day=day,
            references=asked.references,
            correct=leave,
            sender=sender.code if sender else "",
            sent_units=sender.units(connection) if sender else None,
        )
    )
    if not notices or row_faults or content.faults:
        return _Checked(content, prospect, row_faults, corrected)
    odd = _odd(prospect, day, asked.origin.sender)
    return _Checked(
        content, prospect, row_faults, corrected, odd, kept_warnings.rows_of(prospect, odd)
    )


def _previewed(connection: Connection, checked: _Checked, asked: _Asked) -> Taken:
    """What a trial run tells of a workbook without faults."""
    prospect, day = checked.prospect, asked.origin.day
    warnings = tuple(oddities(prospect, day=day, sender=asked.origin.sender))
    return Taken(
        None,
        day,
        counted(prospect),
        corrections=checked.corrected,
        warnings=warnings,
        preview=preview_of(connection, prospect, day=day, references=asked.references),
    )


def _write_checked(
    connection: Connection,
    checked: _Checked,
    asked: _Asked,
    *,
    ready: Ready | None = None,
    done_with: Content | None = None,
) -> Taken:
    """Store a workbook without faults, and what belongs to it."""
    taken = keep(
        connection,
        checked.prospect,
        asked.origin,
        asked.references,
        asked.say,
        done_with,
        facts_later=asked.facts_later,
        ready=ready,
    )
    _conclude(connection, checked, asked, taken)
    return taken


def _conclude(connection: Connection, checked: _Checked, asked: _Asked, taken: Taken) -> None:
    """Store what belongs to an import whose rows and facts are stored."""
    if taken.number is not None:
        kept_warnings.keep(connection, taken.number, checked.odd, checked.told_of)
        subject = _subject(taken.number, asked.origin)
        access_log.append(connection, asked.origin.act, Event.IMPORTED, subject)
    if asked.also is not None:
        asked.also(connection, taken)


def _refused(checked: _Checked, asked: _Asked, file: Path | None, limits: Limits) -> Taken:
    """The faults of a workbook, with values as they stand in its `file`."""
    row_faults = checked.row_faults
    if file is not None:
        row_faults = with_original_values(file, limits, row_faults)
    faults = in_order([*checked.content.faults, *row_faults], checked.content)
    return Taken(None, asked.origin.day, {}, faults, corrections=checked.corrected)


def _rows_in(content: Content) -> int:
    return sum(len(sheet.rows) for sheet in content.sheets)


def _deriving(say: Progress) -> Callable[[int, int], None]:
    return lambda done, of: say(DERIVING, done, of)


def _odd(prospect: Prospect, day: date, sender: str | None) -> tuple[Fault, ...]:
    """The oddities of an import, unless it loads a whole district."""
    counts = counted(prospect).values()
    if sum(each["new"] + each["changed"] for each in counts) > WARNED_UP_TO:
        return ()
    return tuple(oddities(prospect, day=day, sender=sender))


def leave_of(correct: Correcting | str | None) -> Correcting | None:
    """The permission to correct that a caller gave; None without a reason and without extensions.

    Without a reason nothing may be corrected; extensions are not corrections.
    """
    leave = Correcting(correct) if isinstance(correct, str) else correct
    if leave is None or not (leave.reason.strip() or leave.extended):
        return None
    reason = leave.reason.strip()
    return replace(leave, reason=reason, keys=leave.keys if reason else frozenset())


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
        derive(connection, touched, references, _deriving(say))
    return Taken(number, origin.day, counts)


def in_order(faults: Iterable[Fault], content: Content) -> list[Fault]:
    """The faults in the order of the file, those without a place first."""
    sheets = {sheet.name: at for at, sheet in enumerate(content.sheets)}
    columns = {
        (sheet.name, header): at
        for sheet in content.sheets
        for at, header in enumerate(sheet.headers.values())
    }

    def place(fault: Fault) -> tuple[int, int, int]:
        at = columns.get((fault.sheet or "", fault.column or ""), -1)
        return sheets.get(fault.sheet or "", -1), fault.row or 0, at

    return sorted(faults, key=place)


def next_number(connection: Connection) -> int:
    """The number that the next import will get."""
    return (connection.scalar(select(func.max(col(Import.number)))) or 0) + 1


def ignore_progress(stage: str, done: int, of: int) -> None:
    """Ignore the progress of an import."""


def _subject(number: int, origin: Origin) -> str:
    """The import and its file for the access log, without the file's name, which may name a
    person."""
    return f"{number} {origin.sha256[:SHOWN_OF_DIGEST]}".strip()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def counted(prospect: Prospect) -> Counts:
    """The numbers of new, changed and equal rows, by ledger."""
    return {
        ledger: {
            "new": len(arriving.rows) - len(arriving.before) - len(arriving.equal),
            "changed": len(arriving.before),
            "equal": len(arriving.equal),
        }
        for ledger, arriving in prospect.arriving.items()
        if arriving.rows
    }


def _says_something(counts: Mapping[str, Mapping[str, int]]) -> bool:
    return any(count["new"] or count["changed"] for count in counts.values())


def _write(
    connection: Connection, prospect: Prospect, origin: Origin, counts: Counts, say: Progress
) -> int:
    """Write the new and changed rows; return the import's number."""
    number = _record(connection, origin, counts)
    arrivals = list(_in_order_of_reference(prospect))
    for done, arriving in enumerate(arrivals):
        say(WRITING, done, len(arrivals))
        _write_sheet(connection, arriving, number, origin.correct)
    return number


def _record(connection: Connection, origin: Origin, counts: Counts) -> int:
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


def _in_order_of_reference(prospect: Prospect) -> Iterator[Arriving]:
    return (prospect.arriving[each.id()] for each in LEDGERS if each.id() in prospect.arriving)


def _write_sheet(
    connection: Connection, arriving: Arriving, number: int, reason: str | None
) -> None:
    ledger = arriving.ledger
    earlier = (
        (kept, change_of(ledger, kept, values)) for _, kept, (_, values) in arriving.changed()
    )
    versions.keep(connection, ledger, earlier, number, reason)
    write_rows(connection, arriving, number)
