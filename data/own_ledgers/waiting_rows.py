"""Rows that were set aside: listed with permission, answered, or dropped for a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import col

from data.ledgers.rows import fetch
from data.own_ledgers.memory import remembered
from data.scope import Scope
from data.store import access_log, data_version
from data.store.access_log import Act
from models.account import Event
from models.grid import Unit
from models.own_snapshot import SetAsideRow
from models.text import N_, Sentence, TellingError

NOT_WAITING = N_("This row no longer waits. It was taken in, or somebody dropped it.")
NO_REASON = N_("A row is dropped only for a reason. Give one.")
NOT_ASKED = N_("Nothing was asked about this row that these answers answer.")


class WaitingRowError(TellingError):
    """The row was neither answered nor dropped; `sentence` says why."""


@dataclass(frozen=True, slots=True)
class WaitingQuestion:
    """A question about a row: its id, its text, the proposed answers, and the one given."""

    id: str
    asks: Sentence
    proposed: tuple[str, ...]
    answer: str | None


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A waiting row. `said` is what the sheet says of it, by name; units are given by code.

    Once every question has an answer, the row can be imported if its file is stored (`sha256`);
    else it comes with its sender's next sheet.
    """

    id: int
    sender: str
    form: str
    as_of: date
    file_name: str
    sheet: str
    row: int
    ledger: str
    unit: str | None
    unit_name: str | None
    said: Mapping[str, Any]
    questions: tuple[WaitingQuestion, ...]
    at: datetime
    sha256: str | None = None

    @property
    def answered(self) -> bool:
        """Whether every question has an answer."""
        return all(each.answer for each in self.questions)


def waiting_rows(connection: Connection, scope: Scope) -> tuple[WaitingRow, ...]:
    """The waiting rows in `scope`, oldest first.

    Rows whose unit is unknown are only for viewers of the whole district.
    """
    allowed = set(connection.scalars(select(col(Unit.code)).where(scope.holds())))
    names = unit_names(connection)
    given: dict[str, dict[str, str]] = {}
    found = []
    for row in remembered.waiting(connection):
        if row.unit not in allowed and not (row.unit is None and scope.whole_district):
            continue
        if row.sender not in given:
            given[row.sender] = remembered.answers(connection, row.sender)
        found.append(_row(row, names, given[row.sender]))
    return tuple(found)


def _row(row: SetAsideRow, names: Mapping[str, str], given: Mapping[str, str]) -> WaitingRow:
    assert row.id is not None, "it was read from the database"
    return WaitingRow(
        row.id,
        row.sender,
        row.form,
        row.as_of,
        row.file_name,
        row.sheet,
        row.row,
        row.ledger,
        row.unit,
        names.get(row.unit or ""),
        row.said,
        tuple(
            WaitingQuestion(
                each["id"],
                Sentence(each["message"], dict(each["values"])),
                tuple(each["answers"]),
                given.get(each["id"]),
            )
            for each in row.questions
        ),
        row.at,
        row.sha256,
    )


def answer(
    connection: Connection, act: Act, scope: Scope, id_: int, answers: Mapping[str, str]
) -> WaitingRow:
    """Store `answers`, by question id, to questions about a waiting row; return the row as it waits
    then.

    They hold for every sheet of its sender. Runs in a transaction of `writing`; raises
    `WaitingRowError`.
    """
    row = require_waiting(connection, scope, id_)
    asked = {each.id for each in row.questions}
    given = {each: text.strip() for each, text in answers.items() if each in asked and text.strip()}
    if not given:
        raise WaitingRowError(NOT_ASKED)
    remembered.keep_answers(connection, row.sender, given)
    data_version.bump(connection)
    access_log.append(connection, act, Event.WAITING_ROW, f"answered {id_}")
    return require_waiting(connection, scope, id_)


def drop(connection: Connection, act: Act, scope: Scope, id_: int, reason: str) -> None:
    """Drop a row for a `reason`, in a transaction of `writing`; raises `WaitingRowError`."""
    if not reason.strip():
        raise WaitingRowError(NO_REASON)
    require_waiting(connection, scope, id_)
    remembered.drop(connection, act, id_, reason.strip())
    data_version.bump(connection)
    access_log.append(connection, act, Event.WAITING_ROW, f"dropped {id_}")


def require_waiting(connection: Connection, scope: Scope, id_: int) -> WaitingRow:
    """The waiting row with this id; raises `WaitingRowError` if it no longer waits or is out of
    scope."""
    found = [each for each in waiting_rows(connection, scope) if each.id == id_]
    if not found:
        raise WaitingRowError(NOT_WAITING)
    return found[0]


def unit_names(connection: Connection) -> dict[str, str]:
    """The names of units by their codes, for answers that name a unit."""
    return {code: name for code, name in fetch(connection, Unit, ("code", "name"))}
