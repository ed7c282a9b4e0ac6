"""Draft and issue letters (提醒函、督办函), and read issued ones again.

One transaction writes the letter, an escalation for each finding in it, and the access log.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Engine, insert, select
from sqlmodel import col

from data.access.permission import Viewer
from data.intake.entering import enter
from data.ledgers.imports import day_of_entry
from data.letters.findings import Pressed, import_of, pressed
from data.letters.numbers import (
    SHIPPED,
    LetterRefusedError,
    next_serial,
    require_issuer,
    styles,
    written,
)
from data.nodes import DISTRICT, Node
from data.reference.lists import References
from data.scope import Scope
from data.store import access_log
from data.store.access_log import Act
from data.store.database import writing
from models.account import Event
from models.grid import Unit
from models.letter import Letter, LetterKind
from models.rectification import Escalation, Finding, State, Step
from models.text import N_

NOTHING_CHOSEN = N_("No finding is chosen. Choose at least one.")
NO_LETTER = N_("“{step}” is no letter. Enter it as a step.")
NOT_YET = N_("The day {day} has not come yet. Choose today or an earlier day.")
REPLY_TOO_EARLY = N_("The reply may not be asked for before the day of the letter.")
UNKNOWN = N_("There is no finding {finding}.")
NOT_REQUIRED_YET = N_("The finding {finding} was not issued yet on {day}. Leave it out.")
OVER = N_("The finding {finding} was {state} on {day}; there is nothing to escalate. Leave it out.")
TAKEN = N_("“{step}” was issued for the finding {finding} on {day} already.")
CHANGED = N_("The data changed after the preview. Look at the letters again, then issue them.")
NUMBER_TAKEN = N_("The number {number} was given already. Change the style of the numbers.")


class NoSuchLetterError(Exception):
    """The letter does not exist or the viewer may not see it; the two cases are not told apart."""


@dataclass(frozen=True, slots=True)
class Key:
    """The key of a letter: the `serial`th of its kind in its year."""

    step: LetterKind
    year: int
    serial: int


@dataclass(frozen=True, slots=True)
class Draft:
    """The contents of a letter to one unit, before it is issued and numbered."""

    step: Step
    unit: str
    unit_name: str
    issued_on: date
    reply_by: date
    findings: tuple[Pressed, ...]

    @property
    def overdue(self) -> int:
        """The number of its findings past their time limit."""
        return sum(1 for finding in self.findings if finding.days_over)

    @property
    def longest(self) -> int:
        """Days since the earliest passed time limit among its findings; 0 if none has passed."""
        return max((finding.days_over for finding in self.findings), default=0)

    @property
    def amount(self) -> int | None:
        """The money in its findings in 分; None if none has an amount."""
        amounts = [finding.amount for finding in self.findings if finding.amount]
        return sum(amounts) if amounts else None


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued letter: its contents and number."""

    key: Key
    number: str
    draft: Draft


def drafts(
    connection: Connection,
    scope: Scope,
    step: Step,
    codes: Sequence[str],
    reply_by: date,
    apart: bool = False,
) -> tuple[Draft, ...]:
    """The letters of `step` about the findings `codes`, as of the scope's day.

    One letter a unit, or one a finding with `apart`. Raises `LetterRefusedError` for findings that
    cannot be pressed: see `require_pressable`.
    """
    if step not in SHIPPED:
        raise LetterRefusedError(NO_LETTER, step=step.label)
    if reply_by < scope.as_of:
        raise LetterRefusedError(REPLY_TOO_EARLY)
    together: dict[tuple[str, str], list[Pressed]] = {}
    for finding in require_pressable(connection, scope, step, codes):
        together.setdefault((finding.unit, finding.code if apart else ""), []).append(finding)
    names = dict(
        connection.execute(
            select(col(Unit.code), col(Unit.name)).where(
                col(Unit.code).in_({unit for unit, _code in together})
            )
        ).all()
    )
    return tuple(
        Draft(step, unit, names[unit], scope.as_of, reply_by, tuple(findings))
        for (unit, _code), findings in together.items()
    )


def numbered(connection: Connection, wanted: Sequence[Draft]) -> tuple[Issued, ...]:
    """The drafts with the next free numbers, which are reserved only in a transaction of
    `writing`."""
    style = styles(connection)
    serials: dict[tuple[Step, int], int] = {}
    found = []
    for draft in wanted:
        counted = draft.step, draft.issued_on.year
        serial = serials.get(counted) or next_serial(connection, *counted)
        serials[counted] = serial + 1
        key = Key(*counted, serial)
        found.append(Issued(key, written(style[draft.step], key.year, serial), draft))
    return tuple(found)


def issue(
    engine: Engine,
    viewer: Viewer,
    wanted: Sequence[Draft],
    *,
    act: Act,
    today: date,
    references: References,
) -> tuple[Issued, ...]:
    """Issue the letters `wanted`: all or none.

    Raises `LetterRefusedError` for what cannot be issued, and if the data has changed since the
    drafts were made.
    """
    require_issuer(viewer)
    if not wanted:
        raise LetterRefusedError(NOTHING_CHOSEN)
    if late := next((each for each in wanted if each.issued_on > today), None):
        raise LetterRefusedError(NOT_YET, day=late.issued_on)
    with writing(engine, act.account) as connection:
        for draft in wanted:
            codes = [finding.code for finding in draft.findings]
            scope = asked_by(viewer, draft.issued_on)
            if drafts(connection, scope, draft.step, codes, draft.reply_by) != (draft,):
                raise LetterRefusedError(CHANGED)
        letters = numbered(connection, wanted)
        require_free(connection, [letter.number for letter in letters])
        rows = [
            {"finding": finding.code, "step": draft.step, "issued_on": draft.issued_on}
            for draft in wanted
            for finding in draft.findings
        ]
        steps = "、".join(dict.fromkeys(draft.step.zh for draft in wanted))
        taken = enter(
            connection,
            {Escalation.id(): rows},
            act=act,
            day=day_of_entry(connection, *(draft.issued_on for draft in wanted)),
            references=references,
            note=f"录入:{steps}",
        )
        if taken.refused:
            raise LetterRefusedError(taken.faults[0].sentence)
        for letter in letters:
            connection.execute(insert(Letter).values(**_row(letter, act)))
            access_log.append(connection, act, Event.LETTER_ISSUED, _subject(letter))
    return letters


def issued(connection: Connection, scope: Scope, key: Key) -> Issued:
    """The letter `key` exactly as it was issued.

    Raises `NoSuchLetterError` if it does not exist or its unit is not in the viewer's reach.
    """
    seen = scope.at(Node(DISTRICT))
    row = connection.execute(
        select(Letter.__table__)  # type: ignore[attr-defined]
        .join(Unit, col(Unit.code) == col(Letter.unit))
        .where(
            col(Letter.step) == key.step,
            col(Letter.year) == key.year,
            col(Letter.serial) == key.serial,
            seen.holds(),
        )
    ).first()
    if row is None:
        raise NoSuchLetterError(key)
    step = Step(key.step)
    known = import_of(connection, row.findings[0], step, row.issued_on)
    findings = pressed(connection, row.findings, row.issued_on, known)
    draft = Draft(step, row.unit, row.unit_name, row.issued_on, row.reply_by, findings)
    return Issued(key, row.text_number, draft)


def require_pressable(
    connection: Connection, scope: Scope, step: Step, codes: Sequence[str]
) -> tuple[Pressed, ...]:
    """The findings `codes`, for each of which `step` may be taken on the scope's day.

    Raises `LetterRefusedError` if there are no codes, if a finding is unknown or out of reach, not
    yet issued, closed or voided, and if the step was already taken for it on that day.
    """
    codes = list(dict.fromkeys(codes))
    if not codes:
        raise LetterRefusedError(NOTHING_CHOSEN)
    seen = set(
        connection.scalars(
            select(col(Finding.code))
            .join(Unit, col(Unit.code) == col(Finding.unit))
            .where(col(Finding.code).in_(codes), scope.at(Node(DISTRICT)).holds())
        )
    )
    by_code = {each.code: each for each in pressed(connection, codes, scope.as_of)}
    taken = set(
        connection.scalars(
            select(col(Escalation.finding)).where(
                col(Escalation.finding).in_(codes),
                col(Escalation.step) == step,
                col(Escalation.issued_on) == scope.as_of,
            )
        )
    )
    for code in codes:
        if code not in seen:
            raise LetterRefusedError(UNKNOWN, finding=code)
        if code not in by_code:
            raise LetterRefusedError(NOT_REQUIRED_YET, finding=code, day=scope.as_of)
        state = State(by_code[code].state)
        if state in (State.CLOSED, State.VOIDED):
            raise LetterRefusedError(OVER, finding=code, state=state.label, day=scope.as_of)
        if code in taken:
            raise LetterRefusedError(TAKEN, step=step.label, finding=code, day=scope.as_of)
    return tuple(by_code[code] for code in codes)


def asked_by(viewer: Viewer, day: date) -> Scope:
    """The scope of everything that `viewer` may see on `day`."""
    return Scope(Node(DISTRICT), day, viewer.sectors, viewer.units)


def require_free(connection: Connection, numbers: Sequence[str]) -> None:
    """Raise `LetterRefusedError` if an issued letter already has one of `numbers`."""
    given = select(col(Letter.text_number)).where(col(Letter.text_number).in_(numbers))
    if number := next(iter(connection.scalars(given)), None):
        raise LetterRefusedError(NUMBER_TAKEN, number=number)


def _row(letter: Issued, act: Act) -> Mapping[str, object]:
    draft = letter.draft
    return {
        "step": draft.step.value,
        "year": letter.key.year,
        "serial": letter.key.serial,
        "text_number": letter.number,
        "unit": draft.unit,
        "unit_name": draft.unit_name,
        "findings": [finding.code for finding in draft.findings],
        "issued_on": draft.issued_on,
        "reply_by": draft.reply_by,
        "account": act.account,
        "at": act.at,
    }


def _subject(letter: Issued) -> str:
    """The subject in the access log, without the findings, whose codes may name a person."""
    return f"{letter.number} {letter.draft.unit}"
