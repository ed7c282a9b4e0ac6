"""When each content item of a unit was last checked, by which audit, and items never checked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, case, func, select
from sqlmodel import col

from data.figures.units import in_grid
from data.scope import Scope
from data.store.ordering import by_bytes
from models.audit import CheckResult, ContentCheck, Project
from models.grid import Unit
from models.rules.blind_spot import BlindSpot, Item, blind_spots, most_urgent


@dataclass(frozen=True, slots=True)
class LatestCheck:
    """The latest check of an item at a unit; of several on one day, that with the worst result."""

    unit: str
    item: str
    result: str
    checked_on: date
    source: str


@dataclass(frozen=True, slots=True)
class BlindSpots:
    """The blind spots of a scope: in all, by item, by number of units, and the most urgent ones."""

    number: int
    units: int
    by_item: Mapping[str, int]
    most_urgent: tuple[BlindSpot, ...]


def latest_checks(
    connection: Connection, scope: Scope, units: Sequence[str], source: str | None = None
) -> tuple[LatestCheck, ...]:
    """The latest check, by the day of `scope`, of each item at each of `units`.

    With `source`, only checks by that kind of audit count.
    """
    worst_first = {str(result): place for place, result in enumerate(CheckResult)}
    place = func.row_number().over(
        partition_by=(col(Project.unit), col(ContentCheck.item)),
        order_by=(
            col(ContentCheck.checked_on).desc(),
            case(worst_first, value=col(ContentCheck.result)),
            by_bytes(Project.code),
        ),
    )
    statement = (
        select(
            col(Project.unit).label("unit"),
            col(ContentCheck.item).label("item"),
            col(ContentCheck.result).label("result"),
            col(ContentCheck.checked_on).label("checked_on"),
            col(Project.source).label("source"),
            place.label("place"),
        )
        .join(Project, col(Project.code) == col(ContentCheck.project))
        .join(Unit, col(Unit.code) == col(Project.unit))
        .where(
            scope.holds(),
            col(Project.unit).in_(units),
            col(ContentCheck.checked_on) <= scope.as_of,
        )
    )
    if source is not None:
        statement = statement.where(col(Project.source) == source)
    ranked = statement.subquery()
    latest = select(*list(ranked.c)[:-1]).where(ranked.c.place == 1)
    return tuple(
        LatestCheck(*row)
        for row in connection.execute(
            latest.order_by(by_bytes(ranked.c.unit), by_bytes(ranked.c.item))
        )
    )


def most_urgent_blind_spots(
    connection: Connection, scope: Scope, items: tuple[Item, ...], most: int
) -> BlindSpots:
    """The blind spots among `items` of units in the grid; at most `most` are listed."""
    enrolled = _enrolled(connection, scope)
    spots = list(blind_spots(enrolled, items, _checked(connection, scope), scope.as_of))
    counted = Counter(spot.item.code for spot in spots)
    return BlindSpots(
        len(spots),
        len(enrolled),
        {item.code: counted[item.code] for item in items},
        tuple(most_urgent(spots, most)),
    )


def all_blind_spots(
    connection: Connection, scope: Scope, items: tuple[Item, ...]
) -> list[BlindSpot]:
    """Every blind spot among `items` of units in the grid."""
    enrolled = _enrolled(connection, scope)
    return list(blind_spots(enrolled, items, _checked(connection, scope), scope.as_of))


def _enrolled(connection: Connection, scope: Scope) -> dict[str, date]:
    """By unit in the grid on the day, the day on which it was enrolled."""
    rows = connection.execute(
        select(col(Unit.code), col(Unit.enrolled_on))
        .where(in_grid(scope))
        .order_by(by_bytes(Unit.code))
    )
    return {unit: enrolled_on for unit, enrolled_on in rows}


def _checked(connection: Connection, scope: Scope) -> dict[tuple[str, str], date]:
    """By unit and item, the day of its latest check."""
    rows = connection.execute(
        select(col(Project.unit), col(ContentCheck.item), func.max(col(ContentCheck.checked_on)))
        .join(Project, col(Project.code) == col(ContentCheck.project))
        .join(Unit, col(Unit.code) == col(Project.unit))
        .where(scope.holds(), col(ContentCheck.checked_on) <= scope.as_of)
        .group_by(col(Project.unit), col(ContentCheck.item))
    )
    return {(unit, item): checked_on for unit, item, checked_on in rows}
