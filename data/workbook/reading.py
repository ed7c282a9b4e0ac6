"""A workbook from a file to rows and faults: the one way in."""

from datetime import date
from pathlib import Path

from data.reference.lists import References
from data.workbook.container import UnreadableError, opened
from data.workbook.limits import Limits
from data.workbook.places import sheet_places
from data.workbook.rows import Content, Fault
from data.workbook.sheets import sheet_rows
from data.workbook.survey import survey
from data.workbook.values import reader_failures, sheet_values, workbook_values

__all__ = ["Limits", "read"]

DEFAULT_LIMITS = Limits()


def read(
    path: Path, *, day: date, references: References, limits: Limits = DEFAULT_LIMITS
) -> Content:
    """Every row of the workbook at `path` as an import on `day` reads it, and every fault.

    A file that cannot be read gives one fault without sheet, row and column, and no rows.
    """
    try:
        surveyed = survey(opened(path, limits), limits)
        places, faults = sheet_places(surveyed.sheets)
        content = Content(faults=faults)
        with workbook_values(path, surveyed.sheets) as book:
            for place in places:
                with reader_failures(place.part.name):
                    values = sheet_values(book, place.at)
                    marks = surveyed.marks(place.part)
                    rows, found = sheet_rows(values, place, marks, day=day, references=references)
                    del values  # before the next sheet takes as much memory again
                content.sheets.append(rows)
                content.faults += found
        return content
    except UnreadableError as error:
        return Content(faults=[Fault(None, None, None, None, error.sentence)])
