"""The figures of a scope: all of them, by group, by day, ranked; and the units of the scope."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Connection

from dashboard.reads.district import references
from dashboard.reads.questions import ask, ask_now, ask_of_state, freeze_line
from data.coverage import unentered, unreported
from data.coverage.unentered import FirstDays
from data.figures import breakdown
from data.figures import catalogue as figure_catalogue
from data.figures import ranking as unit_ranking
from data.figures import reading as figures
from data.figures import units as unit_lines
from data.figures.catalogue import Catalogue, Figure
from data.figures.ranking import Ranking
from data.figures.reading import Readings
from data.figures.units import UnitLine
from data.findings import movements as moves
from data.findings.movements import Movements
from data.meetings import freezes
from data.reference.lists import current
from data.scope import Scope


def catalogue() -> Catalogue:
    """All figures by id."""
    return figure_catalogue.catalogue(references())


def figure(name: str) -> Figure:
    """The figure of this id."""
    return catalogue()[name]


def figures_of(scope: Scope) -> Readings:
    """Every figure and bucket in `scope`, by the key under which it is printed.

    At a freeze its stored figures are used, unless the viewer may see only a part of the node.
    Figures whose ledgers have no row yet are not known, here and in the functions below; nor are
    those that count nothing where no unit has reported anything.
    """
    readings = _entered(_counted(scope), scope, scope.as_of)
    return unreported.without_unreported(readings) if is_unreported(scope) else readings


def is_unreported(scope: Scope) -> bool:
    """Whether `scope` is a part of the district in whose grid there are units, and none of them
    has reported anything."""
    return not scope.whole_district and _all_silent(scope, units(scope))


def _all_silent(scope: Scope, of_part: Iterable[UnitLine]) -> bool:
    in_grid = {unit.code for unit in of_part if unit.light is not None}
    return bool(in_grid) and in_grid <= ask(unreported.silent_units, scope)


def _counted(scope: Scope) -> Readings:
    line = None if scope.frozen is None else freeze_line(scope.frozen)
    if line and line.as_of == scope.as_of and not scope.limited:
        return ask_now(freezes.readings, scope, line.number)
    return ask(_of, scope)


def first_days(scope: Scope) -> FirstDays:
    """The day of the earliest row of each ledger in the whole district, as known to `scope`."""
    return ask_of_state(scope, unentered.first_days)


def _entered(readings: Readings, scope: Scope, day: date) -> Readings:
    return unentered.without_unentered(readings, first_days(scope), day)


def by_group(scope: Scope, kind: str, *names: str) -> dict[str, Readings]:
    """The figures with the ids `names` for every part of `scope`.

    `kind` is the kind of parts, as in `data.figures.breakdown`.
    """
    parts = ask(_by_group, scope, kind, names)
    silent = _silent_parts(scope, kind)
    return {
        code: unreported.without_unreported(entered) if code in silent else entered
        for code, readings in parts.items()
        for entered in [_entered(readings, scope, scope.as_of)]
    }


def _silent_parts(scope: Scope, kind: str) -> frozenset[str]:
    """The codes of the parts of `scope` whose units have all reported nothing."""
    silent = ask(unreported.silent_units, scope)
    if kind == "unit" or not silent:
        return silent
    units_by_part: dict[str, list[UnitLine]] = {}
    for unit in units(scope):
        units_by_part.setdefault(str(breakdown.PART_OF[kind](unit)), []).append(unit)
    return frozenset(code for code, own in units_by_part.items() if _all_silent(scope, own))


def by_unit(scope: Scope, *names: str) -> dict[str, Readings]:
    """The figures with the ids `names` for every unit of `scope` that has facts in them."""
    return by_group(scope, "unit", *names)


def by_day(scope: Scope, days: Sequence[date], *names: str) -> dict[date, Readings]:
    """The figures with the ids `names` on each of `days`."""
    of_days = ask(_by_day, scope, tuple(days), names)
    entered = {day: _entered(readings, scope, day) for day, readings in of_days.items()}
    if not is_unreported(scope):
        return entered
    # Who has reported nothing today has reported nothing before.
    return {
        day: unreported.without_unreported(readings) if day <= scope.as_of else readings
        for day, readings in entered.items()
    }


def ranking(scope: Scope, name: str, bucket: str = "") -> Ranking:
    """The units of `scope` ranked by a figure, within each kind of unit."""
    if not unentered.is_entered(first_days(scope), name, scope.as_of):
        return {}
    return ask(_ranking, scope, name, bucket)


def units(scope: Scope) -> tuple[UnitLine, ...]:
    """The units of `scope`, the worst light first."""
    return ask(unit_lines.units, scope)


def movements(scope: Scope, before: Scope, most: int) -> Movements:
    """What changed in `scope` since `before`; at most `most` lines of each way."""
    return ask(_movements, scope, before, most)


def _movements(connection: Connection, scope: Scope, before: Scope, most: int) -> Movements:
    # The two scopes may need different databases: the present one and that of a freeze.
    return moves.movements(connection, scope, ask(moves.standings, before), most)


def _of(connection: Connection, scope: Scope) -> Readings:
    return figures.read(connection, scope, figure_catalogue.catalogue(current(connection)))


def _by_group(
    connection: Connection, scope: Scope, kind: str, names: tuple[str, ...]
) -> dict[str, Readings]:
    return breakdown.by_group(connection, scope, kind, [figure(name) for name in names])


def _by_day(
    connection: Connection, scope: Scope, days: tuple[date, ...], names: tuple[str, ...]
) -> dict[date, Readings]:
    return breakdown.by_day(connection, scope, days, [figure(name) for name in names])


def _ranking(connection: Connection, scope: Scope, name: str, bucket: str) -> Ranking:
    return unit_ranking.ranking(connection, scope, figure(name), bucket)
