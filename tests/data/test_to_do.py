"""What a department does about its units: nothing that awaits an act is left out or told twice."""

from datetime import date, timedelta

from sqlalchemy import Engine

from data.nodes import parse
from data.scope import everything
from data.store.database import reading
from data.to_do import ToDoKind, ToDoList, to_do
from models.rectification import Step
from tests.data.contents import TODAY, kept, net, workbook

HEARD = {"grid_elements": [{"unit": "U1"}]}


def ago(days: int) -> date:
    return TODAY - timedelta(days)


def found(engine: Engine, most: int = 99, node: str = "district", **ledgers) -> ToDoList:
    kept(engine, workbook(**(net("U1", "U2") | HEARD | ledgers)))
    with reading(engine) as connection:
        return to_do(connection, everything(parse(node), TODAY), most)


def late(code: str, days: int) -> dict[str, object]:
    return {"code": code, "unit": "U1", "issued_on": date(2025, 1, 1), "due_on": ago(days)}


def test_a_step_taken_and_not_answered_is_asked_for_instead_of_taken_again(engine):
    taken = {"finding": "A", "step": "SUPERVISION", "issued_on": ago(5)}
    listed = found(engine, findings=[late("A", 40), late("B", 40)], escalations=[taken])
    assert [(each.kind, each.finding, each.step, each.days) for each in listed.things[:2]] == [
        (ToDoKind.STEP, "B", Step.SUPERVISION, 40),
        (ToDoKind.ANSWER, "A", Step.SUPERVISION, 5),
    ]


def test_a_finding_due_for_a_further_step_is_not_asked_for_a_reply_as_well(engine):
    steps = [
        {"finding": "A", "step": "REMINDER", "issued_on": ago(35)},
        {"finding": "B", "step": "REMINDER", "issued_on": ago(9)},
        {"finding": "B", "step": "SUPERVISION", "issued_on": ago(5)},
    ]
    listed = found(engine, findings=[late("A", 40), late("B", 40)], escalations=steps)
    told = [(each.kind, each.finding, each.step) for each in listed.things if each.finding]
    assert told == [
        (ToDoKind.STEP, "A", Step.SUPERVISION),
        (ToDoKind.ANSWER, "B", Step.SUPERVISION),
    ]
    assert (listed.counted[ToDoKind.STEP], listed.counted[ToDoKind.ANSWER]) == (1, 1)


def test_late_reports_and_silent_units_are_asked_for(engine):
    reports = [
        {"unit": "U1", "due_on": ago(1)},
        {"unit": "U1", "number": 2, "due_on": TODAY},
        {"unit": "U1", "number": 3, "due_on": ago(9), "submitted_on": ago(2)},
    ]
    listed = found(engine, reports=reports)
    assert [(each.kind, each.unit, each.days) for each in listed.things] == [
        (ToDoKind.REPORT, "U1", 1),
        (ToDoKind.DATA, "U2", None),
    ]


def test_a_silent_unit_is_as_late_as_the_report_that_it_owes_the_longest(engine):
    reports = [{"unit": "U2", "number": n, "due_on": ago(days)} for n, days in ((1, 3), (2, 8))]
    (silent,) = (
        each for each in found(engine, reports=reports).things if each.kind is ToDoKind.DATA
    )
    assert (silent.unit, silent.days, silent.since, silent.left) == ("U2", 8, ago(8), -8)


def test_the_counts_are_of_all_things_however_few_are_listed(engine):
    findings = [late(code, 40) for code in "ABC"]
    listed = found(engine, most=1, findings=findings)
    assert listed.counted[ToDoKind.STEP] == len(findings)
    assert [each.kind for each in listed.things] == [ToDoKind.STEP, ToDoKind.DATA]
    assert listed.total == len(findings) + 1


def test_other_units_are_left_out(engine):
    assert found(engine, node="unit:U1", findings=[late("A", 40)]).counted[ToDoKind.DATA] == 0
