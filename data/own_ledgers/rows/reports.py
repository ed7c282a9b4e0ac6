"""Read rows of a list of submitted reports: one report per group of columns, or one per row."""

import re
from collections.abc import Iterator
from datetime import date

from data.own_ledgers.rows.draft import Draft
from data.own_ledgers.rows.row_days import day_of
from data.own_ledgers.rows.row_units import units_of
from data.own_ledgers.rows.row_values import RowValues
from data.own_ledgers.words.days import DAY_WITHIN, DayRead, read_day
from data.own_ledgers.words.questions import LEAVE_OUT
from data.own_ledgers.words.stated import Proposal, QuestionKind, StatedRow
from data.own_ledgers.words.unit_names import Unit
from data.own_ledgers.words.written import clean, plain
from models.report import ReportKind
from models.text import N_, sentence

WHEN_DUE = N_("When was “{kind}” of {year} due? Answer like {year}-03-31.")
TICK_OR_DAY = N_("Not ticked, or none counted, yet a day of submission is given: was it submitted?")
WAS_SUBMITTED, NOT_SUBMITTED = "YES", "NO"
DAY_OF_SHEET = sentence(N_("not known: the day of the sheet, marked as such"))
SAYS = {
    WAS_SUBMITTED: sentence(N_("it was submitted on that day")),
    NOT_SUBMITTED: sentence(N_("it was not submitted")),
}
USUAL = {"PLAN": (3, 31), "AUDIT_REPORT": (12, 31), "RECT_REPORT": (12, 31), "SUMMARY": (12, 31)}
"""Days proposed, by kind of report."""
MOST = 999
WHICH_KIND = N_("Of which kind are the reports of this sheet? No column and no title says so.")
LEAST_OF_A_KIND = 4
"""How long a word must be to name the kind of report within a title: 内审报告."""
BOTH = re.compile(r"应[报交].{0,3}/.{0,2}[已实][报交]")
OF_BOTH = re.compile(r"(?P<due>[0-9]{1,3})/(?P<submitted>[0-9]{1,3})")
SENT = re.compile("[√✓✔☑]|是|已|逾期|迟报|超期|延期")
"""How a cell begins that says that a report came, before the day: √ 3月28日, 逾期（4月15日报）."""
WHICH = re.compile(r"第(?P<number>[0-9]{1,2})[份次期]")


def rows(row: RowValues) -> Iterator[StatedRow]:
    """The reports in one row."""
    units = units_of(row)
    if row.left_out:
        return
    kinds = row.sheet.groups() or [""]
    of_row = list(row.asked)
    for group in kinds:
        row.asked = list(of_row)
        kind = group or row.word("kind", "report_kind", map(str, ReportKind))
        if kind is None and row.is_blank("kind"):
            kind = _kind_of_sheet(row)
        if kind is None or _is_not_due(row, group):
            continue
        for unit in units or (None,):
            yield from _of_kind(row, unit, kind, group)


def _kind_of_sheet(row: RowValues) -> str | None:
    """The kind of all reports of a sheet without a kind of its own, as its title or name says;
    None while it is asked."""
    said = plain(row.sheet.title) + plain(row.sheet.name)
    words = row.sheet.phrases.words("report_kind")
    codes = {code for word, code in words.items() if len(word) >= LEAST_OF_A_KIND and word in said}
    if len(codes) == 1:
        return codes.pop()
    kinds = [each.value for each in ReportKind]
    id_, answer = row.sheet.questions.ask(
        QuestionKind.MATCH,
        ("report_kind", row.sheet.form.name, row.sheet.title, row.sheet.name),
        sheet=row.sheet.name,
        value=row.sheet.title or row.sheet.name,
        row=row.number,
        proposals=lambda: [Proposal(each.value, each.label) for each in ReportKind],
        asks=sentence(WHICH_KIND),
    )
    if row.ask(id_, answer) is None:
        return None
    if answer not in kinds:
        row.refuse(id_)
        return None
    return answer


def _is_not_due(row: RowValues, group: str) -> bool:
    """Whether a cell says that the unit is exempt from such a report: 免报."""
    columns = ("submitted", "submitted_on", "due_on")
    return any(row.sheet.phrases.code("not_due", row.raw(each, group)) for each in columns)


def _of_kind(row: RowValues, unit: Unit | None, kind: str, group: str) -> Iterator[StatedRow]:
    due, submitted = _counts(row, group)
    of_both = _both_counts(row, group)
    day = day_of(row, "submitted_on", group)
    if not group and day is None and row.sheet.has("submitted_on"):
        # One row per report: without a day of submission it is still due, however many copies.
        submitted_count, due_count = 0, max(due or 0, 1)
    elif of_both:
        submitted_count, due_count = of_both[1], max(of_both)
    elif day and not group and row.sheet.has("kind") and not row.sheet.has("due_count"):
        # A register with a row for each report: 份数 counts copies.
        submitted_count, due_count = 1, 1
    elif row.sheet.has("submitted_count", group):
        submitted_count = submitted or 0
        if day and submitted_count == 0:
            submitted_count = 1 if _was_submitted(row, group) else 0
        due_count = max(due or 0, submitted_count)
    else:
        as_tick = _day_as_tick(row, group)
        given = as_tick or day
        is_in = as_tick is not None or _ticked(row, group)
        if day and not is_in:
            is_in = _was_submitted(row, group) if row.sheet.has("submitted", group) else True
        submitted_count, due_count, day = int(is_in), 1, given if is_in else None
    year = row.count("year") or row.sheet.subject_year
    for number in range(1, min(due_count, MOST) + 1):
        draft = Draft("reports")
        draft.put("unit", unit)
        draft.put("year", year)
        draft.put("kind", kind)
        draft.put("number", row.count("number") or (number if group else _next(row, draft)))
        _due(draft, row, kind, group, year)
        if number <= submitted_count:
            # The sheet dates only the last report; earlier ones are known to be submitted.
            last = number == submitted_count
            draft.put_day_or_as_of("submitted_on", day if last else None, row)
            if day and not last:
                draft.values["submitted_on"] = day.day
        row.sheet.sums["reports"] += 1
        row.sheet.sums["submitted"] += number <= submitted_count
        yield draft.stated(row)


def _both_counts(row: RowValues, group: str) -> tuple[int, int] | None:
    """The numbers due and submitted, where one cell has both: 2/1 under 内审报告(应报/已报)."""
    if not BOTH.search(plain(row.theirs("submitted", group))):
        return None
    found = OF_BOTH.fullmatch(plain(row.raw("submitted", group)))
    return (int(found["due"]), int(found["submitted"])) if found else None


def _next(row: RowValues, draft: Draft) -> int:
    """The number of a report with a row of its own: as written (第2份), else counted in the
    sheet's order."""
    if said := WHICH.search(plain(row.raw("kind"))):
        return int(said["number"])
    key = tuple(draft.values.get(each) for each in ("unit", "year", "kind"))
    row.sheet.numbers[key] += 1
    return row.sheet.numbers[key]


def _counts(row: RowValues, group: str) -> tuple[int | None, int | None]:
    return row.count("due_count", group), row.count("submitted_count", group)


def _ticked(row: RowValues, group: str) -> bool:
    return row.word("submitted", "yes_no", ("YES", "NO"), group) == "YES"


def _day_as_tick(row: RowValues, group: str) -> DayRead | None:
    """The day found in a column meant for a tick."""
    value = row.raw("submitted", group)
    if value == "" or row.sheet.phrases.code("yes_no", value):
        return None
    year, as_of = row.sheet.year, row.sheet.as_of
    if day := read_day(value, year=year, happened_by=as_of):
        return day
    text = plain(value)
    within = DAY_WITHIN.search(text) if SENT.match(text) else None
    return read_day(within[0], year=year, happened_by=as_of) if within else None


def _was_submitted(row: RowValues, group: str) -> bool:
    """Whether a report with a day but no tick counts as submitted; asked once per sheet."""
    shown = clean(row.raw("submitted", group) or row.raw("submitted_count", group))
    id_, answer = row.sheet.questions.ask(
        QuestionKind.CONTRADICTION,
        ("submitted", row.sheet.form.name, row.sheet.name),
        sheet=row.sheet.name,
        value=f"{shown or '（空）'} {clean(row.raw('submitted_on', group))}",
        row=row.number,
        proposals=lambda: [Proposal(each, SAYS[each]) for each in SAYS],
        asks=sentence(TICK_OR_DAY),
        column=row.theirs("submitted_on", group),
        keep_as="form",
        keep=("words", "ticks", "day"),
    )
    answer = answer or row.sheet.phrases.code("ticks", "day")
    if answer in SAYS:
        return answer == WAS_SUBMITTED
    if answer is not None:
        row.sheet.questions.refuse(id_)
    row.asked.append(id_)
    return False


def _due(draft: Draft, row: RowValues, kind: str, group: str, year: int | None) -> None:
    day = day_of(row, "due_on", group, happened=False)
    if day is None:
        day = _in_heading(row, group)
    if day is not None:
        draft.put_day("due_on", day)
        return
    kept = row.sheet.form.due_days.get(kind)
    answer = kept or _asked_due(row, kind, year)
    if answer == LEAVE_OUT:
        draft.put_day_or_as_of("due_on", None, row)
    elif answer and (asked := read_day(answer, year=year)):
        draft.put("due_on", asked.day)


def _in_heading(row: RowValues, group: str) -> DayRead | None:
    """The day in a heading, such as 内审计划（3月31日前报送）."""
    for column in ("submitted", "submitted_on", "submitted_count"):
        for planned in row.columns(column, group):
            if found := DAY_WITHIN.search(plain(planned.theirs)):
                return read_day(found[0], year=row.sheet.year)
    return None


def _asked_due(row: RowValues, kind: str, year: int | None) -> str | None:
    """The answer to when a kind of report was due; None while the question is open."""
    label = ReportKind(kind).label

    def proposals() -> list[Proposal]:
        if year is None:
            return []
        day = date(year, *USUAL[kind])
        return [Proposal(day.isoformat(), day.isoformat()), Proposal(LEAVE_OUT, DAY_OF_SHEET)]

    id_, answer = row.sheet.questions.ask(
        QuestionKind.DAY,
        ("due", row.sheet.form.name, kind, str(year)),
        sheet=row.sheet.name,
        value=label.zh,
        row=row.number,
        proposals=proposals,
        asks=sentence(WHEN_DUE, kind=label, year=year or "—"),
        column="due_on",
        keep_as="form",
        keep=("due_days", kind),
    )
    if answer and answer != LEAVE_OUT and read_day(answer, year=year) is None:
        row.sheet.questions.refuse(id_)
        answer = None
    if answer is None:
        row.asked.append(id_)
    return answer
