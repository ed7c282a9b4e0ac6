"""Figures whose ledgers hold no row are not known to readers, whatever their definition counts."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from data.coverage import unentered
from data.figures.catalogue import catalogue
from data.figures.reading import Reading, Readings, read
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import everything
from data.store.database import reading
from tests.data.contents import TODAY, kept, net, workbook

CATALOGUE = catalogue(shipped())
OF_THE_GRID = {"units"}
"""Figures that count units, whatever they have entered."""


def shown(engine: Engine, day: date = TODAY, **ledgers: list[dict[str, Any]]) -> Readings:
    kept(engine, workbook(**net(), **ledgers))
    with reading(engine) as connection:
        found = read(connection, everything(parse("district"), day), CATALOGUE)
        return unentered.without_unentered(found, unentered.first_days(connection), day)


def known(readings: Readings, *names: str) -> list[bool]:
    return [readings[name].known for name in names]


def test_a_count_of_nothing_is_not_known_until_its_ledger_has_a_row(engine: Engine) -> None:
    assert known(shown(engine), "disposals_late", "fund_approved", "tasks_late") == [False] * 3
    assert known(shown(engine, disposals=[{}]), "disposals_late", "tasks_late") == [True, False]


def test_a_row_counts_from_its_day_on(engine: Engine) -> None:
    found_on = TODAY - timedelta(1)
    rows = [{"found_on": found_on}]
    assert known(shown(engine, found_on, disposals=rows), "disposals_late") == [True]
    assert known(shown(engine, found_on - timedelta(1)), "disposals_late") == [False]


def test_a_share_of_money_that_nobody_entered_as_moved_is_not_nought(engine: Engine) -> None:
    readings = shown(engine, fund_projects=[{}])
    assert known(readings, "fund_approved", "disbursement_rate", "fund_idle") == [
        True,
        False,
        False,
    ]


def test_warnings_are_known_with_any_ledger_that_the_rules_judge(engine: Engine) -> None:
    imported = "warnings_open:source=IMPORTED"
    assert known(shown(engine), "warnings_open", imported) == [False, False]
    assert known(shown(engine, fund_projects=[{}]), "warnings_open", imported) == [True, False]
    assert known(shown(engine, warnings=[{}]), imported) == [True]


def test_every_figure_that_rows_of_units_decide_names_its_ledger() -> None:
    named = {each.partition(":")[0] for each in unentered.NEEDED}
    lacking = {name for name, each in CATALOGUE.items() if not each.known_by and name not in named}
    assert lacking == OF_THE_GRID


def test_a_figure_that_does_not_exist_at_a_node_is_not_called_unentered() -> None:
    at_unit: Readings = {"tasks_late": Reading(CATALOGUE["tasks_late"], "", None)}
    assert unentered.without_unentered(at_unit, {}, TODAY)["tasks_late"].known


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_from_a_day_on_it_does_not_matter_which_earlier_day_was_the_first(
    engine: Engine, days: int
) -> None:
    rows = {"findings": [{"issued_on": TODAY - timedelta(9)}], "disposals": [{"found_on": TODAY}]}
    kept(engine, workbook(**net(), **rows))
    since = TODAY + timedelta(days)
    with reading(engine) as connection:
        whole, from_day = (unentered.first_days(connection, *at) for at in ((), (since,)))
    assert whole.keys() == from_day.keys()
    assert from_day["findings"] == since
    for ledger in whole:
        for day in (since, since + timedelta(1), since + timedelta(2)):
            has_rows = unentered.has_rows(whole, ledger, day)
            assert unentered.has_rows(from_day, ledger, day) == has_rows
