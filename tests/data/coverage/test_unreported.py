"""What is counted as nothing of a unit that has reported nothing is not known to readers."""

from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from data.coverage.unreported import silent_units, without_unreported
from data.figures.catalogue import catalogue
from data.figures.reading import Readings, read
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import everything
from data.store.database import reading
from models.own_snapshot import OwnSnapshot
from tests.data.contents import NOW, TODAY, kept, net, workbook

DISTRICT, UNIT = parse("district"), parse("unit:E01")
NET = net("E01", "S01")


def silent(engine: Engine) -> frozenset[str]:
    with reading(engine) as connection:
        return silent_units(connection, everything(DISTRICT, TODAY))


def test_a_unit_is_silent_until_it_reports(engine: Engine) -> None:
    kept(engine, workbook(**NET))
    assert "E01" in silent(engine)
    kept(engine, workbook(duties=[{"unit": "E01", "item": "P2", "done_on": TODAY}]))
    assert "E01" not in silent(engine)


def test_a_ledger_without_rows_is_a_report(engine: Engine) -> None:
    kept(engine, workbook(**NET))
    empty = OwnSnapshot(
        sender="E01",
        form="findings",
        as_of=TODAY - timedelta(1),
        file_name="a.xlsx",
        sha256="0",
        at=NOW,
        account="a",
    )
    with Session(engine) as session:
        session.add(empty)
        session.commit()
    assert "E01" not in silent(engine)


def test_of_a_unit_with_findings_it_is_known_that_none_is_overdue(engine: Engine) -> None:
    kept(engine, workbook(**NET, findings=[{"unit": "E01", "due_on": TODAY + timedelta(9)}]))
    assert silent(engine) == {"S01"}


def of_unit(engine: Engine) -> Readings:
    with reading(engine) as connection:
        return without_unreported(read(connection, everything(UNIT, TODAY), catalogue(shipped())))


def test_nothing_counted_is_not_known_and_what_is_counted_stays(engine: Engine) -> None:
    late = {"unit": "E01", "due_on": TODAY - timedelta(9), "submitted_on": None}
    kept(engine, workbook(**NET, reports=[late], findings=[{"unit": "S01"}]))
    readings = of_unit(engine)
    assert [readings[key].known for key in ("overdue", "duty_rate")] == [False, False]
    assert readings["reports_late"].numerator == 1
    assert readings["units"].numerator == 1
