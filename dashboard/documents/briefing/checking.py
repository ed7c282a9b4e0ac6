"""Read a briefing's file and compare it with the data; a file that differs is not handed out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import zip_longest

import docx
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from python_calamine import CalamineWorkbook

from dashboard.documents.briefing import kept_sources, sources, styles
from dashboard.documents.briefing.blocks import Chart, Document, Paragraph, Table
from dashboard.documents.briefing.content import Content
from dashboard.documents.briefing.phrases import plain
from dashboard.documents.briefing.sheet import Book, Cell
from dashboard.documents.briefing.sources import Source
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
ROW = re.compile(r"source([0-9]+)")


@dataclass(frozen=True, slots=True)
class Kept:
    """A paragraph or table as read from a file.

    `figures` are its numbers, each with the number of the source stored for it in the file and the
    one printed after it. `rows` has the cell texts of a table.
    """

    text: str
    figures: tuple[tuple[str, str, str], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass
class Read:
    """A document as read from a file.

    It has the stored sources with their values by number, and the numbers of those listed in the
    annex.
    """

    blocks: list[Kept] = field(default_factory=list)
    sources: dict[str, tuple[Source, str]] = field(default_factory=dict)
    rows: set[str] = field(default_factory=set)


def check_document(file: bytes, briefing: Document, content: Content) -> None:
    """Compare a document with `content`, read anew, and with `briefing`, from which it was written.

    First every number by the source stored for it, then the whole text. Raises `FigureDiffersError`
    at the first difference.
    """
    try:
        document = read_document(file)
    except (ValueError, KeyError) as error:
        raise FigureDiffersError(NO_SOURCE, file=str(error)) from error
    for source, value in document.sources.values():
        database = sources.text_of(content, source)
        if value != database:
            raise _differs(content, source, value, database)
    for block in document.blocks:
        for text, kept_under, shown in block.figures:
            if kept_under not in document.sources or shown not in ("", kept_under):
                raise FigureDiffersError(NO_SOURCE, file=text)
            if briefing.shows_sources and (not shown or shown not in document.rows):
                raise FigureDiffersError(NO_SOURCE, file=text)
            source, value = document.sources[kept_under]
            if text != value:
                raise _differs(content, source, text, value)
    for kept, wanted in zip_longest(document.blocks, expected(briefing)):
        _check_block(kept, wanted)


def read_document(file: bytes) -> Read:
    """The paragraphs and tables of a document in order, without empty paragraphs.

    Raises `ValueError` or `KeyError` if a stored source cannot be read.
    """
    word = docx.Document(BytesIO(file))
    ids = {style.name: style.style_id for style in word.styles}
    document = Read(sources=kept_sources.read(word))
    for element in word.element.body:
        if element.tag == qn("w:p"):
            kept = _paragraph(element, ids[styles.FIGURE], ids[styles.REFERENCE])
            if kept.text:
                document.blocks.append(kept)
        elif element.tag == qn("w:tbl"):
            rows = tuple(
                tuple(_text(cell) for cell in row.iter(qn("w:tc")))
                for row in element.iter(qn("w:tr"))
            )
            document.blocks.append(Kept("", rows=rows))
            names = (mark.get(qn("w:name")) or "" for mark in element.iter(qn("w:bookmarkStart")))
            document.rows |= {mark[1] for name in names if (mark := ROW.fullmatch(name))}
    return document


def _paragraph(element: BaseOxmlElement, figure: str, reference: str) -> Kept:
    """The text of a paragraph without references, and each number with its sources."""
    texts: list[str] = []
    figures: list[tuple[str, str, str]] = []
    standing: dict[str, str] = {}
    for each in element.iter(qn("w:r"), qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
        if each.tag == qn("w:bookmarkStart"):
            if mark := kept_sources.BOOKMARK.fullmatch(each.get(qn("w:name")) or ""):
                standing[each.get(qn("w:id")) or ""] = mark[1]
        elif each.tag == qn("w:bookmarkEnd"):
            standing.pop(each.get(qn("w:id")) or "", None)
        elif each.style == reference:
            if figures:
                text, kept_under, _shown = figures[-1]
                figures[-1] = text, kept_under, _text(each).strip("[]")
        else:
            text = _text(each)
            texts.append(text)
            if each.style == figure or standing:
                figures.append((text, next(iter(standing.values()), ""), ""))
    return Kept("".join(texts), tuple(figures))


def _text(element: BaseOxmlElement) -> str:
    pieces = element.iter(qn("w:t"), qn("w:tab"))
    return "".join("\t" if each.tag == qn("w:tab") else each.text or "" for each in pieces)


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


def expected(briefing: Document) -> Iterator[Kept]:
    """What `read_document` returns if the file holds `briefing`."""
    number = 0
    for block in briefing.blocks:
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


def check_workbook(file: bytes, expected_book: Book) -> None:
    """Compare every cell of a workbook with `expected_book`, made from data read anew.

    Raises `FigureDiffersError` at the first difference.
    """
    book = CalamineWorkbook.from_filelike(BytesIO(file))
    wanted = [sheet_name(sheet.name) for sheet in expected_book.sheets]
    if book.sheet_names != wanted:
        raise _text_differs(", ".join(book.sheet_names), ", ".join(wanted), expected_book.title)
    for sheet in expected_book.sheets:
        kept = book.get_sheet_by_name(sheet_name(sheet.name)).to_python(skip_empty_area=False)
        titles = tuple(title for title, _width in sheet.columns)
        rows: tuple[tuple[Cell, ...], ...] = (titles, *sheet.rows) if any(titles) else sheet.rows
        for at, (written_row, row) in enumerate(zip_longest(kept, rows, fillvalue=()), 1):
            for place, (cell, cell_wanted) in enumerate(zip_longest(written_row, row)):
                if not equal(cell, cell_wanted):
                    title = titles[place] if place < len(titles) else ""
                    where = f"{sheet.name}!{at} · {row[0] if row else ''} · {title}"
                    raise _text_differs(_written(cell), _written(cell_wanted), where)


def _written(cell: object) -> str:
    return "" if cell is None else str(cell)
