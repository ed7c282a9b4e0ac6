"""The values of a workbook's cells, read with python-calamine; no other module reads them."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from data.workbook.archive.container import DAMAGED, Container, UnreadableError
from data.workbook.archive.plain_copy import write_plain_copy
from data.workbook.archive.structure import Structure
from models.text import N_, sentence

NO_DATE = N_(
    "On the sheet “{sheet}” a cell with a date format holds a number that is no date; Excel shows "
    "it as ########. Correct it, or set its format to General."
)


class Values:
    """The values of a workbook by sheet, counted from 0."""

    def __init__(self, container: Container, structure: Structure, stack: ExitStack) -> None:
        self._container, self._structure, self._stack = container, structure, stack
        self._copied = not structure.usual
        self._book = self._opened(self._copy() if self._copied else container.path)

    def sheet(self, at: int) -> CalamineSheet:
        """The sheet at position `at` in the workbook; all its cells are in memory."""
        try:
            return self._book.get_sheet_by_index(at)
        except CalamineError:
            if self._copied:
                raise
            # The reader also fails if a sheet states a wrong size.
            self._copied, self._book = True, self._opened(self._copy())
            return self._book.get_sheet_by_index(at)

    def _opened(self, path: Path) -> CalamineWorkbook:
        # Pass the open file: given a path, the reader would go by the file extension.
        book = CalamineWorkbook.from_filelike(self._stack.enter_context(path.open("rb")))
        if book.sheet_names != [sheet.name for sheet in self._structure.sheets]:
            raise UnreadableError(DAMAGED)
        return book

    def _copy(self) -> Path:
        target = Path(self._stack.enter_context(TemporaryDirectory())) / "workbook.xlsx"
        write_plain_copy(self._container, self._structure, target)
        return target


@contextmanager
def workbook_values(container: Container, structure: Structure) -> Iterator[Values]:
    """The values of the workbook in `container`, whose sheets must be those of `structure`."""
    with ExitStack() as stack, reader_failures(""):
        yield Values(container, structure, stack)


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
