"""What a briefing tells in a few words from all rows, read once for each version of the data.

A briefing is read twice, to compare the file with the database.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar, cast

from sqlalchemy import Connection

from dashboard.reads import cache
from data.coverage import partly_entered as partial_ledgers
from data.coverage import unentered
from data.coverage.unentered import FirstDays
from data.figures.reading import Reading, Readings
from data.findings import holding
from data.findings.holding import CameBack, Part
from data.outlook import expected, method
from data.outlook.expected import Horizon
from data.scope import Scope
from data.store import data_version
from data.store.side_by_side import readers_of
from models.registry import BY_ID
from models.rules.forecast_record import Score
from models.text import Label

NAMED_AS_WORST = 3
"""The most units or categories named where equally many closures did not last; of more, none."""
HELD = "fix_held"
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Ahead:
    """The forecasts, and how good earlier forecasts in the district were."""

    horizons: tuple[Horizon, ...]
    of_findings: Score
    of_reports: Score


def _kept(
    connection: Connection, name: str, asked: Scope | date, find: Callable[[], Answer]
) -> Answer:
    """The result of `find` for what is `asked`, cached under `name` for this data version."""
    version = data_version.current(connection)
    return cast(Answer, cache.made((connection.engine, version, asked, name), find))


def partly_entered(connection: Connection, scope: Scope) -> tuple[Label, ...]:
    """The ledgers that some units of `scope`, but not all, entered in the last year."""

    def find() -> tuple[Label, ...]:
        partial = partial_ledgers.partly_entered(connection, scope)
        return tuple(BY_ID[ledger].SHEET for ledger in partial)

    return _kept(connection, "partly entered", scope, find)


def first_days(connection: Connection, since: date) -> FirstDays:
    """The first days of ledgers; see `unentered.first_days`."""
    return _kept(connection, "first days", since, lambda: unentered.first_days(connection, since))


def ahead(connection: Connection, scope: Scope) -> Ahead:
    """The forecasts for `scope`."""

    def find() -> Ahead:
        with readers_of(connection, 1) as readers:
            reports_learnt = readers.ask(lambda other: method.of_reports(other, scope.as_of))
            findings = method.of_findings(connection, scope.as_of)
            reports = reports_learnt()
        horizons = expected.outlook(connection, scope, findings, reports, 0).horizons
        return Ahead(horizons, findings.score, reports.score)

    return _kept(connection, "ahead", scope, find)


def came_back(connection: Connection, scope: Scope, of_units: Mapping[str, Readings]) -> CameBack:
    """The units and categories of `scope` with the most closures that did not last a year.

    `of_units` are figures of its units by code, HELD among them.
    """

    def find() -> CameBack:
        units = (_closures(code, readings[HELD]) for code, readings in of_units.items())
        return holding.came_back(connection, scope, NAMED_AS_WORST + 1, units)

    return _kept(connection, "came back", scope, find)


def _closures(unit: str, held: Reading) -> Part:
    return Part(unit, "", held.denominator or 0, int(held.numerator or 0))
