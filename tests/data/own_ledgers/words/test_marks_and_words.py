"""Small things that offices write: marks, bracketed units, 免报, texts kept as texts in CSV."""

from datetime import date
from pathlib import Path

import pytest

from data.own_ledgers.layout.files import grids
from data.workbook.archive.container import OLE, UnreadableError
from tests.data.own_ledgers.own_files import book, column, of, read, text_file

LEDGER = ["序号", "责任单位", "问题描述", "整改时限", "整改情况"]
LATE = "2026-12-31"


def units_of(path: Path, written: str) -> list[object]:
    row = [1, written, "结余未缴", LATE, "正在整改"]
    return column(read(book(path / "台账.xlsx", [["整改台账"], LEDGER, row])), "findings", "unit")


def test_a_unit_in_brackets_is_the_one_that_is_told_of(tmp_path: Path) -> None:
    assert units_of(tmp_path, "区教育局（一中）") == ["U01"]
    assert units_of(tmp_path, "区卫健委（二中）") == ["U02"]
    assert units_of(tmp_path, "区卫健委（牵头）") == ["U05"]


def test_all_schools_are_those_with_any_name_of_a_school(tmp_path: Path) -> None:
    row = [1, "各学校", "结余未缴", LATE, "正在整改"]
    [question] = read(book(tmp_path / "台账.xlsx", [["整改台账"], LEDGER, row])).questions
    assert question.proposals[0].answer == "U01、U02"


def test_a_row_without_a_unit_makes_no_other_name_of_a_unit(tmp_path: Path) -> None:
    row = [1, "", "结余未缴", LATE, "正在整改"]
    [question] = read(book(tmp_path / "台账.xlsx", [["整改台账"], LEDGER, row])).questions
    assert (question.keep_as, question.keep) == ("", ())


def test_any_mark_says_which_of_several_states_it_is(tmp_path: Path) -> None:
    header = ["序号", "责任单位", "问题描述", "已整改", "正在整改", "未整改", "整改时限"]
    rows = [
        [1, "一中", "结余未缴", "√", "", "", LATE],
        [2, "一中", "超支", "", "○", "", LATE],
        [3, "一中", "挂账", "", "", "▲", LATE],
    ]
    stated = read(book(tmp_path / "台账.xlsx", [["整改台账"], header, *rows]))
    assert column(stated, "findings", "state") == ["SUBMIT", "PROGRESS", "NONE"]
    assert not stated.questions


def test_a_report_that_a_unit_need_not_send_is_none(tmp_path: Path) -> None:
    header = ["序号", "单位", "材料名称", "应报日期", "报送时间"]
    rows = [
        [1, "一中", "内审计划", date(2026, 3, 31), "免报"],
        [2, "二中", "内审计划", date(2026, 3, 31), "未报"],
    ]
    stated = read(book(tmp_path / "报送.xlsx", [["2026年四类报告报送情况"], header, *rows]))
    assert column(stated, "reports", "unit") == ["U02"]


def test_what_was_done_before_the_day_of_the_sheet_was_found_by_then(tmp_path: Path) -> None:
    header = ["序号", "责任单位", "资产/企业名称", "类型", "是否完成", "完成日期", "存在困难"]
    row = [1, "一中", "旧校舍", "闲置房产", "是", date(2026, 6, 18), "无"]
    stated = read(book(tmp_path / "盘活.xlsx", [["存量资产盘活台账"], header, row]))
    [disposal] = of(stated, "disposals")
    assert disposal.values["found_on"] == disposal.values["done_on"] == date(2026, 6, 18)
    assert "found_on" in disposal.known_as_of
    assert not stated.questions


def test_who_did_not_sign_was_not_there(tmp_path: Path) -> None:
    above = [["内部审计业务培训签到表"], ["培训时间：2026年6月18日", "学时：8"]]
    rows = [["序号", "姓名", "单位", "签到"], [1, "甲", "一中", "√"], [2, "乙", "二中", ""]]
    stated = read(book(tmp_path / "签到.xlsx", [*above, *rows]))
    assert column(stated, "trainings", "name") == ["内部审计业务培训"]
    assert column(stated, "trainings", "hours") == [8]
    assert column(stated, "attendance", "people") == [1, 0]


def test_a_row_of_a_roster_that_names_nobody_is_said(tmp_path: Path) -> None:
    header = ["序号", "单位", "姓名", "职务", "任职时间"]
    rows = [[1, "一中", "甲", "科长", "2021.7"], [2, "二中", "", "", "暂缺"]]
    stated = read(book(tmp_path / "花名册.xlsx", [["内审人员花名册"], header, *rows]))
    assert [(each.row, each.why.message) for each in stated.sheets[0].passed_over] == [
        (4, "names nobody")
    ]


def test_texts_that_csv_marks_as_texts_lose_the_marks(tmp_path: Path) -> None:
    rows = [["a", "b"], ['="0012"', "'0034"]]
    [grid] = grids(text_file(tmp_path / "名册.csv", rows, "utf-8"))
    assert grid.lines[1] == ["0012", "0034"]


def test_a_header_without_rows_and_a_file_without_anything_are_told_apart(tmp_path: Path) -> None:
    said = read(book(tmp_path / "台账.xlsx", [["整改台账"], LEDGER])).warnings
    assert ["no row of a ledger" in each.sentence.message for each in said] == [True]
    [fault] = read(book(tmp_path / "空.xlsx", [])).faults
    assert "No sheet of this file holds a value" in fault.sentence.message


def test_a_workbook_under_a_password_says_so(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(UnreadableError) as error:
        grids(path)
    assert "password" in error.value.sentence.message


def test_only_the_likeliest_heading_is_asked_about_for_what_lacks(tmp_path: Path) -> None:
    header = ["序号", "责任单位", "资产和企业名称", "天气", "处置方式", "是否完成"]
    row = [1, "一中", "旧校舍", "晴", "出租", "否"]
    above = ["存量资产盘活台账（2026年10月）"]
    stated = read(book(tmp_path / "盘活.xlsx", [above, header, row]))
    assert [each.value for each in stated.questions] == ["资产和企业名称"]


@pytest.mark.parametrize(
    ("written", "state"),
    [("√", "SUBMIT"), ("×", "NONE"), ("完成80%", "PROGRESS"), (0.8, "PROGRESS"), (100, "SUBMIT")],
)
def test_a_state_may_be_a_mark_or_a_share(tmp_path: Path, written: object, state: str) -> None:
    row = [1, "一中", "结余未缴", LATE, written]
    stated = read(book(tmp_path / "台账.xlsx", [["整改台账"], LEDGER, row]))
    assert column(stated, "findings", "state") == [state]


def test_a_column_of_units_of_money_bears_any_heading(tmp_path: Path) -> None:
    header = ["序号", "责任单位", "问题描述", "问题金额", "金额单位", "整改时限"]
    rows = [[1, "一中", "甲", 12.5, "万元", LATE], [2, "一中", "乙", 30000, "元", LATE]]
    stated = read(book(tmp_path / "台账.xlsx", [["整改台账"], header, *rows]))
    assert [float(each) for each in column(stated, "findings", "amount")] == [12.5, 3]


def test_names_with_digits_and_of_the_city_above(tmp_path: Path) -> None:
    assert units_of(tmp_path, "第 2 中学") == ["U02"]
    assert units_of(tmp_path, "一中、") == ["U01"]
    assert units_of(tmp_path, "市第一中学") == [None]


def test_years_in_audit_are_counted_back_from_the_day_of_the_sheet(tmp_path: Path) -> None:
    header = ["序号", "单位", "姓名", "部门及职务", "从事审计工作年限"]
    rows = [[1, "一中", "甲", "会计", 12], [2, "一中", "乙", "会计", "2019.3至今"]]
    stated = read(book(tmp_path / "花名册.xlsx", [["内审人员花名册"], header, *rows]))
    assert column(stated, "appointments", "from_on") == [date(2014, 10, 31), date(2019, 3, 31)]


def test_hours_in_brackets_are_no_part_of_the_name_of_a_training(tmp_path: Path) -> None:
    rows = [
        ["序号", "单位", "3月12日 新准则培训（8学时）", ""],
        ["", "", "应到", "实到"],
        [1, "一中", 2, 2],
    ]
    merges = ("C2:D2", "A2:A3", "B2:B3")
    stated = read(book(tmp_path / "培训.xlsx", [["2026年培训统计"], *rows], merges))
    assert column(stated, "trainings", "name") == ["新准则培训"]
    assert column(stated, "trainings", "hours") == [8]


def test_a_mark_and_its_day_in_one_cell(tmp_path: Path) -> None:
    header = ["序号", "单位", "内审计划"]
    rows = [[1, "一中", "√ 3月28日"], [2, "二中", "逾期（4月15日报）"], [3, "区卫健委", "未到期"]]
    stated = read(book(tmp_path / "报送.xlsx", [["2026年四类报告报送情况"], header, *rows]))
    days = [date(2026, 3, 28), date(2026, 4, 15), None]
    assert column(stated, "reports", "submitted_on") == days
