"""What an own ledger states, after reading and before it is compared with what is kept.

Reading makes a `StatedFile` of a file, a day, forms, answers and the units that are known; the
intake turns its rows into rows of the ledgers. All classes are frozen, hold plain values and know
nothing of the database.

`StatedRow.values` holds two sorts of keys. Columns of the row's ledger (models/registry.py), read:
a day as `date`, money as `Decimal` in 万元, a whole number as `int`, a choice or a reference list
as its code, a flag as `bool`, a text as `str`, a unit as its code. A reference to a row that is
first stated in the same file is a `RowOfFile`. An empty cell is left out. Then the stated columns
below, which are in no ledger: they say how something stands on the sheet's day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from models.choice import Choice
from models.text import Label, Sentence

STATE = "state"
"""findings: a `State`. Left out where the sheet has no state column."""
STATE_ON = "state_on"
"""findings: the day (`date`) on which the sheet says the state was reached; left out: none."""
SUBMITTED_ON = "submitted_on"
"""findings: the day on which the unit said it was done, where the sheet also has the day of
closing (`STATE_ON`)."""
RECTIFIED = "rectified"
"""findings: money put right so far, `Decimal` in 万元, or `ALL`: the amount of the finding."""
RECTIFIED_NOW = "rectified_now"
"""findings: money put right in the month or quarter of the sheet alone, `Decimal` in 万元."""
PROGRESS = "progress"
"""findings: the words on measures and progress, for the note of an event."""
LIMIT = "limit"
"""findings: the time limit as it now stands, a `Limit`."""
ORIGINAL_LIMIT = "original_limit"
"""findings: the time limit as it was first set, a `Limit`, where the sheet also says to when it was
extended (`LIMIT`)."""
TRANSFERRED = "transferred"
"""findings: True where the state or a remark says that the matter was handed over (已移送)."""
RULES, PERSONS = "rules_built", "persons_handled"
"""findings: cumulative whole numbers."""
PROJECT_NAME = "project_name"
"""findings: the audit project as written; codes are issued by the intake."""
PROJECT_SOURCE = "source"
"""findings: the code of the kind of audit (`models.audit.Source`), where the words tell it."""
REPEATED = "repeated"
"""findings: True where the sheet says 屡审屡犯; which finding it repeats is not said."""
SECTOR_NAME = "sector_name"
"""units: the competent department as written; codes of sectors are issued by the intake."""
DISBURSED, SPENT = "disbursed", "spent"
"""fund_projects: money so far, `Decimal` in 万元."""
DISBURSED_NOW, SPENT_NOW = "disbursed_now", "spent_now"
"""fund_projects: money of the month or quarter of the sheet alone, `Decimal` in 万元."""
CODE_AS_WRITTEN = "code_as_written"
"""any: the number that the sheet itself gives (e.g. 2026-问-017), whether or not it is a code."""

ALL = "ALL"


class State(StrEnum):
    """How a finding stands by the sheet's words."""

    NONE = "NONE"
    PROGRESS = "PROGRESS"
    SUBMIT = "SUBMIT"
    CLOSE = "CLOSE"
    TRANSFER = "TRANSFER"


class QuestionKind(Choice):
    """待确认的类别"""

    COLUMN = "column", "列", "Column"
    UNIT = "unit", "单位", "Unit"
    MONEY_UNIT = "money_unit", "金额单位", "Unit of money"
    DAY = "day", "日期", "Day"
    STATE = "state", "状态", "State"
    MATCH = "match", "对应", "Match"
    ISSUED_ON = "issued_on", "交办日期", "Day of issue"
    CONTRADICTION = "contradiction", "矛盾", "Contradiction"
    MISSING_ROW = "missing_row", "消失的行", "Missing row"


@dataclass(frozen=True, slots=True)
class RowOfFile:
    """A reference to a row stated in the same file, which has no code yet.

    `name` is what the row's own `name` column holds. Used for units, projects and trainings.
    """

    ledger: str
    name: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit: a day, or so many days from the day of issue. Both None: not understood, and
    then a question stands for it, or the cell was empty."""

    on: date | None = None
    days_from_issue: int | None = None


@dataclass(frozen=True, slots=True)
class StatedRow:
    """One row of one ledger, as a sheet states it. Several may come of one row of the sheet.

    `words` holds, by column, what was written where the value says less or more than that: a day
    known only to the month, a time limit in words. `known_as_of` names the columns whose day is
    the snapshot day because the sheet gives none. `assumed` names the columns filled by the form's
    default. Rows of one `matter` were made of one cell that names several units; the money
    stands on the first of them only. `questions` are the ids of the open questions of this row:
    what they ask about is left out of `values`.
    """

    sheet: str
    row: int
    ledger: str
    values: Mapping[str, Any]
    words: Mapping[str, str] = field(default_factory=dict)
    known_as_of: frozenset[str] = frozenset()
    assumed: frozenset[str] = frozenset()
    matter: str | None = None
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """One possible answer: what is put into `answers`, and how it is shown."""

    answer: str
    shown: Sentence | Label | str


@dataclass(frozen=True, slots=True)
class Question:
    """Something that reading could not decide, once per distinct thing.

    `id` is the same in every run on the same file and forms. `value` is what stood in the file;
    `rows` are rows of `sheet` as Excel numbers them. `keep_as` says where an answer is kept so that
    it is not asked again: "form", "alias", or "" for answers that hold for this file only.
    """

    id: str
    kind: QuestionKind
    sheet: str
    value: str
    rows: tuple[int, ...]
    proposals: tuple[Proposal, ...]
    asks: Sentence
    column: str = ""
    keep_as: str = ""
    keep: tuple[str, ...] = ()
    """What an answer is kept under: a path in the form, or the name that becomes an alias."""


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """Which of our columns one of theirs is; `upper/lower` for a heading of two rows."""

    theirs: str
    ledger: str
    column: str


@dataclass(frozen=True, slots=True)
class ColumnNotKept:
    """A column of theirs that is kept nowhere, and how many filled cells it has."""

    theirs: str
    cells: int


@dataclass(frozen=True, slots=True)
class RowPassedOver:
    """A row of the sheet that is no row of a ledger, and why."""

    row: int
    why: Sentence


@dataclass(frozen=True, slots=True)
class Sums:
    """What a sheet adds up to, by name ("findings", "closed", "open", "amount", "rectified", …).

    Counts are `int`, money is `Decimal` in 万元. `theirs` is added up from the cells, `ours` from
    the stated rows; the intake compares both with the figures on the snapshot day.
    """

    theirs: Mapping[str, int | Decimal] = field(default_factory=dict)
    ours: Mapping[str, int | Decimal] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """What is added up, theirs first."""
        return tuple(dict.fromkeys((*self.theirs, *self.ours)))


@dataclass(frozen=True, slots=True)
class FileFault:
    """Something wrong that stops the file; the place is None where it has none."""

    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class FileWarning:
    """Something odd that does not stop the file."""

    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class StatedSheet:
    """What was understood of one sheet. `as_of` is None while a question asks for it."""

    sheet: str
    form: str
    header_rows: tuple[int, ...]
    as_of: date | None
    columns: tuple[ColumnRead, ...]
    not_kept: tuple[ColumnNotKept, ...]
    rows: int
    passed_over: tuple[RowPassedOver, ...]
    carried_down: int
    sums: Sums


@dataclass(frozen=True, slots=True)
class StatedFile:
    """What one file states. With `faults` nothing in it can be imported; with open `questions` only
    the rows that do not depend on them can, if the user chooses so."""

    file: str
    sheets: tuple[StatedSheet, ...] = ()
    rows: tuple[StatedRow, ...] = ()
    questions: Sequence[Question] = ()
    answered: Sequence[tuple[Question, str]] = ()
    warnings: Sequence[FileWarning] = ()
    faults: Sequence[FileFault] = ()
