"""Lights: what a leader sees of a unit in one look. Silence is grey, never green."""

from collections.abc import Iterable, Iterator
from datetime import date

from models.days import Span, gaps, overlap, union
from models.grid import Unit
from models.ledger import Choice
from models.rules.fact import Fact, origin
from models.rules.grid import membership
from models.rules.mechanism import WORST
from models.warning import Level


class Light(Choice):
    """The lights, the worst first."""

    RED = "RED", "红", "Red"
    YELLOW = "YELLOW", "黄", "Yellow"
    GREY = "GREY", "未报", "Silent"
    GREEN = "GREEN", "绿", "Green"


def lights(unit: Unit, facts: Iterable[Fact], first_heard_on: date | None) -> Iterator[Fact]:
    """The light of `unit` on each day of its membership; the first that holds.

    `facts` are all facts of the unit; `first_heard_on` is the first day on which anything came in.
    """
    at, member = origin(unit.code, unit, Unit), membership(unit)
    red, yellow, complete = list[Span](), list[Span](), list[Span]()
    for fact in facts:
        if _is_red(fact):
            red.append(fact.span)
        elif _is_yellow(fact):
            yellow.append(fact.span)
        elif fact.measure == "grid_complete":
            complete.append(fact.span)
    silent = [Span(member.starts_on, first_heard_on)] if first_heard_on else [member]
    free = [member]
    for light, spans in (
        (Light.RED, red),
        (Light.GREY, silent),
        (Light.YELLOW, yellow + gaps(complete, member)),
        (Light.GREEN, [member]),
    ):
        shown = union(overlap(free, union(spans)))
        yield from at.facts("light", shown, 1, light)
        free = [rest for span in free for rest in gaps(shown, span)]


def _is_red(fact: Fact) -> bool:
    match fact.measure:
        case "unrectified":
            return not fact.bucket.endswith("/1-30")
        case "warning_open":
            return fact.bucket.startswith(Level.RED)
        case "rated":
            return fact.bucket == WORST
    return False


def _is_yellow(fact: Fact) -> bool:
    if fact.measure == "warning_open":
        return fact.bucket.startswith(Level.YELLOW)
    return fact.measure in ("unrectified", "due_soon", "report_late")
