"""The page of an official document by GB/T 9704: its sides, its fonts, its page numbers.

A4; type area 156 mm × 225 mm, 37 mm from the top and 28 mm from the left; 22 lines of 28 signs.
Fonts are named, never embedded: which of them may be passed on is for their owners to say.
"""

from collections.abc import Mapping
from math import floor
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.table import CT_Tbl
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt, Twips

HEIGHT, WIDTH = Mm(297), Mm(210)
TEXT_HEIGHT, TEXT_WIDTH = Mm(225), Mm(156)
TOP, LEFT = Mm(37), Mm(28)
BOTTOM, RIGHT = Mm(297 - 37 - 225), Mm(210 - 28 - 156)
HEADER, FOOTER = Mm(20), Mm(25)
LINE = Twips(579)
"""22 lines fill the height of the text."""
SIGNS = 28
"""Chinese signs of a line."""
CLOSER = floor(20 * (TEXT_WIDTH.pt / SIGNS - 16))
"""By how much signs of 16 points stand closer for so many to fill a line, in twentieths."""
NUMBERS = Pt(14)
"""四号, in which pages are numbered."""

LATIN = "Times New Roman"
SMALL_TITLE, BODY, HEAD, ITALIC, SONG = (
    "方正小标宋简体",
    "仿宋_GB2312",
    "黑体",
    "楷体_GB2312",
    "宋体",
)
INSTEAD: Mapping[str, str] = {
    SMALL_TITLE: "华文中宋,STZhongsong",
    BODY: "仿宋,FangSong",
    HEAD: "SimHei",
    ITALIC: "楷体,KaiTi",
    SONG: "SimSun",
}
"""What is taken where a font is not installed."""


def set_page(word: WordDocument, *, grid: bool = True) -> None:
    """Give a new document the sides of the page, and with `grid` its 22 lines."""
    section = word.sections[0]
    section.page_height, section.page_width = HEIGHT, WIDTH
    section.top_margin, section.left_margin = TOP, LEFT
    section.bottom_margin, section.right_margin = BOTTOM, RIGHT
    section.header_distance, section.footer_distance = HEADER, FOOTER
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    if grid:
        # A grid of signs as well is drawn in different ways by different programs.
        section._sectPr.append(element("w:docGrid", type="lines", linePitch=str(LINE.twips)))


def number_pages(word: WordDocument) -> None:
    """— 1 — outside at the foot: on the right of odd pages, on the left of even ones."""
    word.settings.odd_and_even_pages_header_footer = True
    section = word.sections[0]
    for footer, even in ((section.footer, False), (section.even_page_footer, True)):
        paragraph = footer.paragraphs[0]
        paragraph.style = "Footer"
        form = paragraph.paragraph_format
        if even:
            form.alignment, form.left_indent = WD_ALIGN_PARAGRAPH.LEFT, NUMBERS
        else:
            form.alignment, form.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, NUMBERS
        for part in ("— ", "begin", "instruction", "separate", "end", " —"):
            run = paragraph.add_run()
            run.font.size = NUMBERS
            set_fonts(run._r.get_or_add_rPr(), SONG)
            if part == "instruction":
                code = OxmlElement("w:instrText")
                code.text = "PAGE"
                run._r.append(code)
            elif part.isalpha():
                run._r.append(element("w:fldChar", fldCharType=part))
            else:
                run.text = part


def name_fonts(word: WordDocument) -> None:
    """The table of fonts, with what to take where one is not installed."""
    listed = "".join(
        f'<w:font w:name="{font}"><w:altName w:val="{instead}"/><w:charset w:val="86"/></w:font>'
        for font, instead in INSTEAD.items()
    )
    latin = f'<w:font w:name="{LATIN}"><w:charset w:val="00"/></w:font>'
    part = word.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<w:fonts {nsdecls('w')}>{listed}{latin}</w:fonts>"
    ).encode()


def set_fonts(run: Any, font: str) -> None:
    """Name `font` for Chinese signs, and one for Latin letters and figures."""
    fonts = run.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        run.insert(0, fonts)
    fonts.attrib.clear()
    for name, value in (
        # Quotation marks and dashes are Chinese signs here, too.
        ("w:hint", "eastAsia"),
        ("w:ascii", LATIN),
        ("w:eastAsia", font),
        ("w:hAnsi", LATIN),
        ("w:cs", LATIN),
    ):
        fonts.set(qn(name), value)


def set_closer(run: Any, twentieths: int = CLOSER) -> None:
    """Let signs stand closer by so many twentieths of a point; less than 0 is closer."""
    # Word takes the parts of a run in their order only.
    run.insert_element_before(element("w:spacing", val=str(twentieths)), "w:sz")


def set_cell_margins(table: CT_Tbl, width: Length) -> None:
    """Little beside the text of a cell, so that numbers stay on one line."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=str(width.twips), type="dxa"))
    table.tblPr.insert_element_before(margins, "w:tblLook")


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """An element of the namespace of Word, with such attributes."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made
