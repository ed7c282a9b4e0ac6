"""The template: it imports as nothing, and its drop-downs offer only what is taken in."""

from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from data.reference.lists import shipped
from data.workbook.cells.explain import choices_of, rules_in_words
from data.workbook.cells.kinds import reader
from data.workbook.outgoing import template
from models.registry import BY_ID, LEDGERS
from models.text import Sentence
from tests.data.workbook.books import DAY, content


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.xlsx"
    template.write(path, shipped(), "zh_CN")
    return path


@pytest.fixture(scope="module")
def sheets(path: Path) -> dict[str, Worksheet]:
    return {sheet.title: sheet for sheet in openpyxl.load_workbook(path).worksheets}


def test_template_imports_as_no_rows_without_a_fault(path: Path) -> None:
    found = content(path)
    assert not found.faults
    assert [each.ledger for each in found.sheets] == list(LEDGERS)
    assert not any(each.rows for each in found.sheets)


def test_headers_are_the_chinese_names(sheets: dict[str, Worksheet]) -> None:
    for ledger in LEDGERS:
        header = [cell.value for cell in sheets[ledger.SHEET.zh][1]]
        assert header == [column.zh for column in ledger.columns]
        assert sheets[ledger.SHEET.zh].freeze_panes == "A2"


def test_required_columns_look_different_and_every_header_is_explained(
    sheets: dict[str, Worksheet],
) -> None:
    for ledger in LEDGERS:
        for column, cell in zip(ledger.columns, sheets[ledger.SHEET.zh][1], strict=True):
            fill = template.REQUIRED_FILL if column.required else template.OPTIONAL_FILL
            assert cell.fill.fgColor.rgb == "FF" + fill[1:]
            assert cell.comment is not None
            assert ("Required" in cell.comment.text) == column.required


def test_explanations_name_every_column(sheets: dict[str, Worksheet]) -> None:
    rows = {
        (row[0], row[2])
        for row in sheets[template.EXPLANATIONS].iter_rows(values_only=True)
        if row[5]
    }
    assert {(each.SHEET.zh, column.id) for each in LEDGERS for column in each.columns} <= rows


def test_lists_of_choices_stand_behind_their_columns(sheets: dict[str, Worksheet]) -> None:
    units = sheets["单位网格"]
    sources = {
        str(rule.sqref).split(":")[0]: rule.formula1
        for rule in units.data_validations.dataValidation
    }
    assert set(sources) == {"D2", "F2"}
    area = sources["D2"].removeprefix(f"'{template.CHOICES}'!").replace("$", "")
    values = [cell.value for (cell,) in sheets[template.CHOICES][area]]
    assert values == ["党政机关", "事业单位", "区属国企", "街道"]


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda each: each.id())
def test_every_choice_is_taken_in(ledger: type) -> None:
    for column in BY_ID[ledger.id()].columns:  # type: ignore[attr-defined]
        read = reader(column, day=DAY, references=shipped())
        for value, _ in choices_of(column.kind, shipped()):
            assert not isinstance(read(value), Sentence)


def test_text_columns_are_typed_as_texts_and_dates_as_dates(sheets: dict[str, Worksheet]) -> None:
    findings = sheets["问题清单"].column_dimensions
    assert findings["A"].number_format == "@"
    assert findings["K"].number_format == "yyyy-mm-dd"


def test_every_part_is_sound_xml(path: Path) -> None:
    with ZipFile(path) as archive:
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))


def test_explanations_follow_the_language() -> None:
    words = {"Text of up to {limit} characters.": "文本，最多{limit}字。"}
    [rule] = rules_in_words(BY_ID["sectors"], BY_ID["sectors"].columns[1], shipped())
    assert rule.say(lambda text: words.get(text, text), "zh_CN") == "文本，最多200字。"
