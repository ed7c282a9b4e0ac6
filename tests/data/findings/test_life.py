"""One finding: what is told of it on a day, and to whom nothing is told."""

from datetime import date

import pytest

from data.findings.life import Life, NoSuchFindingError, NotYetIssuedError, life
from data.nodes import parse
from data.scope import Scope
from data.store.database import reading
from models.rectification import Action, PublicStatus, State
from tests.data.contents import TODAY, kept, net, workbook

EVENTS = [
    {"on_date": date(2026, 2, 1), "action": "EXTEND", "new_due_on": date(2026, 5, 1)},
    {"on_date": date(2026, 4, 1), "action": "SUBMIT", "amount": 300},
    {"on_date": date(2026, 4, 1), "number": 2, "action": "RETURN", "note": "佐证不足"},
    {"on_date": date(2026, 6, 20), "action": "CLOSE"},
]
LETTERS = [
    {"step": "REMINDER", "issued_on": date(2026, 5, 2), "received_on": date(2026, 5, 3)}
    | {"replied_on": date(2026, 6, 1)},
    {"step": "SUPERVISION", "issued_on": date(2026, 6, 2)},
]
FINDINGS = [
    {"code": "F0", "issued_on": date(2025, 1, 1), "due_on": date(2025, 3, 1)},
    {"code": "F1", "amount": 1000, "repeat_of": "F0", "project": "P1"},
    {"code": "F2", "issued_on": date(2026, 6, 1), "due_on": date(2026, 8, 1), "repeat_of": "F1"},
]


@pytest.fixture
def told(engine):
    """Asks for a finding, by default F1 on the last day and by somebody who sees all."""
    projects = [{"name": "交叉互审", "unit": "U2", "source": "CROSS"}]
    ledgers = {"projects": projects, "findings": FINDINGS, "escalations": LETTERS}
    kept(engine, workbook(**net(), **ledgers, rectification_events=EVENTS))

    def tell(code: str = "F1", day: date = TODAY, node: str = "district", **limits) -> Life:
        with reading(engine) as connection:
            return life(connection, Scope(parse(node), day, **limits), code)

    return tell


def test_events_are_told_with_the_state_they_lead_to(told) -> None:
    assert [(each.event.action, each.state, each.due) for each in told().history] == [
        (Action.EXTEND, State.RECTIFYING, date(2026, 5, 1)),
        (Action.SUBMIT, State.REVIEWING, date(2026, 5, 1)),
        (Action.RETURN, State.RECTIFYING, date(2026, 5, 1)),
        (Action.CLOSE, State.CLOSED, date(2026, 5, 1)),
    ]


def test_what_happened_later_is_not_told(told) -> None:
    found = told(day=date(2026, 5, 3))
    assert [each.event.action for each in found.history][-1] == Action.RETURN
    assert found.line.status is PublicStatus.UNRECTIFIED
    assert [(each.received_on, each.replied_on) for each in found.letters] == [
        (date(2026, 5, 3), None)
    ]
    assert found.after == ()


def test_it_says_where_it_comes_from(told) -> None:
    found = told()
    assert (found.line.source, found.project_name) == ("CROSS", "交叉互审")
    assert (found.provenance.number, found.provenance.sheet, found.provenance.row) == (
        1,
        "问题清单",
        3,
    )
    assert found.provenance.at is not None


def test_earlier_and_later_repeats_are_named(told) -> None:
    found = told()
    assert [each.code for each in found.before] == ["F0"]
    assert [each.code for each in found.after] == ["F2"]


def test_a_finding_is_told_whatever_node_is_looked_at(told) -> None:
    assert told(node="unit:U2").line.finding.unit == "U1"


@pytest.mark.parametrize(
    "limits",
    [{"units": frozenset({"U2"})}, {"units": frozenset()}, {"sectors": frozenset({"HEALTH"})}],
)
def test_a_finding_of_others_is_answered_like_one_that_is_not_there(told, limits) -> None:
    for code in ("F1", "F9"):
        with pytest.raises(NoSuchFindingError):
            told(code, **limits)


def test_a_finding_of_others_does_not_tell_when_it_was_issued(told) -> None:
    with pytest.raises(NoSuchFindingError):
        told(day=date(2024, 1, 1), units=frozenset({"U2"}))


def test_a_finding_of_later_says_when_it_was_issued(told) -> None:
    with pytest.raises(NotYetIssuedError) as error:
        told(day=date(2026, 1, 9))
    assert error.value.issued_on == date(2026, 1, 10)


def test_a_project_of_others_is_not_named(told) -> None:
    found = told(units=frozenset({"U1"}))
    assert (found.line.finding.project, found.project_name) == ("P1", None)


def test_corrections_of_a_finding_and_its_history_are_shown(told, engine) -> None:
    corrected = [{"code": "F1", "issued_on": date(2026, 1, 11), "due_on": date(2026, 3, 10)}]
    event = [{"on_date": date(2026, 2, 1), "action": "EXTEND", "new_due_on": date(2026, 5, 9)}]
    kept(engine, workbook(findings=corrected, rectification_events=event), correct="笔误")
    found = told()
    assert [(each.ledger, each.reason, each.replaced_by) for each in found.earlier] == [
        ("findings", "笔误", 2),
        ("rectification_events", "笔误", 2),
    ]
    assert found.earlier[0].values["issued_on"] == date(2026, 1, 10)
    assert found.earlier[1].values["new_due_on"] == date(2026, 5, 1)
    assert found.provenance.number == 2


def test_an_earlier_version_of_a_later_event_is_not_shown(told, engine) -> None:
    event = [{"on_date": date(2026, 6, 20), "action": "CLOSE", "note": "补记"}]
    kept(engine, workbook(rectification_events=event), correct="补")
    assert told(day=date(2026, 6, 19)).earlier == ()
    assert len(told().earlier) == 1
