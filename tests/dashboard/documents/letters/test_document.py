"""The file of a letter: the layout of GB/T 9704, its words, and the reply slip at the end."""

import pytest
from docx.oxml.ns import qn
from docx.shared import Length, Mm

from dashboard.documents.letters.wording import wording
from dashboard.documents.official.marks import marked, parts, plain
from dashboard.i18n import use_language
from models.rectification import Step
from tests.dashboard.documents.letters.letters import file, letter, opened, pressed, text

LANGUAGES = pytest.mark.parametrize("language", ["zh_CN", "en"])


def east_asian(content: bytes) -> dict[str, list[str]]:
    """The texts of the body by the font that their Chinese signs bear."""
    found: dict[str, list[str]] = {}
    for run in opened(content).element.body.iter(qn("w:r")):
        fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        words = "".join(each.text or "" for each in run.iter(qn("w:t")))
        found.setdefault(fonts.get(qn("w:eastAsia")), []).append(words)
    return found


def millimetres(length: int) -> float:
    return round(Length(length).mm, 1)


def test_the_page_is_laid_out_by_the_standard() -> None:
    section = opened(file(letter())).sections[0]
    assert (millimetres(section.page_width), millimetres(section.page_height)) == (210, 297)
    assert (millimetres(section.top_margin), millimetres(section.left_margin)) == (37, 28)
    width = section.page_width - section.left_margin - section.right_margin
    height = section.page_height - section.top_margin - section.bottom_margin
    assert (millimetres(width), millimetres(height)) == (156, 225)


def test_a_page_holds_22_lines_of_28_signs() -> None:
    content = opened(file(letter()))
    grid = content.sections[0]._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines"
    pitch = int(grid.get(qn("w:linePitch"))) / 20
    assert int(Mm(225).pt / pitch) == 22
    assert content.styles["Normal"].paragraph_format.line_spacing.pt == pytest.approx(pitch)
    body = next(each for each in content.paragraphs if "示例单位" in each.text)
    run = body.runs[0]
    closer = int(run._r.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert int(Mm(156).pt / (run.font.size.pt + closer)) == 28


def test_fonts_and_sizes_are_those_of_the_standard() -> None:
    content = file(letter())
    fonts = east_asian(content)
    assert fonts["方正小标宋简体"] == [
        "区委审计委员会办公室",
        "关于限期整改审计发现问题的督办函",
        "回　执",
    ]
    assert any("示例单位" in each for each in fonts["仿宋_GB2312"])
    assert set(fonts) == {"方正小标宋简体", "仿宋_GB2312", "黑体"}
    sizes = {
        run.text: run.font.size.pt
        for paragraph in opened(content).paragraphs
        for run in paragraph.runs
    }
    assert sizes["关于限期整改审计发现问题的督办函"] == 22
    assert sizes["示例单位"] == 16


def test_no_font_is_embedded() -> None:
    parts = [str(part.partname) for part in opened(file(letter())).part.package.iter_parts()]
    assert not [each for each in parts if "font" in each and "fontTable" not in each]


def test_a_letter_says_to_whom_what_and_by_when() -> None:
    content = text(file(letter()))
    for words in (
        "经安督〔2026〕3号",
        "示例单位",
        "2026年6月30日",
        "2026年7月14日",
        "NK-001",
        "账实不符 2",
        "123.46万元",
        "附件：回执",
        "45",
    ):
        assert words in content
    assert "None" not in content


def test_a_reminder_reminds_and_a_supervision_letter_asks_for_evidence() -> None:
    reminder = text(file(letter(step=Step.REMINDER)))
    supervision = text(file(letter()))
    assert "予以提醒" in reminder and "佐证材料" not in reminder
    assert "予以督办" in supervision and "佐证材料" in supervision


def test_a_letter_is_written_in_english_too() -> None:
    content = text(file(letter(), "en"))
    for words in ("30 June 2026", "14 July 2026", "Reply slip", "put under supervision"):
        assert words in content
    assert "整改" not in content


@LANGUAGES
def test_the_reply_slip_is_the_last_page(language: str) -> None:
    content = opened(file(letter(), language))
    breaks = [each for each in content.paragraphs if each.paragraph_format.page_break_before]
    assert [each.text for each in breaks] == [{"zh_CN": "附件", "en": "Annex"}[language]]
    after = content.paragraphs[[p.text for p in content.paragraphs].index(breaks[0].text) + 1]
    assert after.text == {"zh_CN": "回　执", "en": "Reply slip"}[language]
    findings, fields, slip = content.tables
    assert len(findings.rows) == len(slip.rows) == 3
    assert fields.cell(0, 1).text == "示例单位"


def test_a_long_table_repeats_its_heading_and_keeps_rows_whole() -> None:
    content = opened(file(letter(*(pressed(at) for at in range(1, 60)))))
    table = content.tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_pages_are_numbered_outside() -> None:
    content = opened(file(letter()))
    section = content.sections[0]
    assert content.settings.odd_and_even_pages_header_footer
    assert "PAGE" in section.footer._element.xml and "PAGE" in section.even_page_footer._element.xml


@LANGUAGES
def test_a_demonstration_says_so_on_every_page(language: str) -> None:
    mark = {"zh_CN": "演示数据", "en": "Demonstration data"}[language]
    for demonstration in (True, False):
        section = opened(file(letter(), language, demonstration=demonstration)).sections[0]
        for header in (section.header, section.even_page_header):
            assert (mark in "".join(each.text for each in header.paragraphs)) is demonstration


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ((40, 45), "有2个审计发现问题超过整改期限、尚未完成整改，最长逾期45天"),
        ((40, -3), "有2个审计发现问题尚未完成整改，其中1个已超过整改期限，最长逾期40天"),
        ((-3, -9), "有2个审计发现问题尚未完成整改，均未超过整改期限"),
    ],
)
def test_the_opening_says_how_many_are_late(over: tuple[int, int], words: str) -> None:
    stated = (pressed(at, over=days) for at, days in enumerate(over, start=1))
    with use_language("zh_CN"):
        assert words in plain(wording(letter(*stated)).opening)


def test_money_is_rounded_as_everywhere_and_left_out_where_there_is_none() -> None:
    with use_language("zh_CN"):
        some = wording(letter(pressed(1, amount=23_048_000), pressed(2, amount=199)))
        none = plain(wording(letter(pressed(1))).opening)
    assert "涉及金额23.05万元。" in plain(some.opening)
    assert [plain(row[-1]) for row in some.rows] == ["23.05", "0.00"]
    assert some.headings[-1] == "金额（万元）"
    assert "万元" not in none


@pytest.mark.parametrize(("language", "column"), [("zh_CN", "1234.57"), ("en", "12.35")])
def test_money_of_a_column_is_in_the_unit_of_its_heading(language: str, column: str) -> None:
    """12,345,678.90 yuan are 1234.57 times 10,000, and 12.35 million."""
    with use_language(language):
        said = wording(letter(pressed(1, amount=1_234_567_890)))
    assert plain(said.rows[0][-1]) == column


def test_marks_are_found_again_and_leave_no_trace() -> None:
    said = f"自{marked('day', '2026年')}起，{marked('count', 3)}个"
    assert list(parts(said)) == [
        ("", "自"),
        ("day", "2026年"),
        ("", "起，"),
        ("count", "3"),
        ("", "个"),
    ]
    assert plain(said) == "自2026年起，3个"
