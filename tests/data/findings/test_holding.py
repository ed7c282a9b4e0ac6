"""Where fixes did not hold: the units and categories add up to the figure."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.findings.holding import came_back
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope, everything
from data.store.database import reading
from models.kinds import LATEST
from tests.data import districts
from tests.data.contents import kept, net, workbook
from tests.data.districts import few
from tests.databases import sqlite_database
from tests.oracle.beside_figures import compared_holding

CLOSED = date(2025, 1, 10)
JUDGED_ON = CLOSED + timedelta(400)


def test_a_reopening_and_a_repeat_count_against_their_unit_and_category(engine: Engine) -> None:
    issued = date(2025, 1, 1)
    findings = [
        {"code": code, "category": category, "issued_on": issued, "due_on": issued}
        for code, category in (("F1", "采购"), ("F2", "采购"), ("F3", "合同"))
    ]
    again = {"code": "F4", "repeat_of": "F1", "issued_on": date(2025, 6, 1), "due_on": CLOSED}
    events = [{"finding": f"F{at}", "on_date": CLOSED, "action": "CLOSE"} for at in (1, 2, 3)]
    kept(
        engine,
        workbook(
            **net(),
            findings=[*findings, again | {"due_on": date(2025, 7, 1)}],
            rectification_events=events,
        ),
    )
    with reading(engine) as connection:
        found = came_back(connection, everything(parse("district"), JUDGED_ON), 5)
    assert [(each.code, each.judged, each.came_back) for each in found.categories] == [
        ("采购", 2, 1)
    ]
    assert [(each.code, each.judged, each.came_back) for each in found.units] == [("U1", 3, 1)]


def test_sources_and_severities_of_what_was_closed(engine: Engine) -> None:
    issued = date(2025, 1, 1)
    findings = [
        {"code": "F1", "severity": "MAJOR", "project": "P1", "issued_on": issued},
        {"code": "F2", "severity": "MAJOR", "issued_on": issued},
        {"code": "F3", "severity": "ORDINARY", "issued_on": issued},
    ]
    reopened = {"finding": "F1", "on_date": date(2025, 3, 1), "action": "REOPEN"}
    events = [{"finding": f"F{at}", "on_date": CLOSED, "action": "CLOSE"} for at in (1, 2, 3)]
    kept(
        engine,
        workbook(
            **net(),
            projects=[{}],
            findings=[each | {"due_on": CLOSED} for each in findings],
            rectification_events=[*events, reopened | {"new_due_on": date(2025, 4, 1)}],
        ),
    )
    with reading(engine) as connection:
        found = came_back(connection, everything(parse("district"), JUDGED_ON), 5)
        nobody = Scope(parse("district"), JUDGED_ON, units=frozenset())
        assert came_back(connection, nobody, 5).sources == ()
        # A closure counts for one year after it was judged; then nothing is left to list.
        past = came_back(connection, everything(parse("district"), date(2027, 6, 1)), 5)
        assert (past.sources, past.severities, past.units) == ((), (), ())
    assert [(each.code, each.judged, each.held) for each in found.sources] == [
        ("STATE", 1, 0),
        ("OTHER", 2, 2),
    ]
    assert [(each.code, each.judged, each.held) for each in found.severities] == [
        ("ORDINARY", 1, 1),
        ("MAJOR", 2, 1),
    ]


@few(6)
@given(data=st.data())
def test_parts_equal_their_oracle_and_units_add_up_to_the_figure(data: st.DataObject) -> None:
    rows = data.draw(districts.districts("findings"))
    with sqlite_database() as engine:
        kept(engine, districts.content(rows), day=LATEST)
        with reading(engine) as connection:
            scope = Scope(parse("district"), data.draw(districts.days(rows)))
            figure = read(connection, scope, catalogue(shipped()))["fix_held"]
            lost = sum(each.came_back for each in came_back(connection, scope, 100).units)
            compared = compared_holding(
                connection, districts.district_of(rows), scope.as_of, ["district", "unit:U1"]
            )
            for _kind, where, shown, wanted in compared:
                assert shown == wanted, where
    if figure.known:
        assert lost == (figure.denominator or 0) - (figure.numerator or 0)
