"""Read rows of an attendance sheet: each group of columns is a training, each row a unit."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from data.own_ledgers.rows.draft import Draft
from data.own_ledgers.rows.row_days import day_of
from data.own_ledgers.rows.row_units import units_of
from data.own_ledgers.rows.row_values import NONE, RowValues
from data.own_ledgers.words.days import DAY_WITHIN, DayRead, read_day
from data.own_ledgers.words.questions import LEAVE_OUT
from data.own_ledgers.words.stated import Proposal, QuestionKind, RowOfFile, StatedRow
from data.own_ledgers.words.written import clean, plain
from models.text import N_, sentence

WHICH_DAY = N_("On which day was the training “{name}”? Answer like 2026-03-31.")
NONE_CAME, ONE_CAME = "NONE", "ONE"
HOURS = re.compile(r"(?P<hours>[0-9]{1,3}(?:\.[0-9])?)(?:个)?(?:学时|课时|小时)?")
NAMED_ABOVE = re.compile(
    r"(?:培训|班次|活动|会议)?(?:名称|主题|内容)\s*[:：]\s*(?P<said>[^\s:：]+)"
)
DAY_ABOVE = re.compile(r"(?:时间|日期)\s*[:：]\s*(?P<said>[^\s:：]+)")
HOURS_ABOVE = re.compile(r"(?:学时|课时)\s*[:：]\s*(?P<said>[^\s:：]+)")
SHEET_OF = re.compile(
    r"(?:人员)?(?:签到|签名|考勤|参训|参会|出勤)(?:人员)?(?:情况)?(?:统计|登记)?(?:表|册|名单|台账)$"
)
"""At the end of a title, what it is a sheet of: 内审业务培训签到表."""
OUTER = "：:，,、 "
HOURS_WITHIN = re.compile(
    r"[（(]\s*(?P<hours>[0-9]{1,3}(?:\.[0-9])?)\s*(?:个)?(?:学时|课时)\s*[)）]"
)
EMPTY_BRACKETS = re.compile(r"[（(]\s*[)）]")


def rows(row: RowValues, stated_trainings: dict[str, date | None]) -> Iterator[StatedRow]:
    """A unit's attendance at each training; a training is stated at its first row."""
    units = units_of(row)
    if row.left_out:
        return
    for group in row.sheet.groups() or [""]:
        people = _people(row, "people", group)
        if people is None and row.sheet.has("person") and row.text("person"):
            # A list of those who signed: each row is one of them. Who has a column to sign in and
            # did not was not there.
            people = 0 if row.sheet.has("people", group) else 1
        if people is None:
            continue
        name, day = _training(row, group)
        if not name:
            continue
        if day and stated_trainings.get(name, day.day) != day.day:
            # The same training on two days counts as two trainings.
            name = f"{name}（{day.day.isoformat()}）"
        if name not in stated_trainings:
            stated_trainings[name] = day.day if day else None
            yield _stated_training(row, name, day, group)
        row.sheet.sums["people"] += people
        for unit in units or (None,):
            draft = Draft("attendance")
            draft.put("training", RowOfFile("trainings", name))
            draft.put("unit", unit)
            draft.put("people", people)
            passed = _people(row, "passed", group)
            if passed is not None and passed <= people:
                draft.put("passed", passed)
            if isinstance(row.raw("people", group), str) and people == 0:
                draft.words["people"] = clean(row.raw("people", group))
            yield draft.stated(row)


def _people(row: RowValues, column: str, group: str) -> int | None:
    """The number of people; 1 for a tick, 0 for 请假, None for an empty cell."""
    value = row.raw(column, group)
    if value == "":
        return None
    match row.sheet.phrases.code("attended", value):
        case "NONE":
            return 0
        case "ONE":
            return 1
    return row.count(column, group)


def _training(row: RowValues, group: str) -> tuple[str, DayRead | None]:
    """The name and the day of a training, from the heading of its group or from the row."""
    if not group:
        name = (
            row.text("training_name")
            or _said_above(row, NAMED_ABOVE)
            or SHEET_OF.sub("", row.sheet.title)
            or row.sheet.title
        )
        day = day_of(row, "on_date")
        if day is None and (said := _said_above(row, DAY_ABOVE)):
            day = read_day(said, year=row.sheet.year)
        return name, day or _asked_day(row, name)
    text = HOURS_WITHIN.sub("", " ".join(group.split()))
    found = DAY_WITHIN.search(text)
    if found is None:
        return text.strip(OUTER), _asked_day(row, text)
    name = EMPTY_BRACKETS.sub("", text[: found.start()] + text[found.end() :]).strip(OUTER)
    day = read_day(found[0], year=row.sheet.year)
    return name or text, day or _asked_day(row, text)


def _said_above(row: RowValues, field: re.Pattern[str]) -> str | None:
    """The value of a field in the lines above the table, such as 培训名称：工程审计."""
    found = (field.search(line) for line in row.sheet.above)
    return next((each["said"] for each in found if each), None)


def _asked_day(row: RowValues, name: str) -> DayRead | None:
    as_of: date | None = row.sheet.as_of
    id_, answer = row.sheet.questions.ask(
        QuestionKind.DAY,
        ("training", row.sheet.name, plain(name)),
        sheet=row.sheet.name,
        value=name,
        row=row.number,
        proposals=lambda: [
            *([Proposal(as_of.isoformat(), as_of.isoformat())] if as_of else []),
            Proposal(LEAVE_OUT, NONE),
        ],
        asks=sentence(WHICH_DAY, name=name),
        column=row.theirs("on_date"),
    )
    day = read_day(answer, year=row.sheet.year) if answer else None
    if day is None:
        if answer:
            row.sheet.questions.refuse(id_)
        row.asked.append(id_)
    return day


def _stated_training(row: RowValues, name: str, day: DayRead | None, group: str) -> StatedRow:
    draft = Draft("trainings")
    draft.put("name", name)
    said = row.sheet.phrases.code("training_kind", row.raw("training_kind"))
    by_name = row.sheet.phrases.code("training_kind", name)
    draft.put("kind", (None if row.is_blank("training_kind") else said) or by_name or "TRAINING")
    in_heading = HOURS_WITHIN.search(group)
    draft.put("hours", Decimal(in_heading["hours"]) if in_heading else _hours(row))
    draft.put_day("on_date", day)
    row.sheet.sums["trainings"] += 1
    return draft.stated(row)


def _hours(row: RowValues) -> Decimal | None:
    """The hours of study; None if the cell uses another measure, such as 半天."""
    said = row.raw("hours") if row.sheet.has("hours") else _said_above(row, HOURS_ABOVE) or ""
    found = HOURS.fullmatch(plain(said))
    return Decimal(found["hours"]) if found else None


def added_up(rows: Iterable[StatedRow]) -> list[StatedRow]:
    """The rows with attendance added up, one row for each training and unit."""
    found: list[StatedRow] = []
    places: dict[tuple[object, object], int] = {}
    for row in rows:
        key = row.values.get("training"), row.values.get("unit")
        if row.ledger != "attendance" or key[1] is None or key not in places:
            if row.ledger == "attendance":
                places[key] = len(found)
            found.append(row)
            continue
        first = found[places[key]]
        sums = {
            column: first.values.get(column, 0) + row.values.get(column, 0)
            for column in ("people", "passed")
            if column in first.values or column in row.values
        }
        found[places[key]] = replace(first, values={**first.values, **sums})
    return found
