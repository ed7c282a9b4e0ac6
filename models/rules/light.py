"""Lights: a unit's state as one colour. A unit that has entered nothing is grey, never green."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from models.choice import Choice
from models.days import Span, covered_at_least, gaps, overlap, union
from models.grid import Unit
from models.rules import rectification
from models.rules.fact import Fact, origin
from models.rules.grid import membership
from models.warning import Level


class Light(Choice):
    """The lights, the worst first."""

    RED = "RED", "红", "Red"
    YELLOW = "YELLOW", "黄", "Yellow"
    GREY = "GREY", "未报", "Not reported"
    GREEN = "GREEN", "绿", "Green"


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds of the lights, as set by the district.

    Red: more than this many days overdue, or this grade (0 for 0A) or lower. Yellow: fewer than
    this many grid elements.
    """

    overdue_days: int = 30
    grade: int = 0
    elements: int = 4

    @property
    def grades(self) -> frozenset[str]:
        """The grades that make a light red."""
        return frozenset(f"{grade}A" for grade in range(self.grade + 1))


def lights(
    unit: Unit, facts: Iterable[Fact], first_heard_on: date | None, limits: Limits, known: Span
) -> Iterator[Fact]:
    """The light of `unit` on each day of its membership: the worst whose condition holds.

    `facts` are all facts of the unit, `first_heard_on` is the day of its first entry, `known` the
    days on which grid elements are known in the district.
    """
    at, member = origin(unit.code, unit, Unit), membership(unit)
    red, yellow, elements = list[Span](), list[Span](), dict[str, list[Span]]()
    for fact in facts:
        match fact.measure:
            case rectification.UNRECTIFIED:
                red.append(rectification.overdue_beyond(fact, limits.overdue_days))
                yellow.append(fact.span)
            case "warning_open":
                (red if fact.bucket.startswith(Level.RED) else yellow).append(fact.span)
            case "rated":
                red += [fact.span] if fact.bucket in limits.grades else []
            case "due_soon" | "report_late":
                yellow.append(fact.span)
            case "grid_element":
                elements.setdefault(fact.bucket, []).append(fact.span)
    met = map(union, elements.values())
    enough = covered_at_least(limits.elements, met) if limits.elements else [member]
    silent = [Span(member.starts_on, first_heard_on)] if first_heard_on else [member]
    free = [member]
    for light, spans in (
        (Light.RED, red),
        (Light.GREY, silent),
        (Light.YELLOW, yellow + list(overlap(gaps(enough, member), [known]))),
        (Light.GREEN, [member]),
    ):
        shown = union(overlap(free, union(spans)))
        yield from at.facts("light", shown, 1, light)
        free = [rest for span in free for rest in gaps(shown, span)]
