"""Read own ledgers in a separate process with limits of memory and time.

Which headings, words, days and units a file holds is found by patterns and comparisons over every
cell, all of them written by whoever sent it. However slow or large that becomes, the server goes
on.

The price is the start of a process for each reading, about as long as a file of 3,000 rows takes to
be read; a process that stays would have to be watched, and would remember what earlier files did to
it. Hence the last reading is kept with the opened file: the trial run, that with rows set aside and
the import itself are one reading. What an answer, the form, the sender, the day, or units and lists
change is read anew, since one answer can change what every cell means.

What differs from the stored rows is found in the process that holds the database.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Unpack, cast

from data.own_ledgers.forms.knowledge import Known
from data.own_ledgers.layout.apart import OpenedFile
from data.own_ledgers.layout.files import Grid, grids
from data.own_ledgers.reading import HowToRead, read_files
from data.own_ledgers.words.stated import (
    ColumnNotKept,
    ColumnRead,
    FileFault,
    FileWarning,
    Limit,
    Proposal,
    Question,
    QuestionKind,
    RowOfFile,
    RowPassedOver,
    State,
    StatedFile,
    StatedRow,
    StatedSheet,
    Sums,
)
from data.workbook.apart import TooMuchError, answer_apart, give_answer
from data.workbook.packing import Packing
from data.workbook.reading_turns import Bounds, bounds_in_force
from models.text import Label, Sentence

MODULE = "data.own_ledgers.reading_apart"
PACKING = Packing(
    ColumnNotKept,
    ColumnRead,
    FileFault,
    FileWarning,
    Label,
    Limit,
    Proposal,
    Question,
    QuestionKind,
    RowOfFile,
    RowPassedOver,
    Sentence,
    State,
    StatedFile,
    StatedRow,
    StatedSheet,
    Sums,
)

Asked = tuple[Sequence[Path], list[Grid] | None, Known, HowToRead, Bounds]


def read_files_apart(
    paths: Sequence[Path],
    known: Known,
    *,
    opened: OpenedFile | None = None,
    bounds: Bounds | None = None,
    **how: Unpack[HowToRead],
) -> list[StatedFile]:
    """Like `data.own_ledgers.reading.read_files`; one fault a file if reading exceeds `bounds`, by
    default those in force.

    `opened` is the only file of `paths`, opened before, which keeps what was read of it last; None
    opens the files in the same process that reads them.
    """
    if opened is not None and opened.unreadable is not None:
        return _refused(paths, opened.unreadable)
    mark = ([path.name for path in paths], known, how)
    for before, read in opened.last_reading if opened is not None else ():
        if before == mark:
            return cast("list[StatedFile]", read)
    sheets = opened.sheets if opened is not None else None
    bounds = bounds or bounds_in_force()
    asked: Asked = ([path.absolute() for path in paths], sheets, known, how, bounds)
    try:
        read = cast("list[StatedFile]", answer_apart(MODULE, asked, bounds, PACKING))
    except TooMuchError as error:
        return _refused(paths, error.sentence)
    if opened is not None:
        opened.last_reading[:] = [(mark, read)]
    return read


def _refused(paths: Sequence[Path], says: Sentence) -> list[StatedFile]:
    fault = FileFault(None, None, None, None, says)
    return [StatedFile(path.name, faults=[fault]) for path in paths]


def answer(asked: Asked) -> list[StatedFile]:
    """The result that the separate process writes; from here on it is held to its bounds."""
    paths, sheets, known, how, _bounds = asked
    if sheets is None:
        return read_files(paths, known, open_grids=grids, **how)
    return read_files(paths, known, open_grids=lambda *_: sheets, **how)


if __name__ == "__main__":
    give_answer(answer, PACKING)
