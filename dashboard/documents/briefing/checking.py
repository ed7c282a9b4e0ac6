"""Reads a briefing back and compares it with the data: what differs is not handed out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from itertools import zip_longest

import docx
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from python_calamine import CalamineWorkbook

from dashboard.documents.briefing import sources, styles
from dashboard.documents.briefing.blocks import Chart, Document, Paragraph, Table
from dashboard.documents.briefing.content import Content
from dashboard.documents.briefing.phrases import plain
from dashboard.documents.briefing.sheet import Book, Cell
from dashboard.documents.briefing.sources import Part, Source
from dashboard.documents.briefing.workbook import equal, sheet_name
from dashboard.documents.official.differing import FigureDiffersError
from models.text import N_

FIGURE_DIFFERS = N_(
    "{figure} ({id}, {node}, {day}) is “{file}” in the file and “{database}” in the database."
    " The file was not handed out; make it again."
)
TEXT_DIFFERS = N_(
    "“{file}” stands in the file where the database gives “{database}” ({place})."
    " The file was not handed out; make it again."
)
NO_SOURCE = N_(
    "The number “{file}” in the file has no source. The file was not handed out; make it again."
)
MARK = re.compile(r"source([0-9]+)")


@dataclass(frozen=True, slots=True)
class Kept:
    """A paragraph or a table as it stands in a file; `figures` are numbers with their references.

    Of a table, `rows` has the texts of the cells.
    """

    text: str
    figures: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass
class Read:
    """A document as it was read, and by its number what the annex says of each source."""

    blocks: list[Kept] = field(default_factory=list)
    sources: dict[str, tuple[str, ...]] = field(default_factory=dict)


def check_document(file: bytes, told: Document, content: Content) -> None:
    """Compare a document with `content`, asked anew, and with `told`, which was made of it.

    First each number by the source that the file names for it, then all text. Raises
    `FigureDiffersError` at the first difference.
    """
    found = read_document(file)
    for number, row in found.sources.items():
        _check_source(content, number, row)
    for block in found.blocks:
        for text, reference in block.figures:
            if reference not in found.sources:
                raise FigureDiffersError(NO_SOURCE, file=text)
            source = found.sources[reference]
            if text != source[-1]:
                raise _differs(content, source_of(source), text, source[-1])
    for kept, wanted in zip_longest(found.blocks, expected(told)):
        _check_block(kept, wanted)


def read_document(file: bytes) -> Read:
    """The paragraphs and tables of a document in their order; empty paragraphs are left out."""
    word = docx.Document(BytesIO(file))
    ids = {style.name: style.style_id for style in word.styles}
    found = Read()
    for element in word.element.body:
        if element.tag == qn("w:p"):
            kept = _paragraph(element, ids[styles.FIGURE], ids[styles.REFERENCE])
            if kept.text:
                found.blocks.append(kept)
        elif element.tag == qn("w:tbl"):
            rows = tuple(
                tuple(_text(cell) for cell in row.iter(qn("w:tc")))
                for row in element.iter(qn("w:tr"))
            )
            found.blocks.append(Kept("", rows=rows))
            found.sources |= dict(_marked(element))
    return found


def _paragraph(element: BaseOxmlElement, figure: str, reference: str) -> Kept:
    """Its text without references, and each number with the one that follows it."""
    texts, figures, open_figure = [], [], ""
    for run in element.iter(qn("w:r")):
        text, style = _text(run), run.style
        if style == reference:
            figures.append((open_figure, text.strip("[]")))
            open_figure = ""
            continue
        if style == figure:
            if open_figure:
                figures.append((open_figure, ""))
            open_figure = text
        texts.append(text)
    if open_figure:
        figures.append((open_figure, ""))
    return Kept("".join(texts), tuple(figures))


def _text(element: BaseOxmlElement) -> str:
    pieces = element.iter(qn("w:t"), qn("w:tab"))
    return "".join("\t" if each.tag == qn("w:tab") else each.text or "" for each in pieces)


def _marked(table: BaseOxmlElement) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The rows of a table of sources by the number under which they are referred to."""
    for row in table.iter(qn("w:tr")):
        for mark in row.iter(qn("w:bookmarkStart")):
            number = MARK.fullmatch(mark.get(qn("w:name")) or "")
            if number:
                yield number[1], tuple(_text(cell) for cell in row.iter(qn("w:tc")))


def source_of(row: Sequence[str]) -> Source:
    """The source that a row of the annex names: number, figure, name, node, days, value."""
    _number, key, _name, node, days, _value = row
    figure, _space, part = key.partition(" ")
    day, _space, since = days.partition(" ")
    return Source(
        figure,
        node,
        date.fromisoformat(day),
        Part(part.strip("()")),
        date.fromisoformat(since) if since else None,
    )


def _check_source(content: Content, number: str, row: Sequence[str]) -> None:
    try:
        source = source_of(row)
    except ValueError as error:
        raise FigureDiffersError(NO_SOURCE, file=f"[{number}] {row[-1]}") from error
    database = sources.text_of(content, source)
    if row[-1] != database:
        raise _differs(content, source, row[-1], database)


def _differs(content: Content, source: Source, file: str, database: str) -> FigureDiffersError:
    return FigureDiffersError(
        FIGURE_DIFFERS,
        figure=sources.name_of(content, source),
        id=source.id,
        node=source.node,
        day=source.day.isoformat(),
        file=file,
        database=database,
    )


def expected(told: Document) -> Iterator[Kept]:
    """What `read_document` finds where everything is as it was told."""
    number = 0
    for block in told.blocks:
        match block:
            case Paragraph():
                if text := block.lead + plain(block.pieces):
                    yield Kept(text)
            case Chart():
                number += 1
                yield Kept(plain(block.says))
                yield Kept(block.numbered(number))
            case Table():
                if block.note:
                    yield Kept(plain(block.note))
                cells = tuple(tuple(map(plain, row)) for row in block.rows)
                yield Kept("", rows=(block.header, *cells))


def _check_block(kept: Kept | None, wanted: Kept | None) -> None:
    kept, wanted = kept or Kept(""), wanted or Kept("")
    if kept.text != wanted.text:
        raise _text_differs(kept.text, wanted.text, wanted.text or kept.text)
    header = wanted.rows[0] if wanted.rows else ()
    nothing: tuple[str, ...] = ()
    for row, row_wanted in zip_longest(kept.rows, wanted.rows, fillvalue=nothing):
        for at, (cell, cell_wanted) in enumerate(zip_longest(row, row_wanted, fillvalue="")):
            if cell != cell_wanted:
                headings = "".join(header[at : at + 1])
                raise _text_differs(cell, cell_wanted, f"{''.join(row_wanted[:1])} · {headings}")


def _text_differs(file: str, database: str, place: str) -> FigureDiffersError:
    return FigureDiffersError(
        TEXT_DIFFERS, file=file[:80], database=database[:80], place=place[:60]
    )


def check_workbook(file: bytes, told: Book) -> None:
    """Compare every cell of a workbook with `told`, made of what was asked anew.

    Raises `FigureDiffersError` at the first difference.
    """
    book = CalamineWorkbook.from_filelike(BytesIO(file))
    wanted = [sheet_name(sheet.name) for sheet in told.sheets]
    if book.sheet_names != wanted:
        raise _text_differs(", ".join(book.sheet_names), ", ".join(wanted), told.title)
    for sheet in told.sheets:
        kept = book.get_sheet_by_name(sheet_name(sheet.name)).to_python(skip_empty_area=False)
        titles = tuple(title for title, _width in sheet.columns)
        rows: tuple[tuple[Cell, ...], ...] = (titles, *sheet.rows) if any(titles) else sheet.rows
        for at, (found, row) in enumerate(zip_longest(kept, rows, fillvalue=()), 1):
            for place, (cell, cell_wanted) in enumerate(zip_longest(found, row)):
                if not equal(cell, cell_wanted):
                    title = titles[place] if place < len(titles) else ""
                    where = f"{sheet.name}!{at} · {row[0] if row else ''} · {title}"
                    raise _text_differs(_written(cell), _written(cell_wanted), where)


def _written(cell: object) -> str:
    return "" if cell is None else str(cell)
