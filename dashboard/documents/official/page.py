"""The page of an official document by GB/T 9704: margins, fonts, page numbers.

A4; type area 156 mm × 225 mm, 37 mm from the top and 28 mm from the left; 22 lines of 28
characters. Fonts are named, not embedded, since their licences may forbid that.
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
"""The line height with which 22 lines fill the type area."""
SIGNS = 28
"""Chinese characters in a line."""
CLOSER = floor(20 * (TEXT_WIDTH.pt / SIGNS - 16))
"""The change of space, in twentieths of a point, that fits 28 characters of 16 points in a line."""
NUMBERS = Pt(14)
"""四号, the size of page numbers."""

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
"""The substitutes for fonts that are not installed."""


def set_page(word: WordDocument, *, grid: bool = True) -> None:
    """Set the margins of a new document and, with `grid`, its 22 lines."""
    section = word.sections[0]
    section.page_height, section.page_width = HEIGHT, WIDTH
    section.top_margin, section.left_margin = TOP, LEFT
    section.bottom_margin, section.right_margin = BOTTOM, RIGHT
    section.header_distance, section.footer_distance = HEADER, FOOTER
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    if grid:
        # Programs draw a grid of characters differently, so only lines are set.
        section._sectPr.append(element("w:docGrid", type="lines", linePitch=str(LINE.twips)))


def number_pages(word: WordDocument) -> None:
    """Number the pages as — 1 — at the outer bottom edge: right on odd pages, left on even ones."""
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
    """Add the table of fonts with their substitutes."""
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
    """Set `font` for Chinese characters, and one for Latin letters and digits."""
    fonts = run.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        run.insert(0, fonts)
    fonts.attrib.clear()
    for name, value in (
        # This makes quotation marks and dashes use the Chinese font, too.
        ("w:hint", "eastAsia"),
        ("w:ascii", LATIN),
        ("w:eastAsia", font),
        ("w:hAnsi", LATIN),
        ("w:cs", LATIN),
    ):
        fonts.set(qn(name), value)


def set_closer(run: Any, twentieths: int = CLOSER) -> None:
    """Change the space between characters by `twentieths` of a point; below 0 is closer."""
    # Word requires the children of a run's properties in this order.
    run.insert_element_before(element("w:spacing", val=str(twentieths)), "w:sz")


def set_cell_margins(table: CT_Tbl, width: Length) -> None:
    """Set narrow cell margins, so that numbers stay on one line."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=str(width.twips), type="dxa"))
    table.tblPr.insert_element_before(margins, "w:tblLook")


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """An XML element of Word's namespace with these attributes."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made
