"""The inbox: files sent by units, and which units have sent, are late or still to come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, func, select
from sqlmodel import col

from data.collection import periods
from data.collection.periods import Period
from data.collection.refusals import NO_SUCH_FILE, CollectionRefusedError
from data.nodes import DISTRICT, Node
from data.scope import Scope
from data.store.ordering import by_bytes
from models.collection import FileState, SentFile
from models.days import FOREVER
from models.grid import Unit
from models.times import SHANGHAI

MOST = 1_000
EVERYWHERE = Node(DISTRICT)
COLUMNS = tuple(
    getattr(SentFile, name)
    for name in (
        "number",
        "unit",
        "period",
        "file_name",
        "size",
        "sha256",
        "ours",
        "counts",
        "faults",
        "questions",
        "corrections",
        "warnings",
        "state",
        "sent_at",
        "sent_by",
        "settled_at",
        "settled_by",
        "reason",
        "import_number",
    )
)


@dataclass(frozen=True, slots=True)
class SentLine:
    """A sent file without its content; the numbers are those of its last check."""

    number: int
    unit: str
    unit_name: str
    period: str
    file_name: str
    size: int
    sha256: str
    ours: bool
    faults: int
    questions: int
    corrections: int
    warnings: int
    state: FileState
    sent_at: datetime
    sent_by: str
    settled_at: datetime | None
    settled_by: str | None
    reason: str | None
    import_number: int | None
    counts: Mapping[str, Mapping[str, int]] = field(compare=False, hash=False)

    @property
    def waits(self) -> bool:
        """Whether the file must still be imported or returned."""
        return self.state is FileState.SENT

    @property
    def clean(self) -> bool:
        """Whether the last check found no faults, oddities or questions."""
        return not (self.faults or self.questions or self.corrections or self.warnings)

    @property
    def says_nothing_new(self) -> bool:
        """Whether all that it says is stored already, as in a workbook that nobody filled in."""
        stopped = self.faults or self.questions or self.corrections
        return not (stopped or self.rows("new") or self.rows("changed"))

    def rows(self, what: str) -> int:
        """The number of rows that are `new`, `changed` or `equal`."""
        return sum(counted.get(what, 0) for counted in self.counts.values())


class Arrival(StrEnum):
    """The status of a unit's file in a period."""

    LATE = "LATE"
    RETURNED = "RETURNED"
    MISSING = "MISSING"
    SENT = "SENT"
    TAKEN_IN = "TAKEN_IN"


IN = frozenset({Arrival.SENT, Arrival.TAKEN_IN})
"""A unit is in once its latest file that was not withdrawn waits or is taken in."""


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """A unit and its latest file of a period that was not withdrawn.

    `days_late` are the days since files were due, 0 if the unit has sent.
    """

    unit: str
    unit_name: str
    arrival: Arrival
    line: SentLine | None
    days_late: int = 0

    @property
    def is_in(self) -> bool:
        """Whether nothing more is expected of the unit."""
        return self.arrival in IN


@dataclass(frozen=True, slots=True)
class Collected:
    """The status of a period on a day: every unit, late ones first."""

    period: Period
    due_on: date
    units: tuple[UnitStanding, ...]

    @property
    def arrived(self) -> int:
        """The number of units that have sent."""
        return sum(each.is_in for each in self.units)

    @property
    def late(self) -> tuple[UnitStanding, ...]:
        """The units that have not sent although files are due."""
        return tuple(each for each in self.units if each.days_late)


def sent_files(
    connection: Connection,
    scope: Scope,
    period: Period | None = None,
    states: Sequence[FileState] = (),
    most: int = MOST,
) -> tuple[SentLine, ...]:
    """The files of units in `scope`, latest first, of one period or all, in these states."""
    asked = _lines().where(scope.holds())
    if period is not None:
        asked = asked.where(col(SentFile.period) == str(period))
    if states:
        asked = asked.where(col(SentFile.state).in_([each.value for each in states]))
    found = connection.execute(asked.order_by(col(SentFile.number).desc()).limit(most))
    return tuple(map(_line, found))


def waiting_of_other_months(
    connection: Connection, scope: Scope, period: Period, most: int
) -> tuple[int, tuple[SentLine, ...]]:
    """The number of files of months other than `period` that wait, and the latest `most`."""
    elsewhere = (
        scope.holds(),
        col(SentFile.state) == FileState.SENT.value,
        col(SentFile.period) != str(period),
    )
    counted = (
        select(func.count(col(SentFile.number)))
        .join(Unit, col(Unit.code) == col(SentFile.unit))
        .where(*elsewhere)
    )
    latest = _lines().where(*elsewhere).order_by(col(SentFile.number).desc()).limit(most)
    return connection.scalar(counted) or 0, tuple(map(_line, connection.execute(latest)))


def sent_file(connection: Connection, scope: Scope, number: int) -> SentLine:
    """The file with this number; raises `CollectionRefusedError` if there is none in the scope."""
    asked = _lines().where(col(SentFile.number) == number, scope.holds())
    row = connection.execute(asked).first()
    if row is None:
        raise CollectionRefusedError(NO_SUCH_FILE, number=number)
    return _line(row)


def collected(connection: Connection, scope: Scope, period: Period | None = None) -> Collected:
    """The status of the units of `scope` on its day, in `period` or in the one collected that
    day, from the files sent and returned by then.

    What was returned stays returned until a file with something new comes, or one is taken in. A
    unit enrolled after the files were due owes none of that month.
    """
    day = scope.as_of
    period = period or periods.collected_on(day)
    due_on = period.due_on(periods.due_day(connection))
    latest: dict[str, SentLine] = {}
    for sent in reversed(sent_files(connection, scope, period)):
        line = _by(day, sent)
        if line is None:
            continue
        if line.state is not FileState.WITHDRAWN and not _leaves_returned(latest, line):
            latest[line.unit] = line
    units = connection.execute(
        select(col(Unit.code), col(Unit.name))
        .where(
            scope.holds(),
            col(Unit.enrolled_on) <= min(day, due_on),
            func.coalesce(col(Unit.withdrawn_on), FOREVER) > day,
        )
        .order_by(by_bytes(Unit.code))
    )
    over = max((day - due_on).days, 0)
    order = list(Arrival)
    found = [_standing(code, name, latest.get(code), over) for code, name in units]
    return Collected(
        period, due_on, tuple(sorted(found, key=lambda each: order.index(each.arrival)))
    )


def _by(day: date, line: SentLine) -> SentLine | None:
    """The file as it stood at the end of `day`; None if it was sent later."""
    if line.sent_at.astimezone(SHANGHAI).date() > day:
        return None
    if line.settled_at is None or line.settled_at.astimezone(SHANGHAI).date() <= day:
        return line
    return replace(
        line,
        state=FileState.SENT,
        settled_at=None,
        settled_by=None,
        reason=None,
        import_number=None,
    )


def is_collecting(connection: Connection) -> bool:
    """Whether any unit has ever sent a file: a district may take in its workbook as a whole."""
    return connection.execute(select(col(SentFile.number)).limit(1)).first() is not None


def _leaves_returned(latest: Mapping[str, SentLine], line: SentLine) -> bool:
    """Whether `line` mends nothing of a file of its unit that was returned before: it waits, but
    says nothing new."""
    before = latest.get(line.unit)
    returned = before is not None and before.state is FileState.RETURNED
    return returned and line.waits and line.says_nothing_new


def settled_since(connection: Connection, scope: Scope, day: date) -> Mapping[FileState, int]:
    """The number of files of units in `scope` sent after `day`, by their present state."""
    after = datetime.combine(day + timedelta(1), time.min, SHANGHAI)
    asked = (
        select(col(SentFile.state), func.count())
        .join(Unit, col(Unit.code) == col(SentFile.unit))
        .where(scope.holds(), col(SentFile.sent_at) >= after)
        .group_by(col(SentFile.state))
    )
    counted = {FileState(state): count for state, count in connection.execute(asked)}
    return {state: counted.get(state, 0) for state in FileState}


def months_sent(connection: Connection, scope: Scope) -> tuple[Period, ...]:
    """The months of which any unit in `scope` sent a file, in the order of time."""
    asked = (
        select(col(SentFile.period))
        .join(Unit, col(Unit.code) == col(SentFile.unit))
        .where(scope.holds())
        .distinct()
    )
    return tuple(sorted(periods.parse(each) for each in connection.scalars(asked)))


def months_of_a_year(connection: Connection, present: Period) -> tuple[Period, ...]:
    """The months of which any unit of the district sent a file, from `present` a year back on, in
    the order of time."""
    first = Period(present.year - 1, present.month)
    sent = connection.scalars(select(col(SentFile.period)).distinct())
    return tuple(each for each in sorted(map(periods.parse, sent)) if each >= first)


def _standing(code: str, name: str, line: SentLine | None, over: int) -> UnitStanding:
    if line is not None and line.state is not FileState.RETURNED:
        return UnitStanding(code, name, Arrival(line.state.value), line)
    arrival = Arrival.RETURNED if line else Arrival.LATE if over else Arrival.MISSING
    return UnitStanding(code, name, arrival, line, over)


def _lines() -> Select[Any]:
    return select(*COLUMNS, col(Unit.name).label("unit_name")).join(
        Unit, col(Unit.code) == col(SentFile.unit)
    )


def _line(row: Any) -> SentLine:
    values = dict(row._mapping)
    return SentLine(**{**values, "state": FileState(values["state"])})
