"""Write a briefing as a workbook: a sheet for each table, with headings on every printed page."""

from datetime import date
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from dashboard.documents.briefing.sheet import Book, Cell, Sheet
from data.workbook.outgoing import writing

A4 = 9
SIGNS = 31
"""The longest sheet name that Excel allows, in characters."""
DAY = "yyyy-mm-dd"


def write(content: Book) -> bytes:
    """The workbook as a file; texts stay texts, even those that begin like formulas."""
    target = BytesIO()
    # Names and words that stand in many rows are written once, which takes less time.
    with writing.new_workbook(target, constant_memory=False) as book:
        book.set_properties(
            {"title": content.title, "subject": content.mark, "author": "Gridlight"}
        )
        heading = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "vcenter",
                "bg_color": "#E8EEF4",
                "border": 1,
                "border_color": "#B8C4D0",
            }
        )
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        days = book.add_format({"num_format": DAY, "valign": "top", "align": "left"})
        for sheet in content.sheets:
            _write(book, sheet, content.mark, (heading, wrapped, days))
    return target.getvalue()


def _write(book: Workbook, sheet: Sheet, mark: str, forms: tuple[Format, Format, Format]) -> None:
    heading, wrapped, days = forms
    page = book.add_worksheet(sheet_name(sheet.name))
    page.set_paper(A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_header(f"&L{mark}&R&A")
    page.set_footer("&C&P / &N")
    headed = any(title for title, _width in sheet.columns)
    for at, (_title, width) in enumerate(sheet.columns):
        page.set_column(at, at, width)
    if headed:
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
        for at, (title, _width) in enumerate(sheet.columns):
            page.write_string(0, at, title, heading)
        if sheet.rows:
            page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    for at, row in enumerate(sheet.rows, int(headed)):
        for place, cell in enumerate(row):
            match cell:
                case None:
                    pass
                case str():
                    page.write_string(at, place, cell, wrapped)
                case date():
                    page.write_datetime(at, place, cell, days)
                case _:
                    page.write_number(at, place, cell, wrapped)


def sheet_name(name: str) -> str:
    """`name` as a valid sheet name for Excel: cut to length and without forbidden characters."""
    return "".join(sign for sign in name if sign not in "[]:*?/\\'")[:SIGNS]


def equal(kept: object, cell: Cell) -> bool:
    """Whether a cell value read from a file is the one that was to be written."""
    if cell is None:
        return kept in (None, "")
    if isinstance(cell, str):
        return kept == cell
    if isinstance(cell, date):
        return kept == cell
    return isinstance(kept, int | float) and float(kept) == float(cell)
