"""Read cells of dates into a `date`, or into the sentence that says what is wrong."""

import re
from datetime import date, datetime

from data.workbook.cells.value_texts import CellValue, Reader, signs
from models.kinds import EARLIEST, LATEST
from models.text import N_, Sentence, sentence

DATE = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
CHINESE_DATE = re.compile("([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
TIME_OF_DAY = re.compile(r"[ T](?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?$")
NOT_A_DATE = N_("This is not a date. Enter it like 2026-03-31.")
OUT_OF_YEARS = N_("This date is not between {earliest} and {latest}. Correct it.")
NOT_YET = N_(
    "This day lies after {day}, the day of the import, but only what has happened may be entered "
    "here. Correct the date, or leave the row or the cell out until then."
)


def day_reader(import_day: date | None) -> Reader:
    def read(value: CellValue) -> object:
        day = _as_date(value)
        if not isinstance(day, date):
            return day
        if not EARLIEST <= day <= LATEST:
            return sentence(OUT_OF_YEARS, earliest=EARLIEST.isoformat(), latest=LATEST.isoformat())
        if import_day is not None and day > import_day:
            return sentence(NOT_YET, day=import_day.isoformat())
        return day

    return read


def _as_date(value: CellValue) -> date | Sentence | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return sentence(NOT_A_DATE)
    text = TIME_OF_DAY.sub("", signs(value))
    if not text:
        return None
    if match := DATE.fullmatch(text):
        year, _, month, day = match.groups()
    elif match := CHINESE_DATE.fullmatch(text):
        year, month, day = match.groups()
    else:
        return sentence(NOT_A_DATE)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return sentence(NOT_A_DATE)
