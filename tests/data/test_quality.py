"""Checks of the data: each finds what it says."""

from datetime import date

import pytest
from sqlalchemy import Engine

from data.nodes import parse
from data.quality import CHECKS, Check, checks
from data.scope import Scope, everything
from data.store.database import reading
from tests.data.contents import TODAY, kept, net, workbook

HEARD = {"grid_elements": [{"unit": "U1"}, {"unit": "U2"}]}
FINDING = {"issued_on": date(2026, 1, 10), "due_on": date(2026, 3, 1), "item": "FS01"}


def found(engine: Engine, scope: Scope | None = None, **ledgers) -> dict[str, Check]:
    kept(engine, workbook(**(net() | HEARD | ledgers)))
    with reading(engine) as connection:
        asked = checks(connection, scope or everything(parse("district"), TODAY))
    return {check.title: check for check in asked}


def test_every_check_is_made(engine):
    assert list(found(engine)) == [title for _code, title, *_rest in CHECKS]


def test_silent_units(engine):
    check = found(engine, grid_elements=[{"unit": "U1"}])["Units that have not reported anything"]
    assert [row.unit for row in check.rows] == ["U2"]


def test_findings_without_a_project(engine):
    assert found(engine, findings=[FINDING])["Findings without a project"].count == 1


def test_findings_without_an_item(engine):
    findings = [FINDING, FINDING | {"code": "F2", "item": None}]
    check = found(engine, findings=findings)["Findings without a content item"]
    assert [row.values["code"] for row in check.rows] == ["F2"]


@pytest.mark.parametrize(("day", "count"), [(date(2026, 1, 10), 1), (date(2026, 1, 11), 0)])
def test_findings_closed_on_the_day_of_issue(engine, day, count):
    events = [{"on_date": day, "action": "CLOSE"}]
    check = found(engine, findings=[FINDING], rectification_events=events)
    assert check["Findings closed on the day they were issued"].count == count


@pytest.mark.parametrize("times", [2, 3])
def test_findings_extended_more_than_twice(engine, times):
    events = [
        {"on_date": date(2026, 2, day), "action": "EXTEND", "new_due_on": date(2026, 4, day)}
        for day in range(1, times + 1)
    ]
    check = found(engine, findings=[FINDING], rectification_events=events)
    assert check["Findings extended more than twice"].count == (times > 2)


@pytest.mark.parametrize(("amount", "count"), [(900, 1), (1000, 0)])
def test_closed_findings_whose_money_is_not_all_put_right(engine, amount, count):
    events = [{"on_date": date(2026, 2, 1), "action": "CLOSE", "amount": amount}]
    findings = [FINDING | {"amount": 1000}]
    check = found(engine, findings=findings, rectification_events=events)
    assert check["Closed findings whose amount is not all rectified"].count == count


def test_submitted_reports_without_a_score(engine):
    reports = [{"submitted_on": date(2026, 1, 20)}, {"kind": "SUMMARY", "submitted_on": None}]
    assert found(engine, reports=reports)["Submitted reports without a score"].count == 1


def test_a_report_without_a_score_is_told_from_the_other_reports_of_its_unit(engine):
    reports = [{"submitted_on": date(2026, 1, 20), "number": number} for number in (1, 2)]
    check = found(engine, reports=reports, report_scores=[{}])["Submitted reports without a score"]
    (row,) = check.rows
    assert {"year": 2026, "kind": "PLAN", "number": 2}.items() <= row.values.items()


def test_every_column_of_a_row_is_one_of_its_ledger(engine):
    reports = [{"submitted_on": date(2026, 1, 20)}]
    for check in found(engine, findings=[FINDING], reports=reports).values():
        known = {column.id for column in check.ledger.columns}
        assert all(row.values.keys() <= known for row in check.rows)


def test_units_of_others_are_not_looked_at(engine):
    mine = Scope(parse("district"), TODAY, units=frozenset({"U2"}))
    assert found(engine, mine, findings=[FINDING])["Findings without a project"].count == 0
