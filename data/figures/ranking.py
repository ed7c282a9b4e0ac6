"""Units ranked by a figure among the units of their kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import Connection, func, select
from sqlmodel import col

from data.facts.known_since import unknown_sources
from data.figures.breakdown import by_group
from data.figures.catalogue import Better, Figure, Quantity, Way
from data.figures.reading import Reading, Readings, alive, facts_of_scope
from data.figures.rows import within
from data.figures.units import UnitLine, units
from data.scope import Scope
from models.kept import KeptFact
from models.rules.light import Light
from models.rules.ranking import Entry, Place, places, wilson


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """A unit, its place among the units of its kind, and the figure by which it is ranked.

    `sample` is the number of cases in the denominator; `interval` the confidence interval of a
    share, as two numbers from 0 to 1.
    """

    unit: UnitLine
    place: Place
    reading: Reading | None
    sample: int | None
    interval: tuple[float, float] | None


Ranking = Mapping[str, tuple[RankedUnit, ...]]
"""By kind of unit: the worst first, then units with few cases, then those without data."""


def ranking(
    connection: Connection,
    scope: Scope,
    figure: Figure,
    bucket: str = "",
    of_units: Mapping[str, Readings] | None = None,
    lines: Iterable[UnitLine] | None = None,
) -> Ranking:
    """The units of `scope` ranked by `figure` or its `bucket`, which must have a better direction.

    Units outside the grid on that day are ranked if they have cases. Empty if the figure is
    unknown. `of_units` are several figures by unit, with this one, a share of rows, among them:
    where they were read already, it need not be read again. Nor need `lines`, the units of `scope`.
    """
    if figure.better is Better.NEITHER:
        raise ValueError(f"neither way is better in {figure.id}")
    if figure.known_by in unknown_sources(connection, scope.as_of):
        return {}
    key = f"{figure.id}:{bucket}" if bucket else figure.id
    if of_units is None:
        of_units = by_group(connection, scope, "unit", [figure], buckets=bool(bucket))
        readings = {unit: own[key] for unit, own in of_units.items()}
    else:
        # Units with facts of the other figures alone have no case of this one.
        readings = {unit: own[key] for unit, own in of_units.items() if own[key].denominator}
    samples = _samples(connection, scope, figure, bucket, readings)
    by_kind: dict[str, dict[str, UnitLine]] = {}
    for unit in units(connection, scope) if lines is None else lines:
        if unit.light is not None or unit.code in readings:
            by_kind.setdefault(unit.kind, {})[unit.code] = unit
    ranked = {}
    for kind, own in sorted(by_kind.items()):
        entries = [
            _entry(figure, unit, readings.get(unit.code), samples.get(unit.code, 0))
            for unit in own.values()
        ]
        ranked[kind] = tuple(
            _ranked(figure, own[place.code], place, readings.get(place.code), samples)
            for place in places(entries, higher_is_better=figure.better is Better.HIGHER)
        )
    return ranked


def _has_cases(figure: Figure) -> bool:
    """Whether the figure is a share or mean of cases; a plain number is not."""
    return figure.way in (Way.SHARE, Way.MEAN, Way.AGE_MEAN, Way.RATIO_MEAN)


def _entry(figure: Figure, unit: UnitLine, reading: Reading | None, sample: int) -> Entry:
    if _has_cases(figure):
        return Entry(unit.code, reading.exact if reading else None, sample)
    if unit.light is Light.GREY:
        return Entry(unit.code, None)
    return Entry(unit.code, (reading.exact if reading else None) or Fraction(0))


def _ranked(
    figure: Figure,
    unit: UnitLine,
    place: Place,
    reading: Reading | None,
    samples: Mapping[str, int],
) -> RankedUnit:
    sample = samples.get(unit.code, 0) if _has_cases(figure) else None
    interval = None
    if figure.way is Way.SHARE and figure.quantity is Quantity.ROWS and reading and sample:
        interval = wilson(int(reading.numerator or 0), sample)
    return RankedUnit(unit, place, reading, sample, interval)


def _samples(
    connection: Connection,
    scope: Scope,
    figure: Figure,
    bucket: str,
    readings: Mapping[str, Reading],
) -> dict[str, int]:
    """By unit, the number of rows in the denominator, also for shares of money and weights."""
    if figure.way is Way.SHARE and figure.quantity is not Quantity.ROWS:
        return _rows(connection, scope, figure, bucket)
    return {unit: reading.denominator or 0 for unit, reading in readings.items()}


def _rows(connection: Connection, scope: Scope, figure: Figure, bucket: str) -> dict[str, int]:
    statement = (
        select(col(KeptFact.unit), func.count())
        .where(
            col(KeptFact.measure).in_(figure.denominator),
            alive(scope.as_of),
            facts_of_scope(scope),
            within(figure.of_denominator(bucket)),
        )
        .group_by(col(KeptFact.unit))
    )
    return {unit: int(count) for unit, count in connection.execute(statement)}
