"""Look up the original values of the few cells that have faults, as they are in the file."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from data.workbook.archive.container import UnreadableError, opened
from data.workbook.archive.limits import Limits
from data.workbook.archive.structure import structure
from data.workbook.archive.values import reader_failures, workbook_values
from data.workbook.cells.value_texts import CellValue, shown
from data.workbook.rows import Fault

Cells = dict[tuple[int, str], str | None]
"""By row and header, what stands in the cell."""


def with_original_values(path: Path, limits: Limits, faults: Iterable[Fault]) -> list[Fault]:
    """`faults` of the workbook at `path`, each with the cell's value in the file."""
    by_sheet: dict[str, list[Fault]] = {}
    for fault in faults:
        by_sheet.setdefault(fault.sheet or "", []).append(fault)
    try:
        return [
            replace(fault, value=cells.get((fault.row or 0, fault.column or ""), fault.value))
            for sheet, faults_of_sheet in by_sheet.items()
            for cells in (_cells(path, limits, sheet, faults_of_sheet),)
            for fault in faults_of_sheet
        ]
    except UnreadableError:
        # The file was changed after it was read: fall back on the values read then.
        return [fault for faults_of_sheet in by_sheet.values() for fault in faults_of_sheet]


def _cells(path: Path, limits: Limits, sheet: str, faults: list[Fault]) -> Cells:
    container = opened(path, limits)
    known = structure(container)
    names = [part.name for part in known.sheets]
    if sheet not in names:
        return {}
    wanted: dict[int, set[str | None]] = {}
    for fault in faults:
        wanted.setdefault(fault.row or 0, set()).add(fault.column)
    last = max(wanted)
    cells: Cells = {}
    with workbook_values(container, known) as book, reader_failures(sheet):
        header: list[str | None] = []
        for row, line in enumerate(book.sheet(names.index(sheet)).iter_rows(), start=1):
            if row == 1:
                header = _texts(line)
            elif row in wanted:
                for name, text in zip(header, _texts(line), strict=True):
                    if name and name in wanted[row]:
                        cells[row, name] = text
            if row == last:
                break
    return cells


def _texts(line: Iterable[CellValue]) -> list[str | None]:
    return [shown(value) for value in line]
