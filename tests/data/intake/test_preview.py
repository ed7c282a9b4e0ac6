"""A trial run names each row that is new or changes, and the figures before and after."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data.figures.catalogue import catalogue
from data.figures.reading import Reading, read
from data.intake.figures_ahead import SHOWN
from data.intake.preview import Preview
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import everything
from data.store.database import reading
from tests.data.contents import ANY_CORRECTION, TODAY, kept, net, taking, workbook

ISSUED, DUE = date(2026, 1, 10), date(2026, 3, 31)
SUBMITTED, CLOSED = date(2026, 3, 10), date(2026, 3, 20)


def preview(engine: Engine, **ledgers: list[dict[str, Any]]) -> Preview:
    taken = taking(engine, workbook(**ledgers), dry_run=True, correct=ANY_CORRECTION)
    assert taken.faults == []
    assert taken.preview is not None
    return taken.preview


def shown(engine: Engine) -> dict[str, tuple[object, object]]:
    """The figures of the district on the day of the import, as they are kept."""
    with reading(engine) as connection:
        scope = everything(parse("district"), TODAY)
        found = read(connection, scope, catalogue(shipped()))
    return numbers(found[each] for each in SHOWN)


def numbers(figures: Iterable[Reading]) -> dict[str, tuple[object, object]]:
    return {each.id: (each.numerator, each.denominator) for each in figures}


def finding(code: str, **values: Any) -> dict[str, Any]:
    return {
        "code": code,
        "title": f"问题{code}",
        "issued_on": ISSUED,
        "due_on": DUE,
        "amount": 2_000_000,
    } | values


def closed(code: str) -> list[dict[str, Any]]:
    return [
        {"finding": code, "on_date": SUBMITTED, "action": "SUBMIT", "amount": 1_500_000},
        {"finding": code, "on_date": CLOSED, "action": "CLOSE"},
    ]


@pytest.fixture
def engine(engine: Engine) -> Engine:
    """A district with two findings, of which one is overdue."""
    findings = [finding("F1"), finding("F2")]
    kept(engine, workbook(**net(), findings=findings, rectification_events=closed("F2")))
    return engine


def test_new_rows_are_named_by_key_row_and_values(engine: Engine) -> None:
    [ledger] = preview(engine, findings=[finding("F3")]).ledgers
    [new] = ledger.new
    assert (ledger.ledger, ledger.changed, ledger.equal) == ("findings", (), 0)
    assert (new.key, new.row, new.values["title"]) == ("F3", 2, "问题F3")


def test_changed_rows_name_each_cell_old_and_new_and_no_other(engine: Engine) -> None:
    [ledger] = preview(engine, findings=[finding("F1", amount=None), finding("F2")]).ledgers
    [changed] = ledger.changed
    cells = [(each.column, each.before, each.after) for each in changed.cells]
    assert (changed.key, changed.subject) == ("F1", "问题F1")
    assert cells == [("amount", 2_000_000, None)]
    assert (ledger.new, ledger.equal) == ((), 1)


def test_a_workbook_of_equal_rows_changes_no_figure(engine: Engine) -> None:
    found = preview(engine, findings=[finding("F1"), finding("F2")])
    assert found.figures == ()
    assert found.ledgers[0].equal == 2


@pytest.mark.parametrize(
    "ledgers",
    [
        {"findings": [finding("F3"), finding("F4", issued_on=TODAY, due_on=TODAY)]},
        {"findings": [finding("F1", due_on=date(2026, 12, 31), amount=None)]},
        {"rectification_events": closed("F1")},
        {
            "findings": [finding("F5")],
            "rectification_events": [
                *closed("F5"),
                {"finding": "F1", "on_date": CLOSED, "action": "VOID"},
            ],
        },
        {
            "rectification_events": [
                {"finding": "F2", "on_date": TODAY, "action": "REOPEN", "new_due_on": TODAY}
            ]
        },
    ],
    ids=["new", "moved", "closed", "void and new", "reopened"],
)
def test_figures_ahead_are_those_that_stand_once_it_is_taken_in(
    engine: Engine, ledgers: dict[str, list[dict[str, Any]]]
) -> None:
    before = shown(engine)
    figures = preview(engine, **ledgers).figures
    assert {
        each.before.id: (each.before.numerator, each.before.denominator) for each in figures
    } == (before)
    kept(engine, workbook(**ledgers), correct=ANY_CORRECTION)
    after = {each.after.id: (each.after.numerator, each.after.denominator) for each in figures}
    assert after == shown(engine)
    assert after != before


def test_the_first_findings_make_the_figures_known(databases: Any) -> None:
    with databases() as engine:
        kept(engine, workbook(**net()))
        figures = preview(engine, findings=[finding("F1")]).figures
        assert not any(each.before.known for each in figures)
        assert all(each.after.known for each in figures)
        kept(engine, workbook(findings=[finding("F1")]))
        assert numbers(each.after for each in figures) == shown(engine)
