"""Who is in, late or still to come, month by month."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, insert

from data.collection.inbox import Arrival, collected
from data.collection.periods import DUE_DAY, NoPeriodError, Period, collected_on, due_day, parse
from data.collection.sending import withdraw
from data.collection.settling import return_file
from data.nodes import DISTRICT, Node
from data.scope import Scope
from data.store.database import reading, writing
from models.kept import Setting
from tests.data.collection.sent_cases import (
    MAY,
    OF_U1,
    STEWARD,
    act,
    book,
    progress,
    send,
    take_in,
    with_units,
)
from tests.data.contents import TODAY, kept, workbook

EVERYTHING = Scope(Node(DISTRICT), TODAY)
DUE = date(2026, 6, 10)


@pytest.fixture
def engine(engine: Engine) -> Engine:
    with_units(engine)
    return engine


def standing(engine: Engine, day: date = TODAY, unit: str = "U1"):
    with reading(engine) as connection:
        found = collected(connection, EVERYTHING.on(day), MAY)
    return next(each for each in found.units if each.unit == unit)


@pytest.mark.parametrize(
    ("day", "period"),
    [
        (date(2026, 6, 1), Period(2026, 5)),
        (date(2026, 6, 30), Period(2026, 5)),
        (date(2026, 1, 1), Period(2025, 12)),
    ],
)
def test_the_month_before_is_collected(day: date, period: Period) -> None:
    assert collected_on(day) == period


def test_files_are_due_on_a_day_of_the_next_month() -> None:
    assert MAY.due_on() == DUE
    assert Period(2026, 12).due_on() == date(2027, 1, 10)
    assert Period(2026, 1).due_on(31) == date(2026, 2, 28)


def test_the_day_is_a_setting(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(insert(Setting).values(name=DUE_DAY, value="5"))
        assert due_day(connection) == 5
        assert collected(connection, EVERYTHING, MAY).due_on == date(2026, 6, 5)


@pytest.mark.parametrize("text", ["2026", "2026-13", "2026-0", "1999-01", "2026-5"])
def test_a_month_is_written_with_four_and_two_digits(text: str) -> None:
    with pytest.raises(NoPeriodError):
        parse(text)
    assert parse("2026-05") == MAY and str(MAY) == "2026-05"


@pytest.mark.parametrize(
    ("day", "arrival", "days"),
    [(DUE, Arrival.MISSING, 0), (date(2026, 6, 11), Arrival.LATE, 1), (TODAY, Arrival.LATE, 20)],
)
def test_a_unit_is_late_the_day_after_files_were_due(
    engine: Engine, day: date, arrival: Arrival, days: int
) -> None:
    found = standing(engine, day)
    assert (found.arrival, found.days_late, found.is_in) == (arrival, days, False)


def test_a_unit_is_in_while_its_file_waits_and_once_it_is_taken_in(engine: Engine) -> None:
    number = send(engine, book(**progress()))
    assert (standing(engine).arrival, standing(engine).is_in) == (Arrival.SENT, True)
    take_in(engine, number)
    assert (standing(engine).arrival, standing(engine).is_in) == (Arrival.TAKEN_IN, True)


def test_a_unit_whose_file_was_returned_is_not_in_until_it_sends_again(engine: Engine) -> None:
    number = send(engine, book(**progress()))
    return_file(engine, STEWARD, number, "请核对", act=act(STEWARD), today=TODAY)
    found = standing(engine)
    assert (found.arrival, found.is_in, found.days_late) == (Arrival.RETURNED, False, 20)
    send(engine, book(**progress(date(2026, 5, 2))))
    assert standing(engine).is_in


def test_a_file_that_says_nothing_new_mends_no_return_until_it_is_taken_in(engine: Engine) -> None:
    taken = send(engine, book(**progress()))
    take_in(engine, taken)
    returned = send(engine, book(**progress(date(2026, 5, 2))))
    return_file(engine, STEWARD, returned, "请核对", act=act(STEWARD), today=TODAY)
    untouched = send(engine, book(findings=[{}]))
    found = standing(engine)
    assert (found.arrival, found.line.number, found.is_in) == (Arrival.RETURNED, returned, False)
    take_in(engine, untouched)
    assert standing(engine).arrival is Arrival.TAKEN_IN


def test_a_withdrawn_file_was_never_there(engine: Engine) -> None:
    number = send(engine, book(**progress()))
    withdraw(engine, OF_U1, number, act=act(), today=TODAY)
    assert (standing(engine).arrival, standing(engine).line) == (Arrival.LATE, None)


def test_another_month_is_another_matter(engine: Engine) -> None:
    send(engine, book(**progress()))
    with reading(engine) as connection:
        assert collected(connection, EVERYTHING, MAY).arrived == 1
        assert collected(connection, EVERYTHING, MAY.before).arrived == 0


def test_of_how_many_counts_the_units_of_the_net_on_the_day(engine: Engine) -> None:
    kept(engine, workbook(units=[{"code": "U9", "enrolled_on": date(2026, 6, 1)}]))
    with reading(engine) as connection:
        before = collected(connection, EVERYTHING.on(date(2026, 5, 31)), MAY)
        after = collected(connection, EVERYTHING, MAY)
    assert (len(before.units), len(after.units)) == (3, 4)


def test_a_unit_enrolled_after_files_were_due_owes_none_of_that_month(engine: Engine) -> None:
    on_the_day, after_it = DUE, DUE + timedelta(1)
    units = [{"code": "U8", "enrolled_on": on_the_day}, {"code": "U9", "enrolled_on": after_it}]
    kept(engine, workbook(units=units))
    with reading(engine) as connection:
        of_may = collected(connection, EVERYTHING, MAY)
        of_june = collected(connection, EVERYTHING, MAY.after)
    assert [each.unit for each in of_may.late] == ["U1", "U2", "U3", "U8"]
    assert [each.unit for each in of_june.units] == ["U1", "U2", "U3", "U8", "U9"]


def test_a_manager_counts_its_own_units(engine: Engine) -> None:
    send(engine, book(**progress()))
    medical = replace(EVERYTHING, sectors=frozenset({"MED"}))
    with reading(engine) as connection:
        found = collected(connection, medical, MAY)
    assert [each.unit for each in found.units] == ["U2"]
    assert (found.arrived, len(found.late)) == (0, 1)


def test_late_units_come_first_and_what_is_settled_last(engine: Engine) -> None:
    take_in(engine, send(engine, book(**progress())))
    with reading(engine) as connection:
        found = collected(connection, EVERYTHING, MAY)
    assert [each.unit for each in found.units] == ["U2", "U3", "U1"]
    assert [each.unit for each in found.late] == ["U2", "U3"]
