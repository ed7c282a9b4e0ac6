"""Disposals by kind, by method and one by one say what the figures say."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.money import disposals
from data.money.disposals import DisposalFilter, KindSums, MethodSums
from data.nodes import group_nodes, parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from models.disposal import DisposalKind, DisposalState, Method
from tests.data import districts
from tests.data.contents import TODAY, kept, net, workbook
from tests.data.districts import UNITS, few
from tests.data.figures.taken_in import taken_in

CATALOGUE = catalogue(shipped())
DISTRICT = Scope(parse("district"), TODAY)
LATE = {"due_on": date(2026, 6, 29)}
DONE = {"done_on": date(2026, 6, 20), "method": "MERGE"}


def disposal(code: str, **about: object) -> dict[str, object]:
    return {"code": code, "done_on": None, "method": None, "recovered": None} | about


@few(4)
@given(data=st.data())
def test_kinds_add_up_to_the_figures_at_every_node(data: st.DataObject) -> None:
    rows = data.draw(districts.districts("signals"))
    day = data.draw(districts.days(rows))
    with taken_in(rows) as connection:
        for node in [*group_nodes(connection), *(f"unit:{each}" for each in UNITS)]:
            scope = Scope(parse(node), day)
            found = disposals.by_kind(connection, scope)
            figures = read(connection, scope, CATALOGUE)
            for kind, sums in found.items():
                rate = figures[f"disposal_rate:{kind}"]
                assert (sums.done, sums.found) == (rate.numerator, rate.denominator)
            whole = sum(found.values(), KindSums())
            assert whole.late == figures["disposals_late"].numerator
            assert whole.recovered == figures["assets_recovered"].numerator
            posts = found[DisposalKind.IDLE_POST].quantity_done
            assert posts == figures["posts_recovered"].numerator


@few(3)
@given(data=st.data())
def test_the_list_holds_what_the_kinds_count(data: st.DataObject) -> None:
    rows = data.draw(districts.districts("signals"))
    scope = Scope(parse("district"), data.draw(districts.days(rows)))
    with taken_in(rows) as connection:
        whole = sum(disposals.by_kind(connection, scope).values(), KindSums())
        counted = {
            state: disposals.count(connection, scope, DisposalFilter(state=state))
            for state in DisposalState
        }
        listed = disposals.lines(connection, scope, DisposalFilter(), 1_000)
    assert counted == {
        DisposalState.LATE: whole.late,
        DisposalState.ONGOING: whole.ongoing,
        DisposalState.DONE: whole.done,
    }
    assert {state: sum(line.state is state for line in listed) for state in counted} == counted


def test_the_longest_late_comes_first_and_the_latest_done_last(engine):
    rows = [
        disposal("A", **DONE),
        disposal("B", done_on=date(2026, 6, 25), method="MERGE"),
        disposal("C", due_on=date(2026, 8, 1)),
        disposal("D", due_on=date(2026, 7, 1)),
        disposal("E", **LATE),
        disposal("F", due_on=date(2026, 3, 1)),
    ]
    kept(engine, workbook(**net(), disposals=rows))
    with reading(engine) as connection:
        found = disposals.lines(connection, DISTRICT, DisposalFilter(), 10)
    assert [line.code for line in found] == ["F", "E", "D", "C", "B", "A"]
    assert [line.days for line in found] == [121, 1, 0, 0, 0, 0]


def test_value_is_still_to_be_dealt_with_until_the_day_it_is_done(engine):
    rows = [disposal("A", value=500, **DONE), disposal("B", value=300), disposal("C", value=None)]
    kept(engine, workbook(**net(), disposals=rows))
    with reading(engine) as connection:
        before = disposals.by_kind(connection, DISTRICT.on(date(2026, 6, 19)))
        after = disposals.by_kind(connection, DISTRICT)
    assert before[DisposalKind.SHELL].value_open == 800
    assert after[DisposalKind.SHELL].value_open == 300


def test_what_was_done_later_is_listed_as_open(engine):
    kept(engine, workbook(**net(), disposals=[disposal("A", recovered=9, **DONE)]))
    with reading(engine) as connection:
        (line,) = disposals.lines(connection, DISTRICT.on(date(2026, 6, 19)), DisposalFilter(), 10)
    assert (line.state, line.done_on, line.method, line.recovered) == (
        DisposalState.ONGOING,
        None,
        None,
        None,
    )


def test_ways_are_counted_with_the_money_they_brought(engine):
    rows = [
        disposal("A", recovered=5, **DONE),
        disposal("B", recovered=None, **DONE),
        disposal("C", recovered=1, done_on=date(2026, 6, 20), method="KEEP"),
        disposal("D"),
    ]
    kept(engine, workbook(**net(), disposals=rows))
    with reading(engine) as connection:
        found = disposals.by_method(connection, DISTRICT)
    assert dict(found) == {Method.MERGE: MethodSums(2, 5), Method.KEEP: MethodSums(1, 1)}


def test_a_search_finds_by_name_unit_kind_and_state(engine):
    rows = [
        disposal("A", name="某空壳公司", kind="SHELL", **LATE),
        disposal("B", name="某房产", kind="IDLE_ASSET", unit="U2"),
    ]
    kept(engine, workbook(**net(), disposals=rows))
    with reading(engine) as connection:

        def codes(**wanted: str) -> list[str]:
            found = disposals.lines(connection, DISTRICT, DisposalFilter(**wanted), 10)
            assert len(found) == disposals.count(connection, DISTRICT, DisposalFilter(**wanted))
            return [line.code for line in found]

        assert codes(text="空壳") == ["A"]
        assert codes(text="u2") == ["B"]
        assert codes(kind="IDLE_ASSET") == ["B"]
        assert codes(state="LATE") == ["A"]
        assert codes(text="_") == []


def test_a_limited_viewer_sees_the_own_disposals_only(engine):
    kept(engine, workbook(**net(), disposals=[disposal("A"), disposal("B", unit="U2")]))
    mine = Scope(parse("district"), TODAY, units=frozenset({"U1"}))
    with reading(engine) as connection:
        found = disposals.lines(connection, mine, DisposalFilter(), 10)
        whole = sum(disposals.by_kind(connection, mine).values(), KindSums())
    assert [line.code for line in found] == ["A"]
    assert whole.found == 1
