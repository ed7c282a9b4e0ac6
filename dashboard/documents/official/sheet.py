"""Write a document from top to bottom: paragraphs, tables and marks on an official page."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from dashboard.documents.official import page
from dashboard.documents.official.marks import parts

TWO, THREE, FOUR, FIVE = Pt(22), Pt(16), Pt(14), Pt(10.5)
"""二号、三号、四号、五号."""
TITLE_LINE = Pt(35)
RED = RGBColor(0xC8, 0x10, 0x10)
CELL_MARGIN = Mm(1)

CENTRE, RIGHTWARDS = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
JUSTIFIED, LEFTWARDS = WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT


class Sheet:
    """A document being written from top to bottom; marks in texts become bookmarks."""

    def __init__(self, title: str, made_at: datetime) -> None:
        self.word: Word = Document()
        self._bookmarks = count(1)
        properties = self.word.core_properties
        properties.title, properties.author, properties.comments = title, "", ""
        properties.created = properties.modified = made_at
        page.set_page(self.word)
        page.number_pages(self.word)
        page.name_fonts(self.word)
        self._set_body()

    def paragraph(
        self,
        text: str,
        *,
        font: str = page.BODY,
        size: Pt = THREE,
        align: Any = JUSTIFIED,
        indent: int = 0,
        right: int = 0,
        line: Pt | None = None,
        new_page: bool = False,
        with_next: bool = False,
        red: bool = False,
    ) -> Paragraph:
        """Write a paragraph; `indent` characters before its first line, `right` characters
        after."""
        paragraph = self.word.add_paragraph()
        paragraph.alignment = align
        form = paragraph.paragraph_format
        form.page_break_before, form.keep_with_next = new_page, with_next
        if line is not None:
            form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, line
        if indent or right:
            signs = paragraph._p.get_or_add_pPr().get_or_add_ind()
            signs.set(qn("w:firstLineChars"), str(indent * 100))
            signs.set(qn("w:firstLine"), str(indent * 320))
            signs.set(qn("w:rightChars"), str(right * 100))
            signs.set(qn("w:right"), str(right * 320))
        self._write(paragraph, text, font, size)
        if red:
            for run in paragraph.runs:
                run.font.color.rgb = RED
        return paragraph

    def table(
        self,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[int],
        wide: Sequence[int] = (),
        height: Any = None,
    ) -> None:
        """Write a table whose headings are repeated on every page; without headings, a plain grid.

        `widths` are in mm; the columns numbered in `wide` hold text and are aligned left.
        """
        lines = [headings, *rows] if headings else list(rows)
        table = self.word.add_table(rows=len(lines), cols=len(widths), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        page.set_cell_margins(table._tbl, CELL_MARGIN)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for at, (row, texts) in enumerate(zip(table.rows, lines, strict=True)):
            heads = bool(headings) and at == 0
            properties = row._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if heads:
                properties.append(OxmlElement("w:tblHeader"))
            elif height is not None:
                row.height = height
            for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                cell.width = Mm(widths[place])
                cell.vertical_alignment = 1
                paragraph = cell.paragraphs[0]
                words = place in wide and not heads
                paragraph.alignment = LEFTWARDS if words else CENTRE
                _off_the_grid(paragraph)
                self._write(paragraph, text, page.HEAD if heads else page.BODY, FIVE)

    def head(self, text: str) -> None:
        """Write `text` centred at the top of every page."""
        section = self.word.sections[0]
        for header in (section.header, section.even_page_header):
            paragraph = header.paragraphs[0]
            paragraph.alignment = CENTRE
            self._write(paragraph, text, page.HEAD, FOUR)

    def _write(self, paragraph: Paragraph, text: str, font: str, size: Pt) -> None:
        for name, part in parts(text):
            number = str(next(self._bookmarks)) if name else ""
            if name:
                paragraph._p.append(_bookmark("w:bookmarkStart", number, name))
            run = paragraph.add_run(part)
            run.font.size = size
            properties = run._r.get_or_add_rPr()
            page.set_fonts(properties, font)
            if size == THREE:
                page.set_closer(properties)
            if name:
                paragraph._p.append(_bookmark("w:bookmarkEnd", number))

    def _set_body(self) -> None:
        normal = self.word.styles["Normal"]
        normal.font.size = THREE
        page.set_fonts(normal.element.get_or_add_rPr(), page.BODY)
        form = normal.paragraph_format
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, page.LINE
        form.space_before = form.space_after = Pt(0)


def _bookmark(tag: str, number: str, name: str = "") -> Any:
    return page.element(tag, id=number, **({"name": name} if name else {}))


def _off_the_grid(paragraph: Paragraph) -> None:
    """Detach a paragraph of small type from the page's line grid."""
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(16)
    form.space_before = form.space_after = Pt(3)
    grid = page.element("w:snapToGrid", val="0")
    paragraph._p.get_or_add_pPr().insert_element_before(grid, "w:spacing")
