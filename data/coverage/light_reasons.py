"""The reasons for each unit's light, as sentences; the deciding reason comes first."""

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import Connection, Select, and_, case, func, literal, not_, select
from sqlmodel import col

from data.facts.known_since import unknown_sources
from data.figures.reading import alive, facts_of_scope
from data.figures.units import UnitLine, units
from data.reference.lists import current
from data.scope import Scope
from data.store.ordering import by_bytes
from models.grid import Element, GridElement
from models.kept import KeptFact
from models.ledger import Ledger
from models.rectification import Finding
from models.report import Report
from models.rules.known import FINDINGS, GRID_ELEMENTS, REPORTS
from models.rules.light import Light, Limits
from models.rules.rectification import day_number
from models.text import N_, Label, Sentence, sentence
from models.warning import Level

OVERDUE_LONG = N_("Findings overdue by more than {limit} days: {count}, the longest by {days} days")
RED_WARNINGS = N_("Red warnings open: {count}")
RATED_LOW = N_("Internal control rated {grade}")
SILENT = N_("Nothing has come in so far")
OVERDUE_SHORT = N_("Findings overdue by {limit} days or less: {count}")
DUE_SOON = N_("Findings due within 15 days: {count}")
LATE_REPORTS = N_("Reports late: {count}")
YELLOW_WARNINGS = N_("Yellow warnings open: {count}")
MISSING = N_("Grid elements missing: {elements}")
NOTHING_OPEN = N_(
    "No finding overdue or due soon, no report late, no warning open, grid elements met as required"
)
NOTHING_OPEN_THAT_IS_ENTERED = N_(
    "Nothing overdue, late, missing or open in what is entered; not entered: {ledgers}"
)

OF_LIGHTS: Mapping[str, type[Ledger]] = {
    GRID_ELEMENTS: GridElement,
    REPORTS: Report,
    FINDINGS: Finding,
}
"""By source, the ledgers without whose rows a green light says less."""

LIGHTS: Mapping[str, Light] = {
    OVERDUE_LONG: Light.RED,
    RED_WARNINGS: Light.RED,
    RATED_LOW: Light.RED,
    SILENT: Light.GREY,
    OVERDUE_SHORT: Light.YELLOW,
    DUE_SOON: Light.YELLOW,
    LATE_REPORTS: Light.YELLOW,
    YELLOW_WARNINGS: Light.YELLOW,
    MISSING: Light.YELLOW,
    NOTHING_OPEN: Light.GREEN,
    NOTHING_OPEN_THAT_IS_ENTERED: Light.GREEN,
}
"""The light that each reason would give by itself."""

LONG, SHORT = "LONG", "SHORT"
Counts = Mapping[tuple[str, str], tuple[int, int]]
"""By measure and part of it: the number of facts, and the lowest of their values."""


def reasons(
    connection: Connection, scope: Scope, only: Collection[str] = ()
) -> dict[str, tuple[Sentence, ...]]:
    """By unit of `scope` that has a light on its day, the reasons for it, the deciding one
    first; with `only`, of the units with these codes."""
    by_unit: dict[str, dict[tuple[str, str], tuple[int, int]]] = {}
    limits = current(connection).limits
    asked = _statement(scope, limits)
    if only:
        asked = asked.where(col(KeptFact.unit).in_(only))
    for unit, measure, part, count, lowest in connection.execute(asked):
        by_unit.setdefault(unit, {})[measure, part] = (int(count), int(lowest))
    today = day_number(scope.as_of)
    unknown = unknown_sources(connection, scope.as_of)
    return {
        unit: tuple(reasons_of(counts, today, limits, unknown))
        for unit, counts in by_unit.items()
        if any(measure == "light" for measure, _part in counts)
    }


def gravest(
    connection: Connection, scope: Scope, most: int
) -> tuple[tuple[UnitLine, Sentence], ...]:
    """At most `most` units of `scope` that are not green, each with its deciding reason.

    The worst come first, in the order of `data.figures.units.units`.
    """
    gravest_reasons = {
        unit: own[0]
        for unit, own in reasons(connection, scope).items()
        if LIGHTS[own[0].message] is not Light.GREEN
    }
    worst = [unit for unit in units(connection, scope) if unit.code in gravest_reasons]
    return tuple((unit, gravest_reasons[unit.code]) for unit in worst[:most])


def reasons_of(
    counts: Counts, today: int, limits: Limits, unknown: Collection[str]
) -> Iterator[Sentence]:
    """The reasons that follow from a unit's alive facts, in the order in which they decide.

    `unknown` are the sources of which the district has no row: without that of grid elements,
    missing ones are no reason.
    """
    long, limit = counts.get(("unrectified", LONG), (0, 0))
    if long:
        days = limits.overdue_days
        yield sentence(OVERDUE_LONG, limit=days, count=long, days=today - limit)
    yield from _counted(RED_WARNINGS, counts, ("warning_open", Level.RED))
    for grade in sorted(part for measure, part in counts if measure == "rated"):
        yield sentence(RATED_LOW, grade=grade)
    if ("light", Light.GREY) in counts:
        yield sentence(SILENT)
    short, _lowest = counts.get(("unrectified", SHORT), (0, 0))
    if short:
        yield sentence(OVERDUE_SHORT, limit=limits.overdue_days, count=short)
    yield from _counted(DUE_SOON, counts, ("due_soon", ""))
    yield from _counted(LATE_REPORTS, counts, ("report_late", ""))
    yield from _counted(YELLOW_WARNINGS, counts, ("warning_open", Level.YELLOW))
    missing = [element.label for element in Element if ("grid_element", element) not in counts]
    if GRID_ELEMENTS not in unknown and len(Element) - len(missing) < limits.elements:
        yield sentence(MISSING, elements=joined(missing))
    if ("light", Light.GREEN) in counts:
        not_entered = [each.SHEET for source, each in OF_LIGHTS.items() if source in unknown]
        yield (
            sentence(NOTHING_OPEN_THAT_IS_ENTERED, ledgers=joined(not_entered))
            if not_entered
            else sentence(NOTHING_OPEN)
        )


def joined(labels: list[Label]) -> Label:
    """Several terms joined into one, in both languages."""
    return Label("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))


def _counted(message: str, counts: Counts, key: tuple[str, str]) -> Iterator[Sentence]:
    count, _lowest = counts.get(key, (0, 0))
    if count:
        yield sentence(message, count=count)


def _statement(scope: Scope, limits: Limits) -> Select[str, str, str, int, int]:
    measure, bucket = col(KeptFact.measure), col(KeptFact.bucket)
    latest = day_number(scope.as_of) - limits.overdue_days
    part = case(
        (and_(measure == "unrectified", col(KeptFact.value) >= latest), literal(SHORT)),
        (measure == "unrectified", literal(LONG)),
        (and_(measure == "warning_open", bucket.startswith(Level.RED)), literal(str(Level.RED))),
        (measure == "warning_open", literal(str(Level.YELLOW))),
        (measure == "report_late", literal("")),
        else_=bucket,
    )
    return (
        select(col(KeptFact.unit), measure, part, func.count(), func.min(col(KeptFact.value)))
        .where(
            measure.in_(
                (
                    "light",
                    "unrectified",
                    "due_soon",
                    "warning_open",
                    "report_late",
                    "rated",
                    "grid_element",
                )
            ),
            not_(and_(measure == "rated", bucket.not_in(limits.grades))),
            alive(scope.as_of),
            facts_of_scope(scope),
        )
        .group_by(col(KeptFact.unit), measure, part)
        .order_by(by_bytes(KeptFact.unit))
    )
