"""Time limits as people write them: a day, a number of days from issue, 立行立改, 长期坚持."""

import re
from dataclasses import dataclass
from datetime import date

from data.own_ledgers.words.days import chinese_number, read_day
from data.own_ledgers.words.phrases import Phrases
from data.own_ledgers.words.stated import Limit
from data.own_ledgers.words.written import clean, is_too_long, plain
from data.workbook.cells.value_texts import CellValue
from models.rectification import RectType

PIECES = re.compile(r"[,，;；、。/\n]+|并且?|同时|且")
NOTHING = re.compile(r"[-—–―/\\]*|无|未明确|暂无")
FROM_ISSUE = re.compile(
    r"(?:(?:自|从|在)?(?:收到|接到|出具|印发|下发|下达|交办|送达|审计|报告|通知|决定|"
    r"文书|之日|起|后|日|书|的|整改)*+)"
    r"(?P<number>[0-9]{1,3}|[一二三四五六七八九十两半]{1,3})(?P<half>个半)?个?"
    r"(?P<of>工作日|自然日|日|天|月|年|星期|周)(?:之内|以内|内|前)?(?:完成整改|完成|整改到位|整改)?"
)
LENGTH = {"日": 1, "天": 1, "自然日": 1, "星期": 7, "周": 7, "月": 30, "年": 365}
WORKING_WEEK = 5


@dataclass(frozen=True, slots=True)
class DefaultLimits:
    """Settings: days from issue to the limit of 立行立改, and to the first milestone of
    长期坚持."""

    immediate: int = 60
    first_milestone: int = 180


@dataclass(frozen=True, slots=True)
class LimitRead:
    """A time limit; the type of rectification in its words; the words if they are not just a
    day; and whether they say that it is done, which is no limit."""

    limit: Limit
    rect_type: RectType | None = None
    words: str | None = None
    assumed: bool = False


def read_limit(
    value: CellValue, *, year: int | None, phrases: Phrases, defaults: DefaultLimits
) -> LimitRead | None:
    """The time limit in a cell, empty for an empty cell; None if it cannot be understood."""
    if isinstance(value, date) or not isinstance(value, str):
        day = read_day(value, year=year)
        return LimitRead(Limit(on=day.day), None, day.words) if day else None
    if is_too_long(value):
        return None
    text = plain(value)
    if NOTHING.fullmatch(text):
        return LimitRead(Limit())
    if day := read_day(value, year=year):
        return LimitRead(Limit(on=day.day), None, day.words)
    said: set[str] = set()
    limit: Limit | None = None
    whole = phrases.code("limit", value)
    if whole == "NONE":
        return LimitRead(Limit(), None, clean(value))
    for piece in [text] if whole == "DONE" else filter(None, PIECES.split(text)):
        if code := phrases.code("limit", piece):
            said.add(code)
        elif stated := _days_from_issue(piece):
            limit = limit or Limit(days_from_issue=stated)
        elif day := read_day(piece, year=year):
            limit = limit or Limit(on=day.day)
        else:
            return None
    return _together(said, limit, clean(value), defaults)


def _together(
    said: set[str], limit: Limit | None, words: str, defaults: DefaultLimits
) -> LimitRead:
    assumed = limit is None
    if "CONTINUOUS" in said:
        days = defaults.immediate if "IMMEDIATE" in said else defaults.first_milestone
        milestone = limit or Limit(days_from_issue=days)
        return LimitRead(milestone, RectType.CONTINUOUS, words, assumed)
    immediate = limit or Limit(days_from_issue=defaults.immediate)
    if "IMMEDIATE" in said or "DONE" in said:
        return LimitRead(immediate, RectType.IMMEDIATE, words, assumed)
    return LimitRead(immediate, None, words)


def _days_from_issue(piece: str) -> int | None:
    found = FROM_ISSUE.fullmatch(piece)
    if found is None:
        return None
    text, of = found["number"], found["of"]
    # Without words such as "from the report", 3月 means March and not three months.
    if of in ("日", "月", "年") and piece == f"{text}{of}":
        return None
    if text == "半":
        return LENGTH[of] // 2
    text = text.replace("两", "二")
    if "半" in text:
        return None
    number = chinese_number(text)
    if of == "工作日":
        weeks, days = divmod(number, WORKING_WEEK)
        return weeks * 7 + days
    return number * LENGTH[of] + (LENGTH[of] // 2 if found["half"] else 0)
