"""Meetings held and to come, and what became of their decisions."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.meetings import held as meetings
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from models.work import DecisionState
from tests.data import districts
from tests.data.contents import TODAY, kept, net, workbook
from tests.data.districts import few
from tests.data.figures.taken_in import taken_in

DISTRICT = Scope(parse("district"), TODAY)
MEETINGS = [
    {"code": "M1", "name": "一", "on_date": date(2026, 2, 1)},
    {"code": "M2", "name": "二", "on_date": TODAY},
    {"code": "M3", "name": "三", "on_date": date(2026, 7, 1)},
]


def decision(number: int, due_on: date, done_on: date | None = None, unit: str | None = None):
    return {"number": number, "due_on": due_on, "done_on": done_on, "unit": unit}


@few(4)
@given(data=st.data())
def test_states_add_up_to_the_decisions_of_the_figure(data: st.DataObject) -> None:
    rows = data.draw(districts.districts("work"))
    scope = Scope(parse("district"), data.draw(districts.days(rows)))
    with taken_in(rows) as connection:
        found = meetings.decided(connection, scope, (), 1_000)
        figures = read(connection, scope, catalogue(shipped()))
    due = [line for line in found.lines if line.due_on <= scope.as_of]
    carried_out = [line for line in due if line.done_on]
    rate = figures["decisions_done"]
    assert (len(carried_out), len(due)) == (rate.numerator, rate.denominator)
    assert sum(found.counted.values()) == len(found.lines)


def test_meetings_up_to_the_day_were_held_and_the_next_lies_ahead(engine):
    kept(engine, workbook(**net(), meetings=MEETINGS))
    with reading(engine) as connection:
        held = meetings.held(connection, DISTRICT, 10)
        ahead = meetings.ahead(connection, DISTRICT, 10)
    assert [line.code for line in held] == ["M2", "M1"]
    assert [line.code for line in ahead] == ["M3"]


def test_the_committee_s_next_meeting_is_no_study_session_before_it(engine):
    study = {"code": "M2b", "name": "学", "kind": "STUDY", "on_date": date(2026, 6, 30)}
    kept(engine, workbook(**net("U1"), meetings=[*MEETINGS, study]))
    limited = Scope(parse("district"), TODAY, frozenset({"U1"}))
    with reading(engine) as connection:
        following = meetings.committee_next(connection, DISTRICT)
        assert meetings.committee_next(connection, limited) is None
    assert following is not None
    assert following.code == "M3"


@pytest.mark.parametrize(
    ("day", "held"), [(date(2026, 6, 28), "M2"), (date(2026, 6, 29), None), (TODAY, None)]
)
def test_a_meeting_of_the_committee_was_held_since_a_day_before_it(engine, day, held):
    met = {**MEETINGS[1], "on_date": date(2026, 6, 29)}
    assert met["code"] == "M2"
    kept(engine, workbook(**net("U1"), meetings=[MEETINGS[0], met, MEETINGS[2]]))
    limited = Scope(parse("district"), TODAY, frozenset({"U1"}))
    with reading(engine) as connection:
        last = meetings.committee_since(connection, DISTRICT, day)
        assert meetings.committee_since(connection, limited, day) is None
    assert (last.code if last else None) == held


def test_a_meeting_knows_its_decisions_and_those_done_by_the_day(engine):
    rows = [
        decision(1, TODAY, date(2026, 3, 1)),
        decision(2, TODAY, date(2026, 6, 29)),
        decision(3, TODAY),
    ]
    kept(engine, workbook(**net(), meetings=MEETINGS, decisions=rows))
    with reading(engine) as connection:
        (line,) = meetings.held(connection, DISTRICT.on(date(2026, 6, 28)), 10)
    assert (line.decisions, line.done) == (3, 1)


def test_the_longest_overdue_comes_first_and_the_latest_done_last(engine):
    rows = [
        decision(1, date(2026, 3, 1), date(2026, 2, 20)),
        decision(2, date(2026, 3, 1), date(2026, 4, 1)),
        decision(3, date(2026, 7, 30)),
        decision(4, date(2026, 6, 20)),
        decision(5, date(2026, 3, 2)),
    ]
    kept(engine, workbook(**net(), meetings=MEETINGS, decisions=rows))
    with reading(engine) as connection:
        found = meetings.decided(connection, DISTRICT, (), 10)
    assert [(line.number, line.state, line.days) for line in found.lines] == [
        (5, DecisionState.OVERDUE, 120),
        (4, DecisionState.OVERDUE, 10),
        (3, DecisionState.OPEN, 0),
        (2, DecisionState.DONE_LATE, 31),
        (1, DecisionState.DONE_IN_TIME, 0),
    ]


def test_states_narrow_the_list_and_not_the_count(engine):
    rows = [decision(1, date(2026, 3, 1)), decision(2, date(2026, 7, 30))]
    kept(engine, workbook(**net(), meetings=MEETINGS, decisions=rows))
    with reading(engine) as connection:
        found = meetings.decided(connection, DISTRICT, (DecisionState.OPEN,), 10)
    assert [line.number for line in found.lines] == [2]
    assert found.counted[DecisionState.OVERDUE] == 1


def test_elsewhere_there_are_the_decisions_of_the_units_and_no_meetings(engine):
    rows = [decision(1, TODAY), decision(2, TODAY, unit="U1"), decision(3, TODAY, unit="U2")]
    kept(engine, workbook(**net(), meetings=MEETINGS, decisions=rows))
    unit = Scope(parse("unit:U1"), TODAY)
    limited = Scope(parse("district"), TODAY, units=frozenset({"U2"}))
    with reading(engine) as connection:
        assert [line.number for line in meetings.decided(connection, unit, (), 10).lines] == [2]
        assert [line.number for line in meetings.decided(connection, limited, (), 10).lines] == [3]
        assert meetings.held(connection, unit, 10) == meetings.ahead(connection, limited, 10) == ()
        assert len(meetings.decided(connection, DISTRICT, (), 10).lines) == 3


def meetings_of_the_committee(engine):
    kept(
        engine,
        workbook(
            **net("U1", "U2"),
            meetings=[
                {"code": "M1", "name": "一", "kind": "COMMITTEE", "on_date": date(2026, 2, 1)},
                {"code": "S1", "name": "专", "kind": "SPECIAL", "on_date": date(2026, 5, 1)},
                {"code": "M2", "name": "二", "kind": "COMMITTEE", "on_date": date(2026, 7, 9)},
            ],
            decisions=[
                decision(2, TODAY, unit="U2"),
                decision(1, TODAY, date(2026, 3, 1), unit="U1"),
                decision(3, date(2026, 7, 30)),
            ],
        ),
    )


def test_a_meeting_is_found_by_its_code_with_its_decisions(engine):
    meetings_of_the_committee(engine)
    with reading(engine) as connection:
        found = meetings.one(connection, DISTRICT, "M1")
        assert meetings.one(connection, DISTRICT, "M9") is None
    assert (found.name, found.decisions, found.done) == ("一", 3, 1)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 1, 1), "M1"),
        (date(2026, 2, 1), "M1"),
        (date(2026, 2, 2), "M2"),
        (date(2026, 7, 10), "M2"),
    ],
)
def test_the_nearest_meeting_of_the_committee_is_todays_else_the_next_else_the_last(
    engine, day, code
):
    meetings_of_the_committee(engine)
    with reading(engine) as connection:
        assert meetings.committee_near(connection, DISTRICT.on(day)).code == code


def test_before_a_meeting_stands_the_committees_last_one_and_no_other(engine):
    meetings_of_the_committee(engine)
    with reading(engine) as connection:
        before = meetings.committee_before(connection, DISTRICT, date(2026, 7, 9))
        assert meetings.committee_before(connection, DISTRICT, date(2026, 2, 1)) is None
    assert before.code == "M1"


def test_without_a_meeting_of_the_committee_none_is_near(engine):
    kept(engine, workbook(**net(), meetings=[{"kind": "SPECIAL"}]))
    with reading(engine) as connection:
        assert meetings.committee_near(connection, DISTRICT) is None


def test_what_one_meeting_decided_comes_in_order_and_only_what_the_asker_may_see(engine):
    meetings_of_the_committee(engine)
    limited = Scope(parse("district"), TODAY, units=frozenset({"U2"}))
    with reading(engine) as connection:
        everything = meetings.decided_by(connection, DISTRICT, "M1")
        own = meetings.decided_by(connection, limited, "M1")
        assert meetings.decided_by(connection, DISTRICT, "M2") == ()
    assert [line.number for line in everything] == [1, 2, 3]
    assert [line.number for line in own] == [2]
