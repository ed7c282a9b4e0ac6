"""What units owe on a day: everything with a limit, the earliest first, nothing that is done."""

from datetime import date, timedelta

from sqlalchemy import Engine

from data.nodes import parse
from data.owed import AHEAD_DAYS, Owed, OwedKind, Reply, owed
from data.scope import everything
from data.store.database import reading
from models.rectification import Step
from tests.data.contents import TODAY, kept, net, workbook

HEARD = {"grid_elements": [{"unit": "U1"}, {"unit": "U2"}]}


def found(engine: Engine, node: str = "district", **ledgers) -> tuple[Owed, ...]:
    kept(engine, workbook(**(net() | HEARD | ledgers)))
    with reading(engine) as connection:
        return owed(connection, everything(parse(node), TODAY))


def test_open_findings_are_owed_by_their_present_limit(engine):
    finding = {"issued_on": date(2026, 1, 1), "due_on": date(2026, 3, 1)}
    moved = {"on_date": date(2026, 2, 1), "action": "EXTEND", "new_due_on": date(2026, 9, 1)}
    (only,) = found(engine, findings=[finding], rectification_events=[moved])
    assert (only.kind, only.code) == (OwedKind.FINDING, "F1")
    assert (only.due_on, only.first_due_on) == (date(2026, 9, 1), date(2026, 3, 1))
    assert only.days_left(TODAY) == (date(2026, 9, 1) - TODAY).days


def test_a_finding_that_waits_for_the_reviewer_is_not_the_units(engine):
    finding = {"issued_on": date(2026, 1, 1), "due_on": date(2026, 3, 1)}
    submitted = {"on_date": date(2026, 2, 1), "action": "SUBMIT"}
    assert found(engine, findings=[finding], rectification_events=[submitted]) == ()


def test_reports_and_duties_are_owed_until_they_are_in_and_a_month_ahead(engine):
    late, far = TODAY - timedelta(5), TODAY + timedelta(AHEAD_DAYS + 1)
    reports = [
        {"unit": "U1", "due_on": late},
        {"unit": "U1", "number": 2, "due_on": late, "submitted_on": late},
        {"unit": "U1", "number": 3, "due_on": far},
    ]
    owing = found(engine, reports=reports)
    assert [(each.kind, each.due_on) for each in owing] == [(OwedKind.REPORT, late)]


def test_the_reply_to_a_step_that_only_the_ledger_knows_is_owed_within_ten_working_days(engine):
    finding = {"issued_on": date(2026, 1, 1), "due_on": date(2026, 3, 1), "title": "账实不符"}
    step = {"finding": "F1", "step": "REMINDER", "issued_on": date(2026, 3, 9)}
    owing = found(engine, findings=[finding], escalations=[step])
    # The finding and its letter are one matter, which the finding leads.
    assert [(each.kind, each.due_on) for each in owing] == [(OwedKind.FINDING, date(2026, 3, 1))]
    assert owing[0].reply == Reply(Step.REMINDER, date(2026, 3, 23))
    answered = step | {"replied_on": date(2026, 3, 30)}
    owing = found(engine, findings=[finding], escalations=[answered])
    assert [(each.kind, each.reply) for each in owing] == [(OwedKind.FINDING, None)]


def test_a_reply_due_before_its_finding_is_the_limit_of_both(engine):
    finding = {"issued_on": date(2026, 1, 1), "due_on": date(2026, 9, 1)}
    step = {"finding": "F1", "step": "REMINDER", "issued_on": date(2026, 3, 9)}
    (only,) = found(engine, findings=[finding], escalations=[step])
    assert (only.kind, only.due_on) == (OwedKind.FINDING, date(2026, 3, 23))


def test_the_reply_about_a_finding_that_waits_for_the_reviewer_is_owed_by_itself(engine):
    finding = {"issued_on": date(2026, 1, 1), "due_on": date(2026, 3, 1), "title": "账实不符"}
    step = {"finding": "F1", "step": "REMINDER", "issued_on": date(2026, 3, 9)}
    submitted = {"on_date": date(2026, 3, 10), "action": "SUBMIT"}
    owing = found(engine, findings=[finding], escalations=[step], rectification_events=[submitted])
    assert [(each.kind, each.what, each.due_on) for each in owing] == [
        (OwedKind.LETTER, "账实不符", date(2026, 3, 23))
    ]


def test_the_answer_to_what_was_referred_to_the_committee_is_not_owed_by_the_unit(engine):
    finding = {"issued_on": date(2026, 1, 1), "due_on": date(2026, 3, 1)}
    step = {"finding": "F1", "step": "COMMITTEE", "issued_on": date(2026, 3, 9)}
    owing = found(engine, findings=[finding], escalations=[step])
    assert [each.kind for each in owing] == [OwedKind.FINDING]


def test_the_earliest_limit_comes_first_and_other_units_are_left_out(engine):
    findings = [
        {"code": "F1", "unit": "U1", "issued_on": date(2026, 1, 1), "due_on": date(2026, 9, 1)},
        {"code": "F2", "unit": "U2", "issued_on": date(2026, 1, 1), "due_on": date(2026, 8, 1)},
        {"code": "F3", "unit": "U1", "issued_on": date(2026, 1, 1), "due_on": date(2026, 7, 1)},
    ]
    assert [each.code for each in found(engine, findings=findings)] == ["F3", "F2", "F1"]
    with reading(engine) as connection:
        own = owed(connection, everything(parse("unit:U1"), TODAY))
    assert [each.code for each in own] == ["F3", "F1"]
