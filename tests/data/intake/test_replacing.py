"""Replacing a reference list: taken whole or not at all, and every figure follows it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from data.coverage import light_reasons
from data.facts.derivation import compare
from data.figures import units
from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.intake.removal import remove
from data.intake.replacing import ListRefusedError, replace
from data.nodes import DISTRICT, Node, parse
from data.reference.lists import Row, current, shipped
from data.scope import Scope, everything
from data.store import access_log, data_version
from data.store.access_log import Act
from data.store.database import ChangedMeanwhileError, reading, writing
from models.account import Event
from models.rules.light import Light
from tests.data.contents import NOW, TODAY, dump, kept, net, of_rows, taking, workbook

ACT = Act("admin", NOW)


def put(engine: Engine, name: str, rows: list[Row]) -> None:
    with writing(engine) as connection:
        replace(connection, ACT, name, *of_rows(rows))


def text(engine: Engine, figure: str, day: date = TODAY) -> str:
    with reading(engine) as connection:
        found = read(connection, everything(Node(DISTRICT), day), catalogue(current(connection)))
        return found[figure].text


def without(name: str, code: str) -> list[Row]:
    return [row for row in shipped().lists[name] if code not in row.values()]


def with_cells(name: str, code: str, **cells: str) -> list[Row]:
    return [{**row, **cells} if code in row.values() else row for row in shipped().lists[name]]


def test_the_shipped_lists_are_in_force_until_they_are_replaced(engine: Engine) -> None:
    with reading(engine) as connection:
        assert current(connection) == shipped()


def test_a_replaced_list_is_in_force_and_no_placeholder(engine: Engine) -> None:
    put(engine, "vetoes", [{"code": "N1", "name": "否决"}])
    with reading(engine) as connection:
        lists = current(connection)
    assert lists.lists["vetoes"] == ({"code": "N1", "name": "否决", "name_en": "否决"},)
    assert lists.replaced == {"vetoes"}
    assert lists.lists["rubric"] == shipped().lists["rubric"]


def test_replacing_again_leaves_the_last(engine: Engine) -> None:
    put(engine, "vetoes", [{"code": "N1", "name": "否决"}])
    put(engine, "vetoes", [{"code": "N2", "name": "否决"}])
    with reading(engine) as connection:
        assert list(current(connection).codes["vetoes"]) == ["N2"]


def test_replacing_moves_the_data_version_and_stands_in_the_log(engine: Engine) -> None:
    put(engine, "vetoes", [{"code": "N1", "name": "否决"}])
    with reading(engine) as connection:
        assert data_version.current(connection) == 1
        [entry] = access_log.entries(connection)
    assert (entry.what, entry.subject) == (Event.LIST_REPLACED, "vetoes 1")


def one_duty(engine: Engine) -> None:
    duties = [
        {"item": "P2", "due_on": date(2026, 3, 1), "done_on": date(2026, 3, 1)},
        {"item": "P1", "due_on": date(2026, 3, 1)},
    ]
    kept(engine, workbook(**net(), duties=duties))


def test_figures_follow_new_weights(engine: Engine) -> None:
    one_duty(engine)
    assert text(engine, "duty_rate") == "71.4%"
    rows = with_cells("duty_items", "P1", weight="25")
    rows = [{**row, "weight": "10"} if row["code"] == "P2" else row for row in rows]
    put(engine, "duty_items", rows)
    assert text(engine, "duty_rate") == "28.5%"


def test_the_facts_are_those_that_a_rebuild_would_give(engine: Engine) -> None:
    one_duty(engine)
    put(engine, "warning_rules", with_cells("warning_rules", "W19", threshold="20"))
    with reading(engine) as connection:
        assert not compare(connection, current(connection)).differs


def test_a_rule_that_is_switched_off_raises_nothing(engine: Engine) -> None:
    one_duty(engine)
    assert text(engine, "warnings_open") == "2"
    put(engine, "warning_rules", with_cells("warning_rules", "W19", on="0"))
    assert text(engine, "warnings_open") == "0"


def test_lights_and_their_reasons_follow_new_limits(engine: Engine) -> None:
    kept(engine, workbook(**net(), findings=[{"due_on": TODAY - timedelta(20)}]))
    put(engine, "light_rules", with_cells("light_rules", "OVERDUE", threshold="19"))
    scope = Scope(parse("unit:U1"), TODAY)
    with reading(engine) as connection:
        [unit] = units.units(connection, scope)
        [first, *_others] = light_reasons.reasons(connection, scope)["U1"]
    assert unit.light is Light.RED
    assert first.values == {"limit": 19, "count": 1, "days": 20}


def test_a_list_with_a_fault_leaves_everything_as_it_was(engine: Engine) -> None:
    one_duty(engine)
    before = dump(engine)
    with pytest.raises(ListRefusedError):
        put(engine, "duty_items", without("duty_items", "P7"))
    assert dump(engine) == before


LEDGERS_WITH_CODES: dict[str, Callable[[Engine], object]] = {
    "120104001": lambda engine: kept(
        engine, workbook(sectors=[{}], units=[{"subdistrict": "120104001"}])
    ),
    "V8": lambda engine: kept(engine, workbook(**net(), ratings=[{"veto": "V8"}])),
    "W04": lambda engine: kept(engine, workbook(**net(), warnings=[{}])),
    "KA7": lambda engine: kept(
        engine, workbook(**net(), projects=[{}], content_checks=[{"item": "KA7"}])
    ),
}
LISTS = {
    "120104001": "subdistricts",
    "V8": "vetoes",
    "W04": "warning_rules",
    "KA7": "content_items",
}


@pytest.mark.parametrize("code", LISTS)
def test_a_code_that_a_ledger_uses_may_not_go(engine: Engine, code: str) -> None:
    rows = without(LISTS[code], code)
    LEDGERS_WITH_CODES[code](engine)
    with pytest.raises(ListRefusedError) as refused:
        put(engine, LISTS[code], rows)
    assert [fault.value for fault in refused.value.faults] == [code]


@pytest.mark.parametrize("code", LISTS)
def test_a_code_that_no_ledger_uses_may_go(engine: Engine, code: str) -> None:
    put(engine, LISTS[code], without(LISTS[code], code))
    with reading(engine) as connection:
        assert code not in current(connection).codes[LISTS[code]]


def test_a_rule_that_warnings_use_may_not_become_a_computed_one(engine: Engine) -> None:
    kept(engine, workbook(**net(), warnings=[{}]))
    rows = without("warning_rules", "W01")
    computed = {"code": "W01", "source": "COMPUTED", "threshold": "60", "threshold_unit": "days"}
    rows = [{**row, **computed} if row["code"] == "W04" else row for row in rows]
    with pytest.raises(ListRefusedError) as refused:
        put(engine, "warning_rules", rows)
    assert [fault.value for fault in refused.value.faults] == ["W04"]


def scored(engine: Engine) -> None:
    report = {"submitted_on": date(2026, 1, 30)}
    kept(engine, workbook(**net(), reports=[report], report_scores=[{"points": 900}]))


def test_a_dimension_that_was_scored_may_not_go(engine: Engine) -> None:
    scored(engine)
    rows = with_cells("rubric", "RISK", weight="30")
    rows = [row for row in rows if (row["kind"], row["dimension"]) != ("PLAN", "TIMELY")]
    with pytest.raises(ListRefusedError) as refused:
        put(engine, "rubric", rows)
    assert [fault.value for fault in refused.value.faults] == ["PLAN/TIMELY"]


def test_a_dimension_may_not_weigh_less_than_was_given_for_it(engine: Engine) -> None:
    scored(engine)
    rows = [dict(row) for row in shipped().lists["rubric"]]
    rows[0]["weight"], rows[1]["weight"] = "8", "17"
    with pytest.raises(ListRefusedError) as refused:
        put(engine, "rubric", rows)
    assert [(fault.line, fault.column) for fault in refused.value.faults] == [(2, "weight")]


def test_the_duty_that_a_rule_watches_stays_while_the_rule_is_on(engine: Engine) -> None:
    rows = [row for row in with_cells("duty_items", "P1", weight="35") if row["code"] != "P2"]
    with pytest.raises(ListRefusedError):
        put(engine, "duty_items", rows)
    put(engine, "warning_rules", with_cells("warning_rules", "W19", on="0"))
    put(engine, "duty_items", rows)
    with pytest.raises(ListRefusedError):
        put(engine, "warning_rules", list(shipped().lists["warning_rules"]))


def test_nothing_is_taken_in_by_lists_that_are_no_longer_in_force(engine: Engine) -> None:
    put(engine, "vetoes", [{"code": "N1", "name": "否决"}])
    before = dump(engine)
    with pytest.raises(ChangedMeanwhileError):
        taking(engine, workbook(**net()), references=shipped())
    assert dump(engine) == before


def test_nothing_is_taken_out_by_lists_that_are_no_longer_in_force(engine: Engine) -> None:
    kept(engine, workbook(**net()))
    put(engine, "vetoes", [{"code": "N1", "name": "否决"}])
    before = dump(engine)
    with pytest.raises(ChangedMeanwhileError):
        remove(
            engine,
            "units",
            "U2",
            reason="误录",
            account="admin",
            day=TODAY,
            now=NOW,
            references=shipped(),
        )
    assert dump(engine) == before
