"""The paragraph styles of a briefing: in Chinese by GB/T 9704, and in English."""

from collections.abc import Mapping
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

from dashboard.documents.briefing.blocks import Kind
from dashboard.documents.official.page import (
    BODY,
    CLOSER,
    HEAD,
    ITALIC,
    LINE,
    SMALL_TITLE,
    SONG,
    TEXT_WIDTH,
    element,
    set_closer,
    set_fonts,
)

FIGURE, REFERENCE, LEAD = "Figure", "Figure reference", "Lead"
"""Character styles: of a number, of the number of its source, of opening words."""
CELL, CELL_HEAD, CAPTION, PICTURE = "Cell", "Cell heading", "Picture caption", "Picture"
TABLE = "Table Grid"
CENTRE = WD_ALIGN_PARAGRAPH.CENTER
RED = RGBColor(0xC8, 0x10, 0x10)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style, with sizes in points; `line` is exact, None as high as needed.

    `indent` is that of the first line, in characters. `level` makes it a heading.
    """

    font: str
    size: float
    line: float | None = LINE.pt
    align: WD_ALIGN_PARAGRAPH | None = None
    indent: int = 0
    before: float = 0
    after: float = 0
    bold: bool = False
    level: int | None = None
    stays: bool = False
    """Whether it stays on the page of the next paragraph."""
    tab: float = 0
    """A tab stop, in characters from the left."""
    spacing: int = 0
    """Additional space between characters, in twentieths of a point; may be negative."""
    breaks: bool = False
    """Whether it begins a new page."""
    right: float = 0
    """Characters left free at the right."""
    right_tab: bool = False
    """Whether it has a tab stop at the right margin, for text on the same line."""
    red: bool = False
    red_line: bool = False
    """A red line below, as under the masthead of an official document."""


STYLE_NAMES: Mapping[Kind, str] = {
    Kind.MARK: "Mark",
    Kind.SERIES: "Series",
    Kind.ISSUE: "Issue",
    Kind.ISSUER: "Issuer",
    Kind.TITLE: "Title",
    Kind.SUBTITLE: "Subtitle",
    Kind.NOTE: "Note",
    Kind.HEADING: "Heading 1",
    Kind.BODY: "Body Text",
    Kind.ANNEXES: "Annexes",
    Kind.SIGNED: "Signed",
    Kind.ANNEX: "Annex",
    Kind.ANNEX_TITLE: "Annex title",
}
CHINESE: Mapping[str, Style] = {
    "Normal": Style(BODY, 16),
    "Mark": Style(HEAD, 14, align=CENTRE),
    "Series": Style(SMALL_TITLE, 34, 48, CENTRE, red=True, stays=True),
    "Issue": Style(BODY, 16, align=CENTRE, stays=True),
    "Issuer": Style(BODY, 16, indent=1, right_tab=True, red_line=True, stays=True),
    "Title": Style(SMALL_TITLE, 22, 36, CENTRE, before=12, after=6),
    "Subtitle": Style(ITALIC, 16, align=CENTRE, after=8),
    "Note": Style(ITALIC, 12, 18, after=4, stays=True),
    "Heading 1": Style(HEAD, 16, indent=2, level=0, stays=True),
    "Body Text": Style(BODY, 16, indent=2, spacing=CLOSER),
    "Annexes": Style(BODY, 16, indent=2, tab=5.2, stays=True),
    "Signed": Style(BODY, 16, align=WD_ALIGN_PARAGRAPH.RIGHT, right=2),
    "Annex": Style(HEAD, 16, breaks=True, stays=True),
    "Annex title": Style(SMALL_TITLE, 18, 28, CENTRE, after=4, level=0, stays=True),
    CAPTION: Style(HEAD, 12, 20, CENTRE, after=8),
    PICTURE: Style(BODY, 12, None, CENTRE, before=4, stays=True),
    CELL: Style(SONG, 9, None, before=0.3, after=0.3),
    CELL_HEAD: Style(HEAD, 9, None, CENTRE, before=0.3, after=0.3, stays=True),
    "Header": Style(HEAD, 10.5, None, CENTRE),
    "Footer": Style(SONG, 14, None),
}
ENGLISH: Mapping[str, Style] = {
    "Normal": Style(BODY, 12, 20),
    "Mark": Style(HEAD, 12, 20, CENTRE, bold=True),
    "Series": Style(SMALL_TITLE, 26, 38, CENTRE, bold=True, red=True, stays=True),
    "Issue": Style(BODY, 12, 20, CENTRE, stays=True),
    "Issuer": Style(BODY, 12, 22, right_tab=True, red_line=True, stays=True),
    "Title": Style(SMALL_TITLE, 20, 28, CENTRE, before=10, after=6, bold=True),
    "Subtitle": Style(ITALIC, 13, 20, CENTRE, after=8),
    "Note": Style(ITALIC, 10.5, 15, after=6, stays=True),
    "Heading 1": Style(HEAD, 14, 20, before=8, after=4, bold=True, level=0, stays=True),
    "Body Text": Style(BODY, 12, 18, after=6),
    "Annexes": Style(BODY, 12, 18, tab=6, stays=True),
    "Signed": Style(BODY, 12, 18, align=WD_ALIGN_PARAGRAPH.RIGHT, right=2),
    "Annex": Style(HEAD, 12, 20, bold=True, breaks=True, stays=True),
    "Annex title": Style(
        SMALL_TITLE, 16, 24, CENTRE, before=4, after=6, bold=True, level=0, stays=True
    ),
    CAPTION: Style(HEAD, 10.5, 16, CENTRE, after=10, bold=True),
    PICTURE: Style(BODY, 12, None, CENTRE, before=4, stays=True),
    CELL: Style(SONG, 8.5, None, before=1, after=1),
    CELL_HEAD: Style(HEAD, 8.5, None, CENTRE, before=1, after=1, bold=True, stays=True),
    "Header": Style(HEAD, 10, None, CENTRE, bold=True),
    "Footer": Style(SONG, 14, None),
}


def styles_of(language: str) -> Mapping[str, Style]:
    """The styles of a language."""
    return CHINESE if language.startswith("zh") else ENGLISH


def set_styles(word: WordDocument, language: str) -> None:
    """Add the styles of `language` to a new document and remove the fonts of its template."""
    chinese = language.startswith("zh")
    _set_defaults(word)
    for called, style in styles_of(language).items():
        _set_style(word, called, style)
    _set_characters(word, chinese)


def _set_defaults(word: WordDocument) -> None:
    defaults = word.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    set_fonts(run, BODY)
    tongue = run.find(qn("w:lang"))
    tongue.set(qn("w:val"), "en-GB")
    tongue.set(qn("w:eastAsia"), "zh-CN")
    defaults.find(qn("w:pPrDefault")).find(qn("w:pPr")).clear()
    for setting in word.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            # Without this setting Word opens the file in compatibility mode.
            setting.set(qn("w:val"), "15")


def _set_style(word: WordDocument, called: str, style: Style) -> None:
    known = {each.name for each in word.styles}
    if called in known:
        made = word.styles[called]
    else:
        made = word.styles.add_style(called, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(made, ParagraphStyle)
    for part in (made.element.pPr, made.element.rPr):
        if part is not None:
            made.element.remove(part)
    _set_type(made, style)
    _set_place(made, style)


def _set_type(made: ParagraphStyle, style: Style) -> None:
    made.font.size, made.font.bold = Pt(style.size), style.bold
    set_fonts(made.element.rPr, style.font)
    if style.red:
        made.font.color.rgb = RED
    if style.spacing:
        set_closer(made.element.rPr, style.spacing)


def _set_place(made: ParagraphStyle, style: Style) -> None:
    form = made.paragraph_format
    form.alignment = style.align
    form.space_before, form.space_after = Pt(style.before), Pt(style.after)
    form.keep_with_next, form.page_break_before = style.stays, style.breaks
    form.widow_control = style.line is None
    if style.line is None:
        form.line_spacing_rule = WD_LINE_SPACING.SINGLE
        snap = element("w:snapToGrid", val="0")
        made.element.pPr.insert_element_before(snap, "w:spacing", "w:ind", "w:jc")
    else:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(style.line)
    if style.indent:
        form.first_line_indent = Pt(style.indent * style.size)
        made.element.pPr.ind.set(qn("w:firstLineChars"), str(100 * style.indent))
    if style.tab:
        form.tab_stops.add_tab_stop(Pt(style.tab * style.size))
    if style.right:
        form.right_indent = Pt(style.right * style.size)
    if style.right_tab:
        form.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    if style.red_line:
        borders = OxmlElement("w:pBdr")
        borders.append(element("w:bottom", val="single", sz="16", space="4", color=str(RED)))
        made.element.pPr.insert_element_before(
            borders, "w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc"
        )
    if style.level is not None:
        made.element.pPr.append(element("w:outlineLvl", val=str(style.level)))


def _set_characters(word: WordDocument, chinese: bool) -> None:
    made = {
        called: word.styles.add_style(called, WD_STYLE_TYPE.CHARACTER)
        for called in (FIGURE, REFERENCE, LEAD)
    }
    reference, lead = made[REFERENCE], made[LEAD]
    assert isinstance(reference, CharacterStyle) and isinstance(lead, CharacterStyle)
    reference.font.superscript = True
    lead.font.bold = not chinese
    set_fonts(lead.element.get_or_add_rPr(), ITALIC)
