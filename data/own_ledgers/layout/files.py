"""The sheets of a file as values: .xlsx and .xls through calamine, .csv as text."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from data.own_ledgers.words.days import EXCEL_ZERO, FIRST_SERIAL, LAST_SERIAL
from data.workbook.archive.container import ENCRYPTED, OLE, UnreadableError, opened
from data.workbook.archive.expansion import too_many
from data.workbook.archive.limits import Limits
from data.workbook.archive.marks import Mark, MarkKind, Marks
from data.workbook.archive.survey import survey
from data.workbook.archive.values import reader_failures, workbook_values
from data.workbook.cells.value_texts import CellValue, digits
from data.workbook.looks.colours import row_colours, style_colours
from data.workbook.looks.old_looks import Looks, looks
from data.workbook.looks.struck import struck_rows, struck_styles
from models.text import N_, sentence

DEFAULT_LIMITS = Limits()
RESERVED = "WpsReserved_"
ENCODINGS = ("utf-8-sig", "gb18030")
OTHER_FILES = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"7z\xbc", b"Rar!")
"""How files begin that are no tables, whatever their name ends in."""
UTF16 = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS = ",\t;"
LOST = b"??"
MANY_LOST = 10
FIRST_CJK = "\u4e00"
MONEY_UNIT = re.compile("亿元|万元|千元|百元|元")
CSV_FIELD = 1 << 20

NOTHING_HELD = sentence(
    N_(
        "No sheet of this file holds a value that can be read. Open it in Excel or WPS, see that "
        "the ledger is in it, save it again and choose the new file."
    )
)
EMPTY = sentence(N_("This file is empty. Save it again and choose the new file."))
NOT_A_LEDGER_FILE = sentence(
    N_("This file is no .xlsx, .xls or .csv file. Save the ledger as .xlsx and choose it again.")
)
CHARACTERS_LOST = sentence(
    N_(
        "The Chinese characters of this file were lost when it was saved: question marks stand in "
        "their place. Save the ledger again as “CSV UTF-8” or as .xlsx."
    )
)
UNKNOWN_ENCODING = sentence(
    N_(
        "The characters of this file can be read neither as UTF-8 nor as GB18030. Save it again as "
        "“CSV UTF-8” or as .xlsx."
    )
)
WEB_PAGE = sentence(
    N_("This file is a web page with another ending. Open it in Excel or WPS and save it as .xlsx.")
)
PASSWORD = sentence(
    N_("This workbook is protected by a password. Take the password off and save it again.")
)
TOO_LARGE = N_("This file is larger than {limit} MB. Split it and read the parts one by one.")
TOO_MANY = N_("The sheet “{sheet}” reaches further than {rows} rows or {columns} columns.")

MOST_VALUES = 2_000_000
"""The filled cells of a file at most, as all of them stay in the memory of the server until the
file is taken in or let go. An office's ledger has some ten thousand."""
TOO_MANY_VALUES = N_(
    "This file has more than {limit:,} filled cells. Split it into several files, or delete the"
    " sheets that are no ledger."
)

LONGEST_TEXT = 32_767
"""The characters of one cell at most, as in Excel and WPS."""
TEXT_TOO_LONG = N_(
    "Row {row} of the sheet “{sheet}” has a cell of more than {limit} characters, which no "
    "spreadsheet holds. Shorten it, or close its quotation mark, and choose the file again."
)


class Broken(str):
    """A cell whose value is not what it shows: an error, a missing result, a picture, or a
    number format of another magnitude."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a sheet: `lines[0]` is row 1 of the sheet, and all lines have the same length.

    `merges` are (first row, first column, last row, last column), counted from 0, inclusive.
    `hidden_rows` and `struck_rows` (struck through) have Excel's row numbers. `is_text`: every cell
    is text, as in CSV. `hidden`: the whole sheet is hidden. `first_row`, counted from 0, is the
    first possible header row; for a second table the sheet's title lines come before it.
    """

    sheet: str
    lines: list[list[CellValue]]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: tuple[int, ...] = ()
    is_text: bool = False
    hidden: bool = False
    struck_rows: tuple[int, ...] = ()
    first_row: int = 0
    colours: Mapping[int, str] = field(default_factory=dict)
    """By the number of a row, the name of its one colour: 红, 绿."""


def grids(path: Path, limits: Limits = DEFAULT_LIMITS) -> list[Grid]:
    """The sheets of the file at `path` that are not empty; raises `UnreadableError`."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(512)
    except OSError as error:
        raise UnreadableError(
            sentence(
                N_("This file cannot be opened. Check that it exists and that you may read it.")
            )
        ) from error
    if size > limits.file_bytes:
        raise UnreadableError(sentence(TOO_LARGE, limit=limits.file_bytes // (1024 * 1024)))
    if start[:8] == OLE:
        if ENCRYPTED.encode("utf-16-le") in path.read_bytes():
            raise UnreadableError(PASSWORD)
        found = _of_xls(path, limits)
    elif start[:2] == b"PK":
        found = _of_xlsx(path, limits)
    else:
        found = [_of_csv(path.read_bytes(), path.stem, limits)]
    values = sum(1 for grid in found for line in grid.lines for each in line if each != "")
    if values > MOST_VALUES:
        raise UnreadableError(sentence(TOO_MANY_VALUES, limit=MOST_VALUES))
    return [grid for grid in found if grid.lines]


def _of_xlsx(path: Path, limits: Limits) -> list[Grid]:
    surveyed = survey(opened(path, limits), limits)
    styles = struck_styles(surveyed.container, surveyed.structure.styles)
    coloured = style_colours(surveyed.container, surveyed.structure.styles)
    found = []
    with workbook_values(surveyed.container, surveyed.structure) as book:
        for at, part in enumerate(surveyed.sheets):
            if part.name.startswith(RESERVED) or part.chart:
                continue
            with reader_failures(part.name):
                hidden = tuple(surveyed.hidden_rows(part))
                grid = _grid(book.sheet(at), part.name, surveyed.marks(part), hidden)
                struck = tuple(struck_rows(surveyed.container.chunks(part.part), styles))
                colours = row_colours(surveyed.container.chunks(part.part), coloured)
                found.append(replace(grid, hidden=part.hidden, struck_rows=struck, colours=colours))
    return found


def _of_xls(path: Path, limits: Limits) -> list[Grid]:
    found: list[Grid] = []
    characters = 0
    with path.open("rb") as file, _old_failures():
        book = CalamineWorkbook.from_filelike(file)
        for at, name in enumerate(book.sheet_names):
            if name.startswith(RESERVED):
                continue
            sheet = book.get_sheet_by_index(at)
            _hold(name, sheet.total_height, sheet.total_width, limits)
            shown = book.sheets_metadata[at].visible == SheetVisibleEnum.Visible
            grid = _grid(sheet, name, {}, ())
            characters += sum(
                len(each) for line in grid.lines for each in line if type(each) is str
            )
            if characters > limits.characters:
                raise too_many(limits)
            found.append(replace(grid, hidden=not shown))
    return _with_old_looks(found, path)


def _with_old_looks(found: list[Grid], path: Path) -> list[Grid]:
    """The sheets of an .xls file with how their rows look, which calamine does not tell."""
    by_sheet = looks(path.read_bytes())
    usual = Looks()
    return [
        replace(
            grid,
            hidden_rows=(look := by_sheet.get(grid.sheet, usual)).hidden,
            struck_rows=look.struck,
            colours=look.colours,
        )
        for grid in found
    ]


@contextmanager
def _old_failures() -> Iterator[None]:
    try:
        with reader_failures(""):
            yield
    except UnreadableError as error:
        if isinstance(error.__cause__, PasswordError):
            raise UnreadableError(PASSWORD) from error
        raise


def _hold(name: str, rows: int, columns: int, limits: Limits) -> None:
    if rows > limits.rows or columns > limits.columns or rows * columns > limits.cells:
        raise UnreadableError(
            sentence(TOO_MANY, sheet=name, rows=limits.rows, columns=limits.columns)
        )


def _grid(sheet: CalamineSheet, name: str, marks: Marks, hidden: tuple[int, ...]) -> Grid:
    lines: list[list[CellValue]] = []
    if sheet.start is not None:
        above, left = sheet.start
        width = left + sheet.width
        lines = [[""] * width for _ in range(above)]
        before: list[CellValue] = [""] * left
        for line in sheet.iter_rows():
            lines.append([*before, *(_value(each) for each in line)])
    for at, by_row in marks.items():
        for row, mark in by_row.items():
            _put(lines, row - 1, at, _marked(mark))
    while lines and all(value == "" for value in lines[-1]):
        lines.pop()
    _hold_texts(name, lines)
    merges = tuple(
        (top, first, bottom, last)
        for (top, first), (bottom, last) in sheet.merged_cell_ranges or ()
    )
    return Grid(name, lines, merges, hidden)


def _hold_texts(name: str, lines: Iterable[Iterable[CellValue]]) -> None:
    for row, line in enumerate(lines, start=1):
        if any(isinstance(each, str) and len(each) > LONGEST_TEXT for each in line):
            raise UnreadableError(sentence(TEXT_TOO_LONG, sheet=name, row=row, limit=LONGEST_TEXT))


def _value(value: Any) -> CellValue:
    plain: CellValue = float(value) if type(value) is int else value
    return plain


def _marked(mark: Mark) -> CellValue:
    """The value of a cell as its format shows it, where the bare value would mislead."""
    try:
        number = float(mark.text)
    except ValueError:
        return Broken(mark.text or "=")
    match mark.kind:
        case MarkKind.PERCENT:
            return f"{digits(number * 100)}%"
        case MarkKind.UNIT if unit := MONEY_UNIT.search(mark.number_format):
            return f"{digits(number)}{unit[0]}"
        case MarkKind.UNIT:
            # ¥ or 人民币 names a currency, not how many of it.
            return number
        case MarkKind.NO_DAY if FIRST_SERIAL <= number <= LAST_SERIAL:
            day = EXCEL_ZERO + timedelta(int(number))
            return f"{day.year}年{day.month}月" if "m" in mark.number_format else f"{day.year}年"
    return Broken(mark.text)


def _put(lines: list[list[CellValue]], row: int, at: int, value: CellValue) -> None:
    if row >= len(lines):
        return
    if at < len(lines[row]):
        lines[row][at] = value


def _of_csv(content: bytes, name: str, limits: Limits) -> Grid:
    if not content.strip():
        raise UnreadableError(EMPTY)
    if content.startswith(OTHER_FILES):
        raise UnreadableError(NOT_A_LEDGER_FILE)
    text = _decoded(content)
    if text.lstrip()[:200].lower().startswith(("<html", "<!doctype", "<table", "<?xml")):
        raise UnreadableError(WEB_PAGE)
    if "\x00" in text:
        raise UnreadableError(NOT_A_LEDGER_FILE)
    if len(text) > limits.characters:
        raise too_many(limits)
    first = "\n".join(text.splitlines()[:20])
    delimiter = max(DELIMITERS, key=first.count)
    csv.field_size_limit(CSV_FIELD)
    try:
        read = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise UnreadableError(NOT_A_LEDGER_FILE) from error
    width = max(map(len, read), default=0)
    _hold(name, len(read), width, limits)
    lines: list[list[CellValue]] = [
        [*map(_bare_text, line), *[""] * (width - len(line))] for line in read
    ]
    while lines and not any(lines[-1]):
        lines.pop()
    _hold_texts(name, lines)
    return Grid(name, lines, is_text=True)


def _bare_text(text: str) -> str:
    """A CSV cell without the signs that mark it as text for spreadsheets: ="012", '012."""
    bare = text.strip()
    if bare.startswith('="') and bare.find('"', 2) == len(bare) - 1:
        return bare[2:-1]
    if bare.startswith("'") and bare.count("'") == 1:
        return text.lstrip()[1:]
    return text


def _decoded(content: bytes) -> str:
    if content[:2] in UTF16:
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ENCODINGS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if content.count(LOST) < MANY_LOST or any(each >= FIRST_CJK for each in text):
            return text
        break
    if content.count(LOST) >= MANY_LOST:
        raise UnreadableError(CHARACTERS_LOST)
    raise UnreadableError(UNKNOWN_ENCODING if b"\x00" not in content else NOT_A_LEDGER_FILE)
