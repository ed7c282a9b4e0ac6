"""Noting on the spot what a meeting decided, and taking it back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, func, select

from data.access.permission import ALLOWED, Action, viewer
from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.ledgers.rows import table_of
from data.meetings import noting
from data.meetings.noting import NewDecision, NotNotedError
from data.nodes import DISTRICT, parse
from data.reference.lists import shipped
from data.scope import everything
from data.store import access_log
from data.store.access_log import Act
from data.store.database import reading
from models.account import Event, Role
from models.kept import Import, Version
from models.work import Decision
from tests.data.contents import NOW, TODAY, kept, net, workbook

ACT = Act("wang", NOW, "10.0.0.7")
WANTED = NewDecision("M1", "限期整改", "U1", date(2026, 7, 31))
MET = date(2026, 6, 20)


@pytest.fixture
def met(engine: Engine) -> Engine:
    """A database with two units and a meeting that has decided two matters, and one to come."""
    meetings = [{"code": "M1", "on_date": MET}, {"code": "M2", "on_date": TODAY + timedelta(1)}]
    numbers = [{"number": number, "due_on": date(2026, 7, 1)} for number in (1, 4)]
    kept(engine, workbook(**net("U1", "U2"), meetings=meetings, decisions=numbers))
    return engine


def note(engine, wanted=WANTED, role=Role.COMMITTEE):
    who = viewer("wang", "wang", role, [])
    return noting.note(engine, who, wanted, act=ACT, today=TODAY, references=shipped())


def take_back(engine, number, role=Role.COMMITTEE, reason="记错了"):
    noting.take_back(
        engine,
        viewer("wang", "wang", role, []),
        "M1",
        number,
        reason=reason,
        act=ACT,
        today=TODAY,
        references=shipped(),
    )


def decisions(engine):
    columns = table_of(Decision).c
    with reading(engine) as connection:
        rows = connection.execute(
            select(columns.number, columns.text, columns.unit, columns.due_on, columns.done_on)
            .where(columns.meeting == "M1")
            .order_by(columns.number)
        )
        return [tuple(row) for row in rows]


def logged(engine, what):
    with reading(engine) as connection:
        entries = access_log.entries(connection, what=what)
    return [(entry.account, entry.subject, entry.address) for entry in entries]


def test_a_decision_is_noted_under_the_next_number_of_its_meeting(met):
    assert note(met).number == 5
    assert decisions(met)[-1] == (5, "限期整改", "U1", date(2026, 7, 31), None)


def test_a_decision_without_a_unit_is_the_districts(met):
    note(met, replace(WANTED, unit="", text="  全区通报  "))
    assert decisions(met)[-1][1:3] == ("全区通报", None)


def test_the_first_decision_of_a_meeting_is_number_one(engine):
    kept(engine, workbook(**net("U1"), meetings=[{"code": "M1", "on_date": MET}]))
    assert note(engine).number == 1


def test_a_noted_decision_says_who_noted_it_and_counts_as_an_import(met):
    note(met)
    with reading(met) as connection:
        last = connection.execute(select(Import).order_by(Import.number.desc())).first()
    assert (last.account, last.file_name, last.day) == ("wang", "M1 5", TODAY)
    assert logged(met, Event.DECISION_NOTED) == [("wang", "M1 5", "10.0.0.7")]


def test_a_noted_decision_is_in_the_figures_at_once(met):
    note(met, replace(WANTED, due_on=TODAY))
    scope = everything(parse(DISTRICT), TODAY)
    with reading(met) as connection:
        found = read(connection, scope, catalogue(shipped()))
    assert found["decisions_done"].denominator == 1


@pytest.mark.parametrize("role", Role)
def test_only_who_may_decide_notes_and_takes_back(met, role):
    before = decisions(met)
    if Action.DECIDE in ALLOWED[role]:
        take_back(met, note(met, role=role).number, role=role)
        return
    with pytest.raises(NotNotedError, match="Only the audit committee"):
        note(met, role=role)
    with pytest.raises(NotNotedError, match="Only the audit committee"):
        take_back(met, 4, role=role)
    assert decisions(met) == before
    assert logged(met, Event.DECISION_NOTED) == logged(met, Event.REMOVED) == []


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"meeting": "M9"}, "no meeting “M9”"),
        ({"meeting": "M2"}, "is on 2026-07-01"),
        ({"due_on": MET - timedelta(1)}, "may not lie before the meeting on 2026-06-20"),
    ],
)
def test_what_the_meeting_cannot_have_decided_is_refused(met, changed, says):
    before = decisions(met)
    with pytest.raises(NotNotedError, match=says):
        note(met, replace(WANTED, **changed))
    assert decisions(met) == before


def test_a_limit_on_the_day_of_the_meeting_is_noted(met):
    assert note(met, replace(WANTED, due_on=MET)).number == 5


@pytest.mark.parametrize("changed", [{"text": "  "}, {"unit": "U9"}, {"text": "长" * 5000}])
def test_what_the_ledger_refuses_comes_back_as_faults_and_nothing_is_kept(met, changed):
    before = decisions(met)
    noted = note(met, replace(WANTED, **changed))
    assert noted.number is None
    assert noted.faults
    assert decisions(met) == before
    assert logged(met, Event.DECISION_NOTED) == []


def test_a_meeting_whose_numbers_are_used_up_takes_no_more(engine):
    meetings = [{"code": "M1", "on_date": MET}]
    last = [{"number": noting.MOST, "due_on": TODAY}]
    kept(engine, workbook(**net("U1"), meetings=meetings, decisions=last))
    with pytest.raises(NotNotedError, match="999 decisions already"):
        note(engine)


def test_a_decision_taken_back_is_gone_but_remembered_with_its_reason(met):
    number = note(met).number
    take_back(met, number)
    assert [row[0] for row in decisions(met)] == [1, 4]
    with reading(met) as connection:
        reasons = connection.scalars(select(Version.reason).where(Version.ledger == "decisions"))
        imports = connection.scalar(select(func.max(Import.number)))
        assert list(reasons) == ["记错了"]
    assert logged(met, Event.REMOVED) == [("wang", f"{imports} decisions", "10.0.0.7")]


def test_what_is_not_kept_cannot_be_taken_back(met):
    with pytest.raises(NotNotedError):
        take_back(met, 77)
    assert logged(met, Event.REMOVED) == []
