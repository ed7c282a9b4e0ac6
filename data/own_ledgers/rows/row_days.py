"""Read days and time limits from the cells of a row, and ask about unclear ones."""

from collections.abc import Iterable
from datetime import date

from data.own_ledgers.rows.row_values import NONE, NOTHING_WRITTEN, RowValues
from data.own_ledgers.words.days import DayRead, read_day
from data.own_ledgers.words.limits import LimitRead, read_limit
from data.own_ledgers.words.questions import LEAVE_OUT
from data.own_ledgers.words.stated import Limit, Proposal, QuestionKind
from data.own_ledgers.words.written import clean, plain
from data.workbook.cells.value_texts import CellValue
from models.text import N_, sentence

WHICH_DAY = N_("Which day is “{value}”? Answer like 2026-03-31, or “-” for none.")
AFTER_AS_OF = N_("“{value}” lies after the day of the sheet, {day}. Which day is it?")
ANY_YEAR = 2024
"""A leap year, to see whether a day lacks nothing but its year."""
NO_DAY = frozenset(
    (
        "未报",
        "未报送",
        "未上报",
        "未提交",
        "尚未报送",
        "待报",
        "待报送",
        "待定",
        "未定",
        "不详",
        "未知",
        "暂无",
        "待明确",
        "未明确",
        "尚未确定",
    )
)
PLANNED = ("预计", "计划", "拟", "力争", "争取")
"""How words begin that name a day on which nothing has happened yet."""


def day_of(
    row: RowValues, column: str, group: str = "", *, happened: bool = True
) -> DayRead | None:
    """The day in a cell; for events none after the day of the sheet, unless an answer says so."""
    value = row.raw(column, group)
    if plain(value) in NOTHING_WRITTEN:
        return None
    as_of = row.sheet.as_of if happened else None
    day = read_day(
        value,
        year=row.sheet.year,
        happened_by=as_of,
        year_is_stated=row.sheet.year_is_stated,
    )
    if happened and plain(value).startswith(PLANNED):
        return None
    if day is None and _says_no_day(row, value):
        return None
    if day is None or (as_of is not None and day.day > as_of):
        return _asked_day(row, column, group, value, day)
    return day


def _says_no_day(row: RowValues, value: CellValue) -> bool:
    """Whether a cell for a day says that there is none yet, such as 正在整改."""
    lists = ("state", "closure", "limit", "disposal_state")
    return plain(value) in NO_DAY or any(row.sheet.phrases.code(each, value) for each in lists)


def _asked_day(
    row: RowValues, column: str, group: str, value: CellValue, day: DayRead | None
) -> DayRead | None:
    shown, as_of = clean(value), row.sheet.as_of
    open_day = row.sheet.as_of_question
    if day is None and open_day and row.sheet.year is None and read_day(value, year=ANY_YEAR):
        # The year will follow from the day of the sheet, which is asked for.
        row.asked.append(open_day)
        return None
    asks = sentence(WHICH_DAY, value=shown)
    days: list[date] = [day.day] if day else list(_both(value, row.sheet.year))
    if day and as_of:
        asks = sentence(AFTER_AS_OF, value=shown, day=as_of.isoformat())
        days.append(as_of)
    proposals = [Proposal(each.isoformat(), each.isoformat()) for each in days]
    id_, answer = row.sheet.questions.ask(
        QuestionKind.DAY,
        ("day", row.sheet.name, plain(value)),
        sheet=row.sheet.name,
        value=shown,
        row=row.number,
        proposals=lambda: [*proposals, Proposal(LEAVE_OUT, NONE)],
        asks=asks,
        column=row.theirs(column, group),
    )
    if row.ask(id_, answer) is None or answer is None or answer == LEAVE_OUT:
        return None
    found = read_day(answer, year=row.sheet.year)
    if found is None:
        row.refuse(id_)
        return None
    return DayRead(found.day, shown)


def limit_of(row: RowValues, column: str) -> LimitRead | None:
    """The time limit in a cell, empty for an empty cell; None while a question is open."""
    value = row.raw(column)
    read = read_limit(
        value, year=row.sheet.year, phrases=row.sheet.phrases, defaults=row.sheet.defaults
    )
    if read is not None:
        return read
    if any(row.sheet.phrases.code(each, value) for each in ("state", "closure")):
        # A state in the column of limits is not a limit.
        return LimitRead(Limit(), None, clean(value))
    before = len(row.asked)
    found = _asked_day(row, column, "", value, None)
    if len(row.asked) > before:
        return None
    return LimitRead(Limit(on=found.day if found else None), None, clean(value))


def _both(value: CellValue, year: int | None) -> Iterable[date]:
    """The two days that a number without its last zero may mean, such as 6.3 for 6.30."""
    if isinstance(value, float) and not value.is_integer():
        for text in (f"{value:.15g}", f"{value:.15g}0"):
            if day := read_day(text, year=year):
                yield day.day
