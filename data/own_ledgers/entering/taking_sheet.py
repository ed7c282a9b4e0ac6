"""A sheet while it is compared with what is stored: its questions, and its waiting rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from data.own_ledgers.entering.rows_to_enter import RowsToEnter
from data.own_ledgers.memory.remembered import Remembered
from data.own_ledgers.words.questions import Questions
from data.own_ledgers.words.stated import Proposal, Question, QuestionKind, RowOfFile, StatedRow
from data.own_ledgers.words.written import plain
from models.text import Sentence


@dataclass(slots=True)
class UnitCodes:
    """The codes of units by name, both stored and about to be entered."""

    by_name: dict[str, str] = field(default_factory=dict)

    def of(self, unit: object) -> str | None:
        """The code of a stated unit; None if it is unknown."""
        if isinstance(unit, RowOfFile):
            return self.by_name.get(plain(unit.name))
        return unit if isinstance(unit, str) else None


@dataclass(slots=True)
class TakingSheet:
    """The data shared by all parts of the comparison, and its results.

    `last` is the day of this sender's last snapshot by this form, `remembered` are all rows of its
    sheets. By stated row, `waiting` holds the ids of questions to answer first, and `apart` the
    differences of rows stored differently from the sheet. `so_far` holds, by stated row and column,
    the cumulative amounts in 万元 of rows that state only their month.
    """

    connection: Connection
    sender: str
    form: str
    sheet: str
    as_of: date
    answers: Mapping[str, str]
    units: UnitCodes
    to_enter: RowsToEnter
    last: date | None = None
    remembered: Sequence[Remembered] = ()
    open: dict[str, Question] = field(default_factory=dict)
    optional: dict[str, Question] = field(default_factory=dict)
    waiting: dict[int, set[str]] = field(default_factory=dict)
    apart: dict[int, frozenset[str]] = field(default_factory=dict)
    keys: dict[int, str] = field(default_factory=dict)
    said: list[Remembered] = field(default_factory=list)
    corrected: set[tuple[str, str]] = field(default_factory=set)
    renamed: set[tuple[str, str]] = field(default_factory=set)
    """Those of `corrected` that are units with another name, not mistakes."""
    taken_over: set[tuple[str, str]] = field(default_factory=set)
    """Those of `corrected` that are findings with which another unit goes on, not mistakes."""
    used: dict[str, str] = field(default_factory=dict)
    so_far: dict[tuple[int, str], Decimal] = field(default_factory=dict)

    def ask(
        self,
        kind: QuestionKind,
        what: Iterable[object],
        rows: Sequence[StatedRow],
        *,
        value: str,
        proposals: Sequence[Proposal],
        asks: Sentence,
        optional: bool = False,
        free: bool = False,
    ) -> str | None:
        """The answer to a question; while there is none, None, and `rows` wait for it.

        An `optional` question may stay unanswered; a `free` one accepts answers that are not
        proposed.
        """
        id_ = Questions({}).id_of(kind, *map(str, what))
        answer = (self.answers.get(id_) or "").strip()
        if answer and (free or answer in {each.answer for each in proposals}):
            self.used[id_] = answer
            return answer
        into = self.optional if optional else self.open
        numbers = tuple(dict.fromkeys(each.row for each in rows))
        before = into[id_].rows if id_ in into else ()
        into[id_] = Question(id_, kind, self.sheet, value, before + numbers, tuple(proposals), asks)
        if not optional:
            for row in rows:
                self.wait(row, id_)
        return None

    def wait(self, row: StatedRow, id_: str) -> None:
        """Make a row wait for a question."""
        self.waiting.setdefault(id(row), set()).add(id_)

    def waits(self, row: StatedRow) -> bool:
        """Whether a row has an open question, of its reading or of the comparison."""
        return bool(row.questions) or id(row) in self.waiting

    def tell(self, row: StatedRow, ledger: str, key: str, said: Mapping[str, Any]) -> None:
        """Remember what the sheet said of a row of a ledger."""
        self.keys[id(row)] = key
        self.said.append(Remembered(ledger, key, self.as_of, row.row, plain_values(said)))


def plain_values(said: Mapping[str, Any]) -> dict[str, Any]:
    """`said` in the form stored as JSON: days as 2026-10-31, money as text."""
    return {name: _plain(value) for name, value in said.items() if value is not None}


def _plain(value: object) -> object:
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case RowOfFile():
            return value.name
        case str() | int() | float() | bool():
            return value
    return str(value)
