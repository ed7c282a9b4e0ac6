"""The sums of a sheet: from its cells, from the stated rows, and in its own total row."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from data.own_ledgers.layout.columns import Plan, Planned
from data.own_ledgers.layout.sheet import Sheet
from data.own_ledgers.layout.sheet_rows import SourceRow
from data.own_ledgers.words import stated
from data.own_ledgers.words.money import is_typed, read_amount
from data.own_ledgers.words.questions import Questions
from data.own_ledgers.words.stated import Proposal, QuestionKind, State, StatedRow, Sums
from data.own_ledgers.words.written import clean, plain
from data.workbook.cells.value_texts import CellValue
from models.text import N_, sentence

COUNTED = re.compile(r"共?计?(?P<count>[0-9]{1,6})(?:个|项|条|件)(?:问题|事项)?")
ROUNDING = Decimal("0.011")
FUND_MONEY = (
    "approved",
    stated.DISBURSED,
    stated.SPENT,
    stated.DISBURSED_NOW,
    stated.SPENT_NOW,
)
TAKE_ROWS = "rows"
TOTAL_DIFFERS = N_(
    "The sheet's own total of “{column}” is {total}, but its rows add up to {sum}. Are the rows "
    "right?"
)
ROWS_ARE_RIGHT = sentence(N_("yes, take the rows"))
TEXTS_LEFT_OUT = N_(
    "The sheet's own total, {total}, leaves out amounts that are written as text; with them it is "
    "{sum}."
)


def sums(sheet: Sheet, rows: Sequence[StatedRow]) -> Sums:
    """Both sums side by side; money in 万元."""
    money = sheet.subject.money()
    stand = [each for each in sheet.subject.targets if each in money and sheet.has(each)]
    nothing = {each: Decimal() for each in stand}
    theirs: dict[str, int | Decimal] = {**sheet.sums, **nothing, **sheet.money}
    ours = {name: value for name, value in _ours(rows).items() if value or name in theirs}
    return Sums(theirs, ours)


def _ours(rows: Iterable[StatedRow]) -> Mapping[str, int | Decimal]:
    found: dict[str, int | Decimal] = {}

    def add(name: str, number: int | Decimal) -> None:
        found[name] = found.get(name, 0) + number

    for row in rows:
        values = row.values
        match row.ledger:
            case "findings":
                add("findings", 1)
                if stated.STATE in values:
                    add("closed" if values[stated.STATE] is State.CLOSE else "open", 1)
                add("amount", values.get("amount", Decimal()))
                rectified = values.get(stated.RECTIFIED, Decimal())
                if rectified == stated.ALL:
                    rectified = values.get("amount", Decimal())
                add("rectified", rectified)
                add("rectified_now", values.get(stated.RECTIFIED_NOW, Decimal()))
            case "reports":
                add("reports", 1)
                add("submitted", int("submitted_on" in values or "submitted_on" in row.known_as_of))
            case "units" | "trainings":
                add(row.ledger, 1)
            case "attendance":
                add("people", values["people"])
            case "appointments":
                add("persons", int(values["role"] != "CHIEF_AUDITOR"))
            case "fund_projects":
                add("fund_projects", 1)
                for name in FUND_MONEY:
                    add(name, values.get(name, Decimal()))
            case "disposals":
                add("disposals", 1)
                add("done", int("done_on" in values or "done_on" in row.known_as_of))
                for name in ("value", "recovered"):
                    add(name, values.get(name, Decimal()))
    return found


def check(sheet: Sheet, plan: Plan, rows: Sequence[SourceRow], totals: Sequence[SourceRow]) -> None:
    """Compare the sheet's last total row with its rows; ask if they differ."""
    if not totals:
        return
    last = totals[-1]
    before = [each.number for each in totals[:-1]]
    since = [each for each in rows if each.number > (before[-1] if before else 0)]
    for each in plan.columns:
        if each.column in sheet.subject.money() and not each.group:
            _check_money(sheet, each, rows, since, last)
    for cell in last.cells:
        found = COUNTED.fullmatch(plain(cell)) if isinstance(cell, str) else None
        if found and int(found["count"]) not in (len(rows), len(since)):
            _ask(sheet, last, clean(cell), "", found["count"], str(len(rows)))


def _check_money(
    sheet: Sheet,
    column: Planned,
    rows: Sequence[SourceRow],
    since: Sequence[SourceRow],
    last: SourceRow,
) -> None:
    value = last.cells[column.at]
    total = _amount(value, column)
    if total is None:
        return
    whole = sheet.money.get(column.column, Decimal())
    added = (whole, _added(column, rows), _added(column, since))
    if any(abs(total - each) <= ROUNDING for each in added):
        return
    typed = [_added(column, those, typed_in=sheet) for those in (rows, since)]
    if any(abs(total - each) <= ROUNDING for each in typed):
        said = sentence(TEXTS_LEFT_OUT, total=f"{total:f}", sum=f"{added[1]:f}")
        sheet.warn(last.number, column.theirs, clean(value), said)
        return
    _ask(sheet, last, clean(value), column.theirs, f"{total:f}", f"{whole:f}")


def _added(column: Planned, rows: Sequence[SourceRow], *, typed_in: Sheet | None = None) -> Decimal:
    """The sum of a column; with `typed_in`, of its number cells only."""
    cells = (row.cells[column.at] for row in rows)
    amounts = (
        _amount(cell, column)
        for cell in cells
        if typed_in is None or is_typed(cell, is_text=typed_in.is_text)
    )
    return sum((each for each in amounts if each is not None), Decimal())


def _amount(value: CellValue, column: Planned) -> Decimal | None:
    if value == "":
        return None
    read = read_amount(value, column.money_unit or "万元")
    return read.value if read and isinstance(read.value, Decimal) else None


def _ask(sheet: Sheet, last: SourceRow, value: str, column: str, total: str, added: str) -> None:
    questions: Questions = sheet.questions
    id_, answer = questions.ask(
        QuestionKind.CONTRADICTION,
        ("total", sheet.name, column, total, added),
        sheet=sheet.name,
        value=value,
        row=last.number,
        proposals=lambda: [Proposal(TAKE_ROWS, ROWS_ARE_RIGHT)],
        asks=sentence(TOTAL_DIFFERS, column=column or value, total=total, sum=added),
        column=column,
    )
    if answer is not None and answer != TAKE_ROWS:
        questions.refuse(id_)
