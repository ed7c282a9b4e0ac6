"""Units are ranked inside their kind only, and silence is never the best."""

from datetime import date

import pytest

from data.figures.breakdown import by_group
from data.figures.catalogue import catalogue
from data.figures.ranking import Ranking, ranking
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from models.rules.ranking import Basis
from tests.data.contents import TODAY, kept, workbook

CATALOGUE = catalogue(shipped())


def units(**kinds: str) -> list[dict[str, object]]:
    return [{"code": code, "name": code, "kind": kind} for code, kind in kinds.items()]


def findings(unit: str, number: int, closed: int = 0) -> dict[str, list[dict[str, object]]]:
    codes = [f"{unit}-{at}" for at in range(number)]
    return {
        "findings": [{"code": code, "unit": unit, "amount": 100} for code in codes],
        "rectification_events": [
            {"finding": code, "on_date": date(2026, 2, 1), "action": "CLOSE", "amount": 50}
            for code in codes[:closed]
        ],
    }


def ranked(engine, figure: str, net, *parts, **limits: frozenset[str]) -> Ranking:
    rows = {"sectors": [{}], "units": net}
    for part in parts:
        for ledger, found in part.items():
            rows[ledger] = [*rows.get(ledger, []), *found]
    kept(engine, workbook(**rows))
    with reading(engine) as connection:
        scope = Scope(parse("district"), TODAY, **limits)
        return ranking(connection, scope, CATALOGUE[figure])


def test_units_of_different_kinds_are_not_compared(engine) -> None:
    net = units(A1="AGENCY", S1="SOE")
    found = ranked(engine, "due_rect_rate", net, findings("A1", 5, 5), findings("S1", 5, 1))
    assert {kind: [each.place.rank for each in own] for kind, own in found.items()} == {
        "AGENCY": [1],
        "SOE": [1],
    }


def test_a_share_comes_with_its_cases_and_its_interval(engine) -> None:
    found = ranked(engine, "due_rect_rate", units(A1="AGENCY"), findings("A1", 5, 4))
    (only,) = found["AGENCY"]
    assert (only.reading.text, only.sample) == ("80.0%", 5)
    low, high = only.interval
    assert low < 0.8 < high


def test_few_cases_are_shown_after_the_ranked_ones(engine) -> None:
    net = units(A1="AGENCY", A2="AGENCY", A3="AGENCY")
    found = ranked(engine, "due_rect_rate", net, findings("A1", 4), findings("A2", 5, 5))
    assert [(each.unit.code, each.place.basis) for each in found["AGENCY"]] == [
        ("A2", Basis.RANKED),
        ("A1", Basis.FEW),
        ("A3", Basis.NOTHING),
    ]


def test_cases_of_money_are_findings_not_fen(engine) -> None:
    found = ranked(engine, "rect_rate_amount", units(A1="AGENCY"), findings("A1", 4, 4))
    (only,) = found["AGENCY"]
    assert (only.sample, only.place.basis, only.interval) == (4, Basis.FEW, None)


def test_a_silent_unit_without_overdue_findings_is_not_the_best(engine) -> None:
    net = units(A1="AGENCY", A2="AGENCY")
    heard = {"appointments": [{"unit": "A1"}]}
    found = ranked(engine, "overdue", net, heard, findings("A1", 1, 1))
    assert [(each.unit.code, each.place.rank) for each in found["AGENCY"]] == [
        ("A1", 1),
        ("A2", None),
    ]


def test_a_number_is_ranked_without_cases(engine) -> None:
    net = units(A1="AGENCY", A2="AGENCY")
    heard = {"appointments": [{"unit": "A1"}, {"unit": "A2"}]}
    found = ranked(engine, "overdue", net, heard, findings("A1", 2))
    worst, best = found["AGENCY"]
    assert (worst.unit.code, worst.place.rank, worst.sample) == ("A1", 2, None)
    assert (best.unit.code, best.place.rank) == ("A2", 1)


def test_a_limited_viewer_ranks_the_units_seen(engine) -> None:
    net = units(A1="AGENCY", A2="AGENCY")
    parts = findings("A1", 5, 5), findings("A2", 5)
    found = ranked(engine, "due_rect_rate", net, *parts, units=frozenset({"A2"}))
    assert [each.unit.code for each in found["AGENCY"]] == ["A2"]


def test_a_unit_out_of_the_grid_is_ranked_only_with_cases(engine) -> None:
    net = units(A1="AGENCY", A2="AGENCY")
    for unit in net:
        unit["withdrawn_on"] = date(2026, 6, 1)
    found = ranked(engine, "due_rect_rate", net, findings("A1", 5))
    assert [each.unit.code for each in found["AGENCY"]] == ["A1"]


def test_a_figure_without_a_better_way_is_not_ranked(engine) -> None:
    with pytest.raises(ValueError):
        ranked(engine, "required", units(A1="AGENCY"))


def test_figures_that_were_read_already_give_the_same_ranking(engine) -> None:
    # G1 has left the grid and has a finding that is not due, so it is not ranked.
    net = [*units(A1="AGENCY", A2="AGENCY", A3="AGENCY"), *units(G1="AGENCY")]
    net[-1] |= {"withdrawn_on": date(2026, 2, 1)}
    ahead = [{"code": "G1-1", "unit": "G1", "due_on": date(2027, 1, 1)}]
    figure = CATALOGUE["due_rect_rate"]
    parts = (findings("A1", 5, 4), findings("A2", 4), {"findings": ahead})
    read = ranked(engine, figure.id, net, *parts)
    with reading(engine) as connection:
        scope = Scope(parse("district"), TODAY)
        several = [figure, CATALOGUE["required"]]
        of_units = by_group(connection, scope, "unit", several, buckets=False)
        assert "G1" in of_units
        assert ranking(connection, scope, figure, of_units=of_units) == read
    assert [each.unit.code for each in read["AGENCY"]] == ["A1", "A2", "A3"]
