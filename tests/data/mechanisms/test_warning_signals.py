"""Warnings open one by one, and what became of the warnings of each rule."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine

from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.mechanisms.warning_signals import (
    by_rule,
    gravest_by_unit,
    level_of,
    open_ones,
    rule_of,
)
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from models.warning import Level, WarningSource
from tests.data.contents import TODAY, kept, net, workbook

DISTRICT = Scope(parse("district"), TODAY)
IMPORTED, COMPUTED = WarningSource.IMPORTED, WarningSource.COMPUTED


def asked(engine: Engine, question: Any, *more: Any, scope: Scope = DISTRICT) -> Any:
    with reading(engine) as connection:
        return question(connection, scope, *more)


def taken(engine: Engine, *rows: dict[str, Any], **sheets: list[dict[str, Any]]) -> Engine:
    kept(engine, workbook(**net(), warnings=list(rows), **sheets))
    return engine


def keys(engine: Engine, source: WarningSource, rule: str = "", **more: Any) -> list[str]:
    return [line.row.key for line in asked(engine, open_ones, source, rule, 30, **more)]


def test_red_warnings_stand_first_then_the_oldest(engine: Engine) -> None:
    taken(
        engine,
        {"code": "Y", "level": "YELLOW", "raised_on": date(2026, 1, 1)},
        {"code": "R2", "raised_on": date(2026, 3, 1)},
        {"code": "R1", "raised_on": date(2026, 2, 1)},
    )
    assert keys(engine, IMPORTED) == ["R1", "R2", "Y"]


def test_of_each_level_those_raised_since_a_day_stand_first(engine: Engine) -> None:
    taken(
        engine,
        {"code": "Y1", "level": "YELLOW", "raised_on": date(2026, 1, 1)},
        {"code": "Y2", "level": "YELLOW", "raised_on": date(2026, 2, 2)},
        {"code": "R1", "raised_on": date(2026, 1, 1)},
        {"code": "R2", "raised_on": date(2026, 2, 1)},
        {"code": "R3", "raised_on": date(2026, 2, 2)},
    )
    found = asked(engine, open_ones, IMPORTED, "", 30, date(2026, 2, 1))
    assert [line.row.key for line in found] == ["R3", "R1", "R2", "Y2", "Y1"]


def test_of_each_unit_asked_for_the_warning_that_stands_first_is_found(engine: Engine) -> None:
    kept(
        engine,
        workbook(
            **net("U1", "U2", "U3"),
            warnings=[
                {"code": "Y", "unit": "U1", "level": "YELLOW", "raised_on": date(2026, 1, 1)},
                {"code": "R2", "unit": "U1", "raised_on": date(2026, 3, 1)},
                {"code": "R1", "unit": "U1", "raised_on": date(2026, 2, 1)},
                {"code": "Z", "unit": "U3"},
            ],
        ),
    )
    found = asked(engine, gravest_by_unit, ("U1", "U2"))
    assert {unit: line.row.key for unit, line in found.items()} == {"U1": "R1"}
    limited = Scope(parse("district"), TODAY, units=frozenset({"U3"}))
    assert asked(engine, gravest_by_unit, ("U1",), scope=limited) == {}


def test_a_warning_found_false_or_closed_is_not_open(engine: Engine) -> None:
    taken(
        engine,
        {"code": "A", "verdict": "FALSE", "verified_on": date(2026, 2, 3)},
        {"code": "B", "closed_on": date(2026, 2, 3)},
        {"code": "C", "verdict": "TRUE", "verified_on": date(2026, 2, 3)},
    )
    assert keys(engine, IMPORTED) == ["C"]
    assert keys(engine, IMPORTED, scope=DISTRICT.on(date(2026, 2, 2))) == ["A", "B", "C"]


def test_a_rule_narrows_the_list(engine: Engine) -> None:
    taken(engine, {"code": "A", "rule": "W04"}, {"code": "B", "rule": "W09"})
    assert keys(engine, IMPORTED, "W09") == ["B"]


def test_computed_warnings_stand_apart_with_the_row_that_raised_them(engine: Engine) -> None:
    taken(engine, {"code": "A"}, reports=[{"due_on": date(2026, 1, 31)}])
    found = asked(engine, open_ones, COMPUTED, "W17", 30)
    (line,) = found
    assert (line.row.ledger, line.values["kind"]) == ("reports", "PLAN")
    assert (level_of(line), rule_of(line)) == (Level.YELLOW, "W17")
    assert keys(engine, IMPORTED) == ["A"]


def test_records_of_the_rules_add_up_to_the_figures(engine: Engine) -> None:
    taken(
        engine,
        {"code": "A", "rule": "W04"},
        {"code": "B", "rule": "W09", "closed_on": date(2026, 2, 3)},
    )
    records = asked(engine, by_rule)
    figures = asked(engine, read, catalogue(shipped()))
    assert sum(sum(each.open.values()) for each in records.values()) == (
        figures["warnings_open"].numerator
    )
    closure = figures["warning_closure"]
    assert sum(each.raised for each in records.values()) == closure.denominator
    assert sum(each.done for each in records.values()) == closure.numerator


def test_verdicts_and_days_are_counted_by_rule(engine: Engine) -> None:
    raised = date(2026, 2, 1)
    taken(
        engine,
        {"code": "A", "verdict": "FALSE", "verified_on": raised + timedelta(4)},
        {
            "code": "B",
            "verdict": "TRUE",
            "verified_on": raised + timedelta(2),
            "closed_on": raised + timedelta(30),
        },
        {"code": "C"},
    )
    record = asked(engine, by_rule)["W04"]
    assert (record.true, record.false) == (1, 1)
    assert sorted(record.days_to_verify) == [2, 4]
    assert record.days_to_close == [30]


def test_a_verdict_of_a_later_day_is_not_known(engine: Engine) -> None:
    taken(engine, {"code": "A", "verdict": "FALSE", "verified_on": TODAY})
    record = asked(engine, by_rule, scope=DISTRICT.on(TODAY - timedelta(1)))["W04"]
    assert (record.false, record.days_to_verify) == (0, [])


def test_warnings_of_more_than_a_year_ago_are_left_out_of_verdicts(engine: Engine) -> None:
    long_ago = TODAY - timedelta(365)
    taken(engine, {"code": "A", "raised_on": long_ago, "verdict": "TRUE", "verified_on": TODAY})
    record = asked(engine, by_rule)["W04"]
    assert (record.raised, record.true) == (0, 0)


def test_a_unit_sees_its_own_warnings_only(engine: Engine) -> None:
    taken(engine, {"code": "A", "unit": "U1"}, {"code": "B", "unit": "U2"})
    own = Scope(parse("district"), TODAY, units=frozenset({"U2"}))
    assert keys(engine, IMPORTED, scope=own) == ["B"]
    assert asked(engine, by_rule, scope=own)["W04"].raised == 1
