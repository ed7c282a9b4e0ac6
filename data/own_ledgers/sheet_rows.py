"""The rows of a sheet below its header: passed over or kept, merges and blanks carried down."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from data.own_ledgers.columns import Plan, Planned
from data.own_ledgers.files import Grid
from data.own_ledgers.header import Header, is_repeated
from data.own_ledgers.money import is_typed
from data.own_ledgers.passed_over import Why, why
from data.own_ledgers.stated import RowPassedOver
from data.own_ledgers.subjects import Reads, Subject
from data.own_ledgers.written import clean
from data.workbook.cells import CellValue

ONCE = (Reads.MONEY, Reads.COUNT)
"""What a merged cell says once for all the rows it covers: it counts on the first of them."""


LEADING = ("unit", "project_name", "training_name")
"""The columns that are written once for the rows below; others are carried only with them."""


@dataclass(slots=True)
class SourceRow:
    """A row that is kept: its number in Excel, and its cells after carrying."""

    number: int
    cells: list[CellValue]


@dataclass(slots=True)
class SheetRows:
    """The rows of a sheet, those passed over, the totals among them, what was carried down, and
    the rows whose amounts a merged cell holds together."""

    rows: list[SourceRow] = field(default_factory=list)
    passed_over: list[RowPassedOver] = field(default_factory=list)
    totals: list[SourceRow] = field(default_factory=list)
    carried_down: int = 0
    merged_amounts: list[int] = field(default_factory=list)

    def pass_over(self, number: int, reason: Why) -> None:
        """Note a row that is none of the ledger."""
        self.passed_over.append(RowPassedOver(number, reason.sentence))


def rows_of(grid: Grid, header: Header, plan: Plan, subject: Subject) -> SheetRows:
    """Go through the rows below the header."""
    found = SheetRows()
    kept = {each.at: each for each in plan.columns}
    covered = _covered(grid, header, kept, subject, found)
    carried = [each for each in plan.columns if _is_carried(subject, each)]
    above: dict[int, CellValue] = {}
    for at in range(header.end, len(grid.lines)):
        line, number = grid.lines[at], at + 1
        reason = why(line, plan.serial, list(kept))
        if reason is None and is_repeated(grid, at, header):
            reason = Why.HEADER
        if reason is not None:
            found.pass_over(number, reason)
            if reason in (Why.TOTAL, Why.SUBTOTAL):
                found.totals.append(SourceRow(number, line))
            continue
        cells = list(line)
        for (row, column), value in _of_row(covered, at):
            if row == at:
                cells[column] = value
        _carry(cells, carried, above, found)
        _with_units(cells, plan, subject)
        found.rows.append(SourceRow(number, cells))
    return found


Covered = dict[int, dict[int, CellValue]]


def _covered(
    grid: Grid, header: Header, kept: dict[int, Planned], subject: Subject, found: SheetRows
) -> Covered:
    """By row and column, the value of the merged cell that covers it."""
    covered: Covered = {}
    for top, first, bottom, _ in grid.merges:
        if top < header.end or bottom == top or first not in kept:
            continue
        value = grid.lines[top][first]
        if subject.targets[kept[first].column].reads in ONCE:
            if value != "":
                found.merged_amounts.append(top + 1)
            continue
        for row in range(top + 1, min(bottom + 1, len(grid.lines))):
            covered.setdefault(row, {})[first] = value
    return covered


def _of_row(covered: Covered, row: int) -> Iterator[tuple[tuple[int, int], CellValue]]:
    for column, value in covered.get(row, {}).items():
        yield (row, column), value


def _with_units(cells: list[CellValue], plan: Plan, subject: Subject) -> None:
    """Write the unit of money that stands in a cell of its own into the amount to its left."""
    for at in plan.units_beside:
        amounts = [
            each.at
            for each in plan.columns
            if each.at < at and subject.targets[each.column].reads is Reads.MONEY
        ]
        if not amounts or cells[at] == "":
            continue
        amount = cells[max(amounts)]
        if amount != "" and is_typed(amount, is_text=isinstance(amount, str)):
            cells[max(amounts)] = f"{clean(amount)}{clean(cells[at])}"


def _is_carried(subject: Subject, column: Planned) -> bool:
    return subject.targets[column.column].carried


def _carry(
    cells: list[CellValue], carried: list[Planned], above: dict[int, CellValue], found: SheetRows
) -> None:
    """Fill a blank unit or project from the row above; a new unit carries nothing old with it."""
    fresh = any(cells[each.at] != "" for each in carried if each.column in LEADING)
    counted = False
    for each in carried:
        if cells[each.at] != "":
            above[each.at] = cells[each.at]
        elif each.at in above and (each.column in LEADING or not fresh):
            cells[each.at] = above[each.at]
            counted = True
        else:
            above.pop(each.at, None)
    found.carried_down += counted
