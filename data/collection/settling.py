"""Settle a sent file: import it, or return it with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, Engine, select, update
from sqlmodel import col

from data.access.permission import Action, Viewer
from data.collection.checking import Checked, Circumstances, FileOfUnit, take_checked
from data.collection.inbox import SentLine, sent_file, sent_files
from data.collection.periods import Period
from data.collection.refusals import CollectionRefusedError, allowed_scope
from data.intake.checks.corrections import Correcting
from data.intake.taken import Taken
from data.store import access_log, data_version
from data.store.access_log import Act
from data.store.database import reading, writing
from models.account import Event
from models.collection import REASON_LENGTH, FileState, SentFile
from models.text import N_

REASON_NEEDED = N_("Say in a sentence why the file is returned; its sender reads it.")
REASON_TOO_LONG = N_("The sentence is longer than {most} characters. Shorten it.")
SETTLED = N_("The file {number} is {state} already. Nothing was changed.")
EVENTS: Mapping[FileState, Event] = {
    FileState.WITHDRAWN: Event.FILE_WITHDRAWN,
    FileState.RETURNED: Event.FILE_RETURNED,
    FileState.TAKEN_IN: Event.FILE_TAKEN_IN,
}


@dataclass(frozen=True, slots=True)
class Settled:
    """A file and the result of its import; it stays in the inbox if refused."""

    line: SentLine
    checked: Checked

    @property
    def refused(self) -> bool:
        """Whether nothing was imported."""
        return bool(self.checked.faults or self.checked.questions)


def return_file(
    engine: Engine, viewer: Viewer | None, number: int, reason: str, *, act: Act, today: date
) -> SentLine:
    """Return a waiting file with a `reason` for its sender; logged.

    Raises `CollectionRefusedError`.
    """
    scope = allowed_scope(viewer, Action.IMPORT, today)
    said = " ".join(reason.split())
    if not said:
        raise CollectionRefusedError(REASON_NEEDED)
    if len(said) > REASON_LENGTH:
        raise CollectionRefusedError(REASON_TOO_LONG, most=REASON_LENGTH)
    with writing(engine) as connection:
        found = sent_file(connection, scope, number)
        settle(connection, found, FileState.RETURNED, act, reason=said)
    return found


def take_in(
    engine: Engine,
    viewer: Viewer | None,
    number: int,
    circumstances: Circumstances,
    correct: Correcting | None = None,
    answers: Mapping[str, str] | None = None,
) -> Settled:
    """Import a waiting file as a whole or not at all, and record that in the same transaction.

    `answers` supplement those of its unit. Faults are part of the result; the file then keeps
    waiting. Raises `CollectionRefusedError` for a file that does not wait.
    """
    scope = allowed_scope(viewer, Action.IMPORT, circumstances.day)
    with reading(engine) as connection:
        line = sent_file(connection, scope, number)
        sent = content_of(connection, line)
    content = replace(sent, answers={**sent.answers, **(answers or {})})
    _require_waiting(line)

    def note(connection: Connection, taken: Taken) -> None:
        settle(
            connection,
            line,
            FileState.TAKEN_IN,
            circumstances.act,
            import_number=taken.number,
            counts=taken.counts,
        )

    done = Settled(line, take_checked(engine, content, line.ours, circumstances, correct, note))
    if done.refused:
        _keep_check(engine, done)
    return done


def take_in_clean(
    engine: Engine, viewer: Viewer | None, period: Period | None, circumstances: Circumstances
) -> list[Settled]:
    """Import every waiting file without faults, oddities or questions, in the order of sending.

    Covers one `period`, or all. Each file is imported as a whole or not at all; a refusal does not
    affect the others.
    """
    scope = allowed_scope(viewer, Action.IMPORT, circumstances.day)
    with reading(engine) as connection:
        waiting = sent_files(connection, scope, period, (FileState.SENT,))
    clean = [each for each in reversed(waiting) if each.clean]
    return [take_in(engine, viewer, each.number, circumstances) for each in clean]


def _keep_check(engine: Engine, done: Settled) -> None:
    """Store the faults of a refused file that keeps waiting, so that it no longer counts as
    clean."""
    with writing(engine) as connection:
        connection.execute(
            update(SentFile)
            .where(
                col(SentFile.number) == done.line.number,
                col(SentFile.state) == FileState.SENT.value,
            )
            .values(**done.checked.found)
        )
        data_version.bump(connection)


def content_of(connection: Connection, line: SentLine) -> FileOfUnit:
    """The file of `line` as sent; the caller has already found the line within a scope."""
    row = connection.execute(
        select(col(SentFile.content), col(SentFile.answers)).where(
            col(SentFile.number) == line.number
        )
    ).one()
    return FileOfUnit(line.file_name, bytes(row.content), line.unit, row.answers)


def settle(
    connection: Connection, line: SentLine, state: FileState, act: Act, **also: object
) -> None:
    """Record what became of a waiting file, in the caller's transaction of `writing`; logged."""
    changed = connection.execute(
        update(SentFile)
        .where(col(SentFile.number) == line.number, col(SentFile.state) == FileState.SENT.value)
        .values(state=state.value, settled_at=act.at, settled_by=act.account, **also)
    )
    if not changed.rowcount:
        _require_waiting(line)
        raise CollectionRefusedError(SETTLED, number=line.number, state=FileState.SENT.label)
    data_version.bump(connection)
    access_log.append(connection, act, EVENTS[state], f"{line.number} {line.unit} {line.period}")


def _require_waiting(line: SentLine) -> None:
    if line.state is not FileState.SENT:
        raise CollectionRefusedError(SETTLED, number=line.number, state=line.state.label)
