"""Ledgers as further offices keep them: prose, footnotes, columns of months, lists side by side."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from data.own_ledgers.forms.knowledge import Known
from data.own_ledgers.words.stated import QuestionKind, State, StatedFile
from tests.data.own_ledgers.own_files import book, books, column, known, of, read

HEAD = ["序号", "责任单位", "问题描述", "涉及金额(万元)", "整改时限", "整改状态"]
FIRST = [1, "一中", "预算编制不细化", 3, "2026-12-31", "未整改"]
SECOND = [2, "二中", "固定资产未入账", 4, "2026-12-31", "已整改"]


def of_november() -> Known:
    what = known()
    return Known(what.units, what.aliases, what.forms, what.references, today=date(2026, 11, 5))


def told(path: Path) -> StatedFile:
    """What a file says by itself, without a day given from outside."""
    return read(path, as_of=None, what=of_november())


def table(folder: Path, *rows: list[Any], **how: Any) -> Path:
    return book(folder / "台账.xlsx", rows, **how)


class TestDays:
    def test_sheets_that_name_no_month_are_asked_about_once(self, tmp_path: Path) -> None:
        rows = [["整改台账"], ["序号", "问题", "金额(万元)", "整改期限"], [1, "甲", 2, "2026-12"]]
        stated = told(books(tmp_path / "a.xlsx", {"一中": rows, "二中": rows}))
        assert [each.value for each in stated.questions] == ["as_of"]
        assert column(stated, "findings", "unit") == ["U01", "U02"]
        answered = read(
            tmp_path / "a.xlsx", as_of=None, answers={stated.questions[0].id: "2026-10-31"}
        )
        assert {each.as_of for each in answered.sheets} == {date(2026, 10, 31)}

    @pytest.mark.parametrize(
        "foot",
        ["注：以上情况截至2026年9月30日。", "数据截至2026年9月30日", "填报日期：2026年9月30日"],
    )
    def test_the_day_may_stand_below_the_table(self, tmp_path: Path, foot: str) -> None:
        stated = told(table(tmp_path, ["整改台账"], HEAD, FIRST, [foot]))
        assert (stated.questions, stated.sheets[0].as_of) == ((), date(2026, 9, 30))
        assert stated.sheets[0].rows == 1

    @pytest.mark.parametrize(
        "title",
        [
            "整改台账（2026年1-9月）",
            "2026年1月至9月整改台账",
            "2026年1月1日至9月30日整改台账",
        ],
    )
    def test_a_stretch_in_the_title_tells_of_its_end(self, tmp_path: Path, title: str) -> None:
        assert told(table(tmp_path, [title], HEAD, FIRST)).sheets[0].as_of == date(2026, 9, 30)


class TestStates:
    @pytest.mark.parametrize(
        ("words", "state"),
        [
            ("已于8月15日将35.6万元全部退回专户，并修订了制度。该问题已整改完成。", State.SUBMIT),
            ("正在组织盘点，预计2026年12月底前完成。", State.PROGRESS),
            ("尚未整改，因人员调整。", State.NONE),
            ("已召开专题会议研究部署。", State.PROGRESS),
        ],
    )
    def test_prose_says_how_far_it_is(self, tmp_path: Path, words: str, state: State) -> None:
        head = ["序号", "责任单位", "审计发现的主要问题", "整改完成情况"]
        stated = read(table(tmp_path, head, [1, "一中", "医保基金使用不规范", words]))
        assert (stated.questions, column(stated, "findings", "state")) == ((), [state])

    @pytest.mark.parametrize("said", ["2026年9月10日已完成", "已完成（2026.9.10）"])
    def test_a_state_may_bear_its_day(self, tmp_path: Path, said: str) -> None:
        stated = read(table(tmp_path, HEAD, [*FIRST[:-1], said]))
        [row] = of(stated, "findings")
        assert stated.questions == ()
        assert (row.values["state"], row.values["state_on"]) == (State.SUBMIT, date(2026, 9, 10))

    def test_of_columns_of_months_the_last_filled_one_holds(self, tmp_path: Path) -> None:
        head = [*HEAD[:-1], "7月", "8月", "9月", "10月"]
        rows = [
            [*FIRST[:-1], "未整改", "整改中", "整改中", "已销号"],
            [*SECOND[:-1], "整改中", "整改中", "已整改"],
        ]
        stated = read(table(tmp_path, head, *rows))
        assert column(stated, "findings", "state") == [State.CLOSE, State.SUBMIT]
        assert stated.sheets[0].not_kept == ()

    def test_a_yes_is_no_report_of_progress(self, tmp_path: Path) -> None:
        stated = read(table(tmp_path, [*HEAD[:-1], "是否完成"], [*FIRST[:-1], "是"]))
        assert column(stated, "findings", "state") == [State.SUBMIT]
        assert column(stated, "findings", "progress") == [None]


class TestShapes:
    def test_a_list_printed_side_by_side_is_read_whole(self, tmp_path: Path) -> None:
        head = ["序号", "单位", "问题", "状态"]
        rows = [
            ["整改台账（截至2026年10月31日）"],
            [*head, "", *head],
            [1, "一中", "甲", "已整改", "", 3, "二中", "丙", "未整改"],
            [2, "一中", "乙", "未整改", "", 4, "二中", "丁", "已整改"],
        ]
        stated = told(table(tmp_path, *rows))
        assert column(stated, "findings", "title") == ["甲", "乙", "丙", "丁"]
        assert column(stated, "findings", "unit") == ["U01", "U01", "U02", "U02"]

    def test_sections_may_bear_their_sums_and_come_before_their_rows(self, tmp_path: Path) -> None:
        rows = [
            HEAD,
            ["", "全区合计", "2个", 7],
            ["", "一、教育系统", "1个", 3],
            FIRST,
            ["", "二、国有企业", "1个", 4],
            SECOND,
        ]
        stated = read(table(tmp_path, *rows))
        assert stated.questions == ()
        assert len(of(stated, "findings")) == 2

    def test_a_finding_that_begins_like_a_section_is_a_finding(self, tmp_path: Path) -> None:
        head = ["责任单位", "问题描述", "涉及金额(万元)"]
        rows = [head, ["一中", "一、预算不细化", 3], ["", "二、往来款挂账", 4]]
        assert len(of(read(table(tmp_path, *rows)), "findings")) == 2

    def test_offices_within_a_unit_are_not_the_unit(self, tmp_path: Path) -> None:
        rows = [
            ["鼓楼街道审计整改任务分解表"],
            ["序号", "整改事项", "责任科室", "完成时限", "是否完成"],
            [1, "报销手续不全", "财政所", "2026-03-31", "√"],
        ]
        stated = read(table(tmp_path, *rows))
        assert (stated.questions, column(stated, "findings", "unit")) == ((), ["U04"])
        assert [each.theirs for each in stated.sheets[0].not_kept] == ["责任科室"]

    def test_a_part_in_brackets_on_a_line_of_its_own_is_no_unit(self, tmp_path: Path) -> None:
        stated = read(table(tmp_path, HEAD, [1, "一中\n（牵头）", *FIRST[2:]]))
        assert (stated.questions, column(stated, "findings", "unit")) == ((), ["U01"])

    def test_the_only_unit_of_a_kind_is_proposed_once(self, tmp_path: Path) -> None:
        [question] = read(table(tmp_path, HEAD, [1, "各街道", *FIRST[2:]])).questions
        assert [each.answer for each in question.proposals] == ["U04", "-"]


class TestOtherSubjects:
    def test_who_signed_for_a_training_is_no_auditor(self, tmp_path: Path) -> None:
        rows = [
            ["内部审计业务培训班签到表"],
            ["时间：2026年9月12日"],
            ["序号", "工作单位", "姓名", "签名"],
            [1, "一中", "赵甲", ""],
            [2, "一中", "钱乙", "√"],
            [3, "二中", "孙丙", "√"],
        ]
        stated = told(table(tmp_path, *rows))
        assert (stated.questions, of(stated, "appointments")) == ((), [])
        assert column(stated, "attendance", "people") == [1, 1]

    def test_the_unit_beside_what_it_disposes_of(self, tmp_path: Path) -> None:
        rows = [
            ["国有资产处置情况台账（截至2026年9月30日）"],
            ["序号", "单位名称", "资产名称", "资产类别", "账面原值（元）", "处置方式", "处置进度"],
            [1, "一中", "台式机", "电子设备", "175,000", "报废", "已完成"],
            [2, "二中", "校车", "车辆", "无", "划转", "挂牌中"],
        ]
        stated = told(table(tmp_path, *rows))
        assert stated.questions == ()
        assert column(stated, "disposals", "unit") == ["U01", "U02"]
        assert column(stated, "disposals", "value") == [Decimal("17.5"), None]

    def test_a_list_of_firms_is_a_register(self, tmp_path: Path) -> None:
        rows = [
            ["区属国有企业一览表（2026年10月）"],
            ["序", "企业全称", "简称", "企业类别", "注册地", "主管部门", "是否设内审机构"],
            [1, "示例区粮食购销有限公司", "粮食公司", "区属一级", "东街", "区国资中心", "否"],
        ]
        stated = told(table(tmp_path, *rows))
        assert (stated.sheets[0].form, column(stated, "units", "kind")) == ("单位名册", ["SOE"])

    @pytest.mark.parametrize(
        ("title", "asked"), [("内审报告报送台账", []), ("报送台账", ["报送台账"])]
    )
    def test_reports_without_a_kind_are_those_of_the_title_or_asked(
        self, tmp_path: Path, title: str, asked: list[str]
    ) -> None:
        rows = [[title], ["单位", "应报份数", "已报份数", "报送时间"], ["一中", 4, 3, "2026-09-28"]]
        questions = read(table(tmp_path, *rows)).questions
        assert [each.value for each in questions if each.kind is QuestionKind.MATCH] == asked

    def test_money_that_comes_from_above_has_a_kind(self, tmp_path: Path) -> None:
        rows = [
            ["2026年衔接资金项目台账（截至2026年9月30日，单位：万元）"],
            ["序号", "项目实施单位", "项目名称", "资金安排", "", "累计拨付"],
            ["", "", "", "资金来源", "下达金额", ""],
            [1, "鼓楼街道", "背街小巷改造", "中央", 1200, 800],
        ]
        merges = ["D2:E2", "A2:A3", "B2:B3", "C2:C3", "F2:F3"]
        stated = told(book(tmp_path / "a.xlsx", rows, merges))
        assert (stated.questions, column(stated, "fund_projects", "kind")) == ((), ["OTHER"])

    def test_copies_of_a_report_are_one_report(self, tmp_path: Path) -> None:
        rows = [
            ["四类报告收文登记簿（截至2026年9月30日）"],
            ["收文日期", "报送单位", "报告类型", "份数"],
            ["3月8日", "一中", "内审报告", 2],
            ["5月8日", "一中", "内审报告", 1],
        ]
        stated = told(table(tmp_path, *rows))
        days = [date(2026, 3, 8), date(2026, 5, 8)]
        assert column(stated, "reports", "submitted_on") == days
