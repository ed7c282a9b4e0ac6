"""The ledgers of a unit as they were known on a day."""

from datetime import date

import pytest
from sqlalchemy import Engine

from data.ledgers.unit_ledgers import of_unit
from data.nodes import parse
from data.scope import everything
from data.store.database import reading
from tests.data.contents import TODAY, kept, net, workbook


def known(engine: Engine, day: date = TODAY, *, names_in_full: bool = True, **ledgers):
    kept(engine, workbook(**(net() | ledgers)))
    with reading(engine) as connection:
        scope = everything(parse("unit:U1"), day)
        return of_unit(connection, scope, names_in_full=names_in_full)


def test_what_happened_later_is_not_there_yet(engine):
    finding = {"issued_on": date(2026, 5, 2), "due_on": date(2027, 1, 1)}
    assert known(engine, date(2026, 5, 1), findings=[finding])["findings"] == ()


def test_a_finding_with_a_far_time_limit_is_there(engine):
    finding = {"issued_on": date(2026, 5, 1), "due_on": date(2030, 1, 1)}
    assert len(known(engine, date(2026, 5, 1), findings=[finding])["findings"]) == 1


def test_a_later_completion_is_not_known(engine):
    duty = {"due_on": date(2026, 3, 31), "done_on": date(2026, 4, 5)}
    (row,) = known(engine, date(2026, 4, 4), duties=[duty])["duties"]
    assert row["done_on"] is None


def test_what_is_owed_soon_is_shown_and_what_is_owed_late_is_not(engine):
    duties = [{"due_on": date(2026, 7, 31)}, {"due_on": date(2026, 12, 31)}]
    shown = known(engine, TODAY, duties=duties)["duties"]
    assert [row["due_on"] for row in shown] == [date(2026, 7, 31)]


def test_the_latest_stand_first(engine):
    visits = [{"on_date": date(2026, 1, day), "topic": str(day)} for day in (1, 3, 2)]
    shown = known(engine, guidance=visits)["guidance"]
    assert [row["topic"] for row in shown] == ["3", "2", "1"]


@pytest.mark.parametrize(("in_full", "name"), [(True, "张三"), (False, "张＊")])
def test_names_are_masked_for_who_does_not_need_them(engine, in_full, name):
    (row,) = known(engine, names_in_full=in_full, appointments=[{}])["appointments"]
    assert row["name"] == name


def test_only_a_unit_has_such_a_page(engine):
    with reading(engine) as connection, pytest.raises(ValueError, match="district"):
        of_unit(connection, everything(parse("district"), TODAY), names_in_full=True)
