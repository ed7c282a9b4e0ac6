"""Send a file into the inbox, and withdraw it while nobody has settled it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Engine, exists, func, insert, select
from sqlmodel import col

from data.access.permission import Action, Viewer
from data.collection.checking import Checked, FileOfUnit
from data.collection.inbox import sent_file
from data.collection.mending import require_mended
from data.collection.periods import Period, month_of
from data.collection.refusals import CollectionRefusedError, allowed_scope
from data.collection.settling import settle
from data.store import access_log, data_version
from data.store.access_log import Act
from data.store.database import writing
from data.workbook.archive.signature import Signature
from models.account import Event
from models.collection import FileState, SentFile
from models.grid import Unit
from models.text import N_

MIB = 1024 * 1024
MOST_MIB = 20
"""What one file may take in the database, where it stays."""
LONGEST_NAME = 255

NO_SUCH_UNIT = N_("There is no unit “{unit}” for which this account may send files.")
TOO_LARGE = N_("The file is larger than {most} MiB. Delete what is not needed, or split it.")
EMPTY = N_("The file is empty. Choose the file that you filled in.")
NOT_YET = N_("The month {period} has not come yet. Choose this month or an earlier one.")
ANOTHERS = N_("This workbook was written for the unit {unit}. Choose the file of your own unit.")
SENT_ALREADY = N_("Just this file was sent already, as number {number}. Nothing was sent again.")


@dataclass(frozen=True, slots=True)
class Sending:
    """A file to put into the inbox, with its month and the result of its check."""

    file: FileOfUnit
    period: Period
    checked: Checked


def send(engine: Engine, viewer: Viewer | None, sending: Sending, *, act: Act, today: date) -> int:
    """Put a file into the inbox and return its number there; logged in the same transaction.

    Raises `CollectionRefusedError` for another unit, for a file that is empty, too large, already
    waiting, already imported or returned and not mended since, and for a future month.
    """
    file, period = sending.file, sending.period
    scope = allowed_scope(viewer, Action.SEND, today)
    if not file.content:
        raise CollectionRefusedError(EMPTY)
    if len(file.content) > MOST_MIB * MIB:
        raise CollectionRefusedError(TOO_LARGE, most=MOST_MIB)
    if period > month_of(today):
        raise CollectionRefusedError(NOT_YET, period=str(period))
    if viewer is not None:
        # Whoever keeps the inbox may put in again what was returned by mistake.
        require_mended(engine, file, period)
    with writing(engine) as connection:
        own = select(exists().where(col(Unit.code) == file.unit, scope.holds()))
        if not connection.scalar(own):
            raise CollectionRefusedError(NO_SUCH_UNIT, unit=file.unit)
        _require_new(connection, file, period)
        number = (connection.scalar(select(func.max(col(SentFile.number)))) or 0) + 1
        connection.execute(insert(SentFile).values(**_row(number, sending, act)))
        data_version.bump(connection)
        subject = f"{number} {file.unit} {period} {file.digest[:12]}"
        access_log.append(connection, act, Event.FILE_SENT, subject)
    return number


def require_own(unit: str, signature: Signature | None) -> None:
    """Raise `CollectionRefusedError` if a workbook is signed for another unit."""
    if signature is not None and signature.unit != unit:
        raise CollectionRefusedError(ANOTHERS, unit=signature.unit)


def withdraw(engine: Engine, viewer: Viewer | None, number: int, *, act: Act, today: date) -> None:
    """Withdraw a waiting file; logged. Raises `CollectionRefusedError`."""
    scope = allowed_scope(viewer, Action.SEND, today)
    with writing(engine) as connection:
        found = sent_file(connection, scope, number)
        settle(connection, found, FileState.WITHDRAWN, act)


def _require_new(connection: Connection, file: FileOfUnit, period: Period) -> None:
    same = select(col(SentFile.number)).where(
        col(SentFile.unit) == file.unit,
        col(SentFile.period) == str(period),
        col(SentFile.sha256) == file.digest,
        col(SentFile.state).in_([FileState.SENT, FileState.TAKEN_IN]),
    )
    if number := connection.scalar(same.limit(1)):
        raise CollectionRefusedError(SENT_ALREADY, number=number)


def _row(number: int, sending: Sending, act: Act) -> dict[str, object]:
    file, checked = sending.file, sending.checked
    return {
        "number": number,
        "unit": file.unit,
        "period": str(sending.period),
        "file_name": file.name[:LONGEST_NAME],
        "content": file.content,
        "size": len(file.content),
        "sha256": file.digest,
        "answers": dict(file.answers),
        "state": FileState.SENT.value,
        "sent_at": act.at,
        "sent_by": act.account,
        **checked.found,
    }
