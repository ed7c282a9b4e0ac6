"""Shapes of offices elsewhere: deep headings, ticks for states, signed sheets, rows a report."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from data.own_ledgers.layout.files import NOT_A_LEDGER_FILE
from data.own_ledgers.words.stated import State
from tests.data.own_ledgers.own_files import book, books, column, of, read

HEAD = ["序号", "责任单位", "审计项目", "问题描述", "金额(万元)", "整改期限", "整改情况"]
FIRST = [1, "一中", "预算审计", "少计收入", 3, "2026-12-31", "未整改"]
SECOND = [2, "二中", "预算审计", "多列支出", 4, "2026-12-31", "已整改"]


def columns_of(path: Path) -> dict[str, str]:
    return {each.theirs: each.column for each in read(path).sheets[0].columns}


def test_a_total_under_an_amount_is_the_amount(tmp_path: Path) -> None:
    rows = [
        ["编号", "被审计单位", "问题情况", "", "", "整改期限"],
        ["", "", "发现的主要问题", "问题金额(万元)", "", ""],
        ["", "", "", "合计", "其中:违规金额", ""],
        [1, "一中", "少计收入", 9, 4, "2026-12-31"],
    ]
    merges = ["C1:E1", "D2:E2", "A1:A3", "B1:B3", "C2:C3", "F1:F3"]
    stated = read(book(tmp_path / "a.xlsx", rows, merges))
    assert stated.questions == ()
    assert column(stated, "findings", "amount") == [Decimal(9)]
    assert column(stated, "findings", "title") == ["少计收入"]


@pytest.mark.parametrize(
    "foot",
    [
        ["单位负责人：", "", "", "审核人：", "", "填表人：", "联系电话："],
        ["审核人：", "张", "", "填表人：", "李", "填表日期：2026年10月31日"],
    ],
)
def test_a_line_to_sign_is_no_row(tmp_path: Path, foot: list[str]) -> None:
    stated = read(book(tmp_path / "a.xlsx", [HEAD, FIRST, SECOND, foot]))
    assert stated.questions == ()
    assert [each.row for each in stated.sheets[0].passed_over] == [4]
    assert len(of(stated, "findings")) == 2


def test_a_row_with_a_label_among_its_texts_is_a_row(tmp_path: Path) -> None:
    row = ["", "二中", "预算审计", "经办人：未签字", 4, "2026-12-31", "已整改"]
    assert len(of(read(book(tmp_path / "a.xlsx", [HEAD, FIRST, row])), "findings")) == 2


def test_a_numbered_section_is_called_a_section(tmp_path: Path) -> None:
    rows = [HEAD, ["一、区属国有企业及其下属公司"], FIRST, ["（二）教育领域"], SECOND]
    passed = read(book(tmp_path / "a.xlsx", rows)).sheets[0].passed_over
    assert [(each.row, each.why.message) for each in passed] == [
        (2, "heading of a section"),
        (4, "heading of a section"),
    ]


TICKS = [
    ["序号", "责任单位", "问题描述", "金额(万元)", "整改情况", "", ""],
    ["", "", "", "", "已整改", "正在整改", "未整改"],
]
TICK_MERGES = ["E1:G1", "A1:A2", "B1:B2", "C1:C2", "D1:D2"]


@pytest.mark.parametrize("tick", ["√", "✓", 1])
def test_a_tick_under_a_state_is_that_state(tmp_path: Path, tick: Any) -> None:
    rows = [
        *TICKS,
        [1, "一中", "少计收入", 3, tick, "", ""],
        [2, "二中", "多列支出", 4, "", tick, ""],
        [3, "二中", "虚列支出", 5, "", "", tick],
        ["合计", "", "", 12, 1, 1, 1],
    ]
    stated = read(book(tmp_path / "a.xlsx", rows, TICK_MERGES))
    assert stated.questions == ()
    assert column(stated, "findings", "state") == [State.SUBMIT, State.PROGRESS, State.NONE]
    assert "rectified" not in stated.sheets[0].sums.theirs


def test_ticks_are_states_below_a_line_that_names_the_unit_of_money(tmp_path: Path) -> None:
    plain_amount = [*TICKS[0][:3], "金额", *TICKS[0][4:]]
    rows = [["审计整改台账"], ["单位：万元"], plain_amount, TICKS[1]]
    rows += [[1, "一中", "少计收入", 3, "√", "", ""], [2, "二中", "多列支出", 4, "", "√", ""]]
    merges = ["E3:G3", "A3:A4", "B3:B4", "C3:C4", "D3:D4"]
    stated = read(book(tmp_path / "a.xlsx", rows, merges))
    assert column(stated, "findings", "state") == [State.SUBMIT, State.PROGRESS]


def test_two_ticks_in_a_row_are_asked_about(tmp_path: Path) -> None:
    rows = [*TICKS, [1, "一中", "少计收入", 3, "√", "√", ""], [2, "二中", "多列", 4, "", "", "√"]]
    stated = read(book(tmp_path / "a.xlsx", rows, TICK_MERGES))
    assert [each.value for each in stated.questions] == ["已整改、正在整改"]


def test_amounts_under_a_state_are_no_ticks(tmp_path: Path) -> None:
    rows = [*TICKS, [1, "一中", "少计收入", 3, 2, 1, ""], [2, "二中", "多列支出", 4, 4, "", ""]]
    stated = read(book(tmp_path / "a.xlsx", rows, TICK_MERGES))
    assert columns_of(tmp_path / "a.xlsx").get("整改情况/已整改") == "rectified"
    assert stated.rows


@pytest.mark.parametrize("numbers", [[1, 2, 1, 2], ["1.", "2.", "3.", "4."]])
def test_numbers_that_count_the_rows_are_no_codes(tmp_path: Path, numbers: list[Any]) -> None:
    rows = [["编号", *HEAD[1:]]]
    rows += [[each, *FIRST[1:3], f"问题{at}", *FIRST[4:]] for at, each in enumerate(numbers)]
    stated = read(book(tmp_path / "a.xlsx", rows))
    assert column(stated, "findings", "code_as_written") == [None] * 4


def test_numbers_that_stay_are_codes(tmp_path: Path) -> None:
    rows = [["编号", *HEAD[1:]], ["2026-7", *FIRST[1:]], ["2026-9", *SECOND[1:]]]
    stated = read(book(tmp_path / "a.xlsx", rows))
    assert column(stated, "findings", "code_as_written") == ["2026-7", "2026-9"]


def test_a_number_beside_the_serial_number_is_said_not_to_be_kept(tmp_path: Path) -> None:
    rows = [["序号", "问题序号", *HEAD[1:]], [1, 1, *FIRST[1:]], [2, 1, *SECOND[1:]]]
    [sheet] = read(book(tmp_path / "a.xlsx", rows)).sheets
    assert [(each.theirs, each.cells) for each in sheet.not_kept] == [("问题序号", 2)]


def test_the_unit_above_a_known_unit_below_is_not_asked_about(tmp_path: Path) -> None:
    rows = [
        ["序号", "一级单位", "二级单位", "具体问题表述", "问题金额(万元)", "整改时限"],
        [1, "区国资委", "示例区城市建设投资有限公司", "账外资产", 3, "2026-12-31"],
    ]
    stated = read(book(tmp_path / "a.xlsx", rows))
    assert stated.questions == ()
    assert column(stated, "findings", "unit") == ["U03"]


@pytest.mark.parametrize(("said", "severity"), [("是", "MAJOR"), ("否", "ORDINARY")])
def test_major_or_not_is_the_severity(tmp_path: Path, said: str, severity: str) -> None:
    rows = [[*HEAD, "是否重大问题"], [*FIRST, said]]
    stated = read(book(tmp_path / "a.xlsx", rows))
    assert column(stated, "findings", "severity") == [severity]


def test_what_a_pattern_sets_aside_is_asked_about_where_the_text_is_missing(
    tmp_path: Path,
) -> None:
    rows = [
        ["序号", "责任单位", "审计项目", "问题与定性", "金额(万元)", "整改期限", "整改情况"],
        FIRST,
    ]
    stated = read(book(tmp_path / "a.xlsx", rows))
    assert [each.value for each in stated.questions] == ["问题与定性"]
    assert {"text", "title"} & {each.answer for each in stated.questions[0].proposals}


def test_months_under_a_heading_that_spans_them_are_headings(tmp_path: Path) -> None:
    rows = [
        ["序号", "项目名称", "单位", "资金性质", "批复金额(万元)", "支出情况(万元)", "", ""],
        ["", "", "", "", "", "1月", "2月", "累计"],
        [1, "校舍改造", "一中", "两重", 500, 10, 20, 30],
    ]
    stated = read(book(tmp_path / "支出2026年10月31日.xlsx", rows, ["F1:H1"]))
    assert stated.sheets[0].header_rows == (1, 2)
    assert column(stated, "fund_projects", "spent") == [Decimal(30)]
    assert [each.theirs for each in stated.sheets[0].not_kept] == [
        "支出情况(万元)/1月",
        "支出情况(万元)/2月",
    ]


def test_one_row_a_report_states_what_is_not_in_yet(tmp_path: Path) -> None:
    rows = [
        ["序号", "报送单位", "报告类型", "应报送时间", "实际报送时间", "份数"],
        [1, "一中", "内审计划", "2026-02-28", "2026-02-20", 1],
        [2, "一中", "工作总结", "2026-12-31", "", ""],
    ]
    stated = read(book(tmp_path / "报送2026年.xlsx", rows))
    assert column(stated, "reports", "kind") == ["PLAN", "SUMMARY"]
    assert "submitted_on" not in of(stated, "reports")[1].values
    assert stated.sheets[0].sums.theirs == {"reports": 2, "submitted": 1}


def test_a_kind_of_report_by_its_short_name(tmp_path: Path) -> None:
    rows = [["2026年报送一览"], ["序号", "单位", "计划", "报告", "整改", "总结"]]
    rows += [[1, "一中", "√", "√", "×", ""]]
    stated = read(book(tmp_path / "截至2026年10月31日.xlsx", rows))
    assert column(stated, "reports", "kind") == ["PLAN", "AUDIT_REPORT", "RECT_REPORT", "SUMMARY"]


@pytest.mark.parametrize(
    ("cell", "hours"), [(8, Decimal(8)), ("4.5学时", Decimal("4.5")), ("半天", None)]
)
def test_hours_and_kind_of_a_training(tmp_path: Path, cell: Any, hours: Decimal | None) -> None:
    rows = [
        ["序号", "培训名称", "培训时间", "学时", "培训类别", "参训单位", "参加人数"],
        [1, "提升班", "2026-05-20", cell, "专题培训", "一中", 3],
    ]
    [training] = of(read(book(tmp_path / "a.xlsx", rows)), "trainings")
    assert training.values["kind"] == "SPECIAL"
    assert training.values.get("hours") == hours


def test_the_sums_stand_in_the_order_of_our_columns(tmp_path: Path) -> None:
    rows = [[*HEAD[:4], "已整改金额(万元)", *HEAD[4:]], [*FIRST[:4], 1, *FIRST[4:]]]
    [sheet] = read(book(tmp_path / "a.xlsx", rows)).sheets
    assert list(sheet.sums.theirs) == ["findings", "open", "amount", "rectified"]


class TestUnits:
    def test_of_company_and_department_the_company_is_the_unit(self, tmp_path: Path) -> None:
        rows = [["序号", "一级企业", "整改责任部门", *HEAD[2:]], [1, "一中", "投资部", *FIRST[2:]]]
        stated = read(book(tmp_path / "a.xlsx", rows))
        assert stated.questions == ()
        assert column(stated, "findings", "unit") == ["U01"]

    @pytest.mark.parametrize("title", ["首批试点单位名录", "网格单位"])
    def test_a_list_of_units_and_kinds_is_a_register(self, tmp_path: Path, title: str) -> None:
        rows = [[title], ["序号", "单位", "类别", "备注"], [1, "示例区第三小学", "学校", ""]]
        stated = read(book(tmp_path / "2026年10月31日.xlsx", rows))
        assert [each.form for each in stated.sheets] == ["单位名册"]


class TestStateInText:
    @pytest.mark.parametrize(
        ("text", "state"),
        [
            ("已完成整改，已上缴财政12.5万元。", State.SUBMIT),
            ("正在整改，已拨付200万元", State.PROGRESS),
            ("未整改，原因：规划调整", State.NONE),
            ("移送主管部门处理", State.TRANSFER),
            ("已收回部分款项，其余正在催缴", State.PROGRESS),
        ],
    )
    def test_the_first_clause_says_the_state(self, tmp_path: Path, text: str, state: State) -> None:
        other = "正在与上级部门沟通协调有关历史遗留事项"
        rows = [HEAD, [*FIRST[:-1], text], [*SECOND[:-1], other]]
        stated = read(book(tmp_path / "a.xlsx", rows))
        assert column(stated, "findings", "state")[0] == state

    def test_a_measure_says_nothing_of_the_state(self, tmp_path: Path) -> None:
        rows = [[*HEAD[:-1], "整改措施"], [*FIRST[:-1], "完成，并报告"]]
        stated = read(book(tmp_path / "a.xlsx", rows))
        assert column(stated, "findings", "state") == [State.PROGRESS]


class TestMoney:
    def test_the_unit_may_stand_in_a_cell_of_its_own(self, tmp_path: Path) -> None:
        rows = [
            ["序号", "问题描述", "涉及单位", "涉及金额", "单位", "整改时限"],
            [1, "甲", "一中", 500, "万元", "2026-12-31"],
            [2, "乙", "一中", 0.3, "亿元", "2026-12-31"],
        ]
        stated = read(book(tmp_path / "a.xlsx", rows))
        assert stated.questions == ()
        assert column(stated, "findings", "amount") == [Decimal(500), Decimal(3000)]

    @pytest.mark.parametrize("above", ["面积：平方米  金额：元", "整改台账（2026年，元）"])
    def test_a_line_above_names_the_unit(self, tmp_path: Path, above: str) -> None:
        rows = [[above], [*HEAD[:4], "金额", *HEAD[5:]], [*FIRST[:4], 30000, *FIRST[5:]]]
        stated = read(book(tmp_path / "a.xlsx", rows))
        assert column(stated, "findings", "amount") == [Decimal(3)]


class TestReports:
    def test_reports_of_a_kind_are_numbered_as_they_stand(self, tmp_path: Path) -> None:
        rows = [
            ["单位", "报告种类", "应报时间", "报送时间"],
            ["一中", "内部审计报告", "2026.7.15", "2026.7.20"],
            ["一中", "内部审计报告", "2026.9.15", "未报"],
            ["二中", "内部审计报告(第3份)", "2026.10.15", "2026.10.1"],
        ]
        stated = read(book(tmp_path / "报送2026年.xlsx", rows))
        assert stated.questions == ()
        assert column(stated, "reports", "number") == [1, 2, 3]
        assert column(stated, "reports", "submitted_on")[1] is None


def test_a_sheet_to_sign_is_a_training_and_no_roster(tmp_path: Path) -> None:
    rows = [
        ["内审人员培训考勤表"],
        ["培训名称：工程审计专题    培训时间：2026年6月10日   地点：党校"],
        ["序号", "单位", "姓名", "职务", "上午签到", "下午签到", "考试成绩"],
        [1, "一中", "甲", "会计", "√", "√", 90],
        [2, "一中", "乙", "出纳", "√", "×", 58],
        [3, "二中", "丙", "审计", "缺席", "", ""],
    ]
    stated = read(book(tmp_path / "a.xlsx", rows))
    [training] = of(stated, "trainings")
    assert (training.values["name"], training.values["on_date"]) == (
        "工程审计专题",
        date(2026, 6, 10),
    )
    assert column(stated, "attendance", "people") == [2, 0]


class TestDisposals:
    HEAD = ("序号", "单位名称", "主管部门", "编制数", "类型", "处置意见", "拟完成时间", "目前进展")

    def test_the_body_has_its_name_and_the_department_is_the_unit(self, tmp_path: Path) -> None:
        rows = [self.HEAD, [1, "农机站", "一中", 5, "小散弱", "撤销", "2026年10月", "正在报批"]]
        stated = read(book(tmp_path / "清理2026年9月30日.xlsx", rows))
        assert stated.questions == ()
        assert column(stated, "disposals", "name") == ["农机站"]
        assert column(stated, "disposals", "unit") == ["U01"]

    @pytest.mark.parametrize(("kind", "quantity"), [("沉淀编制", 5), ("空壳", None)])
    def test_posts_are_counted_of_idle_posts(
        self, tmp_path: Path, kind: str, quantity: int | None
    ) -> None:
        rows = [self.HEAD, [1, "农机站", "一中", 5, kind, "收回", "2026年10月", "正在报批"]]
        stated = read(book(tmp_path / "清理2026年9月30日.xlsx", rows))
        assert column(stated, "disposals", "quantity") == [quantity]


def test_who_left_by_the_column_of_those_in_post(tmp_path: Path) -> None:
    rows = [
        ["序号", "单位", "姓名", "任职时间", "是否在岗"],
        [1, "一中", "甲", "2021.7.1", "2026年5月调出"],
        [2, "一中", "乙", "2021.7.1", "在岗"],
    ]
    stated = read(book(tmp_path / "人员名单2026年10月.xlsx", rows))
    assert column(stated, "appointments", "until_on") == [date(2026, 5, 31), None]


class TestCopies:
    LONGER = (
        [1, "一中", "预算审计", "非税收入未及时足额缴库", 3, "2026-12-31", "未整改"],
        [2, "二中", "预算审计", "往来款项长期挂账未清理", 4, "2026-12-31", "已整改"],
        [3, "二中", "预算审计", "固定资产账实不符未入账", 5, "2026-12-31", "未整改"],
    )
    OTHER = (
        [1, "一中", "经责审计", "公务接待费超过预算标准", 1, "2026-12-31", "未整改"],
        [2, "二中", "经责审计", "工程结算审核不严多计款", 2, "2026-12-31", "未整改"],
        [3, "二中", "经责审计", "合同管理制度执行不到位", 2, "2026-12-31", "未整改"],
    )

    @pytest.mark.parametrize(
        ("names", "read_of"),
        [
            (("9月", "10月"), "10月"),
            (("2026年10月", "2026年9月"), "2026年10月"),
            (("甲", "乙"), "甲"),
        ],
    )
    def test_of_the_same_rows_the_latest_sheet_is_read(
        self, tmp_path: Path, names: tuple[str, str], read_of: str
    ) -> None:
        sheets = dict.fromkeys(names, [["2026年整改台账"], HEAD, *self.LONGER])
        stated = read(books(tmp_path / "a.xlsx", sheets))
        assert [each.sheet for each in stated.sheets] == [read_of]
        assert [each.sheet for each in stated.warnings] == [n for n in names if n != read_of]

    def test_sheets_of_other_rows_are_all_read(self, tmp_path: Path) -> None:
        sheets = {"预算": [HEAD, *self.LONGER], "经责": [HEAD, *self.OTHER]}
        stated = read(books(tmp_path / "a.xlsx", sheets))
        assert [each.sheet for each in stated.sheets] == ["预算", "经责"]
        assert stated.warnings == ()

    def test_the_same_words_of_other_units_are_other_rows(self, tmp_path: Path) -> None:
        of_unit = [[each[0], *each[2:]] for each in self.LONGER]
        head = [HEAD[0], *HEAD[2:]]
        sheets = {
            "一中": [["填报单位：一中"], head, *of_unit],
            "二中": [["填报单位：二中"], head, *of_unit],
        }
        stated = read(books(tmp_path / "a.xlsx", sheets))
        assert column(stated, "findings", "unit") == ["U01"] * 3 + ["U02"] * 3

    @pytest.mark.parametrize("state", ["hidden", "veryHidden"])
    def test_a_hidden_sheet_is_said_and_not_read(self, tmp_path: Path, state: str) -> None:
        path = books(tmp_path / "a.xlsx", {"一": [HEAD, *self.LONGER], "二": [HEAD, *self.OTHER]})
        workbook = openpyxl.load_workbook(path)
        workbook["二"].sheet_state = state
        workbook.save(path)
        stated = read(path)
        assert [each.sheet for each in stated.sheets] == ["一"]
        assert [each.sheet for each in stated.warnings] == ["二"]


@pytest.mark.parametrize("start", [b"%PDF-1.7\n", b"\x89PNG\r\n", b"{\\rtf1"])
def test_a_file_of_another_kind_is_told_so(tmp_path: Path, start: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(start + b"0" * 60)
    [fault] = read(tmp_path / "a.csv").faults
    assert fault.sentence == NOT_A_LEDGER_FILE


def test_a_day_under_an_upper_heading_is_no_amount(tmp_path: Path) -> None:
    rows = [
        ["国债台账（截至2026年9月30日，单位：万元）"],
        ["序号", "项目名称", "项目单位", "批复情况", "", "拨付情况", ""],
        ["", "", "", "日期", "金额", "最近拨付日期", "累计金额"],
        [1, "排水管网", "一中", "2025.3.1", 3000, "2026.5.1", 2000],
    ]
    stated = read(book(tmp_path / "a.xlsx", rows, ["D2:E2", "F2:G2"]))
    assert stated.questions == ()
    [fund] = of(stated, "fund_projects")
    assert (fund.values["approved"], fund.values["disbursed"]) == (Decimal(3000), Decimal(2000))
    assert fund.values["approved_on"] == date(2025, 3, 1)


def test_a_report_of_progress_beside_the_state_is_no_state(tmp_path: Path) -> None:
    rows = [[*HEAD, "是否完成"], [*FIRST[:-1], "已建制度", "是"], [*SECOND[:-1], "正在招标", "否"]]
    stated = read(book(tmp_path / "a.xlsx", rows))
    assert stated.questions == ()
    assert column(stated, "findings", "state") == [State.SUBMIT, State.NONE]


def test_a_tick_under_a_type_is_that_type(tmp_path: Path) -> None:
    rows = [
        [*HEAD, "立行立改（√）", "分阶段整改（√）", "持续整改（√）"],
        [*FIRST, "√", "", ""],
        [*SECOND, "", "", "√"],
    ]
    stated = read(book(tmp_path / "a.xlsx", rows))
    assert column(stated, "findings", "rect_type") == ["IMMEDIATE", "CONTINUOUS"]


@pytest.mark.parametrize(
    ("cell", "submitted", "due"), [("2/1", 1, 2), ("1/0", 0, 1), ("1/1", 1, 1)]
)
def test_due_and_submitted_in_one_cell(tmp_path: Path, cell: str, submitted: int, due: int) -> None:
    rows = [["序号", "单位", "内审报告(应报/已报)", "工作总结(12月底前)"], [1, "一中", cell, ""]]
    [sheet] = read(book(tmp_path / "报送截至2026年9月30日.xlsx", rows)).sheets
    assert sheet.sums.theirs == {"reports": due + 1, "submitted": submitted}


class TestWorkingGroups:
    HEAD = ("单位", "姓名", "组内职务", "单位职务", "任职时间")

    def rows(self, *posts: tuple[str, str]) -> list[Any]:
        people = [["一中", f"甲{at}", *each, "2024-01-01"] for at, each in enumerate(posts)]
        return [["内审工作领导小组名单（2026年10月31日）"], self.HEAD, *people]

    def test_the_role_is_that_in_the_group(self, tmp_path: Path) -> None:
        posts = [
            ("组长", "党委书记"),
            ("成员", "纪检委员"),
            ("成员", "财务科长"),
            ("成员", "审计干事"),
        ]
        stated = read(book(tmp_path / "a.xlsx", self.rows(*posts)))
        assert stated.questions == ()
        roles = ["GROUP_LEADER", "GROUP_DISCIPLINE", "GROUP_FINANCE", "GROUP_AUDIT"]
        assert column(stated, "appointments", "role") == roles
        assert stated.sheets[0].sums.theirs == stated.sheets[0].sums.ours == {"persons": 4}

    def test_a_post_that_says_none_is_asked_about(self, tmp_path: Path) -> None:
        stated = read(
            book(tmp_path / "a.xlsx", self.rows(("组长", "书记"), ("成员", "办公室主任")))
        )
        assert [each.value for each in stated.questions] == ["办公室主任"]


@pytest.mark.parametrize("lines", [14, 30])
def test_a_letter_may_stand_above_the_table(tmp_path: Path, lines: int) -> None:
    letter = [
        [f"{number}、各单位要高度重视，如实填报，逾期未报的予以通报。"] for number in range(lines)
    ]
    rows = [["关于报送审计整改情况的函（2026年10月31日）"], *letter, HEAD, FIRST, SECOND]
    stated = read(book(tmp_path / "a.xlsx", rows))
    assert (stated.questions, stated.faults) == ((), ())
    assert stated.sheets[0].header_rows == (lines + 2,)
    assert stated.sheets[0].rows == 2
