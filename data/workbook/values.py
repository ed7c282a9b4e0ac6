"""The values of a workbook's cells, by python-calamine; nothing else reads them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from data.workbook.container import DAMAGED, UnreadableError
from data.workbook.structure import SheetPart
from models.text import N_, sentence

NO_DATE = N_(
    "On the sheet “{sheet}” a cell with a date format holds a number that is no date; Excel shows "
    "it as ########. Correct it, or set its format to General."
)


@contextmanager
def workbook_values(path: Path, parts: tuple[SheetPart, ...]) -> Iterator[CalamineWorkbook]:
    """The workbook at `path`, whose sheets must be `parts`."""
    # By the open file: by its path, the reader would go by the ending of the name.
    with path.open("rb") as file, reader_failures(""):
        book = CalamineWorkbook.from_filelike(file)
        if book.sheet_names != [part.name for part in parts]:
            raise UnreadableError(DAMAGED)
        yield book


def sheet_values(book: CalamineWorkbook, at: int) -> CalamineSheet:
    """The sheet `at` its place in the workbook, counted from 0; all its cells are in memory."""
    return book.get_sheet_by_index(at)


@contextmanager
def reader_failures(sheet: str) -> Iterator[None]:
    """Turn a failure of the reader, also on `sheet`, into `UnreadableError`."""
    try:
        yield
    except CalamineError as error:
        raise UnreadableError(DAMAGED) from error
    except BaseException as error:
        # A panic of the reader's Rust code is no `Exception` and has no class to be imported. The
        # one known is a date beyond all time.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableError(sentence(NO_DATE, sheet=sheet)) from error
