"""Read rows of a rectification ledger: findings and their states."""

import re
from collections.abc import Iterator
from decimal import Decimal

from data.own_ledgers.rows.draft import Draft
from data.own_ledgers.rows.row_days import day_of, limit_of
from data.own_ledgers.rows.row_money import money_of
from data.own_ledgers.rows.row_units import units_of
from data.own_ledgers.rows.row_values import RowValues
from data.own_ledgers.words import stated
from data.own_ledgers.words.days import DAY_WITHIN, DayRead, read_day
from data.own_ledgers.words.limits import LimitRead
from data.own_ledgers.words.phrases import CLAUSE_ENDS
from data.own_ledgers.words.stated import Limit, Proposal, QuestionKind, State, StatedRow
from data.own_ledgers.words.states import Contradiction, state_of
from data.own_ledgers.words.unit_names import Unit
from data.own_ledgers.words.written import clean, parts, plain
from data.workbook.cells.value_texts import CellValue
from models.kinds import TEXT_LENGTH
from models.rectification import Action, RectType, Severity
from models.text import N_, Label, Sentence, sentence

STATE_CODES = ("DONE", "PROGRESS", "NONE", "SUBMIT", "CLOSE", "TRANSFER")
CLOSURE_CODES = ("CLOSED", "SUBMITTED", "OPEN")
SAYS_BOTH = {
    Contradiction.CLOSED_BUT_NOT_DONE: N_("not done, yet closed: which holds?"),
    Contradiction.CLOSED_BUT_IN_PROGRESS: N_("still in progress, yet closed: which holds?"),
    Contradiction.SUBMITTED_BUT_NOT_DONE: N_("not done, yet submitted for closure: which holds?"),
    Contradiction.CLOSED_BUT_NOT_CLOSED: N_("closed by one column, not by the other: which holds?"),
}
NAMED_STATES: dict[State, Sentence | Label] = {
    State.NONE: sentence(N_("not rectified, nothing submitted")),
    State.PROGRESS: sentence(N_("in progress")),
    State.SUBMIT: Action.SUBMIT.label,
    State.CLOSE: Action.CLOSE.label,
}
PROPOSED = {
    Contradiction.CLOSED_BUT_NOT_DONE: (State.NONE, State.CLOSE),
    Contradiction.CLOSED_BUT_IN_PROGRESS: (State.PROGRESS, State.CLOSE),
    Contradiction.SUBMITTED_BUT_NOT_DONE: (State.NONE, State.SUBMIT),
    Contradiction.CLOSED_BUT_NOT_CLOSED: (State.SUBMIT, State.CLOSE),
}
AUDIT = re.compile("审计$|检查$|巡[察视]$|审计调查$|项目$")
"""At the end of the heading of a section that is called after an audit."""
PLANNED = "措施"
"""In the heading of what is meant to be done, which says nothing of how far it is."""
OF_THE_FINDING = re.compile("^(?:目前|现已|现|截至目前|该|此|本|上述|以上|问题|事项|项|均)+")
"""Before the state at the end of a report: 该问题已整改完成."""
FOUND_BEFORE = "屡审屡犯"
NO_AMOUNT = N_("This is no amount of a finding; none is kept.")
BEYOND = N_("More was rectified than the amount of the finding.")


def rows(row: RowValues) -> Iterator[StatedRow]:
    """The findings of one row: one, or one for each unit in the cell."""
    units = _units(row)
    if row.left_out:
        return
    draft = Draft("findings")
    _what(draft, row)
    _limits(draft, row)
    state = _state(draft, row)
    _money(draft, row, state)
    row.sheet.sums["findings"] += max(1, len(units))
    if state is not None:
        row.sheet.sums["closed" if state is State.CLOSE else "open"] += max(1, len(units))
    yield from _by_unit(draft, row, units)


def _units(row: RowValues) -> list[Unit]:
    """The units of a row. If the lower unit is known, it alone counts: the unit above it need
    not be in the grid and is not asked about."""
    below = None if row.is_blank("unit_below") else row.sheet.units.find(row.raw("unit_below"))
    if below and len(parts(row.raw("unit"))) < 2:
        return [below]
    return units_of(row)


def _by_unit(draft: Draft, row: RowValues, units: list[Unit]) -> Iterator[StatedRow]:
    if len(units) > 1:
        draft.matter = f"{row.sheet.name}!{row.number}"
        draft.words["unit"] = clean(row.raw("unit"))
    for number, unit in enumerate(units or (None,)):
        each = Draft(**{name: getattr(draft, name) for name in Draft.__slots__})
        each.values = dict(draft.values)
        each.put("unit", unit)
        if number:
            # Counts and amounts that apply once are put on the first unit.
            for column in ("amount", stated.RECTIFIED, stated.RULES, stated.PERSONS):
                each.values.pop(column, None)
        yield each.stated(row)


def _what(draft: Draft, row: RowValues) -> None:
    title, text = row.text("title", 2000), row.note("text")
    whole = " ".join((title or text or "").split())
    if whole:
        draft.put("title", whole if len(whole) <= TEXT_LENGTH else whole[: TEXT_LENGTH - 1] + "…")
    if text and (title or len(whole) > TEXT_LENGTH):
        draft.put("note", text)
    elif len(whole) > TEXT_LENGTH:
        draft.put("note", whole)
    draft.put("category", None if row.is_blank("category") else row.text("category"))
    if not row.is_blank("project_name"):
        draft.put(stated.PROJECT_NAME, row.text("project_name"))
    elif not row.sheet.has("project_name"):
        draft.put(stated.PROJECT_NAME, _audit(row))
    if not row.is_blank("code_as_written"):
        draft.put(stated.CODE_AS_WRITTEN, row.text("code_as_written"))
    source = row.sheet.phrases.code("source", row.raw("source"))
    project = draft.values.get(stated.PROJECT_NAME, "")
    draft.put(stated.PROJECT_SOURCE, source or row.sheet.phrases.code("source", project))
    severity = row.word("severity", "severity", map(str, Severity))
    if severity is None and row.flag("major"):
        severity = Severity.MAJOR.value
    draft.put_or_assume("severity", severity, row)
    draft.put_day("issued_on", day_of(row, "issued_on"))
    draft.put(stated.RULES, row.count("rules_built"))
    draft.put(stated.PERSONS, row.count("persons_handled"))
    draft.put("instructed", row.flag("instructed"))
    remark = plain(row.note("remark") or "")
    if row.flag("repeated") or FOUND_BEFORE in remark or row.raw("repeated") == FOUND_BEFORE:
        draft.put(stated.REPEATED, True)
    if row.flag("transferred") or _says_transferred(row, row.raw("transferred")):
        draft.put(stated.TRANSFERRED, True)
    if remark and row.sheet.phrases.code("state", remark) == "TRANSFER":
        draft.put(stated.TRANSFERRED, True)
        draft.words[stated.TRANSFERRED] = clean(row.note("remark") or "")


def _audit(row: RowValues) -> str | None:
    """The audit named by the heading of the row's section; None if the heading names none."""
    named = (each for each in reversed(row.sections) if AUDIT.search(each))
    return next((each for each in named if not row.sheet.units.find(each)), None)


def _says_transferred(row: RowValues, value: CellValue) -> bool:
    return value != "" and row.sheet.phrases.code("state", value) == "TRANSFER"


def _limits(draft: Draft, row: RowValues) -> None:
    first, extended = limit_of(row, "limit"), limit_of(row, "new_limit")
    stated_type = row.word("rect_type", "rect_type", map(str, RectType))
    for read in (first, extended):
        if read and read.rect_type and stated_type is None:
            stated_type = read.rect_type.value
    draft.put_or_assume("rect_type", stated_type, row)
    if first is None or extended is None:
        return
    if extended.limit != Limit():
        draft.put(stated.LIMIT, extended.limit)
        if first.limit != Limit():
            draft.put(stated.ORIGINAL_LIMIT, first.limit)
        _limit_words(draft, extended)
        return
    if first.limit == Limit():
        days = row.sheet.defaults.immediate
        if stated_type == RectType.CONTINUOUS:
            days = row.sheet.defaults.first_milestone
        first = LimitRead(Limit(days_from_issue=days), None, first.words, assumed=True)
    draft.put(stated.LIMIT, first.limit)
    _limit_words(draft, first)


def _limit_words(draft: Draft, read: LimitRead) -> None:
    if read.words:
        draft.words[stated.LIMIT] = read.words
    if read.assumed:
        draft.assumed.add(stated.LIMIT)


def _state(draft: Draft, row: RowValues) -> State | None:
    """The state, stored with its day and words; None while a question about it is open."""
    before = len(row.asked)
    how_far = row.word("state", "state", STATE_CODES)
    closed_with = _day_as_closure(row)
    closure = "CLOSED" if closed_with else row.word("closure", "closure", CLOSURE_CODES)
    if len(row.asked) > before:
        return None
    _progress(draft, row)
    done, closed = day_of(row, "done_on"), day_of(row, "closed_on") or closed_with
    if done is None and not row.sheet.has("done_on"):
        done = _day_in_state(row)
    if row.number in row.sheet.coloured:
        words, code = row.sheet.coloured[row.number]
        found = state_of(code, None)
        state: State | None = found if isinstance(found, State) else None
        draft.words[stated.STATE] = words
    elif not (row.sheet.has("state") or row.sheet.has("closure")):
        state = _by_days(row, done, closed)
    else:
        found = state_of(how_far, closure)
        state = found if isinstance(found, State) else _asked(row, found)
    if state is None:
        return None
    draft.put(stated.STATE, state)
    match state:
        case State.CLOSE:
            draft.put_day(stated.STATE_ON, closed or done)
            if closed and done and done.day <= closed.day:
                draft.put(stated.SUBMITTED_ON, done.day)
        case State.SUBMIT:
            draft.put_day(stated.STATE_ON, done)
        case State.TRANSFER:
            draft.put(stated.TRANSFERRED, True)
    return state


def _day_in_state(row: RowValues) -> DayRead | None:
    """The day given beside the state: 2026年9月10日已完成."""
    value = row.raw("state")
    found = DAY_WITHIN.search(plain(value)) if isinstance(value, str) else None
    as_of = row.sheet.as_of
    day = read_day(found[0], year=row.sheet.year, happened_by=as_of) if found else None
    return day if day and (as_of is None or day.day <= as_of) else None


def _day_as_closure(row: RowValues) -> DayRead | None:
    """The day given in the column that says whether the finding is closed."""
    value = row.raw("closure")
    if value == "" or row.sheet.phrases.code("closure", value):
        return None
    return read_day(value, year=row.sheet.year, happened_by=row.sheet.as_of)


def _by_days(row: RowValues, done: DayRead | None, closed: DayRead | None) -> State:
    if closed:
        return State.CLOSE
    if done:
        return State.SUBMIT
    for theirs, text in row.texts("progress"):
        how_far = row.sheet.phrases.leading("state", text) or _at_the_end(row, text)
        if (
            how_far
            and PLANNED not in theirs
            and isinstance(state := state_of(how_far, None), State)
        ):
            return state
    return State.PROGRESS if row.note("progress") else State.NONE


def _at_the_end(row: RowValues, text: str) -> str | None:
    """The state in the last clause of a report: ……。该问题已整改完成。"""
    clauses = [each for each in CLAUSE_ENDS.split(plain(text)) if each]
    last = OF_THE_FINDING.sub("", clauses[-1]) if clauses else ""
    return row.sheet.phrases.code("state", last) if last else None


def _progress(draft: Draft, row: RowValues) -> None:
    """Set the words on progress: measures, and the state as written, unless it is just 是 or √."""
    state = clean(row.raw("state"))
    said = [state if len(state) > 1 else "", row.note("progress") or ""]
    words = "\n".join(filter(None, said))
    draft.put(stated.PROGRESS, words[:2000] or None)
    if clean(row.raw("state")):
        draft.words[stated.STATE] = "，".join(
            filter(None, (clean(row.raw("state")), clean(row.raw("closure"))))
        )


def _asked(row: RowValues, found: Contradiction) -> State | None:
    shown = "，".join(clean(row.raw(each)) for each in ("state", "closure"))
    id_, answer = row.sheet.questions.ask(
        QuestionKind.CONTRADICTION,
        ("state", row.sheet.name, found.value),
        sheet=row.sheet.name,
        value=shown,
        row=row.number,
        proposals=lambda: [Proposal(each.value, NAMED_STATES[each]) for each in PROPOSED[found]],
        asks=sentence(SAYS_BOTH[found]),
        column=row.theirs("closure"),
    )
    if answer is None:
        row.asked.append(id_)
        return None
    if answer not in NAMED_STATES:
        row.sheet.questions.refuse(id_)
        row.asked.append(id_)
        return None
    return State(answer)


def _money(draft: Draft, row: RowValues, state: State | None) -> None:
    amount, rectified = money_of(row, "amount"), money_of(row, "rectified")
    for column in ("amount", "rectified"):
        raw = row.raw(column)
        if isinstance(raw, str) and any(each in raw for each in ("约", "余", "左右", "多")):
            draft.words[column] = clean(raw)
    if isinstance(amount, Decimal):
        draft.put("amount", amount)
    elif amount == stated.ALL:
        theirs, written = row.theirs("amount"), clean(row.raw("amount"))
        row.sheet.warn(row.number, theirs, written, sentence(NO_AMOUNT))
    if rectified == stated.ALL and isinstance(amount, Decimal):
        row.sheet.add_money("rectified", amount)
    draft.put(stated.RECTIFIED, rectified)
    this_month = money_of(row, "rectified_now")
    if this_month == stated.ALL:
        draft.put(stated.RECTIFIED, stated.ALL)
    elif isinstance(this_month, Decimal):
        draft.put(stated.RECTIFIED_NOW, this_month)
    whole = amount if isinstance(amount, Decimal) else Decimal()
    if isinstance(rectified, Decimal) and row.sheet.has("amount") and rectified > whole:
        row.sheet.warn(
            row.number, row.theirs("rectified"), clean(row.raw("rectified")), sentence(BEYOND)
        )
