"""Who was guided, in which form, and whom nobody has guided."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine

from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.mechanisms.guidance import counts, departments, latest, not_guided
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from tests.data.contents import TODAY, kept, net, workbook

DISTRICT = Scope(parse("district"), TODAY)
YEAR_AGO = TODAY - timedelta(365)


def asked(engine: Engine, question: Any, *more: Any, scope: Scope = DISTRICT) -> Any:
    with reading(engine) as connection:
        return question(connection, scope, *more)


def taken(engine: Engine, *visits: dict[str, Any], units: tuple[str, ...] = ("U1", "U2")) -> Engine:
    kept(engine, workbook(**net(*units), guidance=list(visits)))
    return engine


def test_guidance_of_the_last_year_is_counted_by_form_and_guide(engine: Engine) -> None:
    taken(
        engine,
        {"on_date": TODAY, "form": "ON_SITE", "by": "DEPARTMENT"},
        {"on_date": YEAR_AGO + timedelta(1), "form": "ON_SITE", "by": "DEPARTMENT"},
        {"on_date": YEAR_AGO, "form": "ON_SITE", "by": "DEPARTMENT"},
        {"on_date": TODAY, "form": "INTERVIEW", "by": "AUDIT_BUREAU"},
    )
    assert asked(engine, counts) == {
        ("ON_SITE", "DEPARTMENT"): 2,
        ("INTERVIEW", "AUDIT_BUREAU"): 1,
    }


def test_units_without_guidance_are_those_missing_in_the_figure(engine: Engine) -> None:
    taken(engine, {"unit": "U1", "on_date": TODAY}, {"unit": "U2", "on_date": YEAR_AGO})
    figure = asked(engine, read, catalogue(shipped()))["guidance_coverage"]
    found = asked(engine, not_guided, 30)
    assert [(unit.code, unit.last_on) for unit in found] == [("U2", YEAR_AGO)]
    assert len(found) == figure.denominator - figure.numerator


def test_who_was_never_guided_stands_before_who_was_long_ago(engine: Engine) -> None:
    taken(engine, {"unit": "U1", "on_date": date(2024, 5, 1)})
    assert [unit.code for unit in asked(engine, not_guided, 30)] == ["U2", "U1"]


def test_later_guidance_was_not_known_on_the_day(engine: Engine) -> None:
    taken(engine, {"unit": "U1", "on_date": TODAY}, units=("U1",))
    before = DISTRICT.on(TODAY - timedelta(1))
    assert [(unit.code, unit.last_on) for unit in asked(engine, not_guided, 30, scope=before)] == [
        ("U1", None)
    ]
    assert asked(engine, latest, 30, scope=before) == ()


def test_the_latest_guidance_stands_first(engine: Engine) -> None:
    taken(engine, {"on_date": date(2026, 1, 1)}, {"unit": "U2", "on_date": date(2026, 3, 1)})
    assert [visit.unit for visit in asked(engine, latest, 1)] == ["U2"]


def test_a_unit_sees_its_own_guidance_only(engine: Engine) -> None:
    taken(engine, {"unit": "U1", "on_date": TODAY})
    other = Scope(parse("district"), TODAY, units=frozenset({"U2"}))
    assert asked(engine, counts, scope=other) == {}
    assert asked(engine, latest, 30, scope=other) == ()
    assert [unit.code for unit in asked(engine, not_guided, 30, scope=other)] == ["U2"]


def test_each_sector_has_its_department(engine: Engine) -> None:
    sectors = [{"code": "EDU", "lead": "区教育局"}, {"code": "SOE", "name": "国资"}]
    kept(engine, workbook(sectors=sectors))
    with reading(engine) as connection:
        assert departments(connection) == {"EDU": ("教育", "区教育局"), "SOE": ("国资", None)}
