"""Rules between the cells of one row: the fault stands at the column the sheet lists last."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from data.reference.lists import shipped
from data.workbook.row_rules import row_rules
from data.workbook.rows import FAULTY
from models.registry import BY_ID, LEDGERS
from tests.data.workbook.books import broken_rules, one_row, says

EARLY, DAY, LATE = date(2026, 1, 9), date(2026, 1, 10), date(2026, 1, 11)


def faults(folder: Path, ledger: str, **cells: Any) -> list[str]:
    """The columns that have a fault."""
    found = one_row(folder, ledger, **cells).faults
    assert all(each.row == 2 and says(each) for each in found)
    return [each.column or "" for each in found]


@pytest.mark.parametrize(
    ("ledger", "start", "end", "at"),
    [
        ("units", "enrolled_on", "withdrawn_on", "退出日期"),
        ("appointments", "from_on", "until_on", "离任日期"),
    ],
)
def test_end_lies_after_the_start(
    tmp_path: Path, ledger: str, start: str, end: str, at: str
) -> None:
    for last in (EARLY, DAY):
        assert faults(tmp_path, ledger, **{start: DAY, end: last}) == [at]
    assert faults(tmp_path, ledger, **{start: DAY, end: LATE}) == []
    assert faults(tmp_path, ledger, **{start: DAY, end: None}) == []


@pytest.mark.parametrize(
    ("ledger", "first", "second", "at"),
    [
        ("findings", "issued_on", "due_on", "整改期限"),
        ("key_tasks", "start_on", "due_on", "完成期限"),
        ("warnings", "raised_on", "closed_on", "处置完成日期"),
    ],
)
def test_one_date_is_not_before_the_other(
    tmp_path: Path, ledger: str, first: str, second: str, at: str
) -> None:
    assert faults(tmp_path, ledger, **{first: DAY, second: EARLY}) == [at]
    for day in (DAY, LATE):
        assert faults(tmp_path, ledger, **{first: DAY, second: day}) == []


def test_project_is_completed_only_after_it_started(tmp_path: Path) -> None:
    assert faults(tmp_path, "projects", started_on=None, completed_on=DAY) == ["完成日期"]
    assert faults(tmp_path, "projects", started_on=DAY, completed_on=EARLY) == ["完成日期"]
    assert faults(tmp_path, "projects", started_on=DAY, completed_on=DAY) == []
    assert faults(tmp_path, "projects", started_on=DAY, completed_on=None) == []


def test_verdict_and_its_day_go_together(tmp_path: Path) -> None:
    raised = {"raised_on": DAY}
    assert faults(tmp_path, "warnings", **raised, verdict="属实", verified_on=None) == ["核实日期"]
    assert faults(tmp_path, "warnings", **raised, verdict=None, verified_on=DAY) == ["核实日期"]
    assert faults(tmp_path, "warnings", **raised, verdict="误报", verified_on=DAY) == []
    assert faults(tmp_path, "warnings", **raised, verdict="属实", verified_on=EARLY) == ["核实日期"]


def test_two_breaches_at_one_cell_are_two_faults(tmp_path: Path) -> None:
    found = faults(tmp_path, "warnings", raised_on=DAY, verdict=None, verified_on=EARLY)
    assert found == ["核实日期", "核实日期"]


def test_method_is_needed_with_the_day_of_completion(tmp_path: Path) -> None:
    found = {"found_on": DAY}
    assert faults(tmp_path, "disposals", **found, done_on=LATE, method=None) == ["处置方式"]
    assert faults(tmp_path, "disposals", **found, done_on=LATE, method="盘活") == []
    assert faults(tmp_path, "disposals", **found, done_on=None, method="盘活") == []
    assert faults(tmp_path, "disposals", **found, done_on=EARLY, method="盘活") == ["完成日期"]


@pytest.mark.parametrize("action", ["延期", "重新打开"])
def test_new_due_date_is_needed(tmp_path: Path, action: str) -> None:
    event = {"on_date": DAY, "action": action}
    assert faults(tmp_path, "rectification_events", **event, new_due_on=None) == ["新期限"]
    assert faults(tmp_path, "rectification_events", **event, new_due_on=DAY) == []
    assert faults(tmp_path, "rectification_events", **event, new_due_on=EARLY) == ["新期限"]


def test_new_due_date_is_allowed_for_resume(tmp_path: Path) -> None:
    event = {"on_date": DAY, "action": "恢复"}
    assert faults(tmp_path, "rectification_events", **event, new_due_on=None) == []
    assert faults(tmp_path, "rectification_events", **event, new_due_on=LATE) == []


@pytest.mark.parametrize("action", ["进展", "申请销号", "退回", "销号", "中止", "撤销", "移送"])
def test_new_due_date_is_a_fault_with_any_other_action(tmp_path: Path, action: str) -> None:
    event = {"on_date": DAY, "action": action}
    assert faults(tmp_path, "rectification_events", **event, new_due_on=LATE) == ["新期限"]
    assert faults(tmp_path, "rectification_events", **event, new_due_on=None) == []


def test_no_more_have_passed_than_took_part(tmp_path: Path) -> None:
    assert faults(tmp_path, "attendance", people=3, passed=4) == ["合格人数"]
    assert faults(tmp_path, "attendance", people=3, passed=3) == []
    assert faults(tmp_path, "attendance", people=0, passed=None) == []


def test_points_are_not_above_the_full_points(tmp_path: Path) -> None:
    assert faults(tmp_path, "assessments", full_points=10, points=10.01) == ["得分"]
    assert faults(tmp_path, "assessments", full_points=10, points=10) == []


def test_points_of_a_score_are_not_above_the_weight(tmp_path: Path) -> None:
    score = {"kind": "内审报告", "dimension": "EVIDENCE"}
    assert faults(tmp_path, "report_scores", **score, points=22.1) == ["得分"]
    assert faults(tmp_path, "report_scores", **score, points=22) == []


def test_dimension_belongs_to_the_kind_of_report(tmp_path: Path) -> None:
    score = {"dimension": "EVIDENCE", "points": 1}
    assert faults(tmp_path, "report_scores", **score, kind="工作总结") == ["评分维度"]
    assert faults(tmp_path, "report_scores", **score, kind="内审报告") == []


def test_dimension_is_not_compared_with_a_faulty_kind(tmp_path: Path) -> None:
    score = {"dimension": "EVIDENCE", "points": 99}
    assert faults(tmp_path, "report_scores", **score, kind="？") == ["报告类别"]


def test_unit_does_not_review_itself(tmp_path: Path) -> None:
    assert faults(tmp_path, "cross_reviews", reviewer="U1", reviewed="U1") == ["被审单位"]
    assert faults(tmp_path, "cross_reviews", reviewer="U1", reviewed="u1") == []


def test_check_that_needs_a_faulty_cell_is_skipped(tmp_path: Path) -> None:
    assert faults(tmp_path, "units", enrolled_on="？", withdrawn_on=EARLY) == ["纳入日期"]
    assert faults(tmp_path, "units", enrolled_on=DAY, withdrawn_on="？") == ["退出日期"]
    assert faults(tmp_path, "projects", started_on="？", completed_on=DAY) == ["实际开始日期"]


def test_rule_waits_when_the_sheet_lacks_one_of_its_columns(tmp_path: Path) -> None:
    found = one_row(tmp_path, "disposals", done_on=date(2026, 2, 1))
    assert not found.faults
    [(_, row)] = found.sheets[0].named()
    broken = list(broken_rules(BY_ID["disposals"], row, shipped()))
    assert [rule.at for rule, _ in broken] == ["method"]


def test_rules_of_a_whole_row_skip_faulty_cells() -> None:
    row = {"enrolled_on": FAULTY, "withdrawn_on": DAY - timedelta(days=1)}
    assert not list(broken_rules(BY_ID["units"], row, shipped()))


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda each: each.id())
def test_every_rule_names_columns_of_its_ledger_and_stands_at_the_last(ledger: Any) -> None:
    order = [column.id for column in ledger.columns]
    for rule in row_rules(ledger, shipped()):
        assert rule.at == max(rule.columns, key=order.index)
