"""The page of an official document: GB/T 9704, with its page numbers and its fonts."""

from collections.abc import Mapping

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.table import CT_Tbl
from docx.shared import Mm, Pt

from dashboard.briefing.styles import (
    BODY,
    CHINESE,
    HEAD,
    ITALIC,
    LATIN,
    LINE,
    SMALL_TITLE,
    SONG,
    element,
    set_styles,
)

HEIGHT, WIDTH = Mm(297), Mm(210)
TOP, LEFT = Mm(37), Mm(28)
BOTTOM, RIGHT = Mm(297 - 37 - 225), Mm(210 - 28 - 156)
CELL_MARGIN = Mm(0.7)
INSTEAD: Mapping[str, str] = {
    SMALL_TITLE: "华文中宋,STZhongsong",
    BODY: "仿宋,FangSong",
    HEAD: "SimHei",
    ITALIC: "楷体,KaiTi",
    SONG: "SimSun",
}
"""What is taken where a font is not installed."""

NOT_FIRST = (
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
    "["
)
NOT_LAST = "$(£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"
"""Signs with which no Chinese line begins, among them the bracket of a reference, or ends."""


def prepare(word: WordDocument, language: str, mark: str) -> None:
    """Set page, styles, fonts, header and page numbers of a new document."""
    set_styles(word, language)
    _set_page(word, language.startswith("zh"))
    _number_pages(word, mark)
    _name_fonts(word)
    _keep_references(word)


def set_cell_margins(table: CT_Tbl) -> None:
    """Little beside the text of a cell, so that numbers stay on one line."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=str(CELL_MARGIN.twips), type="dxa"))
    table.tblPr.insert_element_before(margins, "w:tblLook")


def _set_page(word: WordDocument, chinese: bool) -> None:
    section = word.sections[0]
    section.page_height, section.page_width = HEIGHT, WIDTH
    section.top_margin, section.left_margin = TOP, LEFT
    section.bottom_margin, section.right_margin = BOTTOM, RIGHT
    section.header_distance, section.footer_distance = Mm(20), Mm(25)
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)
    if chinese:
        section._sectPr.append(element("w:docGrid", type="lines", linePitch=str(LINE.twips)))


def _number_pages(word: WordDocument, mark: str) -> None:
    """— 1 — outside at the foot: on the right of odd pages, on the left of even ones."""
    word.settings.odd_and_even_pages_header_footer = True
    section = word.sections[0]
    for header in (section.header, section.even_page_header):
        header.paragraphs[0].text = mark
        header.paragraphs[0].style = "Header"
    for footer, even in ((section.footer, False), (section.even_page_footer, True)):
        paragraph = footer.paragraphs[0]
        paragraph.style = "Footer"
        form = paragraph.paragraph_format
        one_sign = Pt(CHINESE["Footer"].size)
        if even:
            form.left_indent = one_sign
        else:
            form.alignment, form.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, one_sign
        paragraph.add_run("— ")
        for kind in ("begin", "instruction", "separate", "number", "end"):
            run = paragraph.add_run()
            if kind == "instruction":
                code = OxmlElement("w:instrText")
                code.text = "PAGE"
                run._r.append(code)
            elif kind == "number":
                run.text = "1"
            else:
                run._r.append(element("w:fldChar", fldCharType=kind))
        paragraph.add_run(" —")


def _name_fonts(word: WordDocument) -> None:
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


def _keep_references(word: WordDocument) -> None:
    """The number of a source stays on the line of its figure."""
    for rule, signs in (("w:noLineBreaksAfter", NOT_LAST), ("w:noLineBreaksBefore", NOT_FIRST)):
        word.settings.element.insert_element_before(
            element(rule, lang="zh-CN", val=signs), "w:savePreviewPicture", "w:compat"
        )
