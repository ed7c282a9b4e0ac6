"""Which units entered rows in which ledger, and when: the basis for the completeness of figures."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, FromClause, exists, func, or_, select
from sqlmodel import col

from data.figures.catalogue import Figure
from data.figures.units import in_grid
from data.ledgers.belonging import belongs_to, names_unit, owner_of, referred_ledger
from data.ledgers.rows import PROVENANCE, key_ids, table_of
from data.scope import Scope
from data.store.ordering import by_bytes
from models.declarations import Referred
from models.grid import Unit
from models.import_warning import Oddity
from models.kept import Change, Import, Version
from models.ledger import Ledger
from models.own_snapshot import SetAsideRow
from models.registry import BY_ID, LEDGERS
from models.rules.known import SOURCES
from models.rules.trust import Entered, is_of_last_year

OWED: tuple[str, ...] = tuple(
    ledger.id() for ledger in LEDGERS if ledger.owner() and ledger.DATED_BY and ledger is not Unit
)
"""The ids of the ledgers whose rows have a unit and a day, in the order of the registry."""
READ_FROM: Mapping[str, str] = {
    "duty_rate": "duties",
    "duty_on_time": "duties",
    "report_submission": "reports",
    "report_timeliness": "reports",
    "report_quality": "report_scores",
    "report_grade": "report_scores",
    "projects_running": "projects",
    "plan_completion": "projects",
    "cross_review_completion": "cross_reviews",
    "self_check_gap": "content_checks",
    "assessment_mean": "assessments",
    "fund_approved": "fund_projects",
    "fund_disbursed": "fund_flows",
    "fund_spent": "fund_flows",
    "disbursement_rate": "fund_flows",
    "spending_rate": "fund_flows",
    "fund_idle": "fund_flows",
    "disposal_rate": "disposals",
    "disposals_late": "disposals",
    "posts_recovered": "disposals",
    "assets_recovered": "disposals",
}
"""By figure that has a value even without rows (no `known_by`), the ledger it is read from."""


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit in the grid: the day of its latest entry (None = never) and its number of waiting
    rows."""

    code: str
    name: str
    sector: str
    latest: date | None
    waiting: int


@dataclass(frozen=True, slots=True)
class LedgerEntries:
    """The entries of a scope's units in a ledger, in all and by sector.

    `corrections` counts corrected rows, `odd` the warnings about rows that nobody has confirmed.
    """

    ledger: str
    whole: Entered
    by_sector: Mapping[str, Entered]
    corrections: int
    odd: int


def source_of(figure: Figure) -> str | None:
    """The ledger from which `figure` is read; None if it does not depend on entries of units."""
    ledger = SOURCES[figure.known_by] if figure.known_by else READ_FROM.get(figure.id)
    return ledger if ledger in OWED else None


def of_ledger(connection: Connection, scope: Scope, ledger: str, since: date) -> LedgerEntries:
    """The entries of `scope` in `ledger` dated by its day, and the rows corrected after `since`.

    Rows entered later about earlier days count, as they do in figures.
    """
    (found,) = _of_ledgers(connection, scope, (ledger,), since)
    return found


def of_ledgers(connection: Connection, scope: Scope, since: date) -> tuple[LedgerEntries, ...]:
    """`of_ledger` for every ledger in `OWED`."""
    return tuple(_of_ledgers(connection, scope, OWED, since))


def _of_ledgers(
    connection: Connection, scope: Scope, ledgers: Sequence[str], since: date
) -> Iterator[LedgerEntries]:
    for ledger, (units, latest, waiting) in _by_unit(connection, scope, ledgers):
        by_sector: dict[str, list[UnitEntry]] = {}
        for unit in units:
            by_sector.setdefault(unit.sector, []).append(unit)
        yield LedgerEntries(
            ledger,
            _whole(units, scope.as_of, latest, waiting),
            {
                sector: _entered(
                    own,
                    scope.as_of,
                    max((each.latest for each in own if each.latest), default=None),
                    sum(each.waiting for each in own),
                )
                for sector, own in sorted(by_sector.items())
            },
            _corrections(connection, scope, ledger, since),
            _odd(connection, scope, ledger),
        )


ByUnit = tuple[tuple[UnitEntry, ...], dict[str, date], dict[str | None, int]]
"""The units of a scope in the grid, and by unit, others too, its latest entry and the number of its
waiting rows."""


def _by_unit(
    connection: Connection, scope: Scope, ledgers: Sequence[str]
) -> Iterator[tuple[str, ByUnit]]:
    """By ledger the entries of units; units and waiting rows are read once for all ledgers."""
    named, all_waiting = _in_grid(connection, scope), waiting_rows(connection, scope, ledgers)
    for ledger in ledgers:
        latest, waiting = _latest(connection, scope, ledger), all_waiting.get(ledger, {})
        yield ledger, (_units(named, latest, waiting), latest, waiting)


def _whole(
    units: Iterable[UnitEntry],
    day: date,
    latest: Mapping[str, date],
    waiting: Mapping[str | None, int],
) -> Entered:
    return _entered(units, day, max(latest.values(), default=None), sum(waiting.values()))


def not_entered(connection: Connection, scope: Scope, ledger: str) -> tuple[UnitEntry, ...]:
    """The units in the grid without an entry in the last year, the oldest entry first."""
    [(_ledger, (units, _latest_days, _waiting_rows))] = _by_unit(connection, scope, (ledger,))
    silent = [unit for unit in units if not is_of_last_year(unit.latest, scope.as_of)]
    return tuple(sorted(silent, key=lambda unit: (unit.latest or date.min, unit.code)))


def _entered(units: Iterable[UnitEntry], day: date, latest: date | None, waiting: int) -> Entered:
    days = [unit.latest for unit in units]
    return Entered(
        owing=len(days),
        ever=sum(each is not None for each in days),
        in_last_year=sum(is_of_last_year(each, day) for each in days),
        latest=latest,
        waiting=waiting,
    )


def _in_grid(connection: Connection, scope: Scope) -> Sequence[Any]:
    """Code, name and sector of each unit in the grid, by code."""
    return list(
        connection.execute(
            select(col(Unit.code), col(Unit.name), col(Unit.sector))
            .where(in_grid(scope))
            .order_by(by_bytes(Unit.code))
        )
    )


def _units(
    named: Iterable[Any],
    latest: Mapping[str, date],
    waiting: Mapping[str | None, int],
) -> tuple[UnitEntry, ...]:
    return tuple(
        UnitEntry(code, name, sector, latest.get(code), waiting.get(code, 0))
        for code, name, sector in named
    )


def _latest(connection: Connection, scope: Scope, ledger_id: str) -> dict[str, date]:
    """By unit, the day on which its latest row dated by the scope's day was entered."""
    ledger = BY_ID[ledger_id]
    table = table_of(ledger)
    rows: FromClause = table.join(Import, col(Import.number) == table.c.import_number)
    unit, rows = unit_of(ledger, rows)
    dated, rows = day_of(ledger, rows)
    lines = connection.execute(
        select(unit, func.max(col(Import.day)))
        .select_from(rows)
        .where(dated <= scope.as_of, unit.in_(codes_of(scope)))
        .group_by(unit)
    )
    return {code: day for code, day in lines}


def unit_of(ledger: type[Ledger], rows: Any) -> tuple[Column[Any], Any]:
    """The column with the unit for which a row counts, and `rows` joined to the table that has
    it."""
    owner = owner_of(ledger)
    if names_unit(owner):
        return table_of(ledger).c[owner.id], rows
    target = BY_ID[str(referred_ledger(owner))]
    named, [key] = table_of(target), key_ids(target)
    joined = rows.join(named, named.c[key] == table_of(ledger).c[owner.id])
    return named.c[owner_of(target).id], joined


def day_of(ledger: type[Ledger], rows: Any) -> tuple[Column[Any], Any]:
    """The column with the day of a row of a dated ledger, and `rows` joined with the table that has
    it."""
    dated = ledger.DATED_BY
    if not isinstance(dated, Referred):
        return table_of(ledger).c[dated], rows
    target = BY_ID[str(referred_ledger(ledger.column(dated.by)))]
    named, [key] = table_of(target), key_ids(target)
    return named.c[dated.column], rows.join(named, named.c[key] == table_of(ledger).c[dated.by])


def waiting_rows(
    connection: Connection, scope: Scope, ledgers: Sequence[str]
) -> dict[str, dict[str | None, int]]:
    """By ledger and unit, the number of its rows set aside; under None are those whose unit is not
    recognised."""
    mine = col(SetAsideRow.unit).in_(codes_of(scope))
    rows = connection.execute(
        select(col(SetAsideRow.ledger), col(SetAsideRow.unit), func.count())
        .where(
            col(SetAsideRow.ledger).in_(ledgers),
            col(SetAsideRow.settled_at).is_(None),
            col(SetAsideRow.as_of) <= scope.as_of,
            or_(mine, col(SetAsideRow.unit).is_(None)) if scope.whole_district else mine,
        )
        .group_by(col(SetAsideRow.ledger), col(SetAsideRow.unit))
    )
    found: dict[str, dict[str | None, int]] = {}
    for ledger, unit, count in rows:
        found.setdefault(ledger, {})[unit] = int(count)
    return found


def _corrections(connection: Connection, scope: Scope, ledger_id: str, since: date) -> int:
    """The number of rows of units of `scope` corrected by imports after `since`."""
    ledger = BY_ID[ledger_id]
    owner = owner_of(ledger)
    kept = Version.__table__.c  # type: ignore[attr-defined]
    units = codes_of(scope)
    if not names_unit(owner):
        target = BY_ID[str(referred_ledger(owner))]
        [key] = key_ids(target)
        units = select(table_of(target).c[key]).where(belongs_to(target, units))
    counted = connection.scalar(
        select(func.count())
        .select_from(Version)
        .join(Import, col(Import.number) == col(Version.replaced_by))
        .where(
            col(Version.ledger) == ledger_id,
            col(Version.change) == Change.CORRECTED,
            col(Import.day) > since,
            kept["values"][owner.id].as_string().in_(units),
        )
    )
    return int(counted or 0)


def _odd(connection: Connection, scope: Scope, ledger: str) -> int:
    """The number of unconfirmed warnings about rows unchanged since the import that raised them."""
    table, warning = table_of(BY_ID[ledger]), Oddity.__table__  # type: ignore[attr-defined]
    counted = connection.scalar(
        select(func.count())
        .select_from(warning)
        .where(
            warning.c.confirmed_at.is_(None),
            warning.c.unit.in_(codes_of(scope)),
            exists().where(*(table.c[each] == warning.c[each] for each in PROVENANCE)),
        )
    )
    return int(counted or 0)


def codes_of(scope: Scope) -> Any:
    """The query for the codes of the units of `scope`."""
    return select(col(Unit.code)).where(scope.holds())
