"""Every figure equals its independent calculation, on any day and at any node."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, event
from sqlmodel import col

from data.facts import balances
from data.facts.balances import Totals
from data.facts.derivation import derive
from data.facts.known_since import unknown_sources
from data.figures.breakdown import by_day, by_group, totals_by_group
from data.figures.catalogue import catalogue
from data.figures.differing import Differing
from data.figures.reading import Readings, read, readings, totals_of_facts, totals_on
from data.figures.rows import rows_behind
from data.figures.units import units
from data.nodes import group_nodes, parse
from data.reference.lists import References, shipped
from data.scope import Scope
from data.store.database import reading, writing
from models.kept import Balance
from models.kinds import LATEST
from tests import oracle
from tests.data import districts
from tests.data.contents import TODAY, kept, net, workbook
from tests.data.districts import SUBJECTS, UNITS, Rows, few
from tests.data.figures.taken_in import taken_in
from tests.databases import Databases, Postgres, sqlite_database

CATALOGUE = catalogue(shipped())


@contextmanager
def under(lists: References, rows: Rows) -> Iterator[Connection]:
    """What is read once `rows` are taken in and derived by other `lists`."""
    with sqlite_database() as engine:
        kept(engine, districts.content(rows), day=LATEST)
        with writing(engine) as connection:
            derive(connection, None, lists)
        with reading(engine) as connection:
            yield connection


def printed(found: Readings) -> dict[str, dict[str, object]]:
    return {key: each.as_json() for key, each in found.items()}


every_subject = pytest.mark.parametrize("subject", SUBJECTS)


@every_subject
@few(8)
@given(data=st.data())
def test_a_figure_equals_its_oracle_on_any_day_at_any_node(
    subject: str, data: st.DataObject
) -> None:
    compare(sqlite_database, subject, data)


@pytest.mark.postgres
@few(5)
@given(subject=st.sampled_from(list(SUBJECTS)), data=st.data())
def test_a_figure_equals_its_oracle_on_postgres(
    postgres: Postgres, subject: str, data: st.DataObject
) -> None:
    compare(postgres.database, subject, data)


def compare(databases: Databases, subject: str, data: st.DataObject) -> None:
    rows = data.draw(districts.districts(subject))
    district = districts.district_of(rows)
    with taken_in(rows, databases) as connection:
        nodes = [*group_nodes(connection), *(f"unit:{each}" for each in UNITS)]
        for _ in range(3):
            day = data.draw(districts.days(rows))
            for node in ["district", *data.draw(st.lists(st.sampled_from(nodes), max_size=3))]:
                found = read(connection, Scope(parse(node), day), CATALOGUE)
                assert printed(found) == oracle.figures(district, day, node)


@few(8)
@given(data=st.data())
def test_a_figure_of_a_limited_scope_counts_the_units_that_may_be_seen(
    data: st.DataObject,
) -> None:
    rows = data.draw(districts.districts("findings", "work"))
    district, day = districts.district_of(rows), data.draw(districts.days(rows))
    some = data.draw(st.frozensets(st.sampled_from(UNITS)))
    node = data.draw(st.sampled_from(["district", "sector:EDU", "batch:1", "unit:U1"]))
    here, edu = district.units_at(node), district.units_at("sector:EDU")
    with taken_in(rows) as connection:
        scope = Scope(parse(node), day, units=some)
        found = read(connection, scope, CATALOGUE)
        assert printed(found) == oracle.figures_of(district, day, here & some)
        scope = Scope(parse(node), day, sectors=frozenset({"EDU"}))
        found = read(connection, scope, CATALOGUE)
        assert printed(found) == oracle.figures_of(district, day, here & edu)


@pytest.mark.parametrize("subject", ["people", "reports", "findings", "audit", "ratings", "funds"])
@few(4)
@given(data=st.data())
def test_a_figure_equals_its_oracle_under_other_lists(subject: str, data: st.DataObject) -> None:
    rows = data.draw(districts.districts(subject))
    lists = data.draw(districts.other_lists())
    plain = oracle.District(rows, lists.lists)
    with under(lists, rows) as connection:
        for _ in range(3):
            day = data.draw(districts.days(rows))
            found = read(connection, district(day), catalogue(lists))
            assert printed(found) == oracle.figures(plain, day, "district")


def test_a_unit_of_another_sector_shows_nothing_to_who_is_limited_to_one() -> None:
    rows = districts.filled({**net("U1"), "findings": [{}]})
    health = Scope(parse("unit:U1"), LATEST, sectors=frozenset({"HEALTH"}))
    with taken_in(rows) as connection:
        assert read(connection, health, CATALOGUE)["required"].numerator == 0


@every_subject
@few(3)
@given(data=st.data())
def test_the_list_behind_a_figure_adds_up_to_it(subject: str, data: st.DataObject) -> None:
    rows = data.draw(districts.districts(subject))
    node = data.draw(st.sampled_from(["district", "kind:SOE", "unit:U1"]))
    with taken_in(rows) as connection:
        scope = Scope(parse(node), data.draw(districts.days(rows)))
        for key, each in read(connection, scope, CATALOGUE).items():
            sides: dict[str, list[object]] = {"value": [], "numerator": [], "denominator": []}
            if each.numerator or each.denominator:
                for row in rows_behind(connection, scope, each.figure, each.bucket):
                    sides[row.side].append(row.value)
            of_value = sides["value"] or sides["numerator"]
            add = max if each.figure.id == "overdue_days_max" else sum
            assert (add(of_value) if of_value else 0) == (each.numerator or 0), key
            if each.figure.way in ("SHARE", "MEAN", "AGE_MEAN", "RATIO_MEAN"):
                assert sum(sides["denominator"]) == (each.denominator or 0), key


@every_subject
@few(3)
@given(data=st.data())
def test_running_totals_say_what_the_facts_say(subject: str, data: st.DataObject) -> None:
    rows = data.draw(districts.districts(subject))
    with taken_in(rows) as connection:
        for node in group_nodes(connection):
            for _ in range(3):
                scope = Scope(parse(node), data.draw(districts.days(rows)))
                alive = totals_of_facts(connection, scope)
                running = totals_on(connection, scope)
                assert {each: sums for each, sums in running.items() if sums != (0, 0)} == alive


@every_subject
@few(3)
@given(data=st.data())
def test_a_breakdown_says_of_each_part_what_the_part_says_of_itself(
    subject: str, data: st.DataObject
) -> None:
    rows = data.draw(districts.districts(subject))
    day = data.draw(districts.days(rows))
    figures = list(CATALOGUE.values())
    shared = [each for each in figures if not each.district]
    with taken_in(rows) as connection:
        for kind in ("sector", "subdistrict", "kind", "batch", "unit"):
            parts = by_group(connection, district(day), kind, figures)
            few_are_as_among_all(connection, district(day), kind, parts)
            for code, found in parts.items():
                part = Scope(parse(f"{kind}:{code}"), day)
                whole = read(connection, part, {each.id: each for each in shared})
                assert printed(found) == printed(whole)
            differ_from_nothing(connection, district(day), kind)
        days = [day, data.draw(districts.days(rows))]
        for on, found in by_day(connection, district(day), days, shared).items():
            whole = read(connection, district(on), {each.id: each for each in shared})
            del found["overdue_days_max"], whole["overdue_days_max"]
            assert printed(found) == printed(whole)


def few_are_as_among_all(
    connection: Connection, scope: Scope, kind: str, parts: Mapping[str, Readings]
) -> None:
    """A figure read by itself, from few measures, is the same as when read with all others."""
    unknown = unknown_sources(connection, scope.as_of)
    for figure in (CATALOGUE["grid_coverage"], CATALOGUE["due_rect_rate"], CATALOGUE["required"]):
        nothing = readings({}, scope, [figure], unknown)
        alone = by_group(connection, scope, kind, [figure])
        assert set(alone) <= set(parts)
        for code, found in parts.items():
            assert printed(alone.get(code, nothing)) == printed(
                {key: found[key] for key in nothing}
            )


def differ_from_nothing(connection: Connection, scope: Scope, kind: str) -> None:
    """`Differing` gives the values of those readings that a part without facts would not have."""
    shared = [each for each in CATALOGUE.values() if not each.district]
    unknown = unknown_sources(connection, scope.as_of)
    nothing = readings({}, scope, shared, unknown)
    differing = Differing(scope, shared, unknown)
    parts = by_group(connection, scope, kind, shared)
    totals_of_parts = list(totals_by_group(connection, scope, kind, shared))
    assert [code for code, _, _ in totals_of_parts] == list(parts)
    for code, totals, oldest in totals_of_parts:
        assert list(differing.values(totals, oldest)) == [
            (key, each.numerator, each.denominator)
            for key, each in parts[code].items()
            if each != nothing[key]
        ]


@every_subject
@few(2)
@given(data=st.data())
def test_a_breakdown_without_buckets_says_the_same_of_each_figure_as_a_whole(
    subject: str, data: st.DataObject
) -> None:
    rows = data.draw(districts.districts(subject))
    scope = district(data.draw(districts.days(rows)))
    with taken_in(rows) as connection:
        for figure in CATALOGUE.values():
            with_buckets = by_group(connection, scope, "unit", [figure])
            whole = by_group(connection, scope, "unit", [figure], buckets=False)
            assert whole == {
                code: {key: each for key, each in found.items() if not each.bucket}
                for code, found in with_buckets.items()
            }


def test_a_breakdown_without_buckets_reads_one_row_a_unit_and_measure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    severities = ("MAJOR", "IMPORTANT", "ORDINARY")
    findings = [{"code": f"F{at}", "severity": each} for at, each in enumerate(severities)]
    read_rows = []

    def summed(parts: Iterable[Sequence[Any]]) -> Totals:
        rows = list(parts)
        read_rows.append(len(rows))
        return original(rows)

    original = balances.summed
    monkeypatch.setattr(balances, "summed", summed)
    with sqlite_database() as engine:
        kept(engine, workbook(**net(), findings=findings))
        with reading(engine) as connection:
            figures = [CATALOGUE["unrectified"]]
            by_group(connection, district(TODAY), "unit", figures)
            by_group(connection, district(TODAY), "unit", figures, buckets=False)
    assert read_rows == [3, 1]


def district(day: date) -> Scope:
    return Scope(parse("district"), day)


@few(6)
@given(data=st.data())
def test_required_is_rectified_in_progress_and_unrectified_on_every_day(
    data: st.DataObject,
) -> None:
    rows = data.draw(districts.districts("findings"))
    with taken_in(rows) as connection:
        for node in ("district", "kind:SOE", "unit:U1"):
            for day in districts.days_of(rows):
                found = read(connection, Scope(parse(node), day), CATALOGUE)
                statuses = ("rectified", "in_progress", "unrectified")
                parts = [found[each].numerator for each in statuses]
                if found["required"].known:
                    assert found["required"].numerator == sum(map(Fraction, parts))  # type: ignore[arg-type]
                else:
                    assert parts == [None] * 3


@few(8)
@given(data=st.data())
def test_the_flow_of_findings_balances_over_any_period(data: st.DataObject) -> None:
    """Opening + new + reopened − closed − voided = closing; open is required and not closed."""
    rows = data.draw(districts.districts("findings"))
    with taken_in(rows) as connection:
        for node in ("district", "kind:SOE", "unit:U1"):
            first, last = sorted([data.draw(districts.days(rows)), data.draw(districts.days(rows))])
            before, after = (flows(connection, node, day) for day in (first, last))
            moved = {each: after[each] - before[each] for each in after}
            new, reopened = moved["flow_issued"], moved["flow_reopened"]
            gone = moved["flow_closed"] + moved["flow_voided"]
            assert before["open"] + new + reopened - gone == after["open"]
            assert min(moved["flow_issued"], moved["flow_voided"], reopened) >= 0


def flows(connection: Connection, node: str, day: date) -> dict[str, int]:
    totals = totals_on(connection, Scope(parse(node), day))
    measures = ("flow_issued", "flow_reopened", "flow_closed", "flow_voided")
    count = {each: totals.get((each, ""), (0, 0))[0] for each in (*measures, "in_progress")}
    return count | {"open": count["in_progress"] + totals.get(("unrectified", ""), (0, 0))[0]}


@every_subject
@few(4)
@given(data=st.data())
def test_a_light_equals_its_oracle(subject: str, data: st.DataObject) -> None:
    rows = data.draw(districts.districts("people", subject))
    plain = districts.district_of(rows)
    with taken_in(rows) as connection:
        for _ in range(4):
            assert_lights(connection, plain, data.draw(districts.days(rows)))


def assert_lights(connection: Connection, plain: oracle.District, day: date) -> None:
    """Each unit in the grid on `day` shows the light of the oracle, and no other unit shows one."""
    in_grid = {unit["code"] for unit in plain.in_grid(plain.units_at("district"), day)}
    expected = {unit: oracle.light(plain, unit, day) for unit in in_grid}
    shown = units(connection, district(day))
    assert {each.code: each.light for each in shown if each.light} == expected


@pytest.mark.parametrize("subject", ["people", "findings", "ratings"])
@few(3)
@given(data=st.data())
def test_a_light_equals_its_oracle_under_other_lists(subject: str, data: st.DataObject) -> None:
    rows = data.draw(districts.districts(subject))
    lists = data.draw(districts.other_lists())
    plain = oracle.District(rows, lists.lists)
    with under(lists, rows) as connection:
        for _ in range(4):
            assert_lights(connection, plain, data.draw(districts.days(rows)))


def test_the_ends_of_months_are_read_from_whole_months(engine: Engine) -> None:
    findings = [
        {"code": f"F{at:02}", "issued_on": date(2025, 1, 1) + timedelta(9 * at), "due_on": TODAY}
        for at in range(60)
    ]
    kept(engine, workbook(**net(), findings=findings))
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *of: asked.append(of[2]))
    ends = [date(2025, 1, 31), date(2025, 12, 31), date(2026, 2, 28), date(2026, 3, 31)]
    others = [date(2026, 3, 1), date(2026, 3, 30), date(2026, 2, 27), date(2025, 1, 1)]
    measures = ["found", "unrectified", "in_progress"]
    with reading(engine) as connection:
        of_days = balances.totals_on_days(connection, "district", [*ends, *others], measures)
        del asked[:]
        assert balances.totals_on_days(connection, "district", ends, measures) == {
            day: of_days[day] for day in ends
        }
        [statement] = asked
        for day, found in of_days.items():
            counted = totals_of_facts(connection, district(day), measures)
            assert {key: each for key, each in found.items() if any(each)} == counted
        assert any(of_days[ends[-1]].values())
    assert "BETWEEN" not in statement, "no single days are read"


def test_few_measures_of_nodes_are_looked_up_by_month_and_day(engine: Engine) -> None:
    findings = [
        {"code": f"F{at:02}", "issued_on": date(2025, 1, 1) + timedelta(9 * at), "due_on": TODAY}
        for at in range(60)
    ]
    kept(engine, workbook(**net(), findings=findings))
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *of: asked.append(of[2]))
    measures, node = ["found", "unrectified"], col(Balance.node) == "district"
    days = [date(2025, 1, 1), date(2025, 1, 31), date(2026, 3, 30), date(2026, 6, 30)]
    with reading(engine) as connection:
        for day in days:
            del asked[:]
            found = balances.totals_on_day(connection, day, node, measures).get("district", {})
            counted = totals_of_facts(connection, district(day), measures)
            assert {key: each for key, each in found.items() if any(each)} == counted
            assert "BETWEEN" not in asked[1] and "day <" not in asked[1]
