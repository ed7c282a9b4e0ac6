"""A sheet while it is read: what its rows need to know, and the messages they produce."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from data.own_ledgers.forms.form import Form
from data.own_ledgers.forms.subjects import Subject
from data.own_ledgers.layout.columns import Planned
from data.own_ledgers.words.limits import DefaultLimits
from data.own_ledgers.words.phrases import Phrases
from data.own_ledgers.words.questions import Questions
from data.own_ledgers.words.stated import FileFault, FileWarning, RowPassedOver
from data.own_ledgers.words.unit_names import Unit, UnitNames
from data.reference.lists import References
from models.text import Sentence


@dataclass(slots=True)
class Sheet:
    """What the rows of one sheet share.

    `as_of` is the snapshot day, None while it is asked for; `year` completes days without one;
    `subject_year` is that of the reports; `title` is all text above the header.
    """

    name: str
    form: Form
    subject: Subject
    columns: Mapping[tuple[str, str], list[Planned]]
    phrases: Phrases
    units: UnitNames
    references: References
    questions: Questions
    defaults: DefaultLimits
    as_of: date | None
    year: int | None
    subject_year: int | None
    title: str = ""
    above: tuple[str, ...] = ()
    """The lines above the header."""
    year_is_stated: bool = False
    """Whether `year` stands above the header."""
    is_text: bool = False
    """Whether the file holds nothing but text, as CSV does."""
    open_columns: tuple[str, ...] = ()
    as_of_question: str | None = None
    unit: Unit | None = None
    """The unit of all rows, where the sheet has no column for it."""
    coloured: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """By the number of a row, the words and the code of the state that its colour means; empty
    where a column says how rows stand."""
    passed_over: list[RowPassedOver] = field(default_factory=list)
    faults: list[FileFault] = field(default_factory=list)
    warnings: list[FileWarning] = field(default_factory=list)
    warned: set[tuple[str, str]] = field(default_factory=set)
    numbers: Counter[tuple[object, ...]] = field(default_factory=Counter)
    """How many reports of a unit, year and kind the rows told of so far, one a row."""
    sums: Counter[str] = field(default_factory=Counter)
    """Whole numbers added up from the cells."""
    money: dict[str, Decimal] = field(default_factory=dict)
    """Money in 万元 added up from the cells, by column of ours."""

    def groups(self) -> list[str]:
        """The groups of columns in the order of the sheet."""
        return list(dict.fromkeys(group for _, group in self.columns if group))

    def has(self, column: str, group: str = "") -> bool:
        """Whether the sheet has a column for this."""
        return (column, group) in self.columns

    def refuse(self, row: int, column: str, value: str, what: Sentence) -> None:
        """Add a fault that stops the file; only once per cell."""
        fault = FileFault(self.name, row, column, value, what)
        if fault not in self.faults:
            self.faults.append(fault)

    def warn(self, row: int | None, column: str | None, value: str | None, what: Sentence) -> None:
        """Add a warning that does not stop the file."""
        self.warnings.append(FileWarning(self.name, row, column, value, what))

    def warn_once(self, row: int, column: str, value: str, what: Sentence) -> None:
        """Add a warning at the first row only of a column that has several."""
        key = column, what.message
        if key not in self.warned:
            self.warned.add(key)
            self.warn(row, column, value, what)

    def add_money(self, column: str, amount: Decimal) -> None:
        """Add an amount to the sum of a column."""
        self.money[column] = self.money.get(column, Decimal()) + amount
