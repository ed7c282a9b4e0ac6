"""The finding of each unit that presses most, and the department that answers for a unit."""

from datetime import date

from sqlalchemy import Engine

from data.figures.units import departments_of
from data.findings.most_pressing import most_pressing
from data.nodes import parse
from data.scope import Scope
from data.store.database import reading
from tests.data.contents import TODAY, kept, workbook
from tests.data.letter_cases import ago


def finding(code: str, unit: str, days: int) -> dict[str, object]:
    return {"code": code, "unit": unit, "issued_on": date(2025, 1, 1), "due_on": ago(days)}


def test_the_longest_overdue_presses_most_else_the_next_one_due(engine: Engine) -> None:
    kept(
        engine,
        workbook(
            sectors=[{"lead": "区教育局"}, {"code": "SOE", "name": "国资"}],
            units=[
                {"code": "U1"},
                {"code": "U2"},
                {"code": "U3", "sector": "SOE"},
                {"code": "U4", "sector": "SOE"},
            ],
            findings=[
                finding("A", "U1", 40),
                finding("B", "U1", 41),
                finding("C", "U1", -1),
                finding("D", "U2", -9),
                finding("E", "U2", -8),
                finding("F", "U3", -90),
                finding("G", "U4", 90),
            ],
        ),
    )
    district = Scope(parse("district"), TODAY)
    mine = Scope(parse("district"), TODAY, units=frozenset({"U2", "U3"}))
    with reading(engine) as connection:
        found = most_pressing(connection, district, ("U1", "U2", "U3"))
        assert {unit: line.finding.code for unit, line in found.items()} == {"U1": "B", "U2": "E"}
        assert list(most_pressing(connection, mine, ("U1", "U2", "U3"))) == ["U2"]
        assert departments_of(connection, ("U1", "U3")) == {"U1": "区教育局"}
