"""The rows of a sheet below its header: kept or skipped, with merged and blank cells filled from
above."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from data.own_ledgers.forms.subjects import Reads, Subject
from data.own_ledgers.layout.columns import Plan, Planned
from data.own_ledgers.layout.files import Grid
from data.own_ledgers.layout.header import Header, is_repeated
from data.own_ledgers.layout.passed_over import Why, section_heading, why
from data.own_ledgers.words.money import is_typed
from data.own_ledgers.words.stated import RowPassedOver
from data.own_ledgers.words.written import clean
from data.workbook.cells.value_texts import CellValue

ONCE = (Reads.MONEY, Reads.COUNT)
"""What a merged cell says once for all the rows it covers: it counts on the first of them."""


NUMERALS = re.compile("[一二三四五六七八九十]+")
LEADING = ("unit", "project_name", "training_name")
"""The columns that are written once for the rows below; others are carried only with them."""


@dataclass(slots=True)
class SourceRow:
    """A row that is kept: its number in Excel, and its cells after filling from above."""

    number: int
    cells: list[CellValue]
    sections: tuple[str, ...] = ()
    """The headings of the sections it stands in, the outermost first."""


@dataclass(slots=True)
class SheetRows:
    """The rows of a sheet: those kept, those skipped, the totals among them, the values filled
    from above, and rows that share an amount in a merged cell."""

    rows: list[SourceRow] = field(default_factory=list)
    passed_over: list[RowPassedOver] = field(default_factory=list)
    totals: list[SourceRow] = field(default_factory=list)
    carried_down: int = 0
    merged_amounts: list[int] = field(default_factory=list)

    def pass_over(self, number: int, reason: Why) -> None:
        """Note a row that is not a row of the ledger."""
        self.passed_over.append(RowPassedOver(number, reason.sentence))


def rows_of(
    grid: Grid,
    header: Header,
    plan: Plan,
    subject: Subject,
    is_unit: Callable[[str], bool] = lambda _: False,
) -> SheetRows:
    """Go through the rows below the header. `is_unit` tells whether a text names a unit."""
    found = SheetRows()
    kept = {each.at: each for each in plan.columns}
    covered = _covered(grid, header, kept, subject, found)
    carried = [each for each in plan.columns if _is_carried(subject, each)]
    above: dict[int, CellValue] = {}
    sections: dict[str, str] = {}
    for at in range(header.end, len(grid.lines)):
        line, number = grid.lines[at], at + 1
        reason = why(line, plan.serial, list(kept))
        if reason is None and is_repeated(grid, at, header):
            reason = Why.HEADER
        if reason is not None:
            found.pass_over(number, reason)
            if reason in (Why.TOTAL, Why.SUBTOTAL):
                found.totals.append(SourceRow(number, line))
            if reason is Why.SECTION:
                _enter_section(line, sections)
                _name_unit(tuple(sections.values())[-1], carried, above, is_unit)
            continue
        cells = list(line)
        for (row, column), value in _of_row(covered, at):
            if row == at:
                cells[column] = value
        _carry(cells, carried, above, found)
        _with_units(cells, plan, subject)
        found.rows.append(SourceRow(number, cells, tuple(sections.values())))
    return found


def _enter_section(line: list[CellValue], sections: dict[str, str]) -> None:
    """Note a section heading; it replaces one numbered in the same way and all within it: (一)
    within 一、."""
    number, words = section_heading(line)
    way = NUMERALS.sub("", number)
    ways = list(sections)
    for inner in ways[ways.index(way) :] if way in ways else []:
        del sections[inner]
    sections[way] = words


def _name_unit(
    section: str,
    carried: list[Planned],
    above: dict[int, CellValue],
    is_unit: Callable[[str], bool],
) -> None:
    """Fill a blank unit below a section that is named after a unit."""
    for each in carried:
        if each.column == "unit" and is_unit(section):
            above.clear()
            above[each.at] = section


Covered = dict[int, dict[int, CellValue]]


def _covered(
    grid: Grid, header: Header, kept: dict[int, Planned], subject: Subject, found: SheetRows
) -> Covered:
    """The value of the covering merged cell, by row and column."""
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
            if first in covered.setdefault(row, {}):
                break  # Ranges that overlap, which Excel does not write, cover a cell but once.
            covered[row][first] = value
    return covered


def _of_row(covered: Covered, row: int) -> Iterator[tuple[tuple[int, int], CellValue]]:
    for column, value in covered.get(row, {}).items():
        yield (row, column), value


def _with_units(cells: list[CellValue], plan: Plan, subject: Subject) -> None:
    """Append a unit of money in a cell of its own to the amount on its left."""
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
    """Fill a blank unit or project from the row above; a new unit gets no old project."""
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
