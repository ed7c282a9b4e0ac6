"""Faults of cells that are not what their values suggest."""

import re
from collections.abc import Mapping
from datetime import date

from data.workbook.archive.marks import Mark, MarkKind
from data.workbook.cells.number_formats import shown_month, shown_number
from data.workbook.cells.value_texts import CellValue, digits, shown
from models.kinds import Day, Kind, Money, Number, RefersToNumber, Whole
from models.text import N_, Sentence, sentence

PICTURE_OF_WPS = re.compile(r"=?(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)

ERROR = N_("The formula in this cell gives an error. Correct it, or enter the value itself.")
NO_RESULT = N_(
    "The formula in this cell has no stored result. Open the workbook in Excel, let it "
    "calculate and save it again, or enter the value itself."
)
PICTURE = N_(
    "A picture stands in this cell. Pictures are not kept here: delete it, and enter in words or "
    "numbers what it shows."
)
PERCENT = N_("A percentage is not a number here. Set the format to General and enter the number.")
OTHER_MAGNITUDE = N_(
    "The cell shows “{shown}”, but {stored} is stored: its number format changes the magnitude. "
    "Set the format to General and enter the number that is meant."
)
OTHER_UNIT = N_(
    "The cell shows “{shown}”, but {stored} is stored and would count as 万元: its number format "
    "names another unit. Set the format to General and enter the amount in 万元."
)
NO_DAY = N_(
    "The cell shows “{shown}”, a month without its day, but {stored} is stored. Enter the whole "
    "date, like 2026-03-31, in a format that shows the day."
)
DAY_NOT_SHOWN = N_(
    "The format of this cell does not show the day; {stored} is stored. Enter the whole date, like "
    "2026-03-31, in a format that shows the day."
)
MERGED = N_(
    "Merged cells reach into the rows of the table: nobody can tell for which rows their value "
    "holds. Unmerge them and fill in every row."
)

NUMBERS = (Number, Whole, Money, RefersToNumber)
MATTERS: Mapping[MarkKind, tuple[type[Kind], ...]] = {
    MarkKind.MAGNITUDE: NUMBERS,
    MarkKind.UNIT: (Money,),
    MarkKind.NO_DAY: (Day,),
}
"""By mark, the kinds of columns in which it is a fault; the others are one anywhere."""


def matters(mark: Mark, kind: Kind) -> bool:
    """Whether a cell with `mark` is faulty in a column of `kind`."""
    return isinstance(kind, MATTERS.get(mark.kind, (Kind,)))


def is_picture(value: CellValue) -> bool:
    """Whether the text of a cell stands for a picture that WPS inserted."""
    return isinstance(value, str) and PICTURE_OF_WPS.match(value) is not None


def shown_mark(mark: Mark, value: CellValue) -> str | None:
    """What a person sees in a cell with `mark`; `value` is what the reader returned."""
    match mark.kind:
        case MarkKind.PERCENT:
            return _percentage(mark)
        case MarkKind.MAGNITUDE | MarkKind.UNIT:
            return _shown_number(mark)
        case MarkKind.NO_DAY:
            return shown(value)
        case _:
            return mark.text


def wrong_by_mark(mark: Mark, value: CellValue) -> Sentence:
    """What is wrong with a cell with `mark`; `value` is what the reader returned."""
    match mark.kind:
        case MarkKind.ERROR:
            return sentence(ERROR)
        case MarkKind.NO_RESULT:
            return sentence(NO_RESULT)
        case MarkKind.PICTURE:
            return sentence(PICTURE)
        case MarkKind.PERCENT:
            return sentence(PERCENT)
        case MarkKind.MAGNITUDE:
            return sentence(OTHER_MAGNITUDE, shown=_shown_number(mark), stored=_stored(mark))
        case MarkKind.UNIT:
            return sentence(OTHER_UNIT, shown=_shown_number(mark), stored=_stored(mark))
        case MarkKind.NO_DAY:
            return _without_day(mark, value)


def _without_day(mark: Mark, value: CellValue) -> Sentence:
    # A day is given as a day and a time, of which only the day is meant.
    stored = (shown(value) or mark.text)[:10]
    month = shown_month(mark.number_format, value) if isinstance(value, date) else None
    if month is None:
        return sentence(DAY_NOT_SHOWN, stored=stored)
    return sentence(NO_DAY, shown=month, stored=stored)


def _percentage(mark: Mark) -> str:
    try:
        return f"{digits(float(mark.text) * 100)}%"
    except ValueError:
        return mark.text


def _shown_number(mark: Mark) -> str:
    try:
        return shown_number(mark.number_format, float(mark.text))
    except ValueError:
        return mark.text


def _stored(mark: Mark) -> str:
    try:
        return digits(float(mark.text))
    except ValueError:
        return mark.text
