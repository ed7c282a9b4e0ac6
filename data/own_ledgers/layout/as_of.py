"""The snapshot day and year of a sheet, from the lines above its header and its names."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from data.own_ledgers.words.days import read_day, stretch_of
from data.own_ledgers.words.written import plain

UNTIL = re.compile(r"(?:截至|截止|统计至|数据截止|更新至)(?:日期|时间|到|至|日)*[::]?")
UP_TO = re.compile(r"[^()\[\]【】,;]{2,12}")
FILLED_IN = re.compile(
    r"(?:填报|制表|填表|报送|统计|更新|上报)(?:日期|时间)[::]?(?P<day>20[0-9]{2}[-/.年][0-9]{1,2}(?:[-/.月](?:[0-9]{1,2}日?)?)?)"
)
THROUGH = (
    r"20[0-9]{2}年[0-9]{1,2}月?[-—~至到](?:20[0-9]{2}年)?[0-9]{1,2}月(?![0-9])"
    r"|20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日?[-—~至到](?:20[0-9]{2}年)?[0-9]{1,2}月[0-9]{1,2}日"
)
"""From one day or month to another: 2026年1-9月."""
WITHIN = re.compile(
    THROUGH + r"|20[0-9]{2}(?:[-/._年](?:[0-9]{1,2}[-/._月][0-9]{1,2}(?![0-9])日?"
    r"|[0-9]{1,2}(?![0-9])月?份?底?"
    r"|第?[一二三四1-4]季度末?|[上下]半年)|[01][0-9][0-3][0-9](?![0-9])|(?:0[1-9]|1[0-2])(?![0-9]))"
)
YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?:年|[-/.])(?!度(?:预算|财政|部门预算|决算))")
MONTH_ALONE = re.compile(r"(?<![0-9-~至])(1[0-2]|0?[1-9])月(?:份|底|末)?(?![0-9])")
YEAR_ALONE = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
ANY_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})年")


def as_of_day(
    above: Iterable[str], sheet: str, file: str, today: date | None = None
) -> date | None:
    """The snapshot day given by the lines above the header, or by the names of sheet and file.

    For a month or quarter that has not ended, it is `today`.
    """
    lines = [plain(line) for line in above]
    year = year_of(lines, None)
    for line in lines:
        for found in UNTIL.finditer(line):
            rest = line[found.end() :]
            if whole := WITHIN.match(rest):
                return _day_within(whole[0], today)
            said = UP_TO.match(rest)
            if said and (day := read_day(said[0].rstrip("止底"), year=year)):
                return day.day
    for text in (*lines[:1], plain(sheet), plain(file)):
        if day_in := _day_within(FILLED_IN.sub("", text), today):
            return day_in
    if month := _month_of_year((*lines[:1], plain(sheet)), (*lines, plain(sheet), plain(file))):
        return _day_within(month, today)
    for line in lines:
        if found_day := FILLED_IN.search(line):
            day = read_day(found_day["day"], year=year)
            return day.day if day else None
    for line in lines[1:]:
        if day_in := _day_within(line, today):
            return day_in
    return None


def as_of_below(lines: Iterable[str], today: date | None = None) -> date | None:
    """The snapshot day given by notes below the table: 数据截至2026年9月30日."""
    for line in map(plain, lines):
        until, filled_in = UNTIL.search(line), FILLED_IN.search(line)
        said = line[until.end() :] if until else filled_in["day"] if filled_in else ""
        if whole := WITHIN.match(said):
            return _day_within(whole[0], today)
    return None


def names_month(above: Iterable[str], sheet: str) -> bool:
    """Whether the name of a sheet or a line above its table names a month."""
    return any(MONTH_ALONE.search(plain(each)) for each in (*above, sheet))


def likely_days(above: Iterable[str], sheet: str, file: str, today: date) -> list[date]:
    """Probable snapshot days of a sheet that names none.

    They are the end of the month named in its name or as its last month, in the latest possible
    year, and the end of last month.
    """
    found: list[date] = []
    for text in (*map(plain, above), plain(sheet), plain(file)):
        if month := MONTH_ALONE.search(UNTIL.sub(" ", text)):
            ends = (_end(year, int(month[1])) for year in (today.year, today.year - 1))
            found += [next(day for day in ends if day <= today or day.year < today.year)]
    last_month = today.replace(day=1) - timedelta(1)
    return list(dict.fromkeys((*found, last_month, today)))


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _month_of_year(named: Iterable[str], dated: Iterable[str]) -> str | None:
    """The month in the name of a title or sheet, with the year found elsewhere."""
    month = next((found[1] for each in named if (found := MONTH_ALONE.search(each))), None)
    year = next((found[0] for each in dated if (found := YEAR_ALONE.search(each))), None)
    return f"{year}年{month}月" if month and year else None


def _day_within(text: str, today: date | None = None) -> date | None:
    """The last day of the most exact period in `text`, or `today` if the period includes it."""
    for found in WITHIN.findall(text):
        stretch = stretch_of(found.replace("_", "-"), None)
        if stretch:
            lasts = today is not None and stretch.first <= today < stretch.last
            return today if lasts else stretch.last
    return None


def year_of(above: Iterable[str], as_of: date | None) -> int | None:
    """The year to assume for days written without one."""
    for line in above:
        if found := YEAR.search(plain(line)):
            return int(found[1])
    if as_of is not None:
        return as_of.year
    return None


def subject_year(above: Iterable[str], as_of: date | None) -> int | None:
    """The year that a sheet is about, for example that of the reports it lists."""
    for line in above:
        if found := ANY_YEAR.search(plain(line)):
            return int(found[1])
    return as_of.year if as_of else None
