"""The rules between rows, each with its edge: in one workbook, and against what is kept."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, insert

from data.intake.taken import Taken
from data.workbook.rows import FAULTY, Fault
from models.account import Account, Grant
from tests.data.contents import (
    NOW,
    TODAY,
    UNREAD,
    kept,
    net,
    places,
    taking,
    workbook,
)

JAN_9, JAN_10, JAN_11 = date(2026, 1, 9), date(2026, 1, 10), date(2026, 1, 11)
FEB, MAR, APR = date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)
USCC = "91120104000000000X"
Rows = list[dict[str, Any]]


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A database with two units, a finding issued on 10 January, a project and a fund project."""
    kept(
        engine,
        workbook(**net(), projects=[{}], findings=[{}], fund_projects=[{}], reports=[report()]),
    )
    return engine


def report(**other: Any) -> dict[str, Any]:
    return {"submitted_on": date(2026, 1, 30), **other}


def event(action: str, day: date = FEB, **other: Any) -> dict[str, Any]:
    return {"action": action, "on_date": day, **other}


def correct(engine: Engine, **ledgers: Rows) -> Taken:
    return taking(engine, workbook(**ledgers), correct="录入有误")


# References


def test_a_reference_may_point_to_a_row_of_the_same_workbook(engine: Engine) -> None:
    kept(engine, workbook(findings=[{}], **net()))


def test_a_reference_may_point_to_a_kept_row(filled: Engine) -> None:
    kept(filled, workbook(findings=[{"code": "F2", "project": "P1"}]))


def test_a_reference_to_nothing_is_a_fault_at_its_cell(filled: Engine) -> None:
    taken = taking(filled, workbook(findings=[{"code": "F2", "project": "P9"}]))
    assert places(taken) == [("问题清单", 2, "项目编号")]
    assert taken.faults[0].value == "P9"


def test_case_counts_in_a_reference(filled: Engine) -> None:
    assert taking(filled, workbook(findings=[{"code": "F2", "unit": "u1"}])).refused


def test_a_reference_to_a_faulty_row_with_a_readable_key_is_no_fault(engine: Engine) -> None:
    rows = {"sectors": [{}], "units": [{"kind": FAULTY}], "findings": [{}]}
    assert places(taking(engine, workbook(**rows))) == []


def test_a_faulty_or_empty_reference_is_not_looked_up(filled: Engine) -> None:
    rows = [{"code": "F2", "project": FAULTY}, {"code": "F3", "project": None}]
    assert places(taking(filled, workbook(findings=rows))) == []


def test_references_of_a_row_without_a_readable_key_are_checked(filled: Engine) -> None:
    taken = taking(filled, workbook(findings=[{"code": FAULTY, "unit": "U9"}]))
    assert places(taken) == [("问题清单", 2, "责任单位")]


def test_references_to_a_sheet_without_its_key_column_are_not_judged(engine: Engine) -> None:
    content = workbook(sectors=[{}], units=[{}], findings=[{}])
    units = content.sheets[1]
    units.rows = [(row, values[1:]) for row, values in units.rows]
    units.present = units.present[1:]
    content.faults.append(Fault(units.name, 1, "单位编码", None, UNREAD))
    assert places(taking(engine, content)) == []


def test_references_to_a_sheet_with_keys_that_could_not_be_read_are_not_judged(
    engine: Engine,
) -> None:
    content = workbook(**net(), findings=[{"code": "F1"}], rectification_events=[event("PROGRESS")])
    findings = content.sheets[2]
    assert findings.ledger.id() == "findings"
    findings.rows, findings.keys_unread = [], True
    content.faults.append(Fault(findings.name, 2, "问题编号", "A2:A3", UNREAD))
    assert places(taking(engine, content)) == []


def test_progress_of_a_task_that_is_not_there_is_a_fault(filled: Engine) -> None:
    taken = taking(filled, workbook(task_progress=[{"number": 7}]))
    assert places(taken) == [("任务进展", 2, "任务序号")]


# Units


def test_a_credit_code_twice_is_a_fault_at_the_later_row(engine: Engine) -> None:
    units = [{"uscc": USCC}, {"code": "U2", "uscc": USCC}]
    taken = taking(engine, workbook(sectors=[{}], units=units))
    assert places(taken) == [("单位网格", 3, "统一社会信用代码")]


def test_a_credit_code_of_a_kept_unit_is_taken(engine: Engine) -> None:
    kept(engine, workbook(sectors=[{}], units=[{"uscc": USCC}]))
    taken = taking(engine, workbook(units=[{"code": "U2", "uscc": USCC}]))
    assert places(taken) == [("单位网格", 2, "统一社会信用代码")]


@pytest.mark.parametrize(("withdrawn_on", "free"), [(TODAY, True), (date(2026, 7, 1), False)])
def test_a_unit_withdrawn_by_the_day_of_the_import_gives_its_credit_code_up(
    engine: Engine, withdrawn_on: date, free: bool
) -> None:
    kept(engine, workbook(sectors=[{}], units=[{"uscc": USCC, "withdrawn_on": withdrawn_on}]))
    taken = taking(engine, workbook(units=[{"code": "U2", "uscc": USCC}]))
    assert taken.refused is not free


def test_two_units_may_exchange_their_credit_codes(engine: Engine) -> None:
    other = "91120104000000001X"
    kept(engine, workbook(sectors=[{}], units=[{"uscc": USCC}, {"code": "U2", "uscc": other}]))
    kept(engine, workbook(units=[{"uscc": other}, {"code": "U2", "uscc": USCC}]))


def test_a_unit_that_comes_back_may_not_bring_a_credit_code_that_is_taken(engine: Engine) -> None:
    withdrawn = {"uscc": USCC, "withdrawn_on": TODAY}
    kept(engine, workbook(sectors=[{}], units=[withdrawn]))
    kept(engine, workbook(units=[{"code": "U2", "uscc": USCC}]))
    taken = taking(engine, workbook(units=[{"withdrawn_on": None}]))
    assert places(taken) == [("单位网格", 2, "退出日期")]


def test_a_unit_may_not_be_its_own_superior(engine: Engine) -> None:
    taken = taking(engine, workbook(sectors=[{}], units=[{"parent": "U1"}]))
    assert places(taken) == [("单位网格", 2, "上级单位")]


def test_a_loop_of_superiors_is_one_fault_at_its_last_row(engine: Engine) -> None:
    units = [
        {"parent": "U3"},
        {"code": "U2", "parent": "U1"},
        {"code": "U3", "parent": "U2"},
        {"code": "U4", "parent": "U1"},
    ]
    taken = taking(engine, workbook(sectors=[{}], units=units))
    assert places(taken) == [("单位网格", 4, "上级单位")]


def test_a_loop_closed_through_kept_units_stands_at_the_row_that_closed_it(engine: Engine) -> None:
    chain = [{}, {"code": "U2", "parent": "U1"}, {"code": "U3", "parent": "U2"}]
    kept(engine, workbook(sectors=[{}], units=chain))
    taken = taking(engine, workbook(units=[{"parent": "U3"}]))
    assert places(taken) == [("单位网格", 2, "上级单位")]


def test_superiors_may_be_turned_round_in_one_workbook(engine: Engine) -> None:
    kept(engine, workbook(sectors=[{}], units=[{}, {"code": "U2", "parent": "U1"}]))
    kept(engine, workbook(units=[{"parent": "U2"}, {"code": "U2", "parent": None}]))


# Findings that repeat


def test_a_repeat_is_of_the_same_unit_and_issued_later(filled: Engine) -> None:
    kept(filled, workbook(findings=[{"code": "F2", "repeat_of": "F1", "issued_on": JAN_11}]))


def test_a_repeat_of_another_unit_is_a_fault(filled: Engine) -> None:
    later = {"code": "F2", "unit": "U2", "repeat_of": "F1", "issued_on": JAN_11}
    assert places(taking(filled, workbook(findings=[later]))) == [("问题清单", 2, "前次问题编号")]


def test_a_repeat_issued_on_the_same_day_is_a_fault(filled: Engine) -> None:
    later = {"code": "F2", "repeat_of": "F1", "issued_on": JAN_10}
    assert places(taking(filled, workbook(findings=[later]))) == [("问题清单", 2, "前次问题编号")]


def test_a_finding_does_not_repeat_itself(filled: Engine) -> None:
    assert taking(filled, workbook(findings=[{"code": "F2", "repeat_of": "F2"}])).refused


def test_moving_the_earlier_finding_to_another_unit_is_a_fault_there(filled: Engine) -> None:
    kept(filled, workbook(findings=[{"code": "F2", "repeat_of": "F1", "issued_on": JAN_11}]))
    taken = taking(filled, workbook(findings=[{"unit": "U2"}]))
    assert places(taken) == [("问题清单", 2, "责任单位")]


def test_moving_both_findings_together_is_none(filled: Engine) -> None:
    later = {"code": "F2", "repeat_of": "F1", "issued_on": JAN_11}
    kept(filled, workbook(findings=[later]))
    moved = workbook(findings=[{"unit": "U2"}, {**later, "unit": "U2"}])
    kept(filled, moved, correct="录入有误")


def test_issuing_the_earlier_finding_after_its_repeat_is_a_fault_there(filled: Engine) -> None:
    kept(filled, workbook(findings=[{"code": "F2", "repeat_of": "F1", "issued_on": JAN_11}]))
    taken = correct(filled, findings=[{"issued_on": JAN_11}])
    assert places(taken) == [("问题清单", 2, "交办日期")]


def test_a_repeat_that_stands_in_the_workbook_takes_the_fault_itself(filled: Engine) -> None:
    later = {"code": "F2", "repeat_of": "F1", "issued_on": JAN_11}
    kept(filled, workbook(findings=[later]))
    taken = correct(filled, findings=[{"issued_on": JAN_11, "repeat_of": None}, later])
    assert places(taken) == [("问题清单", 3, "前次问题编号")]


def test_a_repeat_of_a_finding_with_a_faulty_unit_is_not_judged(filled: Engine) -> None:
    rows = [{"unit": FAULTY}, {"code": "F2", "repeat_of": "F1", "issued_on": JAN_11}]
    assert places(taking(filled, workbook(findings=rows))) == []


# Days that may not lie before others

HANGING = [
    ("rectification_events", "on_date", "整改记录", "日期", "findings", "issued_on", "交办日期"),
    ("escalations", "issued_on", "督办", "发出日期", "findings", "issued_on", "交办日期"),
    ("fund_flows", "on_date", "资金收支", "日期", "fund_projects", "approved_on", "批复日期"),
]


@pytest.mark.parametrize("case", HANGING, ids=lambda case: case[0])
def test_on_the_day_of_what_it_hangs_on_is_early_enough(
    filled: Engine, case: tuple[str, ...]
) -> None:
    kept(filled, workbook(**{case[0]: [{case[1]: JAN_10}]}))


@pytest.mark.parametrize("case", HANGING, ids=lambda case: case[0])
def test_the_day_before_what_it_hangs_on_is_a_fault(filled: Engine, case: tuple[str, ...]) -> None:
    taken = taking(filled, workbook(**{case[0]: [{case[1]: JAN_9}]}))
    assert places(taken) == [(case[2], 2, case[3])]


@pytest.mark.parametrize("case", HANGING, ids=lambda case: case[0])
def test_moving_what_it_hangs_on_behind_it_is_a_fault_at_the_moved_day(
    filled: Engine, case: tuple[str, ...]
) -> None:
    ledger, day, _, _, target, start, header = case
    kept(filled, workbook(**{ledger: [{day: FEB}]}))
    kept(filled, workbook(**{target: [{start: FEB}]}), correct="录入有误")
    taken = correct(filled, **{target: [{start: date(2026, 2, 2)}]})
    assert [place[1:] for place in places(taken)] == [(2, header)]


@pytest.mark.parametrize("case", HANGING, ids=lambda case: case[0])
def test_an_equal_row_of_the_workbook_takes_the_fault_itself(
    filled: Engine, case: tuple[str, ...]
) -> None:
    ledger, day, name, header, target, start, _ = case
    kept(filled, workbook(**{ledger: [{day: FEB}]}))
    taken = correct(filled, **{target: [{start: MAR}], ledger: [{day: FEB}]})
    assert places(taken) == [(name, 2, header)]


def test_a_day_is_not_judged_against_a_faulty_one(filled: Engine) -> None:
    rows = {"findings": [{"issued_on": FAULTY}], "rectification_events": [{"on_date": JAN_9}]}
    assert places(taking(filled, workbook(**rows))) == []


def test_a_day_is_judged_though_the_number_beside_it_is_faulty(filled: Engine) -> None:
    taken = taking(filled, workbook(rectification_events=[{"on_date": JAN_9, "number": FAULTY}]))
    assert places(taken) == [("整改记录", 2, "日期")]


# Histories


def test_a_sound_history_in_one_workbook(filled: Engine) -> None:
    history = [
        event("PROGRESS"),
        event("SUBMIT", MAR),
        event("RETURN", MAR, number=2),
        event("SUBMIT", MAR, number=3),
        event("CLOSE", APR),
    ]
    kept(filled, workbook(rectification_events=history[::-1]))


def test_the_first_event_that_does_not_fit_is_named_at_its_action(filled: Engine) -> None:
    history = [event("RETURN", APR), event("CLOSE"), event("SUBMIT", MAR)]
    taken = taking(filled, workbook(rectification_events=history))
    assert places(taken) == [("整改记录", 4, "动作")]
    assert taken.faults[0].value == "申请销号"


def test_events_of_a_day_count_in_the_order_of_their_numbers(filled: Engine) -> None:
    history = [event("CLOSE", number=1), event("SUBMIT", number=2)]
    taken = taking(filled, workbook(rectification_events=history))
    assert places(taken) == [("整改记录", 3, "动作")]


def test_each_finding_is_judged_for_itself(filled: Engine) -> None:
    kept(filled, workbook(findings=[{"code": "F2"}]))
    history = [event("RETURN"), event("RESUME", finding="F2"), event("CLOSE", MAR)]
    taken = taking(filled, workbook(rectification_events=history))
    assert places(taken) == [("整改记录", 2, "动作"), ("整改记录", 3, "动作")]


def test_a_new_event_follows_the_kept_ones(filled: Engine) -> None:
    kept(filled, workbook(rectification_events=[event("SUBMIT")]))
    assert taking(filled, workbook(rectification_events=[event("PROGRESS", MAR)])).refused
    kept(filled, workbook(rectification_events=[event("RETURN", MAR)]))


def test_a_kept_event_that_no_longer_fits_is_a_fault_at_the_row_before_it(filled: Engine) -> None:
    kept(filled, workbook(rectification_events=[event("SUBMIT", APR)]))
    earlier = [event("PROGRESS", FEB), event("SUSPEND", MAR), event("PROGRESS", date(2026, 5, 1))]
    taken = taking(filled, workbook(rectification_events=earlier))
    assert places(taken) == [("整改记录", 3, "动作")]
    assert taken.faults[0].sentence.values["day"] == APR


def test_a_kept_event_that_stands_in_the_workbook_takes_the_fault_itself(filled: Engine) -> None:
    kept(filled, workbook(rectification_events=[event("SUBMIT", APR)]))
    rows = [event("SUSPEND", MAR), event("SUBMIT", APR)]
    taken = taking(filled, workbook(rectification_events=rows))
    assert places(taken) == [("整改记录", 3, "动作")]


def test_a_correction_must_leave_a_sound_history(filled: Engine) -> None:
    kept(filled, workbook(rectification_events=[event("SUBMIT", FEB), event("RETURN", MAR)]))
    taken = correct(filled, rectification_events=[event("PROGRESS", FEB)])
    assert places(taken) == [("整改记录", 2, "动作")]


def test_after_a_faulty_action_a_history_is_not_judged(filled: Engine) -> None:
    rows = [event("CLOSE", FEB), event(FAULTY, MAR), event("SUBMIT", APR)]  # type: ignore[arg-type]
    assert places(taking(filled, workbook(rectification_events=rows))) == []


def test_before_a_faulty_action_a_history_is_judged(filled: Engine) -> None:
    rows = [event("RETURN", FEB), event(FAULTY, MAR)]  # type: ignore[arg-type]
    assert places(taking(filled, workbook(rectification_events=rows))) == [("整改记录", 2, "动作")]


def test_a_history_with_an_event_of_unknown_day_is_not_judged(filled: Engine) -> None:
    rows = [event("RETURN", MAR), {"action": "SUBMIT", "on_date": FAULTY}]
    assert places(taking(filled, workbook(rectification_events=rows))) == []


def test_a_history_with_a_repeated_key_says_only_that(filled: Engine) -> None:
    rows = [event("SUBMIT"), event("RETURN"), event("PROGRESS", MAR)]
    taken = taking(filled, workbook(rectification_events=rows))
    assert places(taken) == [("整改记录", 3, "问题编号")]


def test_nothing_follows_a_void(filled: Engine) -> None:
    rows = [event("VOID", FEB), event("TRANSFER", MAR)]
    assert places(taking(filled, workbook(rectification_events=rows))) == [("整改记录", 3, "动作")]


def test_events_of_an_unknown_finding_have_no_history(filled: Engine) -> None:
    taken = taking(filled, workbook(rectification_events=[event("RETURN", finding="F9")]))
    assert places(taken) == [("整改记录", 2, "问题编号")]


def test_a_history_with_an_event_before_the_issue_says_only_that(filled: Engine) -> None:
    rows = [event("SUBMIT", JAN_9), event("CLOSE", FEB), event("PROGRESS", MAR)]
    taken = taking(filled, workbook(rectification_events=rows))
    assert places(taken) == [("整改记录", 2, "日期")]


def test_a_changed_action_without_a_reason_says_only_that(filled: Engine) -> None:
    kept(filled, workbook(rectification_events=[event("SUBMIT", FEB), event("RETURN", MAR)]))
    taken = taking(filled, workbook(rectification_events=[event("PROGRESS", FEB)]))
    assert places(taken) == [("整改记录", 2, "动作")]


# Cross reviews


def cross(**other: Any) -> dict[str, Any]:
    return {"code": "X1", "unit": "U2", "source": "CROSS", **other}


def test_two_units_may_not_review_each_other_in_one_round(filled: Engine) -> None:
    rows = [{}, {"reviewer": "U2", "reviewed": "U1"}]
    taken = taking(filled, workbook(cross_reviews=rows))
    assert places(taken) == [("交叉互审", 3, "被审单位")]


def test_they_may_in_two_rounds(filled: Engine) -> None:
    rows = [{}, {"round": "2026-2", "reviewer": "U2", "reviewed": "U1"}]
    kept(filled, workbook(cross_reviews=rows))


def test_a_kept_review_the_other_way_round_is_a_fault_at_the_new_row(filled: Engine) -> None:
    kept(filled, workbook(cross_reviews=[{}]))
    taken = taking(filled, workbook(cross_reviews=[{"reviewer": "U2", "reviewed": "U1"}]))
    assert places(taken) == [("交叉互审", 2, "被审单位")]


def test_a_kept_review_that_stands_first_leaves_the_fault_to_the_later_row(filled: Engine) -> None:
    kept(filled, workbook(cross_reviews=[{}]))
    rows = [{}, {"reviewer": "U2", "reviewed": "U1"}]
    assert places(taking(filled, workbook(cross_reviews=rows))) == [("交叉互审", 3, "被审单位")]


def test_a_cross_review_has_a_cross_project_of_the_reviewed_unit(filled: Engine) -> None:
    kept(filled, workbook(projects=[cross()], cross_reviews=[{"project": "X1"}]))


@pytest.mark.parametrize("other", [{"source": "STATE"}, {"unit": "U1"}])
def test_any_other_project_is_a_fault(filled: Engine, other: dict[str, Any]) -> None:
    rows = {"projects": [cross(**other)], "cross_reviews": [{"project": "X1"}]}
    assert places(taking(filled, workbook(**rows))) == [("交叉互审", 2, "项目编号")]


@pytest.mark.parametrize(
    ("other", "header"), [({"source": "STATE"}, "审计类别"), ({"unit": "U1"}, "被审单位")]
)
def test_a_project_that_stops_fitting_its_review_is_a_fault_there(
    filled: Engine, other: dict[str, Any], header: str
) -> None:
    kept(filled, workbook(projects=[cross()], cross_reviews=[{"project": "X1"}]))
    taken = taking(filled, workbook(projects=[cross(**other)]))
    assert places(taken) == [("审计项目", 2, header)]


def test_a_review_of_an_unknown_unit_says_only_that(filled: Engine) -> None:
    rows = {"projects": [cross()], "cross_reviews": [{"project": "X1", "reviewed": "U9"}]}
    assert places(taking(filled, workbook(**rows))) == [("交叉互审", 2, "被审单位")]


def test_a_project_may_change_once_its_review_lets_it_go(filled: Engine) -> None:
    kept(filled, workbook(projects=[cross()], cross_reviews=[{"project": "X1"}]))
    rows = {"projects": [cross(source="STATE")], "cross_reviews": [{"project": None}]}
    kept(filled, workbook(**rows))


# Scores of reports


def test_a_submitted_report_may_be_scored_from_that_day_on(filled: Engine) -> None:
    kept(filled, workbook(report_scores=[{"scored_on": date(2026, 1, 30)}]))


def test_a_score_from_before_the_submission_is_a_fault(filled: Engine) -> None:
    taken = taking(filled, workbook(report_scores=[{"scored_on": date(2026, 1, 29)}]))
    assert places(taken) == [("报告评分", 2, "评分日期")]


def test_a_score_of_no_report_is_a_fault(filled: Engine) -> None:
    taken = taking(filled, workbook(report_scores=[{"year": 2025}]))
    assert places(taken) == [("报告评分", 2, "单位编码")]


def test_a_score_of_a_report_not_submitted_is_a_fault(filled: Engine) -> None:
    kept(filled, workbook(reports=[{"year": 2025}]))
    taken = taking(filled, workbook(report_scores=[{"year": 2025}]))
    assert places(taken) == [("报告评分", 2, "单位编码")]


def test_an_unknown_unit_is_the_only_fault_of_a_score_of_its_report(filled: Engine) -> None:
    taken = taking(filled, workbook(report_scores=[{"unit": "U9"}]))
    assert places(taken) == [("报告评分", 2, "单位编码")]


def test_a_score_of_a_report_with_a_faulty_day_is_not_judged(filled: Engine) -> None:
    rows = {"reports": [{"submitted_on": FAULTY}], "report_scores": [{"scored_on": JAN_9}]}
    assert places(taking(filled, workbook(**rows))) == []


@pytest.mark.parametrize("submitted_on", [None, date(2026, 2, 11)])
def test_a_report_with_kept_scores_keeps_a_day_not_after_them(
    filled: Engine, submitted_on: date | None
) -> None:
    kept(filled, workbook(report_scores=[{}]))
    taken = taking(filled, workbook(reports=[{"submitted_on": submitted_on}]))
    assert places(taken) == [("四类报告", 2, "报送日期")]


def test_a_report_may_come_in_on_the_day_of_its_score(filled: Engine) -> None:
    kept(filled, workbook(report_scores=[{}]))
    kept(filled, workbook(reports=[{"submitted_on": date(2026, 2, 10)}]))


@pytest.mark.parametrize("reviewer", ["U2", "expert-1", "u1"])
def test_a_reviewer_may_be_anybody_also_from_outside(filled: Engine, reviewer: str) -> None:
    kept(filled, workbook(report_scores=[{"reviewer": reviewer}]))


def test_a_unit_may_not_score_its_own_report(filled: Engine) -> None:
    taken = taking(filled, workbook(report_scores=[{"reviewer": "U1"}]))
    assert places(taken) == [("报告评分", 2, "评分人")]


def account(engine: Engine, name: str, *units: str) -> None:
    with engine.begin() as connection:
        row = {"name": name, "full_name": name, "must_change": False, "created_at": NOW}
        connection.execute(insert(Account), [row])
        for unit in units:
            connection.execute(insert(Grant), [{"account": name, "kind": "unit", "code": unit}])


@pytest.mark.parametrize(("units", "fits"), [((), True), (("U2",), True), (("U1", "U2"), False)])
def test_an_account_may_review_unless_it_is_attached_to_the_unit(
    filled: Engine, units: tuple[str, ...], fits: bool
) -> None:
    account(filled, "lin", *units)
    taken = taking(filled, workbook(report_scores=[{"reviewer": "lin"}]))
    assert places(taken) == ([] if fits else [("报告评分", 2, "评分人")])


def test_a_sector_of_the_same_code_attaches_nobody_to_a_unit(filled: Engine) -> None:
    account(filled, "lin")
    with filled.begin() as connection:
        connection.execute(insert(Grant), [{"account": "lin", "kind": "sector", "code": "U1"}])
    kept(filled, workbook(report_scores=[{"reviewer": "lin"}]))


# Rows of which a sheet gives only a part


def test_a_date_is_judged_beside_a_kept_one_of_which_the_sheet_says_nothing(engine: Engine) -> None:
    kept(engine, workbook(sectors=[{}], units=[{"withdrawn_on": TODAY}]))
    taken = taking(engine, workbook(units=[{"enrolled_on": TODAY}]))
    assert places(taken) == [("单位网格", 2, "纳入日期")]
    kept(engine, workbook(units=[{"enrolled_on": date(2026, 6, 29)}]))


def test_what_an_action_needs_may_be_kept_already(filled: Engine) -> None:
    extended = event("EXTEND", new_due_on=date(2026, 5, 1))
    kept(filled, workbook(rectification_events=[extended]))
    assert kept(filled, workbook(rectification_events=[event("EXTEND")])).number is None


def test_what_an_action_needs_may_not_be_absent_otherwise(filled: Engine) -> None:
    taken = taking(filled, workbook(rectification_events=[event("EXTEND")]))
    assert places(taken) == [("整改记录", 2, "动作")]


def test_a_day_of_disposal_needs_its_method_on_the_sheet_or_kept(filled: Engine) -> None:
    taken = taking(filled, workbook(disposals=[{"done_on": FEB}]))
    assert places(taken) == [("清理盘活", 2, "完成日期")]
    kept(filled, workbook(disposals=[{"method": "MERGE"}]))
    kept(filled, workbook(disposals=[{"done_on": FEB}]))
