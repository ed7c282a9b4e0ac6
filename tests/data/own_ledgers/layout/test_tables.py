"""Several tables on one sheet: each is read by its own header; one that no form knows is said."""

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from data.own_ledgers.layout.files import grids
from data.own_ledgers.layout.tables import MOST_TABLES, TOO_MANY_TABLES
from data.own_ledgers.reading import read_files
from tests.data.own_ledgers.own_files import UNITS, book, known, of, read

TITLE = ["审计整改台账（截至2026年10月31日）"]
FIRST = [
    ["序号", "责任单位", "问题描述", "涉及金额（万元）", "整改时限", "整改情况"],
    [1, "一中", "结余未缴", 4.4, "2026-12-31", "正在整改"],
]
WIDER = [
    ["序号", "被审计单位", "审计项目", "发现问题", "金额（元）", "整改期限", "是否完成整改"],
    [1, "二中", "财务收支审计", "超范围支出", 55000, "2026-12-31", "否"],
]


def test_a_second_table_is_read_by_its_own_header(tmp_path: Path) -> None:
    stated = read(book(tmp_path / "a.xlsx", [TITLE, *FIRST, [], ["二、内审"], *WIDER]), as_of=None)
    assert [(row.sheet, row.row, str(row.values["amount"])) for row in of(stated, "findings")] == [
        ("台账", 3, "4.4"),
        ("台账 (2)", 7, "5.5"),
    ]
    assert {each.as_of for each in stated.sheets} == {date(2026, 10, 31)}


def test_a_second_table_may_be_of_another_form(tmp_path: Path) -> None:
    assets = [["序号", "责任单位", "资产名称", "处置方式", "完成情况"]]
    rows = [
        TITLE,
        *FIRST,
        [],
        ["附：资产处置情况"],
        *assets,
        [1, "一中", "旧仓库", "出租", "已完成"],
    ]
    stated = read(book(tmp_path / "a.xlsx", rows))
    assert [row.ledger for row in stated.rows] == ["findings", "disposals"]
    assert not stated.faults and not stated.questions


def test_a_table_that_no_form_knows_is_said_with_its_row(tmp_path: Path) -> None:
    unknown = [["附：天气"], ["序号", "日期", "天气"], [1, "周一", "晴"]]
    stated = read(book(tmp_path / "a.xlsx", [TITLE, *FIRST, [], *unknown]))
    assert len(of(stated, "findings")) == 1
    assert [each.row for each in stated.warnings] == [5]


def test_a_header_printed_again_begins_no_other_table(tmp_path: Path) -> None:
    second = [2, "二中", "超范围支出", 1, "2026-12-31", "正在整改"]
    stated = read(book(tmp_path / "a.xlsx", [TITLE, *FIRST, FIRST[0], second]))
    assert [each.rows for each in stated.sheets] == [2]


def test_more_tables_than_a_sheet_has_are_refused_before_they_are_spread_out(
    tmp_path: Path,
) -> None:
    stated = read(book(tmp_path / "a.xlsx", [TITLE, *(FIRST + WIDER) * 2_000]))
    [fault] = stated.faults
    said = fault.sentence
    assert (said.message, said.values) == (TOO_MANY_TABLES, {"sheet": "台账", "limit": MOST_TABLES})


def test_merged_ranges_that_overlap_are_gone_through_once(tmp_path: Path) -> None:
    rows = [[at, "", f"问题{at}", 1, "2026-12-31", "未整改"] for at in range(1, 1_001)]
    rows[0][1] = UNITS["U01"]
    path = book(tmp_path / "a.xlsx", [TITLE, FIRST[0], *rows])
    [grid] = grids(path)
    overlapping = tuple((2, 1, 2 + each % 1_000, 5) for each in range(1, 200_001))
    began = time.process_time()
    [stated] = read_files(
        [path], known(), open_grids=lambda *_: [replace(grid, merges=overlapping)]
    )
    assert time.process_time() - began < 20
    assert {row.values["unit"] for row in of(stated, "findings")} == {"U01"}
