"""Finding the place: sheets and columns by name or id, and what is said of the others."""

from pathlib import Path
from typing import Any

import pytest

from data.workbook.rows import Content
from tests.data.workbook.books import Formula, content, says, unit_rows, write

HEADER = ["条线编码", "条线名称"]
ROW = ["EDU", "教育"]


def read(folder: Path, **sheets: list[list[Any]]) -> Content:
    return content(write(folder / "a.xlsx", sheets))


def places(found: Content) -> list[tuple[str | None, int | None, str | None, str | None]]:
    return [(each.sheet, each.row, each.column, each.value) for each in found.faults]


@pytest.mark.parametrize("name", ["条线", "sectors", " 条线 ", "ｓectors"])
def test_sheet_is_found_by_chinese_name_or_id(tmp_path: Path, name: str) -> None:
    found = read(tmp_path, **{name: [HEADER, ROW]})
    assert not found.faults
    assert found.sheets[0].ledger.id() == "sectors"
    assert found.sheets[0].name == name


@pytest.mark.parametrize("header", ["条线编码", "code", " code\u3000", "ｃｏｄｅ"])
def test_column_is_found_by_chinese_name_or_id(tmp_path: Path, header: str) -> None:
    found = read(tmp_path, 条线=[[header, "条线名称"], ROW])
    assert not found.faults
    assert found.sheets[0].headers["code"] == header


def test_order_of_columns_does_not_matter(tmp_path: Path) -> None:
    found = read(tmp_path, 条线=[["主管部门", "条线名称", "条线编码"], ["教育局", "教育", "EDU"]])
    assert found.sheets[0].present == ("code", "name", "lead")
    assert found.sheets[0].rows == [(2, ("EDU", "教育", "教育局"))]


@pytest.mark.parametrize("rows", [[], [[]], [[None, None]]])
def test_empty_sheet_is_no_rows(tmp_path: Path, rows: list[list[Any]]) -> None:
    found = read(tmp_path, 条线=rows)
    assert not found.faults
    assert found.sheets[0].rows == []


def test_header_alone_is_no_rows(tmp_path: Path) -> None:
    found = read(tmp_path, 条线=[HEADER])
    assert not found.faults
    assert found.sheets[0].rows == []


def test_unknown_sheet_is_a_fault_without_a_row(tmp_path: Path) -> None:
    found = read(tmp_path, 条线=[HEADER, ROW], Sheet2=[["x"]])
    assert places(found) == [("Sheet2", None, None, None)]
    assert "template" in says(found.faults[0])


def test_sheet_given_twice_is_a_fault_without_a_row(tmp_path: Path) -> None:
    found = read(tmp_path, 条线=[HEADER, ROW], sectors=[HEADER, ROW])
    assert places(found) == [("sectors", None, None, None)]
    assert "条线" in says(found.faults[0])
    assert len(found.sheets) == 1


def test_sheet_that_begins_with_a_number_sign_is_not_read(tmp_path: Path) -> None:
    found = read(tmp_path, **{"#说明": [["x", Formula("=1/0", "#DIV/0!")]], "条线": [HEADER, ROW]})
    assert not found.faults
    assert len(found.sheets) == 1


def test_hidden_sheet_is_read_like_others(tmp_path: Path) -> None:
    import openpyxl

    path = write(tmp_path / "a.xlsx", {"#说明": [["x"]], "条线": [HEADER, ROW]})
    book = openpyxl.load_workbook(path)
    for state in ("hidden", "veryHidden"):
        book["条线"].sheet_state = state
        book.save(path)
        assert content(path).sheets[0].rows == [(2, ("EDU", "教育"))]


def test_unknown_column_is_a_fault_in_row_1(tmp_path: Path) -> None:
    found = read(tmp_path, 条线=[[*HEADER, "备注"], [*ROW, "x"]])
    assert places(found) == [("条线", 1, "备注", "备注")]


def test_column_given_twice_is_a_fault_in_row_1(tmp_path: Path) -> None:
    found = read(tmp_path, 条线=[[*HEADER, "code"], [*ROW, "HEALTH"]])
    assert places(found) == [("条线", 1, "code", "code")]
    assert found.sheets[0].rows == [(2, ("EDU", "教育"))]


def test_missing_required_column_is_a_fault_in_row_1_by_its_chinese_name(tmp_path: Path) -> None:
    found = read(tmp_path, sectors=[["code"], ["EDU"]])
    assert places(found) == [("sectors", 1, "条线名称", None)]
    assert found.sheets[0].rows == [(2, ("EDU",))]


def test_optional_column_may_be_missing(tmp_path: Path) -> None:
    assert not read(tmp_path, 条线=[HEADER, ROW]).faults


def test_column_that_begins_with_a_number_sign_is_not_read(tmp_path: Path) -> None:
    cells = [1, "x", Formula("=1/0", "#DIV/0!"), Formula("=A1")]
    for cell in cells:
        found = read(tmp_path, 条线=[["#备注", *HEADER], [cell, *ROW]])
        assert not found.faults
        assert found.sheets[0].rows == [(2, ("EDU", "教育"))]


def test_note_alone_does_not_make_a_row(tmp_path: Path) -> None:
    found = read(tmp_path, 条线=[[*HEADER, "#备注"], ROW, [None, None, "合计 1"]])
    assert not found.faults
    assert len(found.sheets[0].rows) == 1


def test_value_in_a_column_without_header_is_a_fault(tmp_path: Path) -> None:
    found = read(tmp_path, 条线=[[*HEADER, None, " "], [*ROW, "x", 5], [*ROW, None, "  "]])
    assert places(found) == [("条线", 2, "C", "x"), ("条线", 2, "D", "5")]


def test_stray_value_alone_in_its_row_is_one_fault(tmp_path: Path) -> None:
    found = read(tmp_path, 条线=[HEADER, ROW, [None, None, None, "x"]])
    assert places(found) == [("条线", 3, "D", "x")]


def test_error_in_a_column_without_header_is_a_fault(tmp_path: Path) -> None:
    found = read(tmp_path, 条线=[HEADER, [*ROW, Formula("=1/0", "#DIV/0!")]])
    assert places(found) == [("条线", 2, "C", "#DIV/0!")]


def test_values_below_a_blank_first_row_are_faults(tmp_path: Path) -> None:
    found = read(tmp_path, 条线=[[None, None], ROW])
    assert ("条线", 2, "A", "EDU") in places(found)
    assert ("条线", 1, "条线编码", None) in places(found)


def test_error_as_a_header_is_no_note(tmp_path: Path) -> None:
    found = read(tmp_path, 条线=[[*HEADER, Formula("=1/0", "#DIV/0!")], [*ROW, "x"]])
    assert places(found) == [("条线", 1, "C", "#DIV/0!")]


def test_header_by_formula_counts_by_its_result(tmp_path: Path) -> None:
    found = read(tmp_path, 条线=[[Formula('="条线"&"编码"', "条线编码"), "条线名称"], ROW])
    assert not found.faults


def test_number_as_a_header_is_an_unknown_column(tmp_path: Path) -> None:
    found = read(tmp_path, 条线=[[*HEADER, 2026], ROW])
    assert places(found) == [("条线", 1, "2026", "2026")]


def test_header_over_merged_cells_names_the_first_column(tmp_path: Path) -> None:
    import openpyxl

    path = write(tmp_path / "a.xlsx", {"条线": [["条线编码", "条线名称", None], [*ROW, "x"]]})
    book = openpyxl.load_workbook(path)
    book["条线"].merge_cells("B1:C1")
    book.save(path)
    assert places(content(path)) == [("条线", 2, "C", "x")]


def test_wholly_blank_rows_are_skipped_and_counted(tmp_path: Path) -> None:
    rows = [HEADER, [None, None], ROW, [" ", "\u3000"], ["HEALTH", "卫健"]]
    found = read(tmp_path, 条线=rows)
    assert not found.faults
    assert [row for row, _ in found.sheets[0].rows] == [3, 5]


def test_table_may_begin_to_the_right(tmp_path: Path) -> None:
    found = read(tmp_path, 条线=[[None, None, *HEADER], [None, None, *ROW]])
    assert not found.faults
    assert found.sheets[0].rows == [(2, ("EDU", "教育"))]


def test_empty_required_cell_is_a_fault_with_no_value(tmp_path: Path) -> None:
    found = read(tmp_path, 单位网格=unit_rows({"code": "U1"}, {"code": None, "name": " "}))
    assert places(found) == [
        ("单位网格", 3, "单位编码", None),
        ("单位网格", 3, "单位名称", None),
    ]


def test_every_fault_is_reported_in_the_order_of_rows_and_columns(tmp_path: Path) -> None:
    bad = {"code": "一", "kind": "？", "enrolled_on": 5}
    found = read(tmp_path, 单位网格=unit_rows(bad, {}, bad), 条线=[["x"]])
    assert places(found) == [
        ("单位网格", 2, "单位编码", "一"),
        ("单位网格", 2, "单位性质", "？"),
        ("单位网格", 2, "纳入日期", "5"),
        ("单位网格", 4, "单位编码", "一"),
        ("单位网格", 4, "单位性质", "？"),
        ("单位网格", 4, "纳入日期", "5"),
        ("条线", 1, "x", "x"),
        ("条线", 1, "条线编码", None),
        ("条线", 1, "条线名称", None),
    ]


def test_value_in_a_fault_is_the_text_as_it_stood(tmp_path: Path) -> None:
    found = read(tmp_path, 单位网格=unit_rows({"kind": " 国企 "}))
    assert found.faults[0].value == " 国企 "


def test_faults_beyond_the_first_batch_have_their_rows(tmp_path: Path) -> None:
    codes = [{"code": f"U{n}", "kind": "？" if n % 5000 == 0 else "街道"} for n in range(1, 10_002)]
    found = read(tmp_path, 单位网格=unit_rows(*codes))
    assert [each.row for each in found.faults] == [5001, 10_001]
    assert len(found.sheets[0].rows) == 10_001
