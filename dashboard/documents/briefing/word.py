"""Write a briefing as a Word document."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from io import BytesIO
from itertools import count

import docx
from docx.document import Document as WordDocument
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row, CT_Tc
from docx.oxml.text.paragraph import CT_P
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Mm
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from dashboard.documents.briefing import kept_sources, layout, styles
from dashboard.documents.briefing.blocks import Chart, Document, Kind, Paragraph, Table
from dashboard.documents.briefing.phrases import Cited, Pieces, plain, text_of
from dashboard.documents.briefing.pictures import Renderer
from dashboard.documents.briefing.sources import Source
from dashboard.documents.official import page

PICTURE_WIDTH, CELL_MARGIN = Mm(150), Mm(0.7)
Stage = Callable[[int, int], None]


def write(
    briefing: Document, renderer: Renderer, made_on: date, stage: Stage | None = None
) -> bytes:
    """The document as a file; `stage` is called with the number of charts written so far.

    Raises `PicturesFailedError` as `Renderer.draw` does.
    """
    charts = [block for block in briefing.blocks if isinstance(block, Chart)]
    pictures = renderer.draw(charts)
    word = docx.Document()
    layout.prepare(word, briefing.language, briefing.mark)
    _set_properties(word, briefing, made_on)
    writer = Writer(word, briefing.numbers, shows_sources=briefing.shows_sources)
    for block in briefing.blocks:
        match block:
            case Paragraph():
                writer.paragraph(block)
            case Chart():
                writer.chart(block, next(pictures))
                if stage:
                    stage(writer.charts, len(charts))
            case Table():
                writer.table(block)
    kept_sources.keep(word, briefing.numbers, writer.texts)
    target = BytesIO()
    word.save(target)
    return target.getvalue()


def _set_properties(word: WordDocument, briefing: Document, made_on: date) -> None:
    properties = word.core_properties
    properties.title, properties.subject = briefing.title, briefing.mark
    properties.author = properties.last_modified_by = "Gridlight"
    properties.comments = properties.keywords = ""
    properties.language = briefing.language.replace("_", "-")
    made_at = datetime(made_on.year, made_on.month, made_on.day)  # noqa: DTZ001
    properties.created = properties.modified = made_at


class Writer:
    """Appends blocks to a document."""

    def __init__(
        self, word: WordDocument, numbers: Mapping[Source, int], *, shows_sources: bool
    ) -> None:
        self._word = word
        self._numbers = numbers
        self._shows_sources = shows_sources
        self._bookmarks = count(1 + max(numbers.values(), default=0))
        self.texts: dict[Source, str] = {}
        """The text of each source's number, as written."""
        # Looking a style up by name takes as long as adding the paragraph.
        self._ids = {style.name: style.style_id for style in word.styles}
        self.charts = 0

    def paragraph(self, block: Paragraph) -> None:
        """Write a paragraph, with its opening words in their own style."""
        paragraph = self._new(styles.STYLE_NAMES[block.kind])
        if block.lead:
            self._run(paragraph, block.lead, styles.LEAD if block.kind is Kind.BODY else None)
        self._pieces(paragraph, block.pieces)

    def chart(self, block: Chart, image: bytes) -> None:
        """Write the sentence about a chart, the chart, and its numbered caption."""
        self.charts += 1
        self.paragraph(Paragraph(block.says))
        shape = self._new(styles.PICTURE).add_run().add_picture(BytesIO(image), PICTURE_WIDTH)
        description = f"{block.caption} {plain(block.says)}"
        shape._inline.docPr.set("descr", description)
        self._run(self._new(styles.CAPTION), block.numbered(self.charts))

    def table(self, block: Table) -> None:
        """Write the note of a table and the table; its headings are repeated on every page.

        A row of one cell is a heading for the rows below it.
        """
        if block.note:
            self._pieces(self._new(styles.STYLE_NAMES[Kind.NOTE]), block.note)
        table = self._word.add_table(1 + len(block.rows), len(block.header))
        table._tbl.tblPr.style = self._ids[styles.TABLE]
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        page.set_cell_margins(table._tbl, CELL_MARGIN)
        whole = sum(block.widths)
        widths = [Emu(page.TEXT_WIDTH * width // whole) for width in block.widths]
        for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
            column.w = width
        head: tuple[Pieces, ...] = tuple((heading,) for heading in block.header)
        for at, (row, cells) in enumerate(zip(table._tbl.tr_lst, (head, *block.rows), strict=True)):
            _keep_together(row, heads=at == 0)
            if len(cells) < len(widths):
                _merge_cells(row)
            wide = widths if len(cells) == len(widths) else [Emu(sum(widths))]
            for cell, width, pieces in zip(row.tc_lst, wide, cells, strict=True):
                cell.width = width
                cell.get_or_add_tcPr().vAlign_val = WD_ALIGN_VERTICAL.CENTER
                self._cell(cell, pieces, styles.CELL if at and wide is widths else styles.CELL_HEAD)
            if block.is_of_sources and at:
                _mark(row.tc_lst[0].p_lst[0], at)

    def _cell(self, cell: CT_Tc, pieces: Pieces, style: str) -> None:
        paragraph = WordParagraph(cell.p_lst[0], self._word._body)
        paragraph._p.style = self._ids[style]
        if any(isinstance(piece, Cited) for piece in pieces):
            paragraph.alignment = styles.CENTRE
        self._run(paragraph, plain(pieces))

    def _pieces(self, paragraph: WordParagraph, pieces: Pieces) -> None:
        for piece in pieces:
            if not isinstance(piece, Cited):
                self._run(paragraph, text_of(piece))
                continue
            number = self._numbers[piece.source]
            self.texts[piece.source] = piece.text
            at = next(self._bookmarks)
            start, end = _bookmark_of(at, kept_sources.bookmark(number, at))
            paragraph._p.append(start)
            self._run(paragraph, piece.text, styles.FIGURE)
            paragraph._p.append(end)
            if piece.unit:
                self._run(paragraph, piece.unit)
            if self._shows_sources:
                self._refer(paragraph, number)

    def _refer(self, paragraph: WordParagraph, number: int) -> None:
        """Append the number of the source in brackets, linked to its row in the annex."""
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), _row_of(number))
        link.append(self._run(paragraph, f"[{number}]", styles.REFERENCE)._r)
        paragraph._p.append(link)

    def _new(self, style: str) -> WordParagraph:
        paragraph = self._word.add_paragraph()
        paragraph._p.style = self._ids[style]
        return paragraph

    def _run(self, paragraph: WordParagraph, text: str, style: str | None = None) -> Run:
        run = paragraph.add_run(text)
        if style:
            run._r.style = self._ids[style]
        return run


def _row_of(number: int) -> str:
    """The bookmark of a source's row in the annex."""
    return f"source{number}"


def _bookmark_of(at: int, called: str) -> tuple[BaseOxmlElement, BaseOxmlElement]:
    """The start and end elements of a bookmark; `at` is its id in the document."""
    return (
        page.element("w:bookmarkStart", id=str(at), name=called),
        page.element("w:bookmarkEnd", id=str(at)),
    )


def _keep_together(row: CT_Row, *, heads: bool) -> None:
    """Keep a row on one page; with `heads`, repeat it on every page of the table."""
    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if heads:
        properties.append(OxmlElement("w:tblHeader"))


def _merge_cells(row: CT_Row) -> None:
    """Merge all cells of a row."""
    first, *others = row.tc_lst
    for cell in others:
        row.remove(cell)
    first.grid_span = 1 + len(others)


def _mark(paragraph: CT_P, number: int) -> None:
    """Add the bookmark of source `number` to which the text links."""
    start, end = _bookmark_of(number, _row_of(number))
    paragraph.insert(1, start)
    paragraph.append(end)
