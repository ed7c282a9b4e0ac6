"""Sections of a sheet, 一、 and a heading, are no rows; they name what stands below them."""

from pathlib import Path
from typing import Any

from data.own_ledgers.words.stated import StatedFile
from tests.data.own_ledgers.own_files import book, column, read

HEADER = ["序号", "问题描述", "涉及金额(万元)", "整改期限", "整改情况"]
OF_UNITS = ["序号", "责任单位", *HEADER[1:]]


def sheet(path: Path, *rows: list[Any], header: list[str] = OF_UNITS) -> StatedFile:
    return read(book(path / "台账.xlsx", [["审计整改台账"], header, *rows]))


def test_a_number_and_a_heading_in_cells_of_their_own_are_no_row(tmp_path: Path) -> None:
    stated = sheet(
        tmp_path,
        ["一、", "预算执行审计", "", 30],
        ["(一)", "预算管理方面"],
        [1, "一中", "结余未缴", 10, "2026-12-31", "正在整改"],
        ["二、", "专项审计", "", 20],
        [2, "二中", "超范围支出", 20, "2026-12-31", "正在整改"],
    )
    assert column(stated, "findings", "title") == ["结余未缴", "超范围支出"]
    assert [each.row for each in stated.sheets[0].passed_over] == [3, 4, 6]
    assert not stated.questions


def test_rows_numbered_in_chinese_are_rows(tmp_path: Path) -> None:
    stated = sheet(tmp_path, ["一", "一中", "结余未缴", 10, "2026-12-31", "正在整改"])
    assert column(stated, "findings", "title") == ["结余未缴"]


def test_a_section_called_after_an_audit_is_the_project_of_its_rows(tmp_path: Path) -> None:
    stated = sheet(
        tmp_path,
        ["一、2025年度预算执行审计"],
        ["（一）收入方面"],
        [1, "一中", "结余未缴", 10, "2026-12-31", "正在整改"],
        ["二、其他"],
        [2, "二中", "超范围支出", 20, "2026-12-31", "正在整改"],
    )
    assert column(stated, "findings", "project_name") == ["2025年度预算执行审计", None]
    assert column(stated, "findings", "source") == ["STATE", None]


def test_a_section_called_after_a_unit_is_the_unit_of_its_rows(tmp_path: Path) -> None:
    stated = sheet(
        tmp_path,
        ["一、第一中学"],
        [1, "结余未缴", 10, "2026-12-31", "正在整改"],
        ["二、", "鼓楼街道"],
        [2, "超范围支出", 20, "2026-12-31", "正在整改"],
        header=HEADER,
    )
    assert column(stated, "findings", "unit") == ["U01", "U04"]
    assert not stated.questions


def test_a_blank_unit_below_a_section_of_another_unit_is_not_the_one_before(tmp_path: Path) -> None:
    stated = sheet(
        tmp_path,
        [1, "一中", "结余未缴", 10, "2026-12-31", "正在整改"],
        ["二、鼓楼街道"],
        [2, "", "超范围支出", 20, "2026-12-31", "正在整改"],
    )
    assert column(stated, "findings", "unit") == ["U01", "U04"]
