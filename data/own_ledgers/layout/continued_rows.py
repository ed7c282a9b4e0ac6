"""Rows that continue the finding above with a further measure or time limit."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from data.own_ledgers.forms.subjects import Reads, Subject
from data.own_ledgers.layout.columns import Plan, Planned
from data.own_ledgers.layout.files import Broken, Grid
from data.own_ledgers.layout.passed_over import Why
from data.own_ledgers.layout.sheet_rows import SheetRows, SourceRow
from data.own_ledgers.words.days import read_day
from data.own_ledgers.words.money import read_amount
from data.own_ledgers.words.phrases import Phrases
from data.own_ledgers.words.written import clean, serial_number
from data.workbook.cells.value_texts import CellValue

TELLING = ("unit", "unit_below", "project_name", "code_as_written", "title", "text")
"""What a row says that is about another finding than the row above."""
IN_PART = "部分整改"
NOT_CLOSED = "未销号"
FURTHER = {"NONE": 0, "PROGRESS": 1, "TRANSFER": 1, "DONE": 2, "SUBMIT": 2, "CLOSE": 3}


def join_continued(
    found: SheetRows, grid: Grid, plan: Plan, subject: Subject, phrases: Phrases, year: int | None
) -> None:
    """Join continuation rows of a rectification ledger to the row above; changes `found`.

    A continuation row has neither a serial number nor a finding of its own. `found` then holds the
    joined rows and lists the others as passed over.
    """
    if subject.ledger != "findings":
        return
    telling = [each.at for each in plan.columns if each.column in TELLING]
    telling += [] if plan.serial is None else [plan.serial]
    # A row with only amounts may be a total that is not labelled as one.
    words = [
        each.at
        for each in plan.columns
        if subject.targets[each.column].reads not in (Reads.MONEY, Reads.COUNT)
    ]
    rows: list[SourceRow] = []
    for row in found.rows:
        own = grid.lines[row.number - 1]
        goes_on = all(own[at] == "" for at in telling) and any(own[at] != "" for at in words)
        if rows and goes_on:
            joined = _Joined(plan.columns, subject, phrases, year).cells(rows[-1].cells, row, own)
            if joined is not None:
                rows[-1].cells = joined
                found.pass_over(row.number, Why.CONTINUED)
                continue
        rows.append(row)
    found.rows = rows


class _Joined:
    """Merges the cells of two rows of one finding."""

    def __init__(
        self, columns: Sequence[Planned], subject: Subject, phrases: Phrases, year: int | None
    ) -> None:
        self.columns, self.subject, self.phrases, self.year = columns, subject, phrases, year

    def cells(
        self, above: Sequence[CellValue], row: SourceRow, own: Sequence[CellValue]
    ) -> list[CellValue] | None:
        """The merged cells; None if they cannot be merged without a loss."""
        cells = list(above)
        for column in self.columns:
            value = own[column.at]
            if value == "" or value == above[column.at]:
                continue
            if isinstance(value, Broken) or isinstance(above[column.at], Broken):
                return None
            if above[column.at] == "":
                cells[column.at] = value
                continue
            put = self._together(column, above[column.at], value)
            if put is None:
                return None
            cells[column.at] = put
        return cells

    def _together(self, column: Planned, one: CellValue, other: CellValue) -> CellValue | None:
        reads = self.subject.targets[column.column].reads
        by_kind: dict[Reads, Callable[[CellValue, CellValue], CellValue | None]] = {
            Reads.NOTE: lambda a, b: f"{clean(a)}\n{clean(b)}",
            Reads.MONEY: lambda a, b: _sum(a, b, column.money_unit),
            Reads.COUNT: _count,
            Reads.DAY: self._later,
            Reads.LIMIT: self._later_limit,
        }
        if column.column == "state":
            return self._state(one, other)
        if column.column == "closure":
            return NOT_CLOSED
        return by_kind[reads](one, other) if reads in by_kind else one

    def _state(self, one: CellValue, other: CellValue) -> CellValue | None:
        """The less advanced of two states, but under way if either has begun."""
        codes = [
            self.phrases.code("state", each) or self.phrases.leading("state", each)
            for each in (one, other)
        ]
        if None in codes:
            return None
        first, second = (FURTHER.get(str(code), 0) for code in codes)
        if {first, second} & {2, 3} and {first, second} & {0}:
            return IN_PART
        return one if first <= second else other

    def _later(self, one: CellValue, other: CellValue) -> CellValue | None:
        days = [read_day(each, year=self.year) for each in (one, other)]
        if days[0] is None or days[1] is None:
            return None
        return one if days[0].day >= days[1].day else other

    def _later_limit(self, one: CellValue, other: CellValue) -> CellValue | None:
        later = self._later(one, other)
        return later if later is not None else f"{clean(one)}，{clean(other)}"


def _sum(one: CellValue, other: CellValue, unit: str | None) -> CellValue | None:
    if unit is None:
        return None
    amounts = [read_amount(each, unit) for each in (one, other)]
    values = [each.value for each in amounts if each and isinstance(each.value, Decimal)]
    return f"{sum(values, Decimal()):f}万元" if len(values) == len(amounts) else None


def _count(one: CellValue, other: CellValue) -> CellValue | None:
    numbers = [serial_number(each) for each in (one, other)]
    return float(sum(each or 0 for each in numbers)) if None not in numbers else None
