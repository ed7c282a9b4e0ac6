"""The Word file by GB/T 9704: page, fonts, tables, page numbers, and an order Word can read."""

import re
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from dashboard.charts import picture
from dashboard.documents.briefing import styles
from dashboard.documents.briefing.blocks import Chart
from dashboard.documents.briefing.pictures import PicturesFailedError, Renderer
from dashboard.documents.official import page
from tests.dashboard.documents.briefing.telling import told, written

LANGUAGES = ("zh_CN", "en")
# The parts of each, in the order of the standard of Word's files (ISO/IEC 29500-1).
PARAGRAPH = """
pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers
pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE
autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents
suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle
rPr sectPr pPrChange
"""
RUN = """
rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint
noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect
bdr shd fitText vertAlign rtl cs em lang
"""
TABLE = """
tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc
tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook
"""
CELL = """
cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText
vAlign hideMark
"""
SETTINGS = """
evenAndOddHeaders characterSpacingControl noLineBreaksAfter noLineBreaksBefore
savePreviewPicture compat
"""


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def file(found, language):
    return written(told(found, language), language)


@pytest.fixture(scope="module")
def word(file):
    return docx.Document(BytesIO(file))


def xml(file: bytes, part: str) -> str:
    with ZipFile(BytesIO(file)) as archive:
        return archive.read(part).decode()


def test_the_page_is_that_of_the_standard(word):
    (section,) = word.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)
    across = section.page_width - section.left_margin - section.right_margin
    down = section.page_height - section.top_margin - section.bottom_margin
    assert (round(across / Mm(1)), round(down / Mm(1))) == (156, 225)


def test_22_lines_of_28_signs_fill_the_page():
    assert 22 <= page.TEXT_HEIGHT / page.LINE < 22.1
    body = styles.CHINESE["Body Text"]
    width_of_a_sign = body.size + body.spacing / 20
    assert 28 <= page.TEXT_WIDTH.pt / width_of_a_sign < 28.2
    assert body.indent == 2


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Body Text", "仿宋_GB2312", 16),
        ("Subtitle", "楷体_GB2312", 16),
    ],
)
def test_chinese_styles_name_their_fonts(found, style, font, size):
    made = docx.Document(BytesIO(written(told(found, "zh_CN"), "zh_CN"))).styles[style]
    fonts = made.element.rPr.find(qn("w:rFonts"))
    assert fonts.get(qn("w:eastAsia")) == font
    assert fonts.get(qn("w:ascii")) == "Times New Roman"
    assert made.font.size.pt == size


def test_no_font_of_a_theme_is_left(word):
    used = {paragraph.style.name for paragraph in word.paragraphs} | {styles.FIGURE}
    for name in used | {styles.LEAD, styles.CELL, styles.CELL_HEAD, "Header", "Footer"}:
        for fonts in word.styles[name].element.iter(qn("w:rFonts")):
            assert not any("Theme" in attribute for attribute in fonts.attrib), name
    defaults = word.styles.element.find(qn("w:docDefaults"))
    (fonts,) = defaults.iter(qn("w:rFonts"))
    assert fonts.get(qn("w:eastAsia")) == "仿宋_GB2312"


def test_fonts_are_named_with_what_stands_in_for_them_and_not_embedded(file):
    fonts = xml(file, "word/fontTable.xml")
    assert 'w:name="仿宋_GB2312"' in fonts and 'w:val="仿宋,FangSong"' in fonts
    assert "embed" not in fonts
    with ZipFile(BytesIO(file)) as archive:
        assert not [name for name in archive.namelist() if name.endswith((".odttf", ".ttf"))]


def test_pages_are_numbered_on_their_outer_sides(word):
    assert word.settings.odd_and_even_pages_header_footer
    (section,) = word.sections
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert odd.text == even.text == "—  —"
    assert odd.alignment == 2 and even.alignment == 0
    assert "PAGE" in section.footer._element.xml and "PAGE" in section.even_page_footer._element.xml


def test_the_demonstration_is_said_on_every_page(word, language):
    mark = "演示数据" if language == "zh_CN" else "Demonstration data"
    (section,) = word.sections
    assert section.header.paragraphs[0].text == mark
    assert section.even_page_header.paragraphs[0].text == mark


def test_headings_of_tables_are_repeated_and_rows_kept_whole(word):
    assert len(word.tables) == 6
    for table in word.tables:
        rows = table._tbl.tr_lst
        heads = [row for row in rows if row.trPr.find(qn("w:tblHeader")) is not None]
        assert heads == rows[:1]
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_every_reference_leads_to_a_row_of_the_sources(word, found):
    marks = {mark.get(qn("w:name")) for mark in word.element.iter(qn("w:bookmarkStart"))}
    links = [link.get(qn("w:anchor")) for link in word.element.iter(qn("w:hyperlink"))]
    assert len(links) > 100
    assert set(links) == {mark for mark in marks if not mark.startswith("_")}
    runs = [link.iter(qn("w:t")) for link in word.element.iter(qn("w:hyperlink"))]
    texts = ["".join(text.text for text in run) for run in runs]
    assert all(re.fullmatch(r"\[[0-9]+\]", text) for text in texts)
    assert [f"source{text[1:-1]}" for text in texts] == links


def test_charts_have_a_caption_and_a_text_in_their_place(word):
    shapes = word.inline_shapes
    assert len(shapes) == 4
    for shape in shapes:
        assert round(shape.width.mm) == 150
        assert len(shape._inline.docPr.get("descr")) > 20
    captions = [p.text for p in word.paragraphs if p.style.name == styles.CAPTION]
    assert len(captions) == 4 and "1" in captions[0]


def order_of(element, allowed: str) -> list[int]:
    names = [child.tag.rpartition("}")[2] for child in element]
    return [allowed.split().index(name) for name in names]


@pytest.mark.parametrize(
    ("tag", "allowed"),
    [
        ("w:pPr", PARAGRAPH),
        ("w:rPr", RUN),
        ("w:tblPr", TABLE),
        ("w:tcPr", CELL),
    ],
)
def test_parts_stand_in_the_order_that_word_asks_for(word, tag, allowed):
    used = [
        *word.element.body.iter(qn(tag)),
        *(e for name in styles.CHINESE for e in word.styles[name].element.iter(qn(tag))),
    ]
    assert used
    for element in used:
        found_order = order_of(element, allowed)
        assert found_order == sorted(found_order), element.xml


def test_settings_stand_in_the_order_that_word_asks_for(word):
    names = [child.tag.rpartition("}")[2] for child in word.settings.element]
    known = [name for name in names if name in SETTINGS.split()]
    assert known.index("noLineBreaksBefore") == known.index("noLineBreaksAfter") + 1
    assert known.index("noLineBreaksBefore") < known.index("compat")


def test_the_file_does_not_open_as_one_of_an_older_word(file):
    settings = xml(file, "word/settings.xml")
    mode = re.search(r'w:name="compatibilityMode"[^>]*w:val="([0-9]+)"', settings)
    assert mode and mode[1] == "15"


def test_the_renderer_draws_in_a_process_of_its_own(found):
    charts = [block for block in told(found).blocks if isinstance(block, Chart)][:1]
    with Renderer() as renderer:
        (image,) = renderer.draw(charts)
        process = renderer._process
    assert image.startswith(b"\x89PNG") and len(image) > 10_000
    assert process.returncode is not None


def test_a_renderer_that_ends_before_its_time_is_noticed(found):
    charts = [block for block in told(found).blocks if isinstance(block, Chart)]
    with Renderer() as renderer:
        renderer._process.kill()
        renderer._process.wait()
        with pytest.raises(PicturesFailedError):
            list(renderer.draw(charts))


def test_missing_fonts_are_said(monkeypatch):
    monkeypatch.setattr(picture, "FONT_PACKAGE", "no_such_fonts")
    with pytest.raises(picture.FontsMissing):
        Renderer()
