"""The data of a briefing, read in one go, so that all of it is of the same state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from sqlalchemy import Connection

from dashboard.documents.briefing import owners, read_once
from dashboard.documents.briefing.owners import Owners
from dashboard.documents.briefing.read_once import HELD, Ahead
from dashboard.i18n import name
from data.coverage import entries, unentered
from data.coverage.unentered import FirstDays
from data.figures import breakdown, rows, units
from data.figures import ranking as unit_ranking
from data.figures import reading as figures
from data.figures.catalogue import Catalogue, catalogue
from data.figures.ranking import Ranking
from data.figures.reading import Reading, Readings
from data.figures.rows import Side
from data.figures.units import UnitLine
from data.findings import escalation
from data.findings.escalation import DueSteps
from data.findings.holding import CameBack
from data.findings.lines import FindingLine, lines
from data.ledgers.imports import imports
from data.matters import Matter
from data.meetings import drafts, held
from data.meetings.drafts import Draft
from data.reference.lists import References, current
from data.reference.usual_names import usual
from data.reports import upcoming
from data.scope import Scope
from data.store import data_version
from data.store.demonstration_mark import is_demonstration
from data.store.side_by_side import Readers, readers_of
from models.days import month_ends
from models.grid import UnitKind
from models.kinds import EARLIEST
from models.registry import BY_ID
from models.rules.light import Light
from models.text import Label
from models.work import DecisionState

RANKED_BY = "due_rect_rate"
TREND_MONTHS = 24
LISTED = 50
"""The number of overdue findings in the list, longest first; the workbook has all."""
OfParts = Mapping[str, Mapping[str, Readings]]
"""By kind of part and code of the part, the figures READ_OF that kind."""
OF_PARTS = (
    "units",
    "grid_coverage",
    "duty_rate",
    "report_submission",
    "required",
    "rectified",
    "unrectified",
    RANKED_BY,
    "warnings_open",
)
"""The figures shown for each sector and unit."""
READ_OF: Mapping[str, tuple[str, ...]] = {
    "sector": (*OF_PARTS, HELD, *owners.OF_SECTORS),
    "unit": (*OF_PARTS, HELD),
}
"""The figures read for each sector and unit: also those that tell who has to act."""


@dataclass(frozen=True, slots=True)
class Content:
    """All data of a briefing about a node on a day, compared with an earlier day.

    `readings` are by node and day: all figures of the node on the day, on the day of comparison and
    a year before; the trend figure on the days of the trend; READ_OF sectors and units on the day.
    `limits` names the sectors or units to which the viewer is limited.
    """

    scope: Scope
    before: Scope
    version: int
    """The data version of the state that was read."""
    year_before: Scope | None
    name: Label
    limits: tuple[str, ...]
    demonstration: bool
    import_number: int
    latest: date | None
    """The day of the last import; None if there was none."""
    references: References
    catalogue: Catalogue
    readings: Mapping[tuple[str, date], Readings]
    of_parts: OfParts
    trend: Mapping[date, Reading]
    sectors: Mapping[str, str]
    units: tuple[UnitLine, ...]
    lights: Mapping[Light, int]
    ranking: Ranking
    drafts: tuple[Draft, ...]
    overdue: tuple[FindingLine, ...]
    due_steps: DueSteps
    decided: Mapping[DecisionState, int]
    owners: Owners
    ahead: Ahead
    due_today: int
    """The reports that are due on the day and not in, which count as due and are not late."""
    came_back: CameBack
    """Units and categories in which the most closures did not last a year."""
    partly_entered: tuple[Label, ...]
    """The ledgers that some units of the node, but not all, entered in the last year."""
    not_entered: tuple[Label, ...]
    """The ledgers of which no unit of the district has a row by the day."""

    @property
    def matters(self) -> tuple[Matter, ...]:
        """The matters that need a decision, without their drafts."""
        return tuple(draft.matter for draft in self.drafts)

    @property
    def day(self) -> date:
        """The day of the figures."""
        return self.scope.as_of

    @property
    def node(self) -> str:
        """The node, in the form of the command line."""
        return str(self.scope.node)

    @property
    def now(self) -> Readings:
        """The figures of the node on the day."""
        return self.readings[self.node, self.day]

    @property
    def then(self) -> Readings:
        """The figures of the node on the day of comparison."""
        return self.readings[self.node, self.before.as_of]

    def sector_name(self, code: str) -> str:
        """The name of a sector; in English that of a usual one."""
        return name(usual(self.sectors.get(code, code)))

    @property
    def of_sectors(self) -> Mapping[str, Readings]:
        """The figures of the node's sectors by code; empty if it has fewer than two."""
        readings_by_sector = {
            code: self.readings.get((f"sector:{code}", self.day)) for code in self.sectors
        }
        known = {code: readings for code, readings in readings_by_sector.items() if readings}
        return known if len(known) > 1 else {}

    def of_unit(self, code: str) -> Readings:
        """The figures of a unit; empty if it has none."""
        return self.readings.get((f"unit:{code}", self.day), {})

    def with_figures(self, now: Readings, then: Readings) -> "Content":
        """This content with figures stored by freezes, for the day and for that of comparison."""
        kept = {(self.node, self.day): now, (self.node, self.before.as_of): then}
        return replace(self, readings={**self.readings, **kept})

    @property
    def empty(self) -> bool:
        """Whether nothing is known about the node on the day."""
        return not _any(self.now)

    @property
    def compared(self) -> bool:
        """Whether anything was known on the day of comparison."""
        return _any(self.then)


def _any(readings: Readings) -> bool:
    return any(each.known and (each.numerator or each.denominator) for each in readings.values())


def read(
    connection: Connection, scope: Scope, before: Scope, earlier: Content | None = None
) -> Content:
    """The data of a briefing about `scope`; `before` is the same scope on the day of comparison.

    The figures of sectors and units, and the matters, are taken from `earlier`, read before for the
    same scopes, if the data have not changed since: counting them takes most of the time.
    """
    # Forecasts keep Python busy, the other questions the database.
    with readers_of(connection, 2) as readers:
        return _read(connection, readers, scope, before, earlier)


def _read(
    connection: Connection,
    readers: Readers,
    scope: Scope,
    before: Scope,
    earlier: Content | None,
) -> Content:
    ahead = readers.ask(partial(read_once.ahead, scope=scope))
    version = data_version.current(connection)
    same = earlier if earlier and earlier.version == version else None
    of_matters = readers.ask(partial(_matters, scope=scope, same=same))
    partly_entered = readers.ask(partial(read_once.partly_entered, scope=scope))
    references = current(connection)
    known = catalogue(references)
    of_parts = same.of_parts if same else _of_parts(connection, scope, known)
    came_back = readers.ask(partial(read_once.came_back, scope=scope, of_units=of_parts["unit"]))
    sectors, listed = units.sectors(connection), units.units(connection, scope)
    year_before = _year_before(scope)
    several = not scope.node.is_unit and scope.units is None
    overdue = rows.rows_on_page(connection, scope, known["overdue"], "", Side.VALUE, most=LISTED)
    last = imports(connection, 1)
    decided = held.decided(connection, scope, (DecisionState.OVERDUE,), LISTED)
    trend = _trend(connection, scope, known)
    days = [*trend, *(each.as_of for each in (scope, before, year_before) if each)]
    since = read_once.first_days(connection, min(days))
    return Content(
        scope=scope,
        before=before,
        version=version,
        year_before=year_before,
        name=_name(connection, scope, sectors, references),
        limits=_limits(connection, scope, sectors),
        demonstration=is_demonstration(connection),
        import_number=last[0].number if last else 0,
        latest=last[0].day if last else None,
        references=references,
        catalogue=known,
        readings=_readings(connection, (scope, before, year_before), trend, known, since, of_parts),
        of_parts=of_parts,
        trend=trend,
        sectors=sectors,
        units=listed,
        lights=units.lights(connection, scope),
        ranking=_ranking(connection, scope, known, of_parts, listed) if several else {},
        drafts=of_matters(),
        overdue=lines(connection, [row.key for row in overdue], scope.as_of),
        due_steps=escalation.due_steps(connection, scope, LISTED),
        decided=decided.counted,
        owners=owners.read(connection, scope, of_parts["sector"], listed, decided),
        due_today=sum(upcoming.due_today(connection, scope).values()),
        came_back=came_back(),
        partly_entered=partly_entered(),
        not_entered=_not_entered(scope, since),
        ahead=ahead(),
    )


def _matters(connection: Connection, scope: Scope, same: Content | None) -> tuple[Draft, ...]:
    return same.drafts if same else drafts.drafts(connection, scope)


def _not_entered(scope: Scope, since: FirstDays) -> tuple[Label, ...]:
    missing = [each for each in entries.OWED if not unentered.has_rows(since, each, scope.as_of)]
    return tuple(BY_ID[ledger].SHEET for ledger in missing)


def _readings(
    connection: Connection,
    scopes: Iterable[Scope | None],
    trend: Mapping[date, Reading],
    known: Catalogue,
    since: FirstDays,
    of_parts: OfParts,
) -> Mapping[tuple[str, date], Readings]:
    asked = [scope for scope in scopes if scope]
    readings_by_node_and_day = {
        (str(s.node), s.as_of): figures.read(connection, s, known) for s in asked
    }
    scope = asked[0]
    for kind, found in of_parts.items():
        for code, readings in found.items():
            readings_by_node_and_day.setdefault((f"{kind}:{code}", scope.as_of), readings)
    for day, reading in trend.items():
        readings_by_node_and_day.setdefault((str(scope.node), day), {RANKED_BY: reading})
    return {
        (node, day): unentered.without_unentered(readings, since, day)
        for (node, day), readings in readings_by_node_and_day.items()
    }


def _of_parts(connection: Connection, scope: Scope, known: Catalogue) -> OfParts:
    return {
        kind: breakdown.by_group(
            connection, scope, kind, [known[name] for name in read], buckets=kind != "unit"
        )
        for kind, read in READ_OF.items()
    }


def _ranking(
    connection: Connection,
    scope: Scope,
    known: Catalogue,
    of_parts: OfParts,
    listed: Iterable[UnitLine],
) -> Ranking:
    return unit_ranking.ranking(
        connection, scope, known[RANKED_BY], of_units=of_parts["unit"], lines=listed
    )


def _trend(connection: Connection, scope: Scope, known: Catalogue) -> Mapping[date, Reading]:
    days = month_ends(scope.as_of, TREND_MONTHS)
    readings_by_day = breakdown.by_day(connection, scope, days, [known[RANKED_BY]])
    return {day: readings[RANKED_BY] for day, readings in readings_by_day.items()}


def _year_before(scope: Scope) -> Scope | None:
    day = scope.as_of
    if day.year == EARLIEST.year:
        return None
    leap = (day.month, day.day) == (2, 29)
    return scope.on(day.replace(year=day.year - 1, day=28 if leap else day.day))


def _name(
    connection: Connection, scope: Scope, sectors: Mapping[str, str], references: References
) -> Label:
    """The name of the node; empty for the district."""
    kind, code = scope.node.kind, scope.node.code
    called = code
    match kind:
        case "unit":
            called = units.names(connection, [code]).get(code, code)
        case "sector":
            return usual(sectors.get(code, code))
        case "subdistrict":
            row = references.codes["subdistricts"].get(code)
            called = row["name"] if row else code
        case "kind":
            return UnitKind(code).label
    return Label(called, called)


def _limits(connection: Connection, scope: Scope, sectors: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the sectors or units to which the viewer is limited."""
    if not scope.limited:
        return ()
    if scope.units is not None:
        return tuple(units.names(connection, sorted(scope.units)).values())
    return tuple(sectors.get(code, code) for code in sorted(scope.sectors or ()))
