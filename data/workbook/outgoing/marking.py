"""Return a refused workbook to its author with the faulty cells marked."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from math import isfinite
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data.workbook.archive.container import UnreadableError, opened
from data.workbook.archive.limits import Limits
from data.workbook.archive.marks import Mark, MarkKind, Marks, column_letters
from data.workbook.archive.survey import Survey, survey
from data.workbook.archive.values import reader_failures, workbook_values
from data.workbook.cells.value_texts import CellValue, shown
from data.workbook.outgoing.writing import DATE_FORMAT, ROWS, TEXT_FORMAT, Target, new_workbook
from data.workbook.rows import Fault
from data.workbook.sheets import sheet_lines
from models.text import N_, Sentence, sentence

FAULTS = "#问题"
HEADERS = (N_("Sheet"), N_("Row"), N_("Column"), N_("Value"), N_("What is wrong and what to do"))
WIDTHS = (16, 8, 20, 30, 90)
FILL = "#FFC7CE"
COMMENTS = 5_000  # more of them make Excel slow; the list of faults has them all
NO_VALUE, PICTURE = "#N/A", "=DISPIMG()"
ERRORS = {NO_VALUE, "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}

Say = Callable[[Sentence], str]
Wrong = Mapping[tuple[int, str], list[str]]
"""By row and header, what is wrong there."""


def mark(source: Path, faults: Iterable[Fault], target: Target, say: Say) -> None:
    """Write a copy of the workbook at `source` to `target`, with the cells of `faults` marked.

    Its first sheet lists every fault, translated by `say`. Values are copied; formulas, formats,
    links and defined names are not; unreadable content is left out.
    """
    faults = list(faults)
    with new_workbook(target) as book:
        _list_faults(book, faults, say)
        try:
            surveyed = survey(opened(source, Limits()), Limits())
            _Copy(book, faults, say).sheets(surveyed)
        except UnreadableError:
            # The list already says why.
            return


def _list_faults(book: Workbook, faults: list[Fault], say: Say) -> None:
    sheet = book.add_worksheet(FAULTS)
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for at, (header, width) in enumerate(zip(HEADERS, WIDTHS, strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, say(sentence(header)), bold)
    for row, fault in enumerate(faults[: ROWS - 1], 1):
        texts = (fault.sheet, fault.row, fault.column, fault.value, say(fault.sentence))
        for at, text in enumerate(texts):
            if isinstance(text, int):
                sheet.write_number(row, at, text)
            elif text is not None:
                sheet.write_string(row, at, text)


class _Copy:
    """Copies the sheets of a workbook, and adds each fault at its cell."""

    def __init__(self, book: Workbook, faults: Iterable[Fault], say: Say) -> None:
        self._book = book
        self._formats: dict[tuple[str | None, bool], Format] = {}
        self._comments = 0
        self._wrong: dict[str, dict[tuple[int, str], list[str]]] = defaultdict(dict)
        for fault in faults:
            if fault.sheet is not None and fault.row is not None and fault.column is not None:
                cells = self._wrong[fault.sheet]
                cells.setdefault((fault.row, fault.column), []).append(say(fault.sentence))

    def sheets(self, surveyed: Survey) -> None:
        """Copy every sheet except charts and an earlier list of faults."""
        with workbook_values(surveyed.container, surveyed.structure) as book:
            for at, part in enumerate(surveyed.sheets):
                if part.name == FAULTS or part.chart:
                    continue
                copy = self._book.add_worksheet(part.name)
                if part.hidden:
                    copy.hide()
                with reader_failures(part.name):
                    marks = surveyed.marks(part)
                    lines, width = sheet_lines(book.sheet(at), marks)
                    copy.set_column(0, max(width - 1, 0), 16)
                    self._sheet(copy, lines, marks, self._wrong[part.name])
                for each in surveyed.merged(part):
                    # The method for merged ranges also writes cells, and not in the order of rows.
                    copy.merge.append(
                        [each.first_row - 1, each.first_column, each.last_row - 1, each.last_column]
                    )

    def _sheet(
        self, copy: Worksheet, lines: Iterable[list[CellValue]], marks: Marks, wrong: Wrong
    ) -> None:
        copy.freeze_panes(1, 0)
        rows = {row for row, _ in wrong}
        headers: list[str] = []
        for number, line in enumerate(lines, 1):
            if number == 1:
                headers = [_header(at, value) for at, value in enumerate(line)]
            for at, value in enumerate(line):
                texts = wrong.get((number, headers[at]), []) if number in rows else []
                mark = marks.get(at, {}).get(number) if marks else None
                self._cell(copy, number - 1, at, value, mark, bool(texts))
                if texts and self._comments < COMMENTS:
                    self._comments += 1
                    copy.write_comment(number - 1, at, "\n".join(texts), {"x_scale": 2})

    def _cell(
        self,
        copy: Worksheet,
        row: int,
        at: int,
        value: CellValue,
        mark: Mark | None,
        faulty: bool,
    ) -> None:
        match mark, value:
            case Mark(kind=MarkKind.ERROR | MarkKind.NO_RESULT), _:
                _write_formula(copy, row, at, mark, self._format(None, faulty))
            case Mark(kind=MarkKind.PICTURE), _:
                cell_format = self._format(TEXT_FORMAT if faulty else None, faulty)
                copy.write_string(row, at, PICTURE, cell_format)
            case Mark(number_format=code), float() if code and isfinite(value):
                # Keep the format: without it a reader would see another number.
                copy.write_number(row, at, value, self._format(code, faulty))
            case Mark(number_format=code), date() if code:
                copy.write_datetime(row, at, value, self._format(code, faulty))
            case _, bool():
                copy.write_boolean(row, at, value, self._format(None, faulty))
            case _, float() if isfinite(value):
                copy.write_number(row, at, value, self._format(None, faulty))
            case _, date() | time() | timedelta():
                copy.write_datetime(row, at, value, self._format(_date_format(value), faulty))
            case _, "":
                if faulty:
                    copy.write_blank(row, at, None, self._format(TEXT_FORMAT, faulty))
            case _:
                # Format it as text, so that Excel does not convert what is typed over it.
                cell_format = self._format(TEXT_FORMAT if faulty else None, faulty)
                copy.write_string(row, at, shown(value) or "", cell_format)

    def _format(self, number_format: str | None, faulty: bool) -> Format | None:
        if number_format is None and not faulty:
            return None
        if (number_format, faulty) not in self._formats:
            shape = {"num_format": number_format} if number_format else {}
            fill = {"bg_color": FILL, "border": 1} if faulty else {}
            self._formats[number_format, faulty] = self._book.add_format({**shape, **fill})
        return self._formats[number_format, faulty]


def _header(at: int, value: CellValue) -> str:
    return shown(value) or column_letters(at)


def _date_format(value: date | time | timedelta) -> str:
    match value:
        case datetime():
            return f"{DATE_FORMAT} hh:mm:ss"
        case date():
            return DATE_FORMAT
        case time():
            return "hh:mm:ss"
        case _:
            return "[h]:mm:ss"


def _write_formula(
    copy: Worksheet, row: int, at: int, mark: Mark, cell_format: Format | None
) -> None:
    """Write a faulty formula so that it stays faulty: as an error, with or without a result.

    Never the sender's own: whoever opens the copy would have it calculated, and a formula can send
    cells to an address. The list of faults shows it as text.
    """
    error = mark.text if mark.text in ERRORS else NO_VALUE
    result = error if mark.kind is MarkKind.ERROR else ""
    copy.write_formula(row, at, f"={error}", cell_format, result)
