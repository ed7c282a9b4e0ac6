"""Freeze the figures for a meeting, and the state of knowledge behind them, under a number.

Freezes are only ever added. The figures are stored; the rows behind them are not copied, since each
ledger keeps earlier versions of its rows, from which `data.frozen_state` restores them.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select
from sqlmodel import col

from data.facts import digest
from data.facts.known_since import unknown_sources
from data.figures import breakdown
from data.figures import reading as figures
from data.figures.catalogue import Catalogue, catalogue
from data.figures.differing import Differing, Values
from data.figures.reading import Reading, Readings
from data.meetings import freeze_proof
from data.nodes import DISTRICT, parse
from data.reference import lists as reference
from data.reference.lists import References
from data.scope import Scope, everything
from data.store import access_log, bulk, data_version, gc_pause
from data.store.access_log import Act
from data.store.database import reading, writing
from data.store.side_by_side import readers_of
from models.account import Event
from models.freeze import Freeze, FrozenFigure
from models.kept import Import
from models.text import N_, TellingError
from models.work import Meeting

NO_MEETING = N_("There is no meeting {meeting}. Enter it in the ledger of meetings first.")
NO_FREEZE = N_("Nothing is frozen under number {number}.")
COLUMNS = ("freeze", "node", "figure", "numerator", "denominator")


class FreezeRefusedError(TellingError):
    """Nothing was frozen, or the freeze does not exist; `sentence` says why."""


@dataclass(frozen=True, slots=True)
class FreezeLine:
    """A freeze without its figures; see `models.freeze.Freeze`."""

    number: int
    meeting: str
    meeting_name: str
    meeting_on: date
    version: int
    as_of: date
    import_number: int
    facts_sha256: str
    at: datetime
    account: str


LINE = tuple(getattr(Freeze, name) for name in FreezeLine.__slots__)


@dataclass(frozen=True, slots=True)
class _Gathered:
    """All that is to be stored, and the data version at which it was read.

    The number and version in the line are those that would come next at that moment.
    """

    line: FreezeLine
    references: References
    unknown: frozenset[str]
    figures: tuple[tuple[str, str, str | None, int | None], ...]
    data_version: int


@gc_pause.paused()
def freeze(engine: Engine, meeting: str, as_of: date | None, act: Act, today: date) -> FreezeLine:
    """Freeze every figure of every node for `meeting`.

    Without `as_of` the day is the meeting's, or `today` if that is earlier. Raises
    `FreezeRefusedError` if the meeting is not in the ledger.
    """
    # Gathering a city takes minutes; others must be able to sign in and import meanwhile.
    with reading(engine) as connection:
        gathered = _gather(connection, meeting, as_of, act, today)
    with writing(engine, act.account) as connection:
        if data_version.current(connection) != gathered.data_version:
            gathered = _gather(connection, meeting, as_of, act, today)
        _keep(connection, gathered)
        line = gathered.line
        data_version.bump(connection)
        proof = freeze_proof.subject(connection, line.number)
        access_log.append(connection, act, Event.FROZEN, proof)
    return line


def _gather(
    connection: Connection, meeting: str, as_of: date | None, act: Act, today: date
) -> _Gathered:
    held = connection.execute(
        select(col(Meeting.name), col(Meeting.on_date)).where(col(Meeting.code) == meeting)
    ).first()
    if held is None:
        raise FreezeRefusedError(NO_MEETING, meeting=meeting)
    references = reference.current(connection)
    day = as_of or min(held.on_date, today)
    unknown = unknown_sources(connection, day)
    counted = partial(_figures, day=day, known=catalogue(references), unknown=unknown)
    # The digest keeps the database busy, the figures Python.
    with readers_of(connection, 1 + digest.AT_ONCE) as readers:
        figures_counted = readers.ask(lambda other: tuple(counted(other)))
        sha256 = digest.sha256(connection, readers)
        found = figures_counted()
    line = FreezeLine(
        number=_following(connection, func.max(col(Freeze.number))),
        meeting=meeting,
        meeting_name=held.name,
        meeting_on=held.on_date,
        version=_following(connection, func.max(col(Freeze.version)), meeting),
        as_of=day,
        import_number=connection.scalar(select(func.max(col(Import.number)))) or 0,
        facts_sha256=sha256,
        at=act.at,
        account=act.account,
    )
    return _Gathered(line, references, unknown, found, data_version.current(connection))


def _following(connection: Connection, highest: Any, meeting: str | None = None) -> int:
    statement = select(highest)
    if meeting is not None:
        statement = statement.where(col(Freeze.meeting) == meeting)
    return (connection.scalar(statement) or 0) + 1


def _keep(connection: Connection, gathered: _Gathered) -> None:
    line, references = gathered.line, gathered.references
    known = catalogue(references)
    connection.execute(
        insert(Freeze).values(
            {name: getattr(line, name) for name in FreezeLine.__slots__}
            | {
                "definitions": {name: figure.version for name, figure in known.items()},
                "lists": {
                    name: [dict(row) for row in rows] for name, rows in references.lists.items()
                },
                "replaced": sorted(references.replaced),
                "unknown": sorted(gathered.unknown),
            }
        )
    )
    table: Any = FrozenFigure.__table__  # type: ignore[attr-defined]
    rows = ((line.number, *figure) for figure in gathered.figures)
    bulk.insert_rows(connection, table, COLUMNS, rows)


def _figures(
    connection: Connection, day: date, known: Catalogue, unknown: Collection[str]
) -> Iterator[tuple[str, str, str | None, int | None]]:
    """The readings to store: all that differ from those of a node without facts."""
    district = everything(parse(DISTRICT), day)
    whole = Differing(district, known.values(), unknown)
    oldest = figures.oldest_due(connection, district)
    for values in whole.values(figures.totals_on(connection, district), oldest):
        yield DISTRICT, *_kept_form(values)
    shared = [figure for figure in known.values() if not figure.district]
    of_parts = Differing(district, shared, unknown)
    for kind in breakdown.COLUMNS:
        for code, totals, oldest in breakdown.totals_by_group(connection, district, kind, shared):
            node = f"{kind}:{code}"
            for values in of_parts.values(totals, oldest):
                yield node, *_kept_form(values)


def _kept_form(values: Values) -> tuple[str, str | None, int | None]:
    key, numerator, denominator = values
    return key, None if numerator is None else str(numerator), denominator


def freezes(connection: Connection) -> tuple[FreezeLine, ...]:
    """All freezes, latest first."""
    return tuple(_lines(connection.execute(select(*LINE).order_by(col(Freeze.number).desc()))))


def last_before(lines: Iterable[FreezeLine], day: date) -> FreezeLine | None:
    """The freeze to compare figures of `day` with: the latest one of an earlier day."""
    earlier = (line for line in lines if line.as_of < day)
    return max(earlier, key=lambda line: (line.as_of, line.number), default=None)


def _lines(rows: Iterable[Any]) -> Iterator[FreezeLine]:
    return (FreezeLine(*row) for row in rows)


def line(connection: Connection, number: int) -> FreezeLine:
    """The freeze with this number; raises `FreezeRefusedError` if there is none."""
    found = connection.execute(select(*LINE).where(col(Freeze.number) == number)).first()
    if found is None:
        raise FreezeRefusedError(NO_FREEZE, number=number)
    return FreezeLine(*found)


def lists_of(connection: Connection, number: int) -> References:
    """The reference lists in force at the freeze."""
    kept = connection.execute(
        select(col(Freeze.lists), col(Freeze.replaced)).where(col(Freeze.number) == number)
    ).one()
    lists = {name: tuple(rows) for name, rows in kept.lists.items()}
    return References(lists, frozenset(kept.replaced))


def definitions_of(connection: Connection, number: int) -> dict[str, str]:
    """The version of each figure's definition at the freeze, by figure."""
    kept = select(col(Freeze.definitions)).where(col(Freeze.number) == number)
    return dict(connection.scalar(kept) or {})


def readings(connection: Connection, scope: Scope, number: int) -> Readings:
    """Every stored figure and bucket of freeze `number` for the node of `scope`.

    `scope` must be without limits, since what was frozen was not limited.
    """
    day = line(connection, number).as_of
    known = catalogue(lists_of(connection, number))
    unknown = connection.execute(
        select(col(Freeze.unknown)).where(col(Freeze.number) == number)
    ).scalar_one()
    nothing = figures.readings({}, everything(scope.node, day), known.values(), unknown)
    kept = connection.execute(
        select(
            col(FrozenFigure.figure), col(FrozenFigure.numerator), col(FrozenFigure.denominator)
        ).where(col(FrozenFigure.freeze) == number, col(FrozenFigure.node) == str(scope.node))
    )
    found = dict(nothing)
    for key, numerator, denominator in kept:
        if key in found:
            exact = None if numerator is None else Fraction(numerator)
            before = nothing[key]
            found[key] = Reading(before.figure, before.bucket, exact, denominator)
    return found
