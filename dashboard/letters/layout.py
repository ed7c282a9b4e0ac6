"""The layout of official documents by GB/T 9704, as far as a letter needs it.

A4; type area 156 mm × 225 mm, 37 mm from the top and 28 mm from the left; 22 lines of 28 signs.
Fonts are named, never embedded: a machine without one shows its own in its place.
"""

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
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from dashboard.letters.marks import parts

FANGSONG, TITLE, HEI, SONG = "仿宋_GB2312", "方正小标宋简体", "黑体", "宋体"
LATIN = "Times New Roman"
TWO, THREE, FOUR, FIVE = Pt(22), Pt(16), Pt(14), Pt(10.5)
"""二号、三号、四号、五号."""
PAGE = (Mm(210), Mm(297))
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
WIDTH = Mm(156)
LINE = 579
"""Twentieths of a point from line to line: 225 mm hold 22 of them."""
CLOSER = -5
"""Twentieths of a point by which signs of 16 points stand closer, so that a line holds 28."""
TITLE_LINE = Pt(35)
CELL_MARGIN = 57
FOOTER = Mm(28)

CENTRE, RIGHTWARDS = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
JUSTIFIED, LEFTWARDS = WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT


class Sheet:
    """A document being written from top to bottom; texts keep their marks as bookmarks."""

    def __init__(self, title: str, made_at: datetime) -> None:
        self.word: Word = Document()
        self._bookmarks = count(1)
        properties = self.word.core_properties
        properties.title, properties.author, properties.comments = title, "", ""
        properties.created = properties.modified = made_at
        self._set_page()
        self._set_body()

    def paragraph(
        self,
        text: str,
        *,
        font: str = FANGSONG,
        size: Pt = THREE,
        align: Any = JUSTIFIED,
        indent: int = 0,
        right: int = 0,
        line: Pt | None = None,
        new_page: bool = False,
        with_next: bool = False,
    ) -> Paragraph:
        """Write a paragraph; `indent` are signs before its first line, `right` signs behind it."""
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
        return paragraph

    def table(
        self,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[int],
        wide: Sequence[int] = (),
        height: Any = None,
    ) -> None:
        """Write a table with a heading that is repeated on every page; without, a plain grid.

        `widths` are in mm; the columns of `wide` hold words and begin at the left.
        """
        lines = [headings, *rows] if headings else list(rows)
        table = self.word.add_table(rows=len(lines), cols=len(widths), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        _set_margins(table)
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
                self._write(paragraph, text, HEI if heads else FANGSONG, FIVE)

    def head(self, text: str) -> None:
        """Write `text` in the middle above every page."""
        section = self.word.sections[0]
        for header in (section.header, section.even_page_header):
            paragraph = header.paragraphs[0]
            paragraph.alignment = CENTRE
            self._write(paragraph, text, HEI, FOUR)

    def _write(self, paragraph: Paragraph, text: str, font: str, size: Pt) -> None:
        for name, part in parts(text):
            number = str(next(self._bookmarks)) if name else ""
            if name:
                paragraph._p.append(_bookmark("w:bookmarkStart", number, name))
            run = paragraph.add_run(part)
            run.font.size = size
            properties = run._r.get_or_add_rPr()
            set_fonts(properties, font)
            if size == THREE:
                closer = OxmlElement("w:spacing")
                closer.set(qn("w:val"), str(CLOSER))
                properties.insert_element_before(closer, "w:sz")
            if name:
                paragraph._p.append(_bookmark("w:bookmarkEnd", number))

    def _set_page(self) -> None:
        section = self.word.sections[0]
        section.page_width, section.page_height = PAGE
        section.top_margin, section.bottom_margin = TOP, BOTTOM
        section.left_margin, section.right_margin = LEFT, RIGHT
        section.footer_distance = FOOTER
        grid = section._sectPr.find(qn("w:docGrid"))
        if grid is None:
            grid = OxmlElement("w:docGrid")
            section._sectPr.append(grid)
        # A grid of signs as well is drawn in different ways by different programs.
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(LINE))
        # Page numbers stand outside: right on odd pages, left on even ones.
        self.word.settings.odd_and_even_pages_header_footer = True
        for footer, align in (
            (section.footer, RIGHTWARDS),
            (section.even_page_footer, LEFTWARDS),
        ):
            _number_pages(footer.paragraphs[0], align)

    def _set_body(self) -> None:
        normal = self.word.styles["Normal"]
        normal.font.size = THREE
        set_fonts(normal.element.get_or_add_rPr(), FANGSONG)
        form = normal.paragraph_format
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE / 20)
        form.space_before = form.space_after = Pt(0)


def set_fonts(properties: Any, font: str) -> None:
    """Name `font` for Chinese signs, and one for Latin letters and figures."""
    fonts = properties.get_or_add_rFonts()
    for attribute in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(attribute), LATIN)
    fonts.set(qn("w:eastAsia"), font)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)


def _bookmark(tag: str, number: str, name: str = "") -> Any:
    bookmark = OxmlElement(tag)
    bookmark.set(qn("w:id"), number)
    if name:
        bookmark.set(qn("w:name"), name)
    return bookmark


def _number_pages(paragraph: Paragraph, align: Any) -> None:
    paragraph.alignment = align
    for text in ("— ", "", " —"):
        run = paragraph.add_run(text)
        run.font.size = FOUR
        set_fonts(run._r.get_or_add_rPr(), SONG)
        if not text:
            _add_field(run._r, "PAGE")


def _add_field(run: Any, instruction: str) -> None:
    for kind in ("begin", "separate", "end"):
        if kind == "separate":
            words = OxmlElement("w:instrText")
            words.set(qn("xml:space"), "preserve")
            words.text = instruction
            run.append(words)
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run.append(mark)


def _set_margins(table: Any) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(CELL_MARGIN))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def _off_the_grid(paragraph: Paragraph) -> None:
    """Let small type stand closer than the lines of the page."""
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(16)
    form.space_before = form.space_after = Pt(3)
    grid = OxmlElement("w:snapToGrid")
    grid.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert_element_before(grid, "w:spacing")
