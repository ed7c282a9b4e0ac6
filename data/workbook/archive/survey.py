"""The first pass over a workbook: unpack every byte, enforce every limit, search every sheet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from data.workbook.archive.container import DAMAGED, UNUSUAL, Container, UnreadableError, checked
from data.workbook.archive.expansion import lengths, referred, too_many
from data.workbook.archive.limits import Limits
from data.workbook.archive.mark_parsing import Parsed, parse
from data.workbook.archive.mark_search import Look, look
from data.workbook.archive.marks import Extent, Marks, column_letters
from data.workbook.archive.merges import Range, ranges
from data.workbook.archive.structure import SheetPart, Structure, odd_styles, structure
from models.text import N_, Sentence, sentence

PROMISE = re.compile(rb"uniqueCount\s*=\s*[\"']([^\"']*)")
LONGEST_PROMISE = 64


@dataclass(frozen=True, slots=True)
class Survey:
    """A workbook that is known to be within the limits of reading."""

    container: Container
    structure: Structure
    odd_styles: dict[str, str]
    looks: dict[str, Look]

    @property
    def sheets(self) -> tuple[SheetPart, ...]:
        """The sheets in the order of the workbook."""
        return self.structure.sheets

    def marks(self, sheet: SheetPart) -> Marks:
        """The cells of `sheet` that are not what their values suggest."""
        if not self.looks[sheet.part].marked:
            return {}
        return parse(self.container.chunks(sheet.part), self.odd_styles).marks

    def merged(self, sheet: SheetPart) -> list[Range]:
        """The ranges of merged cells of `sheet`."""
        return ranges(self.looks[sheet.part].merged)

    def hidden_rows(self, sheet: SheetPart) -> list[int]:
        """The numbers of the hidden rows of `sheet`."""
        return self.looks[sheet.part].hidden_rows


def survey(container: Container, limits: Limits) -> Survey:
    """Go through every part; raises `UnreadableError` at the first reason to refuse the
    workbook."""
    known = structure(container)
    odd = odd_styles(container, known.styles)
    names = {sheet.part.lower(): sheet for sheet in known.sheets}
    looks: dict[str, Look] = {}
    for part in container.parts:
        chunks = checked(container.chunks(part))
        if part in names:
            looks[names[part].part] = look(_rows_held(chunks, names[part], limits), odd)
        elif part == known.strings.lower():
            _hold_promises(chunks, limits)
        else:
            for _ in chunks:
                pass
    if len(looks) < len(names):
        raise UnreadableError(DAMAGED)
    for sheet in known.sheets:
        _hold(container, sheet, looks[sheet.part], odd, limits)
    _hold_characters(container, known, looks, limits)
    return Survey(container, known, odd, looks)


def _hold_promises(strings: Iterator[bytes], limits: Limits) -> None:
    """Refuse a huge stated number of texts, since the reader allocates memory by it."""
    tail = b""
    for chunk in strings:
        piece = tail + chunk
        if b"uniqueCount" in piece:
            for promise in PROMISE.findall(piece):
                if not promise.isdigit() or int(promise[:LONGEST_PROMISE]) > limits.cells:
                    raise UnreadableError(UNUSUAL)
        tail = chunk[-LONGEST_PROMISE:]


def _rows_held(chunks: Iterator[bytes], sheet: SheetPart, limits: Limits) -> Iterator[bytes]:
    """The chunks of a sheet; refuses a sheet with too many rows, including empty ones."""
    rows = 0
    for chunk in chunks:
        rows += chunk.count(b"<row") + chunk.count(b":row")
        # Excel writes each row once; the factor of two allows for text that only looks like a row.
        if rows > 2 * limits.rows:
            raise UnreadableError(_too_many_rows(sheet, limits))
        yield chunk


def _hold_characters(
    container: Container, known: Structure, looks: dict[str, Look], limits: Limits
) -> None:
    """Refuse a workbook whose cells hold too much once each has the text it refers to."""
    if not known.strings or known.strings.lower() not in container.parts:
        return
    texts = lengths(container.chunks(known.strings), limits)
    longest = max(texts, default=0)
    if longest > limits.characters:
        raise too_many(limits)
    # Check a cheap upper bound first: most workbooks need no exact count.
    if longest * sum(each.extent.cells for each in looks.values()) <= limits.characters:
        return
    total = 0
    for sheet in known.sheets:
        total += referred(container.chunks(sheet.part), texts)
        if total > limits.characters:
            raise too_many(limits)


def _too_many_rows(sheet: SheetPart, limits: Limits) -> Sentence:
    return sentence(
        N_(
            "The sheet “{sheet}” has more than {limit} rows. "
            "Split it into several workbooks and import them one after another."
        ),
        sheet=sheet.name,
        limit=limits.rows,
    )


def _hold(
    container: Container, sheet: SheetPart, seen: Look, odd: dict[str, str], limits: Limits
) -> None:
    """Refuse a sheet that extends too far; cells with only a format do not count."""
    if seen.uncertain or _beyond(seen.extent, limits):
        parsed = parse(container.chunks(sheet.part), odd, partial(_is_too_large, limits=limits))
        if parsed.cells > limits.cells and not _beyond(parsed.extent, limits):
            raise UnreadableError(UNUSUAL)
        seen.extent, seen.marked = parsed.extent, bool(parsed.marks)
        seen.merged, seen.hidden_rows = parsed.merged, parsed.hidden_rows
    extent = seen.extent
    if extent.rows > limits.rows:
        raise UnreadableError(_too_many_rows(sheet, limits))
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


def _is_too_large(parsed: Parsed, limits: Limits) -> bool:
    return parsed.cells > limits.cells or _beyond(parsed.extent, limits)


def _beyond(extent: Extent, limits: Limits) -> bool:
    return (
        extent.rows > limits.rows or extent.columns > limits.columns or extent.cells > limits.cells
    )
