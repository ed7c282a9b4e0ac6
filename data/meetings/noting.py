"""Note a meeting's decisions on the spot, as rows of the ledger of decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Engine, func, select
from sqlmodel import col

from data.access.permission import Action, Viewer
from data.intake.entering import enter
from data.intake.removal import RemovalRefusedError, remove
from data.reference.lists import References
from data.store import access_log
from data.store.access_log import Act
from data.store.database import writing
from data.workbook.rows import Fault
from models.account import Event
from models.ledger import key_text
from models.text import N_, TellingError
from models.work import Decision, Meeting

NOT_ALLOWED = N_("Only the audit committee notes what was decided.")
NO_MEETING = N_("There is no meeting “{meeting}”.")
NOT_YET_HELD = N_("“{meeting}” is on {day}. Its decisions are noted from that day on.")
DUE_BEFORE = N_("The time limit may not lie before the meeting on {day}.")
FULL = N_("“{meeting}” has {most} decisions already, more cannot be numbered.")
MOST = 999


class NotNotedError(TellingError):
    """A decision was not noted or not taken back; `sentence` says why."""


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision to note: the responsible unit (empty for the district) and the time limit."""

    meeting: str
    text: str
    unit: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Noted:
    """The number of the decision within its meeting; None, with faults, if it was refused."""

    number: int | None
    faults: Sequence[Fault] = ()


def note(
    engine: Engine,
    viewer: Viewer,
    wanted: NewDecision,
    *,
    act: Act,
    today: date,
    references: References,
) -> Noted:
    """Note a decision under the next number of its meeting, with an entry in the access log.

    Raises `NotNotedError`; faults found by the checks of the ledger are returned.
    """
    _require_right(viewer)
    with writing(engine, act.account) as connection:
        _check(connection, wanted, today)
        number = _next(connection, wanted.meeting)
        row = {
            "meeting": wanted.meeting,
            "number": number,
            "text": wanted.text.strip(),
            "unit": wanted.unit or None,
            "due_on": wanted.due_on,
            "done_on": None,
        }
        about = f"{wanted.meeting} {number}"
        taken = enter(
            connection,
            {Decision.id(): [row]},
            act=act,
            day=today,
            references=references,
            note=about,
        )
        if taken.number is None:
            return Noted(None, taken.faults)
        access_log.append(connection, act, Event.DECISION_NOTED, about)
    return Noted(number)


def take_back(
    engine: Engine,
    viewer: Viewer,
    meeting: str,
    number: int,
    *,
    reason: str,
    act: Act,
    today: date,
    references: References,
) -> None:
    """Remove a decision from the ledger for a `reason`; raises `NotNotedError`."""
    _require_right(viewer)
    key = key_text((meeting, number))
    try:
        remove(
            engine,
            Decision.id(),
            key,
            reason=reason,
            account=act.account,
            day=today,
            now=act.at,
            references=references,
            address=act.address,
        )
    except RemovalRefusedError as error:
        raise NotNotedError(error.sentence) from error


def _require_right(viewer: Viewer) -> None:
    if not viewer.may(Action.DECIDE):
        raise NotNotedError(NOT_ALLOWED)


def _check(connection: Connection, wanted: NewDecision, today: date) -> None:
    known = select(col(Meeting.name), col(Meeting.on_date)).where(
        col(Meeting.code) == wanted.meeting
    )
    held = connection.execute(known).first()
    if held is None:
        raise NotNotedError(NO_MEETING, meeting=wanted.meeting)
    if held.on_date > today:
        raise NotNotedError(NOT_YET_HELD, meeting=held.name, day=held.on_date)
    if wanted.due_on < held.on_date:
        raise NotNotedError(DUE_BEFORE, day=held.on_date)


def _next(connection: Connection, meeting: str) -> int:
    last = connection.scalar(
        select(func.max(col(Decision.number))).where(col(Decision.meeting) == meeting)
    )
    if last == MOST:
        raise NotNotedError(FULL, meeting=meeting, most=MOST)
    return (last or 0) + 1
