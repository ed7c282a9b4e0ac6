"""What moved between two days, and what only looks as if it had."""

import pytest

from models.rules.movement import Movement, Standings, of_findings, of_grades

GRADES = ("5A", "4A", "3A", "2A", "1A", "0A")
WAYS = {
    (None, "in_progress"): [Movement.ISSUED],
    (None, "unrectified"): [Movement.ISSUED, Movement.OVERDUE],
    (None, "rectified"): [Movement.ISSUED, Movement.CLOSED],
    ("in_progress", "in_progress"): [],
    ("in_progress", "unrectified"): [Movement.OVERDUE],
    ("in_progress", "rectified"): [Movement.CLOSED],
    ("unrectified", "unrectified"): [],
    ("unrectified", "in_progress"): [],
    ("unrectified", "rectified"): [Movement.CLOSED],
    ("rectified", "in_progress"): [Movement.REOPENED],
    ("rectified", "unrectified"): [Movement.OVERDUE, Movement.REOPENED],
    ("rectified", "rectified"): [],
    ("unrectified", None): [],
}


@pytest.mark.parametrize(("then", "now"), WAYS, ids=str)
def test_a_finding_moves_by_its_public_status(then: str | None, now: str | None) -> None:
    before, after = (Standings({"F1": each} if each else {}, {}) for each in (then, now))
    assert [way for way, _code in of_findings(before, after)] == WAYS[then, now]


@pytest.mark.parametrize(
    ("then", "now", "ways"),
    [
        ("3A", "4A", [Movement.UP]),
        ("3A", "0A", [Movement.DOWN]),
        ("3A", "3A", []),
        ("UNRATED", "3A", []),
        ("3A", "UNRATED", []),
    ],
)
def test_a_unit_moves_by_its_grade_and_not_by_being_rated(
    then: str, now: str, ways: list[Movement]
) -> None:
    before, after = (Standings({}, {"U1": each}) for each in (then, now))
    assert [each[0] for each in of_grades(before, after, GRADES)] == ways


def test_a_unit_new_in_the_net_has_not_risen() -> None:
    assert not list(of_grades(Standings({}, {}), Standings({}, {"U1": "5A"}), GRADES))
