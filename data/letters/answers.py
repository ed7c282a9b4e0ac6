"""Enter what became of letters: receipts, replies, and steps taken without a letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, Engine, select, tuple_
from sqlmodel import col

from data.access.permission import Viewer
from data.intake.entering import Row, enter
from data.intake.taken import Taken
from data.ledgers.imports import day_of_entry
from data.letters.issuing import NOT_YET, asked_by, require_pressable
from data.letters.numbers import SHIPPED, LetterRefusedError, require_issuer
from data.reference.lists import References
from data.scope import Scope
from data.store import access_log
from data.store.access_log import Act
from data.store.database import writing
from models.account import Event
from models.grid import Unit
from models.rectification import Escalation, Finding, Step
from models.text import N_

BY_LETTER = N_("“{step}” is taken by letter. Issue a letter.")
UNKNOWN = N_("There is no such letter or step.")
REASON_NEEDED = N_("A day is entered already. Give a reason for changing it.")


class Answer(StrEnum):
    """What is entered about a letter: the column of `Escalation` with the day."""

    RECEIPT = "received_on"
    REPLY = "replied_on"


@dataclass(frozen=True, slots=True, order=True)
class StepKey:
    """The key of a row in the ledger of escalations."""

    finding: str
    step: str
    issued_on: date


def take_step(
    engine: Engine,
    viewer: Viewer,
    step: Step,
    codes: Sequence[str],
    *,
    taken_on: date,
    act: Act,
    today: date,
    references: References,
) -> None:
    """Enter that `step`, which needs no letter, was taken for the findings `codes`; logged.

    Raises `LetterRefusedError` if one of them cannot be pressed on `taken_on`.
    """
    require_issuer(viewer)
    if step in SHIPPED:
        raise LetterRefusedError(BY_LETTER, step=step.label)
    if taken_on > today:
        raise LetterRefusedError(NOT_YET, day=taken_on)
    with writing(engine) as connection:
        found = require_pressable(connection, asked_by(viewer, taken_on), step, codes)
        rows = [{"finding": each.code, "step": step, "issued_on": taken_on} for each in found]
        day = day_of_entry(connection, taken_on)
        taken = _enter(connection, rows, step.zh, act=act, day=day, references=references)
        access_log.append(connection, act, Event.ESCALATION_ENTERED, _subject(taken))


def answer(
    engine: Engine,
    viewer: Viewer,
    keys: Sequence[StepKey],
    what: Answer,
    day: date | None,
    *,
    act: Act,
    today: date,
    references: References,
    reason: str = "",
) -> None:
    """Enter that the letter or step with the rows `keys` was received or answered on `day`; logged.

    With `day` None the entry is removed. Changing or removing an entered day needs a `reason`.
    Raises `LetterRefusedError`.
    """
    require_issuer(viewer)
    if day is not None and day > today:
        raise LetterRefusedError(NOT_YET, day=day)
    with writing(engine) as connection:
        kept = _entered_days(connection, asked_by(viewer, today), keys, what)
        if not keys or len(kept) < len(set(keys)):
            raise LetterRefusedError(UNKNOWN)
        changes = any(before is not None and before != day for before in kept.values())
        if changes and not reason.strip():
            raise LetterRefusedError(REASON_NEEDED)
        rows = [
            {"finding": key.finding, "step": key.step, "issued_on": key.issued_on, what.value: day}
            for key in sorted(kept)
        ]
        label = next(each for each in Escalation.columns if each.id == what.value).zh
        taken = _enter(
            connection,
            rows,
            label,
            act=act,
            day=day_of_entry(connection, day or min(key.issued_on for key in kept)),
            references=references,
            reason=reason if changes else "",
        )
        if taken.number is not None:
            access_log.append(connection, act, Event.ESCALATION_ENTERED, _subject(taken))


def _enter(
    connection: Connection,
    rows: Sequence[Row],
    what: str,
    *,
    act: Act,
    day: date,
    references: References,
    reason: str = "",
) -> Taken:
    taken = enter(
        connection,
        {Escalation.id(): rows},
        act=act,
        day=day,
        references=references,
        note=f"录入:{what}",
        correct=reason or None,
    )
    if taken.refused:
        raise LetterRefusedError(taken.faults[0].sentence)
    return taken


def _subject(taken: Taken) -> str:
    """The subject in the access log: only the import that holds the rows, since administrators of
    the log see no business data."""
    return f"{taken.number} {Escalation.id()}"


def _entered_days(
    connection: Connection, scope: Scope, keys: Sequence[StepKey], what: Answer
) -> dict[StepKey, date | None]:
    """For each of `keys` within reach, the day entered as `what`; None where none is entered."""
    of_row = (col(Escalation.finding), col(Escalation.step), col(Escalation.issued_on))
    statement = (
        select(*of_row, getattr(Escalation, what.value))
        .join(Finding, col(Finding.code) == col(Escalation.finding))
        .join(Unit, col(Unit.code) == col(Finding.unit))
        .where(
            tuple_(*of_row).in_([(each.finding, each.step, each.issued_on) for each in keys]),
            scope.holds(),
        )
    )
    return {
        StepKey(finding, step, issued_on): day
        for finding, step, issued_on, day in connection.execute(statement)
    }
