"""The file of the month is owed until it is sent, and again once it is returned."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from data.collection.files_owed import files_owed, files_to_send, to_do
from data.collection.settling import return_file
from data.nodes import parse
from data.owed import Owed, Returned
from data.scope import everything
from data.store.database import reading
from data.to_do import ToDoKind
from tests.data.collection.sent_cases import (
    OF_U2,
    STEWARD,
    act,
    book,
    progress,
    send,
    with_units,
)
from tests.data.contents import TODAY


@pytest.fixture(autouse=True)
def units(engine: Engine) -> None:
    with_units(engine)


def owed_files(engine: Engine, day: date = TODAY) -> tuple[Owed, ...]:
    with reading(engine) as connection:
        return files_owed(connection, everything(parse("unit:U1"), day))


def test_no_file_is_owed_where_no_unit_has_ever_sent_one(engine):
    assert owed_files(engine) == ()


def test_a_file_is_owed_until_it_is_sent_and_again_once_it_is_returned(engine):
    send(engine, book(findings=[{"code": "F2", "unit": "U2"}]), OF_U2, "U2")
    (not_sent,) = owed_files(engine)
    assert (not_sent.what, not_sent.due_on) == ("2026-05", date(2026, 6, 10))
    assert not_sent.returned is None
    number = send(engine, book(**progress()))
    assert owed_files(engine) == ()
    return_file(engine, STEWARD, number, "请核对", act=act(STEWARD), today=TODAY)
    (again,) = owed_files(engine)
    assert again.returned == Returned("请核对", "steward", TODAY)
    # On an earlier day of the month neither the file nor its return was there.
    (before,) = owed_files(engine, TODAY - timedelta(1))
    assert before.returned is None


def test_a_file_returned_in_an_earlier_month_is_to_be_sent_again_beside_the_one_of_the_month(
    engine,
):
    number = send(engine, book(**progress()))
    return_file(engine, STEWARD, number, "请核对", act=act(STEWARD), today=TODAY)
    with reading(engine) as connection:
        later = everything(parse("unit:U1"), date(2026, 8, 9))
        both = files_to_send(connection, later)
        assert [each.what for each in files_owed(connection, later)] == ["2026-07"]
    assert [(each.what, each.due_on, bool(each.returned)) for each in both] == [
        ("2026-05", date(2026, 6, 10), True),
        ("2026-07", date(2026, 8, 10), False),
    ]


def test_a_month_that_others_sent_files_of_is_owed_until_a_year_has_passed(engine):
    send(engine, book(findings=[{"code": "F2", "unit": "U2"}]), OF_U2, "U2")

    def owed_on(day: date) -> list[tuple[str, bool]]:
        with reading(engine) as connection:
            owed = files_to_send(connection, everything(parse("unit:U1"), day))
        return [(each.what, each.due_on < day) for each in owed]

    assert owed_on(date(2026, 8, 9)) == [("2026-05", True), ("2026-07", False)]
    assert owed_on(date(2027, 6, 9)) == [("2026-05", True), ("2027-05", False)]
    assert owed_on(date(2027, 7, 9)) == [("2027-06", False)]


def test_a_returned_file_is_asked_for_with_its_reason(engine):
    number = send(engine, book(**progress()))
    return_file(engine, STEWARD, number, "请核对", act=act(STEWARD), today=TODAY)
    with reading(engine) as connection:
        listed = to_do(connection, everything(parse("district"), TODAY), 99)
    (again,) = [each for each in listed.things if each.kind is ToDoKind.FILE]
    assert (again.unit, again.about, again.days, again.left) == ("U1", "请核对", 0, None)
    assert listed.counted[ToDoKind.FILE] == 1
