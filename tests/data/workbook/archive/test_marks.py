"""What the reader of values does not tell, found in the XML: however a sheet may be written."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from data.workbook.archive.mark_parsing import Parsed, parse
from data.workbook.archive.mark_search import look
from data.workbook.archive.marks import Mark, MarkKind, column_letters, column_number
from tests.data.workbook.books import (
    HEADER,
    ROW,
    STYLES,
    Formatted,
    Formula,
    content,
    raw,
    sheet_xml,
    unit_rows,
    write,
)

ERROR, NO_RESULT, PERCENT = MarkKind.ERROR, MarkKind.NO_RESULT, MarkKind.PERCENT


def found(rows: str, odd: Mapping[str, str] = MappingProxyType({"2": "0.00%"})) -> Parsed:
    """What parsing finds, after the quick look has said that there is something to find."""
    xml = sheet_xml(rows).encode()
    seen = look([xml], odd)
    parsed = parse([xml], odd)
    assert seen.uncertain or seen.marked or not parsed.marks
    return parsed


def row(cells: str) -> str:
    return f'<row r="1">{cells}</row>'


@pytest.mark.parametrize(
    ("cell", "mark"),
    [
        ('<c r="A1" t="e"><v>#N/A</v></c>', Mark(ERROR, "#N/A")),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', Mark(ERROR, "#DIV/0!")),
        ("<c r='A1' t='e'><v>#REF!</v></c>", Mark(ERROR, "#REF!")),
        ('<c t = "e" r="A1"><v>#REF!</v></c>', Mark(ERROR, "#REF!")),
        ('<x:c xmlns:x="urn:x" r="A1" t="e"><x:v>#REF!</x:v></x:c>', Mark(ERROR, "#REF!")),
        ('<c t="e"><v>#NUM!</v></c>', Mark(ERROR, "#NUM!")),
        ('<c r="A1"><f>1+1</f></c>', Mark(NO_RESULT, "=1+1")),
        ('<c r="A1"><f>1+1</f><v></v></c>', Mark(NO_RESULT, "=1+1")),
        ('<c r="A1"><f>1+1</f><v/></c>', Mark(NO_RESULT, "=1+1")),
        ('<c r="A1"><f>1+1</f> <v> </v></c>', Mark(NO_RESULT, "=1+1")),
        ('<c r="A1" t="b"><f>1+1</f><v></v></c>', Mark(NO_RESULT, "=1+1")),
        ('<c r="A1" t="str"><f>A2&amp;A3</f></c>', Mark(NO_RESULT, "=A2&A3")),
        ('<c r="A1"><f t="shared" si="0"/></c>', Mark(NO_RESULT, "=")),
        ('<c r="A1" s="2"><v>0.5</v></c>', Mark(PERCENT, "0.5", "0.00%")),
        ('<c r="A1" s="2" t="n"><v>1</v></c>', Mark(PERCENT, "1", "0.00%")),
        ('<c r="A1" s="2"><f>1/2</f><v>0.5</v></c>', Mark(PERCENT, "0.5", "0.00%")),
    ],
)
def test_cell_is_marked(cell: str, mark: Mark) -> None:
    assert found(row(cell)).marks == {0: {1: mark}}


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"><v>1</v></c>',
        '<c r="A1"><f>1+1</f><v>2</v></c>',
        '<c r="A1"><f t="shared" si="0"/><v>2</v></c>',
        '<c r="A1" t="str"><f>IF(B1="","",B1)</f><v></v></c>',
        '<c r="A1" t="b"><f>TRUE()</f><v>1</v></c>',
        '<c r="A1" s="2"/>',
        '<c r="A1" s="2" t="s"><v>0</v></c>',
        '<c r="A1" s="22"><v>0.5</v></c>',
        '<c r="A1" t="inlineStr"><is><t>"e" &lt;f></t></is></c>',
    ],
)
def test_cell_is_not_marked(cell: str) -> None:
    assert found(row(cell)).marks == {}


def test_quick_look_sees_what_stands_across_two_chunks() -> None:
    xml = sheet_xml(row('<c r="A1"><v>1</v></c><c r="C1"><f>1+1</f></c><c r="B1"><v>1</v></c>'))
    for cut in range(len(xml)):
        seen = look([xml[:cut].encode(), xml[cut:].encode()], frozenset())
        assert seen.marked
        assert (seen.extent.rows, seen.extent.columns) == (1, 3)


def test_position_of_cells_without_references() -> None:
    rows = '<row><c/><c t="e"><v>#N/A</v></c></row><row r="5"><c><v>1</v></c></row><row><c/></row>'
    parsed = found(rows)
    extent = parsed.extent
    assert parsed.marks == {1: {1: Mark(ERROR, "#N/A")}}
    assert (extent.rows, extent.columns) == (5, 2)


def test_column_letters() -> None:
    for number, letters in ((1, "A"), (26, "Z"), (27, "AA"), (200, "GR"), (16384, "XFD")):
        assert column_letters(number - 1) == letters
        assert column_number(letters) == number


@pytest.mark.parametrize(
    ("shape", "is_percent"),
    [
        ("0%", True),
        ("0.00%;[Red]-0.00%", True),
        ('0"%"', False),
        ("0\\%", False),
        ("0_%", False),
        ("0*%", False),
        ('"占比"0%', True),
        ("General", False),
    ],
)
def test_percent_formats(tmp_path: Path, shape: str, is_percent: bool) -> None:
    shape = shape.replace('"', "&quot;")
    rows = HEADER + '<row r="2"><c r="A2" s="2"><v>1</v></c><c r="B2" s="2"><v>2</v></c></row>'
    path = raw(tmp_path / "a.xlsx", rows, styles=STYLES.replace("0.00%", shape))
    assert bool(content(path).faults) == is_percent


def test_built_in_percent_formats(tmp_path: Path) -> None:
    for number, faults in ((9, 2), (10, 2), (2, 0)):
        styles = STYLES.replace('numFmtId="170"/></cellXfs>', f'numFmtId="{number}"/></cellXfs>')
        rows = HEADER + '<row r="2"><c r="A2" s="2"><v>1</v></c><c r="B2" s="2"><v>2</v></c></row>'
        path = raw(tmp_path / "a.xlsx", rows, styles=styles)
        assert len(content(path).faults) == faults


def test_percentage_in_a_text_cell_is_a_text(tmp_path: Path) -> None:
    rows = HEADER + '<row r="2"><c r="A2" s="2" t="str"><v>EDU</v></c>'
    rows += '<c r="B2" s="2" t="str"><v>50%</v></c></row>'
    assert content(raw(tmp_path / "a.xlsx", rows)).sheets[0].rows == [(2, ("EDU", "50%"))]


def test_formula_with_an_empty_text_as_result_is_an_empty_cell(tmp_path: Path) -> None:
    cell = '<c r="{0}2" t="str"><f>IF(1,"","")</f><v></v></c>'
    rows = HEADER + f'<row r="2">{cell.format("A")}{cell.format("B")}</row>'
    assert content(raw(tmp_path / "a.xlsx", rows + ROW.replace("2", "3"))).sheets[0].rows == [
        (3, ("EDU", "教育"))
    ]


def test_row_of_nothing_but_a_formula_without_result_is_not_blank(tmp_path: Path) -> None:
    rows = [*unit_rows({}), [None] * 5, [None, Formula("=A1")]]
    faults = content(write(tmp_path / "a.xlsx", {"单位网格": rows})).faults
    assert [(each.row, each.column, each.value) for each in faults] == [
        (4, "单位编码", None),
        (4, "单位名称", "=A1"),
        (4, "单位性质", None),
        (4, "条线编码", None),
        (4, "纳入日期", None),
    ]


def test_marks_in_many_rows_stand_at_their_rows(tmp_path: Path) -> None:
    units = [{"code": f"U{n}", "pilot_batch": 1} for n in range(9000)]
    units[4095]["pilot_batch"] = units[8999]["pilot_batch"] = Formatted(0.01, "0%")
    faults = content(write(tmp_path / "a.xlsx", {"单位网格": unit_rows(*units)})).faults
    assert [(each.row, each.value) for each in faults] == [(4097, "1%"), (9001, "1%")]


def test_sheet_in_an_odd_spelling_is_read(tmp_path: Path) -> None:
    rows = (
        "<x:row><x:c t='str'><x:v>code</x:v></x:c><x:c t='str'><x:v>条线名称</x:v></x:c></x:row>"
        "<x:row><x:c t='str'><x:v>EDU</x:v></x:c><x:c t='e'><x:v>#N/A</x:v></x:c></x:row>"
    )
    sheet = sheet_xml("").replace("<sheetData></sheetData>", f"<x:sheetData>{rows}</x:sheetData>")
    sheet = sheet.replace("xmlns=", "xmlns:x=").replace("worksheet", "x:worksheet")
    [fault] = content(raw(tmp_path / "a.xlsx", sheet=sheet)).faults
    assert (fault.row, fault.column, fault.value) == (2, "条线名称", "#N/A")


def test_workbook_of_another_writer_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "条线"
    sheet.append(["条线编码", "条线名称", "主管部门"])
    sheet.append([1001, CellRichText("教", TextBlock(InlineFont(b=True), "育")), "=1+1"])
    sheet.append(["HEALTH", "卫健", None])
    sheet["C3"].value, sheet["C3"].data_type = "=1+1", "s"
    book.save(tmp_path / "a.xlsx")
    found = content(tmp_path / "a.xlsx")
    assert [(each.row, each.value) for each in found.faults] == [(2, "=1+1")]
    assert found.sheets[0].rows[1] == (3, ("HEALTH", "卫健", "=1+1"))
    assert found.sheets[0].rows[0][1][:2] == ("1001", "教育")
