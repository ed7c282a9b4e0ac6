"""What is expected at a node: its own findings only, by what the whole district teaches."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from data.nodes import parse
from data.outlook import method
from data.outlook.expected import Outlook, outlook, record
from data.outlook.method import Method
from data.scope import Scope
from data.store.database import reading
from models.rules.forecast_record import LEAST_CASES
from tests.data.contents import TODAY, kept, net, workbook

LIMITS = 60
"""Limits that have passed in each of two units."""


def past(number: int, unit: str) -> dict[str, Any]:
    issued_on = TODAY - timedelta(100 + 5 * number)
    return {
        "code": f"{unit}-{number:03}",
        "unit": unit,
        "issued_on": issued_on,
        "due_on": issued_on + timedelta(40),
    }


def ahead(code: str, unit: str, days: int, **values: Any) -> dict[str, Any]:
    issued_on = TODAY - timedelta(20)
    due_on = TODAY + timedelta(days)
    return {"code": code, "unit": unit, "issued_on": issued_on, "due_on": due_on} | values


def district(*more: dict[str, Any], limits: int = LIMITS) -> Any:
    """Two units: what passes in U1 is closed late, what passes in U2 a day before its limit."""
    findings = [past(number, unit) for unit in ("U1", "U2") for number in range(limits)]
    late = {"U1": 20, "U2": -1}
    events = [
        {
            "finding": each["code"],
            "on_date": each["due_on"] + timedelta(late[each["unit"]]),
            "action": "CLOSE",
        }
        for each in findings
    ]
    units = [{"code": "U1", "kind": "SOE"}, {"code": "U2", "kind": "AGENCY"}]
    return workbook(
        **net() | {"units": units}, findings=[*findings, *more], rectification_events=events
    )


AHEAD = (
    ahead("A1", "U1", 10, amount=500),
    ahead("A2", "U1", 29, amount=300),
    ahead("A3", "U1", 30),
    ahead("B1", "U2", 10, amount=1000),
    ahead("B2", "U2", 90),
    ahead("C1", "U1", -1),
)


def methods(connection: Connection) -> tuple[Method, Method]:
    return method.of_findings(connection, TODAY), method.of_reports(connection, TODAY)


def expected(engine: Engine, node: str = "district", **limits: Any) -> Outlook:
    with reading(engine) as connection:
        scope = Scope(parse(node), TODAY, **limits)
        return outlook(connection, scope, *methods(connection))


@pytest.fixture
def full(engine: Engine) -> Engine:
    kept(engine, district(*AHEAD))
    return engine


def test_limits_count_that_fall_into_the_days_ahead_and_have_not_passed(full: Engine) -> None:
    month, quarter = expected(full).horizons
    assert month.findings and quarter.findings
    assert (month.days, month.findings.out_of) == (30, 3)
    assert (quarter.days, quarter.findings.out_of) == (90, 4)
    assert month.money and month.money.out_of == 1800


def test_money_that_was_put_right_is_no_longer_at_stake(engine: Engine) -> None:
    progress = [{"finding": "A1", "on_date": TODAY, "action": "PROGRESS", "amount": 200}]
    kept(engine, district(*AHEAD))
    kept(engine, workbook(rectification_events=progress))
    month, _quarter = expected(engine).horizons
    assert month.money and month.money.out_of == 1600


def test_a_limit_of_today_has_not_passed(engine: Engine) -> None:
    kept(engine, district(ahead("T1", "U1", 0), ahead("T2", "U1", -1)))
    assert [each.line.finding.code for each in expected(engine).driving] == ["T1"]


def test_a_limit_that_was_moved_counts_by_the_day_it_was_moved_to(engine: Engine) -> None:
    moved = {"M1": (-5, 10), "M2": (10, 95), "M3": (10, 20)}
    findings = [ahead(code, "U1", first) for code, (first, _) in moved.items()]
    extended = [
        {
            "finding": code,
            "on_date": TODAY - timedelta(10),
            "action": "EXTEND",
            "new_due_on": TODAY + timedelta(last),
        }
        for code, (_, last) in moved.items()
    ]
    kept(engine, district(*findings))
    kept(engine, workbook(rectification_events=extended))
    found = {each.line.finding.code: each.line.standing.due for each in expected(engine).driving}
    assert found == {"M1": TODAY + timedelta(10), "M3": TODAY + timedelta(20)}


def test_findings_that_drive_it_come_the_likeliest_first(full: Engine) -> None:
    codes = [each.line.finding.code for each in expected(full).driving]
    assert codes[:3] == ["A1", "A2", "A3"]
    assert codes[-1] == "B1"


def test_a_group_that_was_late_is_likelier_to_be_late_again(full: Engine) -> None:
    chances = {each.line.finding.code: each.chance for each in expected(full).driving}
    assert chances["A1"].own > 0.8 > 0.2 > chances["B1"].own
    assert 0.2 < chances["A1"].base < 0.8


def test_the_expected_number_is_the_sum_of_the_chances_of_the_list(full: Engine) -> None:
    found = expected(full)
    assert found.horizons[1].findings.mean == pytest.approx(
        sum(each.shown for each in found.driving)
    )


def test_units_add_up_to_the_district(full: Engine) -> None:
    whole, *parts = (
        expected(full, node).horizons[1].findings.mean
        for node in ("district", "unit:U1", "unit:U2")
    )
    assert whole == pytest.approx(sum(parts))


def test_who_sees_one_unit_is_told_of_its_findings_with_the_same_chances(full: Engine) -> None:
    mine = expected(full, units=frozenset({"U2"}))
    assert {each.line.finding.unit for each in mine.driving} == {"U2"}
    assert mine.horizons[0].findings.out_of == 1
    of_all = {each.line.finding.code: each.shown for each in expected(full).driving}
    assert [each.shown for each in mine.driving] == [of_all["B1"]]


def test_the_record_of_a_scope_holds_its_own_limits_only(full: Engine) -> None:
    with reading(full) as connection:
        findings, _reports = methods(connection)
        whole, mine = (
            record(connection, Scope(parse("district"), TODAY, units=units), findings)
            for units in (None, frozenset({"U2"}))
        )
    assert mine.score.limits < whole.score.limits
    assert whole.score == findings.score
    assert sum(each.came for each in mine.said[90]) == 0
    assert sum(each.came for each in whole.said[90]) > 0


def test_the_record_ends_where_the_days_ahead_are_not_over(full: Engine) -> None:
    with reading(full) as connection:
        findings, _reports = methods(connection)
        found = record(connection, Scope(parse("district"), TODAY), findings)
    for days, ranges in found.said.items():
        assert all(each.said_on + timedelta(days) <= TODAY for each in ranges)
    assert len(found.said[30]) > len(found.said[90])


def test_where_nothing_was_entered_by_then_the_forecast_is_told_by_dates(full: Engine) -> None:
    with reading(full) as connection:
        findings, _reports = methods(connection)
    assert findings.known_since == TODAY
    assert findings.by_date == findings.months
    assert len(findings.months) == 24


def test_a_group_is_shown_where_the_record_bears_it_out(full: Engine) -> None:
    with reading(full) as connection:
        findings, _reports = methods(connection)
    assert findings.score.is_better
    assert all(each.shown == each.chance.own for each in expected(full).driving)


def test_with_few_cases_the_base_rate_is_shown(engine: Engine) -> None:
    kept(engine, district(*AHEAD, limits=LEAST_CASES // 4))
    driving = expected(engine).driving
    assert driving
    assert all(each.shown == each.chance.base for each in driving)


def test_nothing_learnt_is_not_nothing_expected(engine: Engine) -> None:
    kept(engine, workbook(**net(), findings=[ahead("A1", "U1", 10)]))
    found = expected(engine)
    assert [each.findings for each in found.horizons] == [None, None]
    assert found.driving == ()


def test_an_empty_database_expects_none_of_none(engine: Engine) -> None:
    for horizon in expected(engine).horizons:
        assert horizon.findings and horizon.findings.out_of == 0


def test_reports_not_in_are_expected_late_as_such_reports_were(engine: Engine) -> None:
    due = [TODAY - timedelta(30 * number) for number in range(1, 24)]
    reports = [
        {"year": 2026, "number": number, "due_on": day, "submitted_on": day + timedelta(9)}
        for number, day in enumerate(due, 1)
        if day + timedelta(9) <= TODAY
    ]
    still_owed = [
        {"year": 2026, "number": 90, "due_on": TODAY + timedelta(29)},
        {"year": 2026, "number": 91, "due_on": TODAY + timedelta(89)},
        {"year": 2026, "number": 92, "due_on": TODAY + timedelta(9), "submitted_on": TODAY},
    ]
    kept(engine, workbook(**net(), reports=[*reports, *still_owed]))
    month, quarter = expected(engine).horizons
    assert month.reports and quarter.reports
    assert (month.reports.out_of, quarter.reports.out_of) == (1, 2)
    assert month.reports.mean > 0.7


def test_what_lies_before_the_day_is_not_expected_later(full: Engine) -> None:
    with reading(full) as connection:
        early = date(2026, 1, 15)
        findings = method.of_findings(connection, early)
        reports = method.of_reports(connection, early)
        found = outlook(connection, Scope(parse("district"), early), findings, reports)
    assert all(each.line.finding.issued_on <= early for each in found.driving)
