"""The first pass over a workbook: every byte unpacked, every limit held, every sheet looked at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from data.workbook.container import DAMAGED, UNUSUAL, Container, UnreadableError, checked
from data.workbook.limits import Limits
from data.workbook.marks import Extent, Look, Marks, column_letters, look, parse
from data.workbook.structure import SheetPart, percent_styles, sheet_parts
from models.text import N_, sentence

STRINGS = "xl/sharedstrings.xml"
PROMISE = re.compile(rb"uniqueCount\s*=\s*[\"']([^\"']*)")
LONGEST_PROMISE = 64


@dataclass(frozen=True, slots=True)
class Survey:
    """A workbook whose reading is known to stay within the limits."""

    container: Container
    sheets: tuple[SheetPart, ...]
    percent: frozenset[str]
    looks: dict[str, Look]

    def marks(self, sheet: SheetPart) -> Marks:
        """The cells of `sheet` that are not what their values seem to be."""
        if not self.looks[sheet.part].marked:
            return {}
        return parse(self.container.chunks(sheet.part), self.percent)[1]


def survey(container: Container, limits: Limits) -> Survey:
    """Go through every part; raises `UnreadableError` for the first reason not to read further."""
    sheets, percent = sheet_parts(container), percent_styles(container)
    names = {sheet.part.lower(): sheet for sheet in sheets}
    looks: dict[str, Look] = {}
    for part in container.parts:
        chunks = checked(container.chunks(part))
        if part in names:
            looks[names[part].part] = look(chunks, percent)
        elif part == STRINGS:
            _hold_promises(chunks, limits)
        else:
            for _ in chunks:
                pass
    if len(looks) < len(names):
        raise UnreadableError(DAMAGED)
    for sheet in sheets:
        _hold(container, sheet, looks[sheet.part], percent, limits)
    return Survey(container, sheets, percent, looks)


def _hold_promises(strings: Iterator[bytes], limits: Limits) -> None:
    """Refuse a list of texts that says it is endless: the reader sets memory aside for as many."""
    tail = b""
    for chunk in strings:
        piece = tail + chunk
        if b"uniqueCount" in piece:
            for promise in PROMISE.findall(piece):
                if not promise.isdigit() or int(promise[:LONGEST_PROMISE]) > limits.cells:
                    raise UnreadableError(UNUSUAL)
        tail = chunk[-LONGEST_PROMISE:]


def _hold(
    container: Container, sheet: SheetPart, seen: Look, percent: frozenset[str], limits: Limits
) -> None:
    """Refuse a sheet that reaches too far; formats alone reach nowhere."""
    if seen.uncertain or _beyond(seen.extent, limits):
        seen.extent, marks = parse(container.chunks(sheet.part), percent)
        seen.marked = bool(marks)
    extent = seen.extent
    if extent.rows > limits.rows:
        raise UnreadableError(
            sentence(
                N_(
                    "The sheet “{sheet}” has more than {limit} rows. "
                    "Split it into several workbooks and import them one after another."
                ),
                sheet=sheet.name,
                limit=limits.rows,
            )
        )
    if extent.columns > limits.columns:
        raise UnreadableError(
            sentence(
                N_(
                    "The sheet “{sheet}” has more than {limit} columns: something stands in column "
                    "{column}. Delete what does not belong to the table."
                ),
                sheet=sheet.name,
                limit=limits.columns,
                column=column_letters(extent.columns - 1),
            )
        )
    if extent.cells > limits.cells:
        raise UnreadableError(
            sentence(
                N_(
                    "The sheet “{sheet}” reaches to row {row} and column {column}, which is more "
                    "than can be read. Delete stray cells outside the table, or split the sheet "
                    "into several workbooks."
                ),
                sheet=sheet.name,
                row=extent.rows,
                column=column_letters(extent.columns - 1),
            )
        )


def _beyond(extent: Extent, limits: Limits) -> bool:
    return (
        extent.rows > limits.rows or extent.columns > limits.columns or extent.cells > limits.cells
    )
