"""Changes of findings and ratings between two days: newly overdue, closed, grade up, grade down."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.choice import Choice
from models.rules.mechanism import UNRATED
from models.rules.rectification import UNRECTIFIED

IN_PROGRESS, RECTIFIED = "in_progress", "rectified"


class Movement(Choice):
    """A way in which a finding or unit changed, the gravest first."""

    OVERDUE = "OVERDUE", "新增逾期", "Newly overdue"
    REOPENED = "REOPENED", "重新打开", "Reopened"
    ISSUED = "ISSUED", "新增问题", "Newly issued"
    CLOSED = "CLOSED", "期间销号", "Closed"
    DOWN = "DOWN", "等级下降", "Graded down"
    UP = "UP", "等级上升", "Graded up"


@dataclass(frozen=True, slots=True)
class Standings:
    """The state on a day: by finding the measure of its public status, by unit its grade."""

    findings: Mapping[str, str]
    grades: Mapping[str, str]


def of_findings(before: Standings, now: Standings) -> Iterator[tuple[Movement, str]]:
    """Each change of a finding, with its code; a finding may have changed in two ways."""
    for code, status in now.findings.items():
        then = before.findings.get(code)
        if then is None:
            yield Movement.ISSUED, code
        if status == UNRECTIFIED and then != UNRECTIFIED:
            yield Movement.OVERDUE, code
        if status == RECTIFIED and then != RECTIFIED:
            yield Movement.CLOSED, code
        if then == RECTIFIED and status != RECTIFIED:
            yield Movement.REOPENED, code


def of_grades(
    before: Standings, now: Standings, best_first: Sequence[str]
) -> Iterator[tuple[Movement, str, str, str]]:
    """Each unit whose grade changed: the movement, the unit, the grade before and now.

    A unit unrated on either day is left out.
    """
    place = {grade: at for at, grade in enumerate(best_first)}
    for unit, grade in now.grades.items():
        then = before.grades.get(unit, UNRATED)
        if grade != then and grade in place and then in place:
            yield (Movement.UP if place[grade] < place[then] else Movement.DOWN), unit, then, grade
