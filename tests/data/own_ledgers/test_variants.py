"""Shapes that offices keep beside the samples: other headings, depths, files, quirks."""

import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from data.own_ledgers.forms.form import shipped
from data.own_ledgers.memory.answers import taught
from data.own_ledgers.words.stated import (
    ALL,
    LIMIT,
    ORIGINAL_LIMIT,
    Limit,
    QuestionKind,
    RowOfFile,
    State,
)
from tests.data.own_ledgers.own_files import (
    AS_OF,
    book,
    books,
    column,
    known,
    of,
    read,
    text_file,
)

SUPERIOR = [
    "序号",
    "审计项目名称",
    "审计类型",
    "审计机关",
    "报告文号",
    "报告日期",
    "一级单位",
    "二级单位",
    "三级单位",
    "单位级次",
    "所属行业",
    "问题编号",
    "问题一级分类",
    "问题二级分类",
    "问题三级分类",
    "问题概述",
    "具体问题表述",
    "问题性质",
    "涉及年度",
    "问题金额(万元)",
    "其中:违规金额(万元)",
    "其中:管理不规范金额(万元)",
    "损失浪费金额(万元)",
    "涉及人数",
    "问题产生原因",
    "审计建议",
    "整改责任单位",
    "整改责任人",
    "责任领导",
    "牵头部门",
    "配合部门",
    "整改措施",
    "整改类型",
    "整改时限",
    "是否已完成整改",
    "整改完成时间",
    "整改进展情况",
    "已整改金额(万元)",
    "其中:上缴财政(万元)",
    "其中:归还原渠道(万元)",
    "其中:调账(万元)",
    "建章立制(项)",
    "处理处分(人)",
    "移送情况",
    "未完成整改原因",
    "下一步工作计划",
    "预计完成时间",
    "是否销号",
    "销号时间",
    "销号依据",
    "联系人",
    "联系电话",
]


def superior_row(number: int, **cells: Any) -> list[Any]:
    usual = {
        "序号": number,
        "审计项目名称": "2025年度企业财务收支审计",
        "报告日期": "2026-01-15",
        "一级单位": "示例区城市建设投资有限公司",
        "问题概述": "合同管理不规范",
        "具体问题表述": "2025年签订的合同中有12份未经审查。",
        "问题金额(万元)": 100.5,
        "整改时限": "2026年6月底前",
        "是否已完成整改": "是",
        "是否销号": "否",
    }
    return [cells.get(each, usual.get(each, "")) for each in SUPERIOR]


def test_the_list_of_superior_bodies_has_52_columns_and_asks_nothing(tmp_path: Path) -> None:
    assert len(SUPERIOR) == 52
    rows = [
        ["审计发现问题整改情况报送模板（截至2026年9月30日）"],
        SUPERIOR,
        superior_row(1, 是否销号="是", 销号时间="2026-07-01", 整改完成时间="2026.6.20"),
        superior_row(2),
        superior_row(3, 是否已完成整改="否"),
    ]
    stated = read(book(tmp_path / "清单.xlsx", rows), as_of=None)
    assert (stated.questions, stated.faults) == ((), ())
    [sheet] = stated.sheets
    assert (sheet.form, sheet.as_of, sheet.rows) == ("上级审计问题清单", date(2026, 9, 30), 3)
    assert column(stated, "findings", "state") == [State.CLOSE, State.SUBMIT, State.NONE]
    first = of(stated, "findings")[0].values
    assert (first["state_on"], first["submitted_on"]) == (date(2026, 7, 1), date(2026, 6, 20))
    assert (first["unit"], first["issued_on"]) == ("U03", date(2026, 1, 15))
    assert first["title"] == "合同管理不规范"
    assert sheet.sums.theirs["amount"] == Decimal("301.5")


def findings(*rows: list[Any]) -> list[list[Any]]:
    return [["责任单位", "审计发现问题", "问题金额", "整改期限", "整改状态"], *rows]


def test_a_header_of_one_row_without_title_or_numbers(tmp_path: Path) -> None:
    stated = read(
        book(
            tmp_path / "台账.xlsx",
            findings(["一中", "账务混乱", "12万元", "2026-12-31", "正在整改"]),
        )
    )
    assert (stated.questions, stated.sheets[0].header_rows) == ((), (1,))
    assert stated.rows[0].values["amount"] == Decimal(12)


def test_a_header_of_three_rows(tmp_path: Path) -> None:
    rows = [
        ["整改台账"],
        ["序号", "责任单位", "问题情况", "", "", "整改情况", ""],
        ["", "", "问题描述", "金额", "", "状态", "完成"],
        ["", "", "", "涉及金额（万元）", "已整改金额（万元）", "整改状态", "完成时间"],
        [1, "一中", "账务混乱", 10, 4, "已完成", "3月2日"],
    ]
    merges = ["A2:A4", "B2:B4", "C2:E2", "C3:C4", "D3:E3", "F2:G2"]
    stated = read(book(tmp_path / "台账.xlsx", rows, merges))
    assert (stated.questions, stated.sheets[0].header_rows) == ((), (2, 3, 4))
    values = stated.rows[0].values
    assert (values["amount"], values["rectified"]) == (Decimal(10), Decimal(4))
    assert values["state_on"] == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("gb18030", ","), ("utf-8", ","), ("utf-8-sig", ","), ("utf-16", "\t")],
)
def test_a_csv_reads_like_a_workbook(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [
        ["审计整改台账", "", "", "", "", "", ""],
        ["序号", "审计项目", "责任单位", "问题描述", "涉及金额(万元)", "整改情况", ""],
        ["", "", "", "", "", "进展情况", "销号情况"],
        ["1", "经济责任审计", "一中", "账务混乱", "1,200.50", "已完成", "已销号"],
        ["2", "", "", "公车私用", "", "正在整改", ""],
    ]
    path = text_file(tmp_path / "台账202610.csv", rows, encoding, delimiter)
    stated = read(path, as_of=None)
    assert (stated.questions, stated.faults) == ((), ())
    assert stated.sheets[0].as_of == AS_OF
    assert column(stated, "findings", "unit") == ["U01", "U01"]
    assert column(stated, "findings", "state") == [State.CLOSE, State.PROGRESS]
    assert stated.sheets[0].carried_down == 1


def test_sections_subtotals_notes_and_signatures_are_passed_over(tmp_path: Path) -> None:
    rows = [
        ["整改台账（单位：元）"],
        ["序号", "责任单位", "问题描述", "涉及金额", "整改状态"],
        ["一、教育系统"],
        [1, "一中", "甲", 10000, "已完成"],
        [2, "", "乙", 20000, "未完成"],
        ["一中小计", "", "", 30000],
        ["序号", "责任单位", "问题描述", "涉及金额", "整改状态"],
        [3, "二中", "丙", 5000, "未完成"],
        [4],
        [],
        ["合 计", "", "共3个问题", 35000],
        ["注：金额以审计报告为准。"],
        ["填表人：张三", "", "审核人：李四"],
    ]
    stated = read(book(tmp_path / "台账.xlsx", rows))
    assert stated.questions == ()
    assert [(each.row, each.why.message) for each in stated.sheets[0].passed_over] == [
        (3, "heading of a section"),
        (6, "subtotal"),
        (7, "the header again"),
        (9, "nothing but a serial number"),
        (10, "blank row"),
        (11, "total"),
        (12, "note"),
        (13, "signature"),
    ]
    assert column(stated, "findings", "amount") == [Decimal(1), Decimal(2), Decimal("0.5")]


def test_a_row_with_a_serial_number_is_never_passed_over_silently(tmp_path: Path) -> None:
    rows = [
        ["序号", "责任单位", "问题描述", "涉及金额(万元)", "整改状态"],
        [1, "合计", "甲", 10, "已完成"],
    ]
    stated = read(book(tmp_path / "台账.xlsx", rows))
    assert [each.value for each in stated.questions] == ["合计"]


def test_a_total_that_does_not_add_up_is_asked(tmp_path: Path) -> None:
    rows = [
        ["序号", "责任单位", "问题描述", "涉及金额(万元)", "整改状态"],
        [1, "一中", "甲", 10, "已完成"],
        ["合计", "", "共2个问题", 12],
    ]
    path = book(tmp_path / "台账.xlsx", rows)
    stated = read(path)
    assert [(each.kind, each.value) for each in stated.questions] == [
        (QuestionKind.CONTRADICTION, "12"),
        (QuestionKind.CONTRADICTION, "共2个问题"),
    ]
    assert read(path, answers={each.id: "rows" for each in stated.questions}).questions == ()


def test_an_unknown_money_unit_is_asked_once_a_column(tmp_path: Path) -> None:
    rows = findings(["一中", "甲", 10, "", "未完成"], ["二中", "乙", 20, "", "未完成"])
    path = book(tmp_path / "台账.xlsx", rows)
    [question] = read(path).questions
    assert (question.kind, question.rows) == (QuestionKind.MONEY_UNIT, (2, 3))
    answered = read(path, answers={question.id: "元"})
    assert (answered.questions, column(answered, "findings", "amount")) == (
        (),
        [Decimal("0.001"), Decimal("0.002")],
    )


def test_an_unknown_column_is_asked_with_the_likeliest_and_not_kept(tmp_path: Path) -> None:
    rows = [
        ["责任单位", "问题描述", "涉及问题资金数额(万元)", "整改状态", "佐证材料"],
        ["一中", "甲", 10, "未完成", "见附件"],
    ]
    path = book(tmp_path / "台账.xlsx", rows)
    stated = read(path)
    [question] = stated.questions
    assert (question.kind, question.value) == (QuestionKind.COLUMN, "涉及问题资金数额(万元)")
    assert "amount" in [each.answer for each in question.proposals[:3]]
    assert question.proposals[-1].answer == "-"
    assert len(question.proposals) == 4
    assert [(each.theirs, each.cells) for each in stated.sheets[0].not_kept][-1] == ("佐证材料", 1)
    answered = read(path, answers={question.id: "findings.amount"})
    assert column(answered, "findings", "amount") == [Decimal(10)]


def test_an_unknown_state_and_a_strange_unit_are_asked_once(tmp_path: Path) -> None:
    rows = findings(
        *(["天文台", "甲", "", "", "另行研究"] for _ in range(3)),
        ["一中", "乙", "", "", "另行研究"],
    )
    path = book(tmp_path / "台账.xlsx", rows)
    asked = read(path).questions
    assert [(each.kind, each.value, each.rows) for each in asked] == [
        (QuestionKind.UNIT, "天文台", (2, 3, 4)),
        (QuestionKind.STATE, "另行研究", (2, 3, 4, 5)),
    ]
    answers = {asked[0].id: "-", asked[1].id: "PROGRESS"}
    stated = read(path, answers=answers)
    assert stated.questions == ()
    assert column(stated, "findings", "state") == [State.PROGRESS]
    assert [each.row for each in stated.sheets[0].passed_over] == [2, 3, 4]


def test_an_answer_that_cannot_be_used_leaves_the_question_open(tmp_path: Path) -> None:
    path = book(tmp_path / "台账.xlsx", findings(["天文台", "甲", "", "", "未完成"]))
    [question] = read(path).questions
    assert [each.id for each in read(path, answers={question.id: "海军"}).questions] == [
        question.id
    ]


def test_one_answer_may_name_several_units(tmp_path: Path) -> None:
    path = book(tmp_path / "台账.xlsx", findings(["两所中学", "甲", "8万元", "", "未完成"]))
    [question] = read(path).questions
    stated = read(path, answers={question.id: "U01、二中"})
    assert column(stated, "findings", "unit") == ["U01", "U02"]
    assert column(stated, "findings", "amount") == [Decimal(8), None]
    assert len({row.matter for row in stated.rows}) == 1


def test_a_limit_that_was_extended_keeps_the_first_one(tmp_path: Path) -> None:
    rows = [
        ["责任单位", "问题描述", "整改时限", "延期至", "是否完成整改", "是否销号"],
        ["一中", "甲", "2026年6月底前", "2026年12月底", "否", "否"],
        ["一中", "乙", "2026年6月底前", "", "是", "√"],
    ]
    first, second = read(book(tmp_path / "台账.xlsx", rows)).rows
    assert first.values[LIMIT] == Limit(on=date(2026, 12, 31))
    assert first.values[ORIGINAL_LIMIT] == Limit(on=date(2026, 6, 30))
    assert ORIGINAL_LIMIT not in second.values
    assert second.values["state"] is State.CLOSE


def test_a_long_description_is_cut_for_the_title_and_kept_whole(tmp_path: Path) -> None:
    words = "固定资产未及时入账。" * 30
    path = book(tmp_path / "台账.xlsx", findings(["一中", words, "", "", "未完成"]))
    [row] = read(path).rows
    assert len(row.values["title"]) == 200
    assert row.values["note"] == words


def test_a_unit_s_own_sheet_needs_no_column_of_units(tmp_path: Path) -> None:
    rows = [
        ["审计整改台账"],
        ["填报单位：示例区第二中学", "", "单位：万元"],
        ["序号", "审计项目", "问题描述", "涉及金额", "整改状态"],
        [1, "自查", "甲", 3, "已完成"],
    ]
    named = book(tmp_path / "台账.xlsx", rows)
    assert (read(named).questions, column(read(named), "findings", "unit")) == ((), ["U02"])
    unnamed = book(tmp_path / "无名.xlsx", [rows[0], ["单位：万元"], *rows[2:]])
    assert [each.kind for each in read(unnamed).questions] == [QuestionKind.UNIT]
    assert column(read(unnamed, sender="一中"), "findings", "unit") == ["U01"]


def test_several_sheets_are_each_read_by_their_form(tmp_path: Path) -> None:
    sheets = {
        "封面": [["示例区审计整改材料"]],
        "整改": findings(["九中", "甲", "1万元", "", "未完成"]),
        "单位": [
            ["单位名称", "简称", "单位性质", "主管部门"],
            ["示例区第九中学", "九中", "公益一类", "区教育局"],
        ],
    }
    stated = read(books(tmp_path / "材料.xlsx", sheets))
    assert [(each.sheet, each.form) for each in stated.sheets] == [
        ("整改", "审计整改台账"),
        ("单位", "单位名册"),
    ]
    assert stated.rows[0].values["unit"] == RowOfFile("units", "示例区第九中学")
    assert [each.sheet for each in stated.warnings] == ["封面"]


def test_merged_amounts_count_once(tmp_path: Path) -> None:
    rows = [
        ["序号", "责任单位", "问题描述", "涉及金额(万元)", "整改状态"],
        [1, "一中", "甲", 10, "未完成"],
        [2, "一中", "乙", "", "未完成"],
    ]
    stated = read(book(tmp_path / "台账.xlsx", rows, ["D2:D3"]))
    assert column(stated, "findings", "amount") == [Decimal(10), None]
    assert [each.row for each in stated.warnings] == [2]


def test_all_of_an_amount(tmp_path: Path) -> None:
    rows = [
        ["责任单位", "问题描述", "涉及金额(万元)", "已整改金额(万元)", "整改状态"],
        ["一中", "甲", 10, "全部", "已完成"],
    ]
    stated = read(book(tmp_path / "台账.xlsx", rows))
    assert stated.rows[0].values["rectified"] == ALL
    assert dict(stated.sheets[0].sums.ours) == dict(stated.sheets[0].sums.theirs)


def test_reports_in_one_header_row_with_the_due_day_in_the_heading(tmp_path: Path) -> None:
    rows = [
        ["2026年四类报告报送情况"],
        ["单位名称", "内审计划（3月31日前报送）", "工作总结报送时间"],
        ["一中", "2026.3.1", ""],
        ["二中", "未报", "12.20"],
    ]
    stated = read(book(tmp_path / "报告.xlsx", rows))
    assert [each.value for each in stated.questions] == ["工作总结", "12.20"]
    plans = [row.values for row in of(stated, "reports") if row.values["kind"] == "PLAN"]
    assert [(each["due_on"], each.get("submitted_on")) for each in plans] == [
        (date(2026, 3, 31), date(2026, 3, 1)),
        (date(2026, 3, 31), None),
    ]


def test_reports_one_a_row(tmp_path: Path) -> None:
    rows = [
        ["单位", "年度", "报告类别", "应报日期", "报送日期"],
        ["一中", 2026, "内部审计计划", "2026-03-31", "2026-03-05"],
        ["一中", 2026, "整改报告", "2026-09-30", ""],
    ]
    stated = read(book(tmp_path / "报告.xlsx", rows))
    assert stated.questions == ()
    assert column(stated, "reports", "kind") == ["PLAN", "RECT_REPORT"]
    assert column(stated, "reports", "submitted_on") == [date(2026, 3, 5), None]


def test_a_training_a_column(tmp_path: Path) -> None:
    rows = [
        ["2026年培训签到表"],
        ["序号", "参训单位", "内审实务培训（3月12日）", "9月8日技能竞赛"],
        [1, "一中", 3, "√"],
        [2, "二中", "请假", ""],
    ]
    stated = read(book(tmp_path / "培训.xlsx", rows), as_of=None)
    assert stated.questions == ()
    assert [
        (row.values["name"], row.values["kind"], row.values["on_date"])
        for row in of(stated, "trainings")
    ] == [
        ("内审实务培训", "TRAINING", date(2026, 3, 12)),
        ("技能竞赛", "CONTEST", date(2026, 9, 8)),
    ]
    assert column(stated, "attendance", "people") == [3, 1, 0]


def test_a_training_a_row(tmp_path: Path) -> None:
    rows = [
        ["单位", "培训名称", "培训时间", "参加人数", "合格人数"],
        ["一中", "内审实务", "2026-03-12", 5, 4],
        ["二中", "内审实务", "2026-03-12", 2, 2],
    ]
    stated = read(book(tmp_path / "培训.xlsx", rows))
    assert len(of(stated, "trainings")) == 1
    assert column(stated, "attendance", "passed") == [4, 2]


def test_disposals(tmp_path: Path) -> None:
    rows = [
        ["示例区“小散弱”企业和存量资产清理盘活台账（2026年9月）"],
        [
            "序号",
            "责任单位",
            "名称",
            "类型",
            "账面价值（万元）",
            "处置时限",
            "处置方式",
            "是否完成",
            "完成时间",
        ],
        [1, "城市建设投资公司", "甲公司", "空壳企业", "", "2026年底前", "注销", "是", "2026.5"],
        [2, "鼓楼街", "沿街房屋", "闲置房产", "1.2亿元", "长期坚持", "拟出租", "正在处置", ""],
    ]
    stated = read(book(tmp_path / "盘活.xlsx", rows), as_of=None)
    assert (stated.questions, stated.sheets[0].form) == ((), "清理盘活台账")
    done, open_ = (row.values for row in stated.rows)
    assert (done["kind"], done["method"], done["done_on"]) == (
        "SHELL",
        "DEREGISTER",
        date(2026, 5, 31),
    )
    assert (open_["kind"], open_["value"], "done_on" in open_) == (
        "IDLE_ASSET",
        Decimal(12000),
        False,
    )


def test_funds_with_the_unit_of_money_above_the_table(tmp_path: Path) -> None:
    rows = [
        ["国债项目资金情况（截止2026.9.30）"],
        ["", "", "", "", "单位：亿元"],
        ["项目名称", "实施单位", "资金来源", "批复金额", "累计拨付", "累计支出", "批复时间"],
        ["污水厂", "城市建设投资", "增发国债", 1.5, 1.2, 0.3, "2026年3月"],
    ]
    stated = read(book(tmp_path / "资金.xlsx", rows), as_of=None)
    assert stated.questions == ()
    values = stated.rows[0].values
    assert (values["approved"], values["disbursed"], values["spent"]) == (
        Decimal(15000),
        Decimal(12000),
        Decimal(3000),
    )
    assert (values["kind"], values["approved_on"]) == ("NEW_BOND", date(2026, 3, 31))


def test_a_file_of_nothing_known_is_one_fault(tmp_path: Path) -> None:
    stated = read(book(tmp_path / "菜单.xlsx", [["菜名", "价格"], ["面条", 12]]))
    assert (len(stated.faults), stated.rows) == (1, ())


def test_no_unit_known_is_one_question(tmp_path: Path) -> None:
    rows = findings(["一中", "甲", "", "", "未完成"], ["二中", "乙", "", "", "未完成"])
    nothing = known()
    empty = type(nothing)({}, {}, nothing.forms, nothing.references)
    stated = read(book(tmp_path / "台账.xlsx", rows), what=empty)
    assert [(each.kind, each.rows) for each in stated.questions] == [(QuestionKind.UNIT, (2, 3))]
    assert stated.sheets[0].sums.theirs["findings"] == 2


def test_a_formula_with_an_error_in_a_column_that_is_read_is_a_fault(tmp_path: Path) -> None:
    rows = findings(["一中", "甲", "=1/0", "", "未完成"])
    [fault] = read(book(tmp_path / "台账.xlsx", rows)).faults
    assert (fault.row, fault.column) == (2, "问题金额")


def test_questions_have_the_same_ids_in_every_run(tmp_path: Path) -> None:
    path = book(tmp_path / "台账.xlsx", findings(["天文台", "甲", 10, "视情况", "另行研究"]))
    first, second = read(path), read(path)
    assert [each.id for each in first.questions] == [each.id for each in second.questions]
    assert len(first.questions) == 4


def calls(work: Callable[[], object]) -> int:
    """How many functions of Python `work` calls, which is its cost on a machine of any speed."""
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event == "call"

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted


def test_twice_the_rows_cost_twice_the_work(tmp_path: Path) -> None:
    header = [
        "序号",
        "审计项目",
        "责任单位",
        "问题描述",
        "涉及金额(万元)",
        "整改时限",
        "整改状态",
        "是否销号",
    ]

    def ledger(rows: int) -> Path:
        finding = ["经济责任审计", "一中", "问题", 1.5, "2026年底前", "正在整改", "未销号"]
        cells = [[number, *finding] for number in range(1, rows + 1)]
        for row in cells:
            row[3] = f"问题{row[0]}"
        return book(tmp_path / f"{rows}行台账.xlsx", [header, *cells])

    small, large = ledger(300), ledger(600)
    assert len(read(large).rows) == 600
    assert calls(lambda: read(large)) < 2.2 * calls(lambda: read(small))


@pytest.mark.parametrize(
    "written", ["一中、二中", "一中\n二中", "一中和二中", "一中 二中", "一中（牵头），二中"]
)
def test_several_units_in_a_cell(tmp_path: Path, written: str) -> None:
    stated = read(book(tmp_path / "台账.xlsx", findings([written, "甲", "", "", "未完成"])))
    assert (stated.questions, column(stated, "findings", "unit")) == ((), ["U01", "U02"])


def test_words_in_a_column_of_days_that_name_none_ask_nothing(tmp_path: Path) -> None:
    rows = [
        ["责任单位", "问题描述", "整改状态", "完成时间"],
        ["一中", "甲", "正在整改", "正在整改"],
        ["一中", "乙", "正在整改", "预计2026年12月"],
        ["一中", "丙", "正在整改", "待定"],
    ]
    stated = read(book(tmp_path / "台账.xlsx", rows))
    assert stated.questions == ()
    assert column(stated, "findings", "state_on") == [None, None, None]


def test_a_day_of_completion_after_that_of_the_sheet_is_asked(tmp_path: Path) -> None:
    rows = [
        ["责任单位", "问题描述", "整改状态", "完成时间"],
        ["一中", "甲", "已完成", "2026-12-05"],
    ]
    [question] = read(book(tmp_path / "台账.xlsx", rows)).questions
    assert question.kind is QuestionKind.DAY
    assert [each.answer for each in question.proposals] == ["2026-12-05", "2026-10-31", "-"]


def test_a_day_in_the_column_of_closure_closes(tmp_path: Path) -> None:
    rows = [["责任单位", "问题描述", "整改状态", "是否销号"], ["一中", "甲", "已完成", "2026.9.30"]]
    [row] = read(book(tmp_path / "台账.xlsx", rows)).rows
    assert (row.values["state"], row.values["state_on"]) == (State.CLOSE, date(2026, 9, 30))


@pytest.mark.parametrize(
    ("share", "state"),
    [
        ((0.8,), State.PROGRESS),
        ((1.0,), State.SUBMIT),
        ((0.0,), State.NONE),
        ("80%", State.PROGRESS),
    ],
)
def test_a_share_of_work_done_is_a_state(tmp_path: Path, share: object, state: State) -> None:
    rows = [["责任单位", "问题描述", "整改进度", "整改时限"], ["一中", "甲", share, "2026年底"]]
    stated = read(book(tmp_path / "台账.xlsx", rows))
    assert (stated.questions, column(stated, "findings", "state")) == ((), [state])


def test_a_report_in_the_column_of_states_is_progress(tmp_path: Path) -> None:
    rows = [
        ["责任单位", "问题描述", "整改情况", "整改时限", "是否销号"],
        ["一中", "甲", "已召开专题会议研究，制定了整改方案并逐项落实。", "2026年底", "否"],
        ["一中", "乙", "资金已全部收回，相关制度已修订印发执行。", "2026年底", "√"],
    ]
    stated = read(book(tmp_path / "台账.xlsx", rows))
    assert stated.questions == ()
    assert column(stated, "findings", "state") == [State.NONE, State.CLOSE]
    assert "专题会议" in stated.rows[0].values["progress"]


def test_a_list_of_those_who_signed_is_added_up(tmp_path: Path) -> None:
    rows = [
        ["内审实务培训签到表"],
        ["序号", "单位", "姓名", "培训时间", "培训名称"],
        [1, "一中", "甲", "2026-03-12", "内审实务"],
        [2, "一中", "乙", "2026-03-12", "内审实务"],
        [3, "二中", "丙", "2026-03-12", "内审实务"],
    ]
    stated = read(book(tmp_path / "签到.xlsx", rows))
    assert (stated.questions, column(stated, "attendance", "people")) == ((), [2, 1])


def test_disposals_of_one_kind_a_sheet(tmp_path: Path) -> None:
    header = ["序号", "责任单位", "名称", "处置期限", "完成情况", "处置方式"]
    sheets = {
        "空壳企业": [header, [1, "一中", "甲公司", "2026年底", "已注销", "注销"]],
        "存量资产": [header, [1, "二中", "旧教学楼", "2026年底", "正在盘活", ""]],
    }
    stated = read(books(tmp_path / "盘活.xlsx", sheets))
    assert stated.questions == ()
    assert column(stated, "disposals", "kind") == ["SHELL", "IDLE_ASSET"]


def test_a_form_that_is_named_needs_few_known_headings(tmp_path: Path) -> None:
    rows = [["被查对象", "病灶", "问题金额（万元）", "整改期限"], ["一中", "甲", 3, "2026年底"]]
    path = book(tmp_path / "表.xlsx", rows)
    assert read(path).faults
    stated = read(path, form=shipped()["审计整改台账"])
    assert [each.value for each in stated.questions] == ["被查对象", "病灶"]
    answers = dict(zip([each.id for each in stated.questions], ["unit", "text"], strict=True))
    [row] = read(path, form=shipped()["审计整改台账"], answers=answers).rows
    assert (row.values["unit"], row.values["title"]) == ("U01", "甲")


def test_a_form_that_does_not_fit_is_one_fault(tmp_path: Path) -> None:
    path = book(tmp_path / "表.xlsx", [["菜名", "价格"], ["面条", 12]])
    [fault] = read(path, form=shipped()["审计整改台账"]).faults
    assert fault.sentence.values == {"form": "审计整改台账"}


def test_a_due_day_answered_stays_with_the_form_and_one_unknown_is_marked(tmp_path: Path) -> None:
    rows = [["2026年四类报告报送情况"], ["单位", "内审计划", "工作总结"], ["一中", "√", "×"]]
    path = book(tmp_path / "报告.xlsx", rows)
    plan, summary = read(path).questions
    stated = read(path, answers={plan.id: "2026-03-31", summary.id: "-"})
    assert stated.questions == ()
    assert column(stated, "reports", "due_on") == [date(2026, 3, 31), AS_OF]
    assert [row.known_as_of for row in stated.rows] == [{"submitted_on"}, {"due_on"}]
    [form] = taught(shipped(), stated)
    assert dict(form.due_days) == {"PLAN": "3月31日", "SUMMARY": "-"}
    again = read(path, what=known({**shipped(), form.name: form}))
    assert (again.questions, again.rows) == ((), stated.rows)


def test_a_disposal_without_a_limit_is_due_so_long_after_it_was_found(tmp_path: Path) -> None:
    rows = [
        ["责任单位", "名称", "类型", "排查日期", "处置期限"],
        ["一中", "旧楼", "低效资产", "2026-03-01", ""],
    ]
    [row] = read(book(tmp_path / "盘活.xlsx", rows)).rows
    assert (row.values["due_on"], row.assumed) == (date(2026, 4, 30), {"due_on"})


def test_rows_left_out_do_not_upset_the_sums(tmp_path: Path) -> None:
    rows = [
        ["序号", "责任单位", "问题描述", "涉及金额(万元)", "整改状态"],
        [1, "一中", "甲", 10, "未完成"],
        [2, "天文台", "乙", 5, "未完成"],
        [3, "天文台、二中", "丙", 1, "未完成"],
        ["合计", "", "", 16, ""],
    ]
    path = book(tmp_path / "台账.xlsx", rows)
    [question] = read(path).questions
    stated = read(path, answers={question.id: "-"})
    assert (stated.questions, column(stated, "findings", "unit")) == ((), ["U01", "U02"])
    assert dict(stated.sheets[0].sums.ours) == dict(stated.sheets[0].sums.theirs)


def test_a_number_beyond_all_money_is_asked(tmp_path: Path) -> None:
    rows = findings(["一中", "甲", 1e300, "", "未完成"])
    rows[0][2] = "问题金额(元)"
    assert [each.kind for each in read(book(tmp_path / "台账.xlsx", rows)).questions] == [
        QuestionKind.MONEY_UNIT
    ]


def test_who_began_before_the_first_day_that_is_kept(tmp_path: Path) -> None:
    rows = [["单位", "姓名", "从事内审时间"], ["一中", "甲", "1998年7月"], ["一中", "乙", "30年"]]
    stated = read(book(tmp_path / "花名册.xlsx", rows))
    assert stated.questions == ()
    assert column(stated, "appointments", "from_on") == [date(2000, 1, 1)] * 2
    assert [row.words["from_on"] for row in stated.rows] == ["1998年7月", "30年"]
