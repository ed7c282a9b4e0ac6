"""Reminders to units whose monthly file is late: drafts, issue, and issued ones.

Issuing writes the letter and the access log in one transaction and changes no ledger.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Engine, insert, select
from sqlmodel import col

from data.access.permission import Action, Viewer
from data.collection import periods
from data.collection.inbox import collected
from data.collection.periods import Period
from data.letters.issuing import (
    CHANGED,
    NOT_YET,
    REPLY_TOO_EARLY,
    Key,
    NoSuchLetterError,
    asked_by,
    require_free,
)
from data.letters.numbers import NOT_ALLOWED, LetterRefusedError, next_serial, styles, written
from data.nodes import DISTRICT, Node
from data.scope import Scope
from data.store import access_log, data_version
from data.store.access_log import Act
from data.store.database import writing
from models.account import Event
from models.grid import Unit
from models.letter import FilesLetter, Letter
from models.text import N_

KIND = FilesLetter.LATE_FILE
NOBODY_LATE = N_("No unit is late with its file of {period}, so there is nobody to remind.")
NOT_LATE = N_("The unit {unit} is not late with its file of {period}. Leave it out.")
REMINDED = N_(
    "The unit {unit} was reminded of its file of {period} on {day} already. Leave it out."
)


@dataclass(frozen=True, slots=True)
class FileReminder:
    """The text data of a reminder to one unit; it gets its number when issued.

    The file of `period` was due on `due_on` and is requested by `reply_by`.
    """

    unit: str
    unit_name: str
    period: Period
    due_on: date
    issued_on: date
    reply_by: date

    @property
    def days_late(self) -> int:
        """Days since the file was due."""
        return (self.issued_on - self.due_on).days


@dataclass(frozen=True, slots=True)
class IssuedReminder:
    """A reminder with its number."""

    key: Key
    number: str
    draft: FileReminder


@dataclass(frozen=True, slots=True)
class LastReminder:
    """When a unit was reminded last of a file, and by when it was asked to send it."""

    on: date
    reply_by: date


def may_remind(viewer: Viewer) -> bool:
    """Whether `viewer` may issue letters or manage the inbox."""
    return viewer.may(Action.ISSUE) or viewer.may(Action.IMPORT)


def reminded(connection: Connection, period: Period) -> Mapping[str, LastReminder]:
    """The last reminder about the file of `period`, by code of the unit."""
    asked = (
        select(col(Letter.unit), col(Letter.issued_on), col(Letter.reply_by))
        .where(col(Letter.step) == KIND.value, col(Letter.period) == str(period))
        .order_by(col(Letter.issued_on))
    )
    return {unit: LastReminder(*days) for unit, *days in connection.execute(asked)}


def drafts(
    connection: Connection,
    scope: Scope,
    period: Period,
    reply_by: date,
    units: Collection[str] | None = None,
) -> tuple[FileReminder, ...]:
    """Drafts for the late `units` on the day of `scope`; None for all not reminded that day.

    Raises `LetterRefusedError` if a unit is not late or was reminded that day, and if none is left.
    """
    day = scope.as_of
    if reply_by < day:
        raise LetterRefusedError(REPLY_TOO_EARLY)
    found = collected(connection, scope, period)
    late = {each.unit: each for each in found.late}
    last = reminded(connection, period)
    today = {unit for unit, reminder in last.items() if reminder.on == day}
    if units is None:
        chosen = [unit for unit in late if unit not in today]
    else:
        chosen = list(dict.fromkeys(units))
    if not chosen:
        raise LetterRefusedError(NOBODY_LATE, period=str(period))
    for unit in chosen:
        if unit not in late:
            raise LetterRefusedError(NOT_LATE, unit=unit, period=str(period))
        if unit in today:
            raise LetterRefusedError(REMINDED, unit=unit, period=str(period), day=day)
    return tuple(
        FileReminder(unit, late[unit].unit_name, period, found.due_on, day, reply_by)
        for unit in chosen
    )


def numbered(connection: Connection, wanted: Sequence[FileReminder]) -> tuple[IssuedReminder, ...]:
    """`wanted` with the next numbers, which are certain only within a transaction of `writing`."""
    style = styles(connection)[KIND]
    found: list[IssuedReminder] = []
    serials: dict[int, int] = {}
    for draft in wanted:
        year = draft.issued_on.year
        serial = serials.get(year) or next_serial(connection, KIND, year)
        serials[year] = serial + 1
        found.append(IssuedReminder(Key(KIND, year, serial), written(style, year, serial), draft))
    return tuple(found)


def issue(
    engine: Engine, viewer: Viewer | None, wanted: Sequence[FileReminder], *, act: Act, today: date
) -> tuple[IssuedReminder, ...]:
    """Issue the reminders `wanted` exactly as previewed: all of them or none; logged.

    `viewer` None stands for somebody working on the machine itself. Raises `LetterRefusedError`,
    also if a unit has sent its file in the meantime.
    """
    if viewer is not None and not may_remind(viewer):
        raise LetterRefusedError(NOT_ALLOWED)
    if late := next((each for each in wanted if each.issued_on > today), None):
        raise LetterRefusedError(NOT_YET, day=late.issued_on)
    with writing(engine) as connection:
        for draft in wanted:
            scope = scope_of(viewer, draft.issued_on)
            try:
                again = drafts(connection, scope, draft.period, draft.reply_by, [draft.unit])
            except LetterRefusedError:
                again = ()
            if again != (draft,):
                raise LetterRefusedError(CHANGED)
        letters = numbered(connection, wanted)
        require_free(connection, [letter.number for letter in letters])
        for letter in letters:
            connection.execute(insert(Letter).values(**_row(letter, act)))
            subject = f"{letter.number} {letter.draft.unit} {letter.draft.period}"
            access_log.append(connection, act, Event.LETTER_ISSUED, subject)
        data_version.bump(connection)
    return letters


def issued(connection: Connection, scope: Scope, key: Key) -> IssuedReminder:
    """The reminder with `key` as issued, whatever the unit has sent since.

    Raises `NoSuchLetterError` if it does not exist or is of a unit outside the scope.
    """
    row = connection.execute(
        select(Letter.__table__)  # type: ignore[attr-defined]
        .join(Unit, col(Unit.code) == col(Letter.unit))
        .where(
            col(Letter.step) == KIND.value,
            col(Letter.year) == key.year,
            col(Letter.serial) == key.serial,
            scope.at(Node(DISTRICT)).holds(),
        )
    ).first()
    if row is None:
        raise NoSuchLetterError(key)
    period = periods.parse(row.period)
    draft = FileReminder(
        row.unit, row.unit_name, period, row.file_due_on, row.issued_on, row.reply_by
    )
    return IssuedReminder(key, row.text_number, draft)


def scope_of(viewer: Viewer | None, day: date) -> Scope:
    """All that `viewer` may see on `day`; everything if `viewer` is None."""
    return Scope(Node(DISTRICT), day) if viewer is None else asked_by(viewer, day)


def _row(letter: IssuedReminder, act: Act) -> Mapping[str, object]:
    draft = letter.draft
    return {
        "step": KIND.value,
        "year": letter.key.year,
        "serial": letter.key.serial,
        "text_number": letter.number,
        "unit": draft.unit,
        "unit_name": draft.unit_name,
        "findings": [],
        "issued_on": draft.issued_on,
        "reply_by": draft.reply_by,
        "period": str(draft.period),
        "file_due_on": draft.due_on,
        "account": act.account,
        "at": act.at,
    }
