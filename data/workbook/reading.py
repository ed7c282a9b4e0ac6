"""Read a workbook from a file into rows and faults; the only entry point for that."""

from datetime import date
from pathlib import Path

from data.reference.lists import References
from data.workbook.archive.container import UnreadableError, opened
from data.workbook.archive.limits import Limits
from data.workbook.archive.signature import is_starter
from data.workbook.archive.survey import Survey, survey
from data.workbook.archive.values import Values, reader_failures, workbook_values
from data.workbook.cells.value_texts import shown, words
from data.workbook.places import sheet_places
from data.workbook.rows import Content, Fault
from data.workbook.sheets import ReadSheet, sheet_rows

__all__ = ["Limits", "read"]

DEFAULT_LIMITS = Limits()


def read(
    path: Path, *, day: date, references: References, limits: Limits = DEFAULT_LIMITS
) -> Content:
    """Every row and fault of the workbook at `path`, as an import on `day` reads it.

    An unreadable file gives one fault without sheet, row and column, and no rows.
    """
    try:
        surveyed = survey(opened(path, limits), limits)
        with workbook_values(surveyed.container, surveyed.structure) as book:
            places, faults = sheet_places(surveyed.sheets, lambda at: _is_blank(book, surveyed, at))
            starter = is_starter(surveyed.container)
            content = Content(faults=faults, is_starter=starter)
            for place in places:
                with reader_failures(place.part.name):
                    values = book.sheet(place.at)
                    sheet = ReadSheet(
                        values,
                        surveyed.marks(place.part),
                        surveyed.merged(place.part),
                    )
                    rows, row_faults = sheet_rows(
                        sheet, place, day=day, references=references, starter=starter
                    )
                    rows.hidden_rows = surveyed.hidden_rows(place.part)
                    del values, sheet  # before the next sheet takes as much memory again
                content.sheets.append(rows)
                content.faults += row_faults
        return content
    except UnreadableError as error:
        return Content(faults=[Fault(None, None, None, None, error.sentence)])


def _is_blank(book: Values, surveyed: Survey, at: int) -> bool:
    """Whether the sheet at position `at` in the workbook is empty."""
    part = surveyed.sheets[at]
    with reader_failures(part.name):
        lines = book.sheet(at).iter_rows()
        blank = not any(words(shown(value) or "") for line in lines for value in line)
    return blank and not surveyed.marks(part)
