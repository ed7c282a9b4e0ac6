"""The sheets of a starter: headers, an example row that is not read, choices, and checks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from data.reference.lists import References
from data.workbook.archive.signature import Signature
from data.workbook.cells.explain import choices_of, rules_in_words
from data.workbook.cells.starter_codes import may_be_empty
from data.workbook.cells.value_texts import decimal_text
from data.workbook.outgoing.template import (
    CHOICES,
    NOTE_SIZE,
    OPTIONAL_FILL,
    REQUIRED_FILL,
    Say,
)
from data.workbook.outgoing.writing import DATE_FORMAT, ROWS, column_format, width_of
from data.workbook.outgoing.writing import writer as writer_of
from data.workbook.places import EXAMPLE
from models.grid import Unit
from models.kinds import (
    EARLIEST,
    LATEST,
    Code,
    CreditCode,
    Day,
    Flag,
    Listed,
    Money,
    Name,
    Note,
    Number,
    OneOf,
    Refers,
    Text,
    Whole,
)
from models.ledger import Column, Ledger
from models.text import N_, sentence

NOTES, TO_DO = "#备注", "#应办事项"
EXAMPLE_COLOUR = "#7F7F7F"
EXAMPLE_DAY = date(2026, 3, 31)
A4 = 9
LONGEST_HELP = 255
LONGEST_TITLE = 32
CODE_MAY_BE_EMPTY = N_("May be left empty: then the system gives the row a code.")


@dataclass(frozen=True, slots=True)
class Offers:
    """The stored data to choose from or to fill in.

    `keys` are the keys of rows by referenced ledger, units by name where that is unambiguous;
    `rows` are rows by ledger to fill in, in the order of its columns. `signed` is printed on every
    page, `signature` is written to the properties. `to_do` are the lines of a sheet that is not
    read, header first.
    """

    keys: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Sequence[Any]]] = field(default_factory=dict)
    signed: str = ""
    signature: Signature | None = None
    to_do: Sequence[Sequence[str]] = ()


class Lists:
    """The hidden sheet with the lists of choices, one column each."""

    def __init__(self, book: Workbook, offers: Offers, references: References) -> None:
        self.sheet = book.add_worksheet(CHOICES)
        self._offers, self._references = offers, references
        self._ranges: dict[tuple[str, ...], str] = {}

    def values(self, column: Column) -> tuple[str, ...]:
        """The choices in `column`; empty if any value is allowed."""
        if target := _target_of(column):
            return tuple(self._offers.keys.get(target, ()))
        return tuple(value for value, _ in choices_of(column.kind, self._references))

    def range_of(self, values: tuple[str, ...]) -> str:
        """The cell range that lists `values`."""
        if values not in self._ranges:
            at = len(self._ranges)
            for row, value in enumerate(values):
                self.sheet.write_string(row, at, value)
            letters = xl_col_to_name(at)
            self._ranges[values] = f"='{CHOICES}'!${letters}$1:${letters}${len(values)}"
        return self._ranges[values]


class LedgerSheet:
    """Writes the sheet of one ledger."""

    def __init__(
        self,
        book: Workbook,
        sheet: Worksheet,
        ledger: type[Ledger],
        lists: Lists,
        references: References,
        say: Say,
    ) -> None:
        self._book, self._sheet, self._ledger = book, sheet, ledger
        self._lists, self._references, self._say = lists, references, say

    def write(self, offers: Offers) -> None:
        """Headers, the example, the rows that are kept, checks, and how it is printed."""
        columns = self._ledger.columns
        example = {"italic": True, "font_color": EXAMPLE_COLOUR}
        for at, column in enumerate(columns):
            self._header(at, column)
            number_format = column_format(column.kind)
            shape = {"num_format": number_format} if number_format else {}
            self._sheet.set_column(at, at, width_of(column.kind), self._book.add_format(shape))
            self._check(at, column)
            self._example(at, column, self._book.add_format({**shape, **example}))
        self._notes(len(columns), self._book.add_format({**example, "text_wrap": True}))
        self._rows(columns, offers.rows.get(self._ledger.id(), ()))
        set_on_paper(self._sheet, offers.signed)

    def _header(self, at: int, column: Column) -> None:
        fill = REQUIRED_FILL if _is_needed(column) else OPTIONAL_FILL
        look = {"bold": True, "bg_color": fill, "border": 1, "text_wrap": True, "valign": "top"}
        self._sheet.write_string(0, at, header_of(column), self._book.add_format(look))
        self._sheet.write_comment(0, at, self._help(column), NOTE_SIZE)

    def _help(self, column: Column) -> str:
        must = sentence(N_("Required.") if _is_needed(column) else N_("May be left empty."))
        if may_be_empty(column):
            must = sentence(CODE_MAY_BE_EMPTY)
        lines = [must, *rules_in_words(self._ledger, column, self._references)]
        return "\n".join(map(self._say, lines))

    def _check(self, at: int, column: Column) -> None:
        rule = self._rule(column) or {"validate": "any"}
        told = {
            "input_title": column.zh[:LONGEST_TITLE],
            "input_message": self._help(column)[:LONGEST_HELP],
            "error_title": column.zh[:LONGEST_TITLE],
            "error_message": self._help(column)[:LONGEST_HELP],
        }
        self._sheet.data_validation(2, at, ROWS - 1, at, {**rule, **told})

    def _rule(self, column: Column) -> dict[str, Any] | None:
        match column.kind:
            case Day():
                return {
                    "validate": "date",
                    "criteria": "between",
                    "minimum": EARLIEST,
                    "maximum": LATEST,
                }
            case Whole(low=low, high=high):
                return {
                    "validate": "integer",
                    "criteria": "between",
                    "minimum": low,
                    "maximum": high,
                }
            case Money():
                return {"validate": "decimal", "criteria": ">=", "value": 0}
            case Number(low=low, high=high) if low is not None and high is not None:
                return {
                    "validate": "decimal",
                    "criteria": "between",
                    "minimum": float(decimal_text(low, 2)),
                    "maximum": float(decimal_text(high, 2)),
                }
            case Number():
                return {"validate": "decimal", "criteria": ">=", "value": 0}
        if values := self._lists.values(column):
            # Values not on the list may still be valid, such as a unit of the same workbook.
            source = self._lists.range_of(values)
            return {"validate": "list", "source": source, "error_type": "warning"}
        return None

    def _example(self, at: int, column: Column, cell_format: Format) -> None:
        value = self._example_of(column)
        match value:
            case None:
                self._sheet.write_blank(1, at, None, cell_format)
            case date():
                self._sheet.write_datetime(1, at, value, cell_format)
            case int() | float():
                self._sheet.write_number(1, at, value, cell_format)
            case _:
                self._sheet.write_string(1, at, str(value), cell_format)

    def _example_of(self, column: Column) -> object:
        optional = not column.required and column.default is None
        match column.kind:
            case CreditCode():
                return None
            case Day() if optional:
                return None
            case Day():
                return EXAMPLE_DAY
            case Money():
                return 12.5
            case Whole(low=low, high=high):
                return (
                    EXAMPLE_DAY.year if low <= EXAMPLE_DAY.year <= high and low > 1 else max(low, 1)
                )
            case Number(low=low):
                return float(decimal_text(low or 0, 2))
            case Flag() | OneOf() | Listed():
                return next(iter(self._lists.values(column)), None)
            case Code():
                return f"{self._ledger.id().upper()[:1]}001"
            case Name() | Note() | Text():
                return f"示例{column.zh}"
        if optional:
            return None
        return next(iter(self._lists.values(column)), "示例单位" if _names_unit(column) else "001")

    def _notes(self, at: int, cell_format: Format) -> None:
        look = {"bold": True, "bg_color": OPTIONAL_FILL, "border": 1, "valign": "top"}
        self._sheet.write_string(0, at, NOTES, self._book.add_format(look))
        self._sheet.write_string(1, at, f"{EXAMPLE}（此行不读入，请从下一行填起）", cell_format)
        self._sheet.set_column(at, at, 20)

    def _rows(self, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> None:
        date_format = self._book.add_format({"num_format": DATE_FORMAT})
        writers = [writer_of(self._sheet, column.kind, date_format) for column in columns]
        for number, row in enumerate(rows, start=2):
            for at, (write_cell, value) in enumerate(zip(writers, row, strict=True)):
                if value is not None:
                    write_cell(number, at, value)


def write_to_do(book: Workbook, offers: Offers) -> None:
    """Write a sheet that is not read, with what the unit owes."""
    sheet = book.add_worksheet(TO_DO)
    look = {"bold": True, "bg_color": OPTIONAL_FILL, "border": 1}
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for at, width in enumerate((12, 60, 24, 14, 20)):
        sheet.set_column(at, at, width, wrapped)
    for number, line in enumerate(offers.to_do):
        for at, text in enumerate(line):
            sheet.write_string(number, at, text, wrapped if number else book.add_format(look))
    set_on_paper(sheet, offers.signed)


def set_on_paper(sheet: Worksheet, signed: str) -> None:
    """Set the first row as heading, also of every printed page, with `signed` above."""
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f"&L{signed.replace('&', '&&')}&C&A")
    sheet.set_footer("&C&P / &N")


def header_of(column: Column) -> str:
    """The header of `column`, with the unit of money, and a star if it is required."""
    unit = "（万元）" if isinstance(column.kind, Money) else ""
    return f"{column.zh}{unit}{'*' if _is_needed(column) else ''}"


def _is_needed(column: Column) -> bool:
    """Whether a starter requires `column` in every row."""
    return column.required and not may_be_empty(column)


def _target_of(column: Column) -> str | None:
    return column.kind.ledger if isinstance(column.kind, Refers) else None


def _names_unit(column: Column) -> bool:
    return _target_of(column) == Unit.id()
