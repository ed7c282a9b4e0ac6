"""Read rows of a roster of internal auditors: person, first day, full time or not."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from data.own_ledgers.layout.passed_over import Why
from data.own_ledgers.rows.draft import Draft
from data.own_ledgers.rows.row_days import day_of
from data.own_ledgers.rows.row_units import units_of
from data.own_ledgers.rows.row_values import RowValues
from data.own_ledgers.words.days import DAY_WITHIN, DayRead, chinese_number, read_day
from data.own_ledgers.words.stated import RowPassedOver, StatedRow
from data.own_ledgers.words.written import clean, plain, serial_number
from models.duty import PostRole as Role
from models.kinds import EARLIEST

YEARS = re.compile(r"(?P<years>[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:年|余年|年以上|年多)")
HALF_A_YEAR = "半年"
TO_THIS_DAY = re.compile("(?:年)?(?:起)?(?:至今|以来|起)$")
YEARS_ALONE = "年限"
"""In the heading of a column of bare numbers of years."""
A_DAY = re.compile(r"20[0-9]{2}[-/.年][0-9]{1,2}(?:[-/.月][0-9]{1,2}日?|月)?|" + DAY_WITHIN.pattern)
LONG_AGO = re.compile(r"19[0-9]{2}(?:[-/.年]|$)")
"""Matches a day before the first that can be stored; that first day is entered instead."""
MOST_YEARS, HALF_YEAR = 60, 182
GROUP = re.compile("工作组|领导小组|工作小组")
ROLES_IN_GROUP = tuple(each.value for each in Role if each.value.startswith("GROUP_"))
YES, NO = "YES", "NO"


def rows(row: RowValues) -> Iterator[StatedRow]:
    """The posts of one person: as auditor, and as chief auditor if the position says so."""
    name = row.text("name")
    units = units_of(row)
    if not name or row.left_out:
        if not row.left_out:
            row.sheet.passed_over.append(RowPassedOver(row.number, Why.NOBODY.sentence))
        return
    start, until = _start(row), _until(row)
    as_of = row.sheet.as_of
    if until and start is None and as_of and until.day <= as_of:
        row.sheet.passed_over.append(RowPassedOver(row.number, Why.LEFT_BEFORE.sentence))
        return
    roles = [_role_in_group(row) or row.sheet.form.defaults.get("role", Role.AUDITOR.value)]
    position = row.sheet.phrases.code("role", row.raw("position"))
    if position == Role.CHIEF_AUDITOR and Role.CHIEF_AUDITOR not in roles:
        roles.append(Role.CHIEF_AUDITOR.value)
    full_time = row.word("full_time", "full_time", (YES, NO), ask=False)
    row.sheet.sums["persons"] += 1
    for unit in units or (None,):
        for role in roles:
            draft = Draft("appointments")
            draft.put("unit", unit)
            draft.put("name", name)
            draft.put("role", role)
            draft.put_day_or_as_of("from_on", start, row)
            if until and until.day > draft.values.get("from_on", date.min):
                draft.put_day("until_on", until)
            draft.put("full_time", None if full_time is None else full_time == YES)
            if row.text("position"):
                draft.words["role"] = str(row.text("position"))
            yield draft.stated(row)


def _role_in_group(row: RowValues) -> str | None:
    """The role of a working group's member; None for other sheets and while the question is
    open."""
    if not GROUP.search(row.sheet.title + row.sheet.name):
        return None
    for column in ("position", "post"):
        if role := row.sheet.phrases.code("group_role", row.raw(column)):
            return role
    column = "position" if row.is_blank("post") else "post"
    return row.word(column, "group_role", ROLES_IN_GROUP)


def _start(row: RowValues) -> DayRead | None:
    """The first day: as written, or a number of years before the day of the sheet."""
    value = row.raw("from_on")
    found = YEARS.fullmatch(plain(value)) if isinstance(value, str) else None
    number = serial_number(value)
    if number is not None and number < MOST_YEARS and YEARS_ALONE in row.theirs("from_on"):
        found = YEARS.fullmatch(f"{number}年")
    elif plain(value) == HALF_A_YEAR and row.sheet.as_of:
        return DayRead(row.sheet.as_of - timedelta(HALF_YEAR), clean(value))
    elif found is None and TO_THIS_DAY.search(plain(value)):
        return read_day(
            TO_THIS_DAY.sub("", plain(value)), year=row.sheet.year, happened_by=row.sheet.as_of
        ) or day_of(row, "from_on")
    if LONG_AGO.match(plain(value)):
        return DayRead(EARLIEST, clean(value))
    if found is None:
        return day_of(row, "from_on")
    as_of = row.sheet.as_of
    if as_of is None:
        return None
    year = as_of.year - chinese_number(found["years"])
    day = as_of.day if as_of.month != 2 else min(as_of.day, 28)
    return DayRead(max(EARLIEST, date(year, as_of.month, day)), clean(value))


def _until(row: RowValues) -> DayRead | None:
    """The last day: from its column, or from a remark that the person left."""
    if day := day_of(row, "until_on"):
        return day
    remark = row.note("remark") or ""
    if row.sheet.phrases.code("leaving", remark) is None:
        return None
    found = A_DAY.search(plain(remark))
    if found is None:
        return None
    day = read_day(found[0], year=row.sheet.year, happened_by=row.sheet.as_of)
    return DayRead(day.day, clean(remark)) if day else None
