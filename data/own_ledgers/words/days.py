"""Days as people write them: 2026.3.31, 3月2日, 2026年第三季度, 2026年底前."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from data.own_ledgers.words.written import (
    clean,
    is_too_long,
    plain,
    without_brackets,
    without_endings,
)
from data.workbook.cells.value_texts import SIGNIFICANT, CellValue
from models.kinds import EARLIEST, LATEST

EXCEL_ZERO = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = (EARLIEST - EXCEL_ZERO).days, (LATEST - EXCEL_ZERO).days
SERIAL = re.compile("[34][0-9]{4}")
"""A day as Excel counts it, left over as text in a CSV file."""
NUMERALS = {"〇": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
NUMERALS |= {"七": 7, "八": 8, "九": 9}
CHINESE_YEAR = re.compile(r"([二][〇零0][一二三四五六七八九〇零]{2})(?=年)")
CHINESE_NUMBER = re.compile(
    r"([一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[月日号])"
)
BEFORE = re.compile(
    r"^(?:预计|计划|大约|约|拟|最迟|原则上|截至|截止|到|于|在|至|请于|须于|力争|确保|已于|'|:)+"
)
AFTER = (
    *("之前", "以前", "前", "之内", "以内", "内", "止", "为止"),
    *("完成整改", "整改完成", "整改到位", "完成", "整改", "报送", "已报", "左右"),
    *("截止", "截至", "召开", "开展", "举办", "收到", ",", "。", ";", "."),
    *(
        f"取得{how}{what}"
        for how in ("", "阶段性", "明显", "初步", "实质性")
        for what in ("成效", "进展")
    ),
)
"""What may stand after a day, in any number and order."""
CLOCK = re.compile(r"[t ]?(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?$")
WEEKDAY = re.compile(r"(?:星期|周)[一二三四五六日天]")
RANGE = re.compile(r"(?P<first>.+?)(?:--|(?<!—)—++|–|~|～|至|到|-)(?P<last>[^-—–~至到]++)")
DAY_ONLY = re.compile(r"[0-9]{1,2}[日号]?")
FULL = re.compile(
    r"(?P<y>20[0-9]{2})(?:年|[-/.、])(?P<m>[0-9]{1,2})(?:月|[-/.、])(?P<d>[0-9]{1,2})[日号]?"
)
COMPACT = re.compile(r"(?P<y>20[0-9]{2})(?P<m>[01][0-9])(?P<d>[0-3][0-9])")
SHORT_YEAR = re.compile(r"(?P<y>[0-9]{2})[-/.年](?P<m>[0-9]{1,2})[-/.月](?P<d>[0-9]{1,2})[日号]?")
YEAR = r"(?:(?P<y>20[0-9]{2}|[今本当去明前后]年?)(?:年度?|[-/.](?=[0-9])|(?=[底末初])|(?=q))?)?"
MONTH = re.compile(
    r"(?P<y>20[0-9]{2})(?:年|[-/.])(?P<m>[0-9]{1,2})(?:月份?)?(?P<part>上旬|中旬|下旬|初|中|底|末)?"
)
COMPACT_MONTH = re.compile(r"(?P<y>20[0-9]{2})(?P<m>0[1-9]|1[0-2])")
MONTH_ALONE = re.compile(YEAR + r"(?P<m>[0-9]{1,2})月份?(?P<part>上旬|中旬|下旬|初|中|底|末)?")
DAY_ALONE = re.compile(r"(?P<m>[0-9]{1,2})(?:月|[-/.])(?P<d>[0-9]{1,2})[日号]?")
NAMED_YEAR_DAY = re.compile(r"(?P<y>[今本当去明]年)(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})[日号]?")
QUARTER = re.compile(YEAR + r"(?:第?(?P<q>[一二三四1-4])季度?|q(?P<q2>[1-4]))[末底]?")
HALF = re.compile(YEAR + r"(?P<h>上|下)半年[末底]?")
WHOLE_YEAR = re.compile(r"(?P<y>20[0-9]{2})(?:年度?)?(?:年?[底末])?")
NAMED_YEAR = re.compile(r"(?P<y>[今本当去明])?年(?:年?[底末])?")
DAY_WITHIN = re.compile(
    r"(?:20[0-9]{2}年)?[0-9]{1,2}月[0-9]{1,2}日?(?:[-—~至][0-9]{1,2}(?:月[0-9]{1,2})?日)?日?"
    r"|20[0-9]{2}[-./][0-9]{1,2}[-./][0-9]{1,2}|(?<![0-9.])[0-9]{1,2}\.[0-9]{1,2}(?![0-9.])"
    r"|(?:20[0-9]{2}年)?[0-9]{1,2}月(?![0-9])"
)
"""A day or month within a longer text."""
RELATIVE = {"今": 0, "本": 0, "当": 0, "去": -1, "前": -2, "明": 1, "后": 2}
PARTS = {"上旬": 10, "初": 10, "中旬": 20, "中": 20}
QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}


class Stretch(NamedTuple):
    """The period that words may mean; `year_given` is False if the sheet's year was assumed."""

    first: date
    last: date
    year_given: bool = True


@dataclass(frozen=True, slots=True)
class DayRead:
    """A day, and the original words if they are less exact than a day."""

    day: date
    words: str | None = None


def read_day(
    value: CellValue,
    *,
    year: int | None,
    happened_by: date | None = None,
    year_is_stated: bool = False,
) -> DayRead | None:
    """The day in a cell, for a period its last day; None if the cell names none.

    `year` completes days without a year. Events cannot be after `happened_by`: a period is cut
    there, and a day without a year falls in the year before, unless `year_is_stated` by the sheet.
    """
    stretch = stretch_of(value, year)
    if stretch is None:
        return None
    first, last, year_given = stretch
    if happened_by is not None and last > happened_by:
        if first <= happened_by:
            last = happened_by
        elif not year_given and not year_is_stated:
            first, last = _year_before(first), _year_before(last)
    if not EARLIEST <= last <= LATEST:
        return None
    return DayRead(last, None if first == last and first == stretch.last else clean(value))


def stretch_of(value: CellValue, year: int | None) -> Stretch | None:
    """The period in a cell, or None."""
    if isinstance(value, datetime):
        return Stretch(value.date(), value.date())
    if isinstance(value, date):
        return Stretch(value, value)
    if isinstance(value, bool | time | timedelta):
        return None
    if isinstance(value, int | float):
        return _of_number(float(value), year)
    if is_too_long(value):
        return None
    text = CLOCK.sub("", WEEKDAY.sub("", without_brackets(plain(value))))
    if SERIAL.fullmatch(text):
        return _of_number(float(text), year)
    text = without_endings(BEFORE.sub("", _arabic(text)), AFTER)
    return _of_text(text, year) or _of_range(text, year) if text else None


def _of_number(number: float, year: int | None) -> Stretch | None:
    text = format(number, SIGNIFICANT)
    if number.is_integer():
        if FIRST_SERIAL <= number <= LAST_SERIAL:
            day = EXCEL_ZERO + timedelta(int(number))
            return Stretch(day, day)
        return _of_text(text, year) if len(text) in (4, 6, 8) else None
    whole, _, places = text.partition(".")
    # A number cell loses the last zero: 6.3 may be 3 June or 30 June, 2026.1 January or October.
    if places in (("1",) if len(whole) == 4 else ("1", "2", "3")):
        return None
    return _of_text(text, year)


def _arabic(text: str) -> str:
    text = CHINESE_YEAR.sub(lambda found: "".join(_digit(each) for each in found[1]), text)
    return CHINESE_NUMBER.sub(lambda found: str(chinese_number(found[1])), text)


def _digit(character: str) -> str:
    return str(NUMERALS.get(character, character))


def chinese_number(text: str) -> int:
    """The number from 1 to 99 written as 一 to 九十九 or in digits."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return NUMERALS[text]
    return (NUMERALS[tens] if tens else 1) * 10 + (NUMERALS[ones] if ones else 0)


def _of_text(text: str, year: int | None) -> Stretch | None:
    for pattern, make in FORMS:
        if found := pattern.fullmatch(text):
            given = found.groupdict()
            named = given.get("y")
            of_year = _year(named, year)
            if of_year is None:
                return None
            try:
                first, last = make(of_year, given)
            except ValueError:
                return None
            return Stretch(first, last, named is not None)
    return None


def _year(named: str | None, year: int | None) -> int | None:
    if named is None:
        return year
    if named.isdigit():
        return int(named) + (2000 if len(named) == 2 else 0)
    return None if year is None else year + RELATIVE[named[0]]


def _of_range(text: str, year: int | None) -> Stretch | None:
    found = RANGE.fullmatch(text)
    if found is None:
        return None
    first = _of_text(found["first"], year)
    if first is None and (
        lone := re.fullmatch(r"(20[0-9]{2}年)?([0-9]{1,2})月([0-9]{1,2})", found["first"])
    ):
        first = _of_text(lone[0] + "日", year)
    if first is None:
        return None
    last_text = found["last"]
    if DAY_ONLY.fullmatch(last_text):
        last_text = f"{first.first.year}-{first.first.month}-{last_text}"
    last = _of_text(last_text, first.first.year)
    if last is None or last.last < first.first:
        return None
    return Stretch(last.first, last.last, first.year_given)


def _one_day(year: int, given: dict[str, str | None]) -> tuple[date, date]:
    day = date(year, int(given["m"] or 0), int(given["d"] or 0))
    return day, day


def _month(year: int, given: dict[str, str | None]) -> tuple[date, date]:
    month = int(given["m"] or 0)
    first = date(year, month, 1)
    return first, date(year, month, PARTS.get(given.get("part") or "", monthrange(year, month)[1]))


def _quarter(year: int, given: dict[str, str | None]) -> tuple[date, date]:
    named = given["q"] or given["q2"] or ""
    number = QUARTERS.get(named) or int(named)
    return date(year, 3 * number - 2, 1), _end(year, 3 * number)


def _half(year: int, given: dict[str, str | None]) -> tuple[date, date]:
    return (
        (date(year, 1, 1), date(year, 6, 30))
        if given["h"] == "上"
        else (date(year, 7, 1), date(year, 12, 31))
    )


def _whole_year(year: int, _: dict[str, str | None]) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _year_before(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, monthrange(day.year - 1, day.month)[1]))


FORMS: tuple[
    tuple[re.Pattern[str], Callable[[int, dict[str, str | None]], tuple[date, date]]], ...
] = (
    (FULL, _one_day),
    (COMPACT, _one_day),
    (SHORT_YEAR, _one_day),
    (NAMED_YEAR_DAY, _one_day),
    (MONTH, _month),
    (COMPACT_MONTH, _month),
    (DAY_ALONE, _one_day),
    (MONTH_ALONE, _month),
    (QUARTER, _quarter),
    (HALF, _half),
    (WHOLE_YEAR, _whole_year),
    (NAMED_YEAR, _whole_year),
)
"""The ways of writing a day or a stretch, the first that fits holds."""
