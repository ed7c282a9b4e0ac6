"""Import a workbook as a whole or not at all, in one transaction, with every fault named.

Cells are read by `data.workbook`; the rules between rows are in `data.intake.checks`.
"""

import hashlib
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine

from data.facts.ahead import TRIES
from data.intake.checked import Checked, Request, check, permission_of, refused
from data.intake.checks.corrections import Correcting
from data.intake.deriving_ahead import AHEAD_UP_TO, derived_ahead
from data.intake.first_load import load_first
from data.intake.keeping import store
from data.intake.odd import oddities
from data.intake.preview import preview_of
from data.intake.senders import Sender
from data.intake.stages import CHECKING, READING, Progress, deriving, ignore_progress
from data.intake.taken import Also, Origin, Taken, counted
from data.reference.lists import References
from data.store import gc_pause
from data.store.access_log import Act
from data.store.database import reading, writing
from data.store.tidying import tidy
from data.workbook.reading import DEFAULT_LIMITS, Limits, read
from data.workbook.rows import Content


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
    permission = permission_of(correct)
    reason = permission.reason if permission else None
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
    file = source if isinstance(source, Path) else None
    request = Request(origin, references, permission, sender, say, also, facts_later, file, limits)
    if dry_run:
        return _tried(engine, content, request)
    if file and not facts_later and _rows_in(content) > AHEAD_UP_TO:
        taken = load_first(engine, content, request)
        if taken is not None:
            if not taken.refused:
                tidy(engine)
            return taken
        if not content.sheets:
            content = reader(file, day=day, references=references, limits=limits)
    if not facts_later:
        taken = _derived_ahead(engine, content, request)
        if taken is not None:
            return taken
    return _in_one_transaction(engine, content, request)


def _tried(engine: Engine, content: Content, request: Request) -> Taken:
    """A trial run: what an import would do, or its faults."""
    with reading(engine) as connection:
        checked = check(connection, content, request, trial=True)
        if not checked.faults:
            return _previewed(connection, checked, request)
    return refused(checked, request)


def _derived_ahead(engine: Engine, content: Content, request: Request) -> Taken | None:
    """Import with facts that are derived before the writer's lock is taken.

    None if there are too many rows for that, or if others wrote meanwhile every time it was tried.
    """
    for _ in range(TRIES):
        with reading(engine) as connection:
            checked = check(connection, content.copied(), request)
            if checked.faults:
                return refused(checked, request)
            ready = derived_ahead(
                connection, checked.prospect, request.references, deriving(request.say)
            )
        if ready is None:
            return None
        with writing(engine, request.origin.act.account) as connection:
            if ready.fits(connection):
                return store(connection, checked, request, ready=ready)
    return None


def _in_one_transaction(engine: Engine, content: Content, request: Request) -> Taken:
    """Check, write and derive while holding the writer's lock."""
    rows = _rows_in(content)
    with writing(engine, request.origin.act.account) as connection:
        checked = check(connection, content, request)
        if not checked.faults:
            done_with = content if request.file else None
            stored = store(connection, checked, request, done_with=done_with)
    if checked.faults:
        return refused(checked, request)
    if rows > AHEAD_UP_TO:
        tidy(engine)
    return stored


def _previewed(connection: Connection, checked: Checked, request: Request) -> Taken:
    """What a trial run tells of a workbook without faults."""
    prospect, day = checked.prospect, request.origin.day
    warnings = tuple(oddities(prospect, day=day, sender=request.origin.sender))
    return Taken(
        None,
        day,
        counted(prospect),
        corrections=checked.corrected,
        warnings=warnings,
        preview=preview_of(connection, prospect, day=day, references=request.references),
    )


def _rows_in(content: Content) -> int:
    return sum(len(sheet.rows) for sheet in content.sheets)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
