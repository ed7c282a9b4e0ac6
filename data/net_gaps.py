"""Where the net has gaps: the units of which nothing came in, that lack elements, in which nobody
answers, or with items that nobody checked, each since when."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Connection, func, select
from sqlmodel import col

from data.coverage.content_ages import all_blind_spots
from data.facts.known_since import unknown_sources
from data.figures.reading import alive, facts_of_scope
from data.figures.units import UnitLine, in_grid, units
from data.owed import OwedKind, duties_owed, reports_owed
from data.responsibilities.posts import UnitPosts, posts
from data.responsibilities.vacant_posts import VacantPost
from data.scope import Scope
from models.days import FOREVER
from models.duty import PostRole
from models.grid import Element, GridElement, Unit
from models.kept import KeptFact
from models.rules.blind_spot import Item
from models.rules.known import APPOINTMENTS, CONTENT_CHECKS, GRID_ELEMENTS
from models.rules.light import Light
from models.rules.rectification import UNRECTIFIED
from models.warning import Level

ANSWERING = (PostRole.PRINCIPAL, PostRole.AUDITOR, PostRole.CHIEF_AUDITOR)
"""The posts whose holders answer for a unit."""


@dataclass(frozen=True, slots=True)
class UnitGaps:
    """What the net lacks at a unit.

    `missing` are the elements that it lacks, with the day since when; `vacant` the posts of
    `ANSWERING` that are vacant; `unchecked` the number of content items that nobody checked for a
    year, the longest for `unchecked_days`. Of a unit that `is_silent` nothing has come in.
    """

    unit: UnitLine
    missing: Mapping[Element, date] = field(default_factory=dict)
    vacant: tuple[VacantPost, ...] = ()
    nobody_in_post: bool = False
    unchecked: int = 0
    unchecked_days: int = 0

    @property
    def is_silent(self) -> bool:
        """Whether nothing has come in from the unit."""
        return self.unit.light is Light.GREY

    @property
    def is_wanting(self) -> bool:
        """Whether anything is lacking."""
        return bool(self.is_silent or self.missing or self.vacant or self.unchecked)


def net_gaps(connection: Connection, scope: Scope, items: tuple[Item, ...]) -> tuple[UnitGaps, ...]:
    """The units of `scope` in the grid with gaps, the gravest first; `items` are those to check.

    First those of which nothing came in, then those in which nobody at all is in post, that lack
    most elements, with the longest vacancy, with most items unchecked. What a ledger without rows
    says of all units is no gap of one.
    """
    unknown = unknown_sources(connection, scope.as_of)
    missing = {} if GRID_ELEMENTS in unknown else _missing(connection, scope)
    held = () if APPOINTMENTS in unknown else posts(connection, scope)
    posts_of = {each.unit: each for each in held}
    counted, longest = Counter[str](), dict[str, int]()
    if CONTENT_CHECKS not in unknown:
        for spot in all_blind_spots(connection, scope, items):
            counted[spot.unit] += 1
            longest[spot.unit] = max(longest.get(spot.unit, 0), spot.days)
    found = (
        UnitGaps(
            unit,
            missing.get(unit.code, {}),
            _vacant(posts_of.get(unit.code)),
            unit.code in posts_of and posts_of[unit.code].nobody_in_post,
            counted[unit.code],
            longest.get(unit.code, 0),
        )
        for unit in units(connection, scope)
        if unit.light is not None
    )
    return tuple(sorted((each for each in found if each.is_wanting), key=_gravest_first))


def past_limits(
    connection: Connection, scope: Scope, codes: Collection[str]
) -> dict[str, dict[OwedKind, int]]:
    """By unit among `codes`, how many reports, duties and findings are past their limit; what is
    none is left out."""
    day_before = scope.as_of - timedelta(1)
    late: dict[str, dict[OwedKind, int]] = {}
    reports = reports_owed(scope, day_before).where(col(Unit.code).in_(codes))
    for *_report, unit, _name in connection.execute(reports):
        _count(late, unit, OwedKind.REPORT)
    for _item, due_on, unit, _name in connection.execute(
        duties_owed(scope).where(col(Unit.code).in_(codes))
    ):
        if due_on < scope.as_of:
            _count(late, unit, OwedKind.DUTY)
    overdue = (
        select(col(KeptFact.unit), func.count())
        .where(
            col(KeptFact.measure) == UNRECTIFIED,
            col(KeptFact.unit).in_(codes),
            alive(scope.as_of),
            facts_of_scope(scope),
        )
        .group_by(col(KeptFact.unit))
    )
    for unit, count in connection.execute(overdue):
        late.setdefault(unit, {})[OwedKind.FINDING] = int(count)
    return late


def _count(late: dict[str, dict[OwedKind, int]], unit: str, kind: OwedKind) -> None:
    own = late.setdefault(unit, {})
    own[kind] = own.get(kind, 0) + 1


def _vacant(of_unit: UnitPosts | None) -> tuple[VacantPost, ...]:
    """The vacant posts whose holders answer for the unit, the gravest and longest first."""
    own = [each for each in of_unit.vacancies if each.role in ANSWERING] if of_unit else []
    return tuple(sorted(own, key=lambda each: (each.level is not Level.RED, each.since)))


def _missing(connection: Connection, scope: Scope) -> dict[str, dict[Element, date]]:
    """By unit in the grid, the elements that it lacks on the day, each with the day since when."""
    rows = connection.execute(
        select(
            col(GridElement.unit),
            col(GridElement.element),
            func.max(func.coalesce(col(GridElement.lapsed_on), FOREVER)),
        )
        .join(Unit, col(Unit.code) == col(GridElement.unit))
        .where(in_grid(scope), col(GridElement.met_on) <= scope.as_of)
        .group_by(col(GridElement.unit), col(GridElement.element))
    )
    met_until = {(unit, element): until for unit, element, until in rows}
    missing: dict[str, dict[Element, date]] = {}
    for unit in units(connection, scope):
        if unit.light is None:
            continue
        for element in Element:
            until = met_until.get((unit.code, element), unit.enrolled_on)
            if until <= scope.as_of:
                since = max(until, unit.enrolled_on)
                missing.setdefault(unit.code, {})[element] = since
    return missing


def _gravest_first(gaps: UnitGaps) -> tuple[object, ...]:
    return (
        not gaps.is_silent,
        not gaps.nobody_in_post,
        -len(gaps.missing),
        min((each.since for each in gaps.vacant), default=FOREVER),
        -gaps.unchecked,
        -gaps.unchecked_days,
        gaps.unit.code,
    )
