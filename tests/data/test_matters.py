"""Matters to decide: each rule finds what it says, and the gravest of each comes first."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event

from data.figures import overdue_findings
from data.matters import (
    BEYOND,
    HELP,
    IDLE,
    INSTRUCTED,
    MAJOR_OVERDUE,
    MOVED,
    NO_GRADE,
    SAME_KIND,
    SAME_KIND_HERE,
    SILENT,
    About,
    Matter,
    matters,
)
from data.nodes import parse
from data.scope import everything
from data.store.database import reading
from models.rules.light import Light
from models.work import TaskState
from tests.data.contents import TODAY, kept, net, workbook

LONG_OVERDUE = {"issued_on": date(2025, 1, 1), "due_on": date(2025, 6, 1)}
HEARD = {"grid_elements": [{"unit": "U1"}, {"unit": "U2"}]}


def found(engine: Engine, node: str = "district", most: int = 50, **ledgers) -> list[Matter]:
    kept(engine, workbook(**(net() | HEARD | ledgers)))
    with reading(engine) as connection:
        return list(matters(connection, everything(parse(node), TODAY), most))


def said(matters: list[Matter]) -> list[str]:
    return [matter.what.message for matter in matters]


def test_a_major_finding_overdue_for_more_than_180_days_goes_to_the_committee(engine):
    (matter,) = found(engine, findings=[{"severity": "MAJOR", **LONG_OVERDUE}])
    assert matter.what.message == MAJOR_OVERDUE
    assert matter.days == (TODAY - date(2025, 6, 1)).days
    assert (matter.about, matter.subject) == (About.FINDING, "F1")
    assert (matter.unit, matter.light) == ("U1", Light.RED)


def test_an_ordinary_finding_overdue_is_no_matter_by_itself(engine):
    assert found(engine, findings=[{"severity": "ORDINARY", **LONG_OVERDUE}]) == []


def test_overdue_findings_with_instructions_are_matters(engine):
    findings = [{"severity": "ORDINARY", "instructed": True, **LONG_OVERDUE}]
    assert said(found(engine, findings=findings)) == [INSTRUCTED]


def test_the_same_kind_in_three_units_is_one_matter(engine):
    issued = {"category": "采购", "issued_on": date(2026, 6, 1), "due_on": date(2026, 12, 1)}
    findings = [{"code": f"F{n}", "unit": f"U{n}", **issued} for n in (1, 2, 3)]
    elements = [{"unit": f"U{n}"} for n in (1, 2, 3)]
    everywhere = found(engine, **net("U1", "U2", "U3"), findings=findings, grid_elements=elements)
    assert said(everywhere) == [SAME_KIND]
    with reading(engine) as connection:
        scope = everything(parse("unit:U1"), TODAY)
        [here] = [each for each in matters(connection, scope, 50) if each.about is About.CATEGORY]
    assert (here.what.message, here.what.values["units"]) == (SAME_KIND_HERE, 1)
    assert everywhere[0].what.values == {"units": 3, "category": "采购"}
    assert everywhere[0].subject == "采购"


def test_spent_beyond_disbursed_is_a_matter(engine):
    flow = {"project": "Z1", "on_date": date(2026, 6, 1)}
    flows = [
        {**flow, "stage": "DISBURSED", "amount": 100},
        {**flow, "stage": "SPENT", "amount": 200},
    ]
    project = {"code": "Z1", "approved": 1000, "approved_on": date(2026, 5, 20)}
    (matter,) = found(engine, fund_projects=[project], fund_flows=flows)
    assert matter.what.message == BEYOND
    assert (matter.about, matter.subject) == (About.PROJECT, "Z1")


def test_a_veto_is_a_matter(engine):
    rating = {"year": 2025, "veto": "V1", "rated_on": date(2026, 3, 1)}
    assert said(found(engine, ratings=[rating])) == [NO_GRADE]


def test_the_latest_progress_that_asks_for_help_is_a_matter_of_the_district(engine):
    progress = [
        {"number": 1, "on_date": date(2026, 5, 1), "percent": 20, "needs_help": False},
        {"number": 1, "on_date": date(2026, 6, 1), "percent": 30, "needs_help": True},
    ]
    ledgers = {"key_tasks": [{"number": 1}], "task_progress": progress}
    assert said(found(engine, **ledgers)) == [HELP]
    with reading(engine) as connection:
        assert matters(connection, everything(parse("unit:U1"), TODAY)) == ()


def test_a_task_that_asks_for_help_bears_the_state_and_the_days_of_the_task(engine):
    asking = [{"number": 1, "on_date": date(2026, 6, 1), "percent": 93, "needs_help": True}]
    late = {"number": 1, "due_on": date(2026, 6, 20)}
    (matter,) = found(engine, key_tasks=[late], task_progress=asking)
    assert (matter.light, matter.task, matter.days) == (Light.RED, TaskState.LATE, 10)


def test_help_that_is_no_longer_asked_for_is_no_matter(engine):
    progress = [
        {"number": 1, "on_date": date(2026, 5, 1), "percent": 20, "needs_help": True},
        {"number": 1, "on_date": date(2026, 6, 1), "percent": 30, "needs_help": False},
    ]
    assert found(engine, key_tasks=[{"number": 1}], task_progress=progress) == []


def test_the_largest_idle_sum_comes_first(engine):
    projects = [
        {"code": code, "approved": 10**8, "approved_on": date(2025, 1, 1)} for code in ("Z1", "Z2")
    ]
    flows = [
        {"project": "Z1", "on_date": date(2025, 2, 1), "stage": "DISBURSED", "amount": 40_000_000},
        {"project": "Z2", "on_date": date(2025, 2, 1), "stage": "DISBURSED", "amount": 90_000_000},
    ]
    idle = [
        matter
        for matter in found(engine, fund_projects=projects, fund_flows=flows)
        if matter.what.message == IDLE
    ]
    assert [matter.what.values["amount"].zh for matter in idle] == ["90.00万元", "40.00万元"]


def test_overdue_after_two_extensions_is_a_matter(engine):
    events = [
        {"on_date": date(2025, 5, day), "action": "EXTEND", "new_due_on": date(2025, 7, day)}
        for day in (1, 2)
    ]
    findings = [{"severity": "ORDINARY", **LONG_OVERDUE}]
    (matter,) = found(engine, findings=findings, rectification_events=events)
    assert (matter.what.message, matter.what.values["times"]) == (MOVED, 2)


def test_one_extension_is_none(engine):
    events = [{"on_date": date(2025, 5, 1), "action": "EXTEND", "new_due_on": date(2025, 7, 1)}]
    findings = [{"severity": "ORDINARY", **LONG_OVERDUE}]
    assert found(engine, findings=findings, rectification_events=events) == []


def test_silence_is_a_matter_in_grey(engine):
    (matter,) = found(engine, grid_elements=[{"unit": "U1"}])
    assert (matter.what.message, matter.unit, matter.light) == (SILENT, "U2", Light.GREY)


def test_the_gravest_of_each_rule_comes_before_the_next_of_one(engine):
    findings = [{"code": f"F{n}", "severity": "MAJOR", **LONG_OVERDUE} for n in (1, 2)]
    mixed = found(engine, findings=findings, grid_elements=[{"unit": "U1"}])
    assert said(mixed) == [MAJOR_OVERDUE, SILENT, MAJOR_OVERDUE]


def test_one_finding_stands_once_under_the_gravest_rule_that_names_it(engine):
    findings = [{"severity": "MAJOR", "instructed": True, **LONG_OVERDUE}]
    assert said(found(engine, findings=findings)) == [MAJOR_OVERDUE]


def test_what_asks_for_co_ordination_keeps_a_place_however_much_is_graver(engine):
    findings = [{"code": f"F{n}", "severity": "MAJOR", **LONG_OVERDUE} for n in range(3)]
    progress = [{"number": 1, "on_date": date(2026, 6, 1), "percent": 30, "needs_help": True}]
    ledgers = {"findings": findings, "key_tasks": [{"number": 1}], "task_progress": progress}
    assert said(found(engine, most=2, **ledgers)) == [MAJOR_OVERDUE, HELP]
    with reading(engine) as connection:
        scope = everything(parse("district"), TODAY)
        assert said(list(matters(connection, scope, 1))) == [MAJOR_OVERDUE]


def test_no_more_than_asked_for(engine):
    findings = [{"code": f"F{n}", "severity": "MAJOR", **LONG_OVERDUE} for n in range(9)]
    assert len(found(engine, findings=findings, most=3)) == 3


def overdue(number: int, **more: object) -> dict[str, object]:
    """A finding overdue the longer, the smaller its number; two each are due on one day."""
    due = LONG_OVERDUE["due_on"] + timedelta(number // 2)
    return {"code": f"F{number:02}", "severity": "ORDINARY", **LONG_OVERDUE, "due_on": due} | more


def many_overdue() -> dict[str, list[dict[str, object]]]:
    """Findings of which rules select some near the beginning, and others far from it."""
    findings = [
        overdue(at, instructed=at in (3, 20, 21, 30), severity="MAJOR" if at > 24 else "ORDINARY")
        for at in range(40)
    ]
    extended = {"action": "EXTEND", "opinion": "同意", "decided_by": "审计委员会"}
    events = [
        {
            "finding": f"F{at:02}",
            "number": number,
            "on_date": on_date,
            "new_due_on": due,
            **extended,
        }
        for at in (5, 6, 35)
        for number, on_date, due in (
            (1, date(2025, 2, 1), date(2025, 6, 1)),
            (2, date(2025, 3, 1), date(2025, 6, 2)),
        )
    ]
    return {"findings": findings, "rectification_events": events}


def test_the_longest_overdue_are_found_in_however_small_portions(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = found(engine, **many_overdue())
    subjects = {
        rule: [each.subject for each in whole if each.what.message == rule]
        for rule in (MAJOR_OVERDUE, INSTRUCTED, MOVED)
    }
    assert subjects == {
        MAJOR_OVERDUE: ["F35", "F25", "F26", "F27", "F28"],
        INSTRUCTED: ["F03", "F20", "F21", "F30"],
        MOVED: ["F05", "F06"],
    }
    monkeypatch.setattr(overdue_findings, "AT_FIRST", 1)
    monkeypatch.setattr(overdue_findings, "TIMES_AS_MANY", 2)
    with reading(engine) as connection:
        assert list(matters(connection, everything(parse("district"), TODAY), 50)) == whole


@pytest.mark.parametrize("measure", ["unrectified", "warning_open"])
def test_overdue_findings_and_warnings_are_read_once_for_all_rules(
    engine: Engine, measure: str
) -> None:
    kept(engine, workbook(**(net() | HEARD | many_overdue())))
    asked: list[str] = []

    def note(_connection, _cursor, statement, parameters, *_more) -> None:
        if measure in str(parameters) or measure in statement:
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    with reading(engine) as connection:
        matters(connection, everything(parse("district"), TODAY), 50)
    event.remove(engine, "before_cursor_execute", note)
    assert len(asked) == 1


def test_categories_in_most_units_and_the_oldest_excess_come_first(engine: Engine) -> None:
    units = ("U1", "U2", "U3", "U4")
    issued = {"issued_on": date(2026, 6, 1), "due_on": date(2026, 12, 1)}
    findings = [
        {"code": f"{unit}-{at}", "unit": unit, "category": category, **issued}
        for at, category in enumerate(("乙", "甲", "丙"))
        for unit in (units if category == "丙" else units[:3])
    ]
    projects = [
        {
            "code": code,
            "name": code,
            "unit": unit,
            "approved": 1000,
            "approved_on": date(2026, 5, 20),
        }
        for code, unit in (("Z2", "U1"), ("Z1", "U2"), ("Z3", "U3"))
    ]
    flows = [
        {"project": code, "on_date": day, "stage": stage, "amount": amount}
        for code, day in (
            ("Z1", date(2026, 6, 2)),
            ("Z2", date(2026, 6, 2)),
            ("Z3", date(2026, 6, 1)),
        )
        for stage, amount in (("DISBURSED", 100), ("SPENT", 200))
    ]
    shown = found(
        engine,
        **(net(*units) | {"grid_elements": [{"unit": unit} for unit in units]}),
        findings=findings,
        fund_projects=projects,
        fund_flows=flows,
    )
    categories = [each for each in shown if each.about is About.CATEGORY]
    assert [each.what.values["units"] for each in categories] == [4, 3, 3]
    assert [each.subject for each in categories] == ["丙", "乙", "甲"]
    beyond = [each for each in shown if each.what.message == BEYOND]
    assert [(each.subject, each.unit) for each in beyond] == [
        ("Z3", "U3"),
        ("Z1", "U2"),
        ("Z2", "U1"),
    ]
