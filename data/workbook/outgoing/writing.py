"""Write workbooks: the ledgers in the form that `reading` accepts, and any list as a sheet.

Texts are written as texts, whatever they begin with; none becomes a formula or a link.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data.workbook.cells.choice_cells import NO, YES
from data.workbook.cells.number_cells import MONEY_PLACES
from data.workbook.cells.value_texts import SIGNIFICANT, decimal_text
from models.kinds import Day, Flag, Kind, Money, Note, Number, OneOf, Text, Whole
from models.ledger import Ledger
from models.text import N_, TellingError

Target = Path | BinaryIO
Row = Sequence[object] | Mapping[str, object]
"""The values of a row: in the order of its ledger's columns, or by column id."""

ROWS = 1_048_576  # of a sheet, header included
SHEET_NAME = 31
"""Signs that Excel allows in the name of a sheet."""
DATE_FORMAT, TEXT_FORMAT = "yyyy-mm-dd", "@"
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


TOO_MANY_ROWS = N_("“{sheet}” has more rows than a sheet can hold. Choose a smaller part.")


class TooManyRowsError(TellingError):
    """A sheet cannot hold so many rows; `sentence` says so."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A text in a coloured cell; both colours as #RRGGBB."""

    text: str
    fill: str
    type: str


def sheet_name(title: str) -> str:
    """`title` as a valid sheet name in Excel: shortened, without reserved characters."""
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:SHEET_NAME].strip() or "-"


@contextmanager
def new_workbook(target: Target, **options: bool) -> Iterator[Workbook]:
    """A workbook that is written to `target` if the block succeeds; raises `OSError` if it
    cannot be."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "workbook.xlsx"
        book = Workbook(str(file), {**OPTIONS, **options, "tmpdir": folder})
        try:
            yield book
        finally:
            _close(book)
        if isinstance(target, Path):
            shutil.move(file, target)
        else:
            with file.open("rb") as written:
                shutil.copyfileobj(written, target)


def _close(book: Workbook) -> None:
    try:
        book.close()
    except XlsxWriterException as error:
        raise OSError(str(error)) from error


def export(target: Target, sheets: Iterable[tuple[type[Ledger], Iterable[Row]]]) -> None:
    """Write the rows of every ledger, given in stored form.

    Raises `TooManyRowsError` if a ledger does not fit its sheet.
    """
    with new_workbook(target) as book:
        for ledger, rows in sheets:
            columns = ledger.columns
            names = [column.id for column in columns]
            headers = [(column.zh, column.kind) for column in columns]
            values = (_in_order(row, names) for row in rows)
            _write_sheet(book, ledger.SHEET.zh, headers, values)


def table(
    target: Target, name: str, headers: Sequence[tuple[str, Kind]], rows: Iterable[Sequence[object]]
) -> None:
    """Write one list as a sheet named after `name`: values in stored form, money in 万元.

    A `Decimal` is written as a plain number, a `Filled` as a coloured cell. Raises
    `TooManyRowsError` if the list does not fit.
    """
    with new_workbook(target) as book:
        _write_sheet(book, sheet_name(name), headers, rows)


def width_of(kind: Kind) -> int:
    """The width of a column of `kind`, in characters."""
    match kind:
        case Note():
            return 40
        case Text():
            return 26
        case Whole() | Flag():
            return 9
        case _:
            return 15


def column_format(kind: Kind) -> str | None:
    """The number format for typing into cells of `kind`."""
    match kind:
        case Day():
            return DATE_FORMAT
        case Whole() | Number() | Money():
            return None
        case _:
            # Excel turns 2026-1 into a date and 001 into a number unless the cell is a text.
            return TEXT_FORMAT


def _in_order(row: Row, names: Sequence[str]) -> Sequence[object]:
    return [row.get(name) for name in names] if isinstance(row, Mapping) else row


def _write_sheet(
    book: Workbook,
    name: str,
    headers: Sequence[tuple[str, Kind]],
    rows: Iterable[Sequence[object]],
) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for at, (header, kind) in enumerate(headers):
        sheet.set_column(at, at, width_of(kind))
        sheet.write_string(0, at, header, bold)
    date_format = book.add_format({"num_format": DATE_FORMAT})
    writers = [writer(sheet, kind, date_format) for _, kind in headers]
    fills: dict[Filled, Format] = {}
    for number, row in enumerate(rows, 1):
        if number == ROWS:
            raise TooManyRowsError(TOO_MANY_ROWS, sheet=name)
        for at, (write, value) in enumerate(zip(writers, row, strict=True)):
            if isinstance(value, Filled):
                colours = {"bg_color": value.fill, "font_color": value.type}
                if value not in fills:
                    fills[value] = book.add_format(colours)
                sheet.write_string(number, at, value.text, fills[value])
            elif isinstance(value, Decimal):
                _write_exact(sheet, number, at, value)
            elif value is not None:
                write(number, at, value)


def writer(sheet: Worksheet, kind: Kind, date_format: Format) -> Callable[[int, int, Any], object]:
    """The function that writes a stored value of `kind` into a cell."""
    match kind:
        case Day():
            return lambda row, at, value: sheet.write_datetime(row, at, value, date_format)
        case Money():
            return lambda row, at, value: _write_decimal(sheet, row, at, value, MONEY_PLACES)
        case Number():
            return lambda row, at, value: _write_decimal(sheet, row, at, value, 2)
        case Flag():
            return lambda row, at, value: sheet.write_string(row, at, YES if value else NO)
        case OneOf(choices=choices):
            labels = {str(each): each.zh for each in choices}
            return lambda row, at, value: sheet.write_string(row, at, labels[value])
        case _:
            return lambda row, at, value: _write_plain(sheet, row, at, value)


def _write_plain(sheet: Worksheet, row: int, at: int, value: str | int) -> None:
    if isinstance(value, int):
        _write_decimal(sheet, row, at, value, 0)
    else:
        sheet.write_string(row, at, value)


def _write_decimal(sheet: Worksheet, row: int, at: int, value: int, places: int) -> None:
    """Write a number cell if it holds the value exactly, else a text of all digits."""
    _write_exact(sheet, row, at, Decimal(decimal_text(value, places)))


def _write_exact(sheet: Worksheet, row: int, at: int, value: Decimal) -> None:
    if Decimal(format(float(value), SIGNIFICANT)) == value:
        sheet.write_number(row, at, float(value))
    else:
        sheet.write_string(row, at, format(value, "f"))
