"""One finding with all that was known of it on a day: history, letters, repeats, earlier
versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, exists, select
from sqlmodel import col

from data.findings.lines import FindingLine, events_of, lines
from data.ledgers.rows import from_json, ids, table_of, text_of_key
from data.ledgers.versions import history
from data.nodes import DISTRICT, Node
from data.scope import Scope
from data.store.ordering import by_bytes
from models.audit import Project
from models.grid import Unit
from models.kept import Change, Import, Version
from models.ledger import Column, Ledger
from models.rectification import Escalation, Finding, PublicStatus, RectificationEvent
from models.registry import BY_ID
from models.rules.history import Stretch, public_status, stretches


class NoSuchFindingError(Exception):
    """The finding does not exist or the viewer may not see it; the two cases are not told apart."""


class NotYetIssuedError(Exception):
    """The finding was issued after the day asked for."""

    def __init__(self, issued_on: date) -> None:
        self.issued_on = issued_on
        super().__init__(issued_on.isoformat())


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """An event, with the state and the public status of the finding after it; `status` is None if
    it was voided."""

    event: RectificationEvent
    state: str
    due: date
    status: PublicStatus | None


@dataclass(frozen=True, slots=True)
class Repeat:
    """An earlier or later finding of the same kind in the same unit."""

    code: str
    title: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class Earlier:
    """A version of the finding's row or of an event that an import replaced or removed.

    `values` are those of this version; `changed` are the columns that differ in the next one.
    """

    ledger: str
    key: str
    values: Mapping[str, Any]
    changed: tuple[tuple[Column, Any, Any], ...]
    change: str
    reason: str | None
    replaced_by: int
    replaced_at: datetime | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """The import that brought the finding's row; `file_name` is empty if the import is unknown."""

    number: int
    file_name: str
    at: datetime | None
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Life:
    """Everything about a finding as of a day; later events are left out.

    `project_name` is None if the project belongs to a unit that the viewer may not see.
    """

    line: FindingLine
    project_name: str | None
    stretches: tuple[Stretch, ...]
    history: tuple[HistoryEvent, ...]
    letters: tuple[Escalation, ...]
    before: tuple[Repeat, ...]
    after: tuple[Repeat, ...]
    earlier: tuple[Earlier, ...]
    provenance: Provenance


def is_a_finding(connection: Connection, code: str) -> bool:
    """Whether a finding has this code, whoever may see it."""
    return bool(connection.scalar(select(exists().where(col(Finding.code) == code))))


def life(connection: Connection, scope: Scope, code: str) -> Life:
    """The finding `code` as of the scope's day, at any node the viewer may see.

    Raises `NoSuchFindingError`, or `NotYetIssuedError` if it was issued after that day.
    """
    seen = scope.at(Node(DISTRICT))
    finding_row = connection.execute(
        select(
            col(Finding.issued_on),
            col(Finding.project),
            col(Finding.repeat_of),
            col(Finding.import_number),
            col(Finding.sheet),
            col(Finding.row),
        )
        .join(Unit, col(Unit.code) == col(Finding.unit))
        .where(col(Finding.code) == code, seen.holds())
    ).first()
    if finding_row is None:
        raise NoSuchFindingError(code)
    issued_on, project, repeat_of, number, sheet, row = finding_row
    if issued_on > scope.as_of:
        raise NotYetIssuedError(issued_on)
    (line,) = lines(connection, [code], scope.as_of)
    events = events_of(connection, [code], scope.as_of).get(code, [])
    before = _repeats(connection, seen, col(Finding.code) == repeat_of) if repeat_of else ()
    return Life(
        line,
        _project_name(connection, seen, project),
        tuple(stretches(line.finding, events)),
        _history(line.finding, events),
        _letters(connection, code, scope.as_of),
        before,
        _repeats(connection, seen, col(Finding.repeat_of) == code),
        _earlier(connection, line.finding, events, scope.as_of),
        _provenance(connection, number, sheet, row),
    )


def _history(finding: Finding, events: list[RectificationEvent]) -> tuple[HistoryEvent, ...]:
    standing = stretches(finding, [])[0].standing
    history = []
    for event in events:
        standing = standing.after(event)
        status = public_status(standing, event.on_date)
        history.append(HistoryEvent(event, standing.state, standing.due, status))
    return tuple(history)


def _project_name(connection: Connection, seen: Scope, project: str | None) -> str | None:
    if project is None:
        return None
    return connection.scalar(
        select(col(Project.name))
        .join(Unit, col(Unit.code) == col(Project.unit))
        .where(col(Project.code) == project, seen.holds())
    )


def _letters(connection: Connection, code: str, day: date) -> tuple[Escalation, ...]:
    table = table_of(Escalation)
    statement = (
        select(*(table.c[name] for name in ids(Escalation)))
        .where(table.c.finding == code, table.c.issued_on <= day)
        .order_by(table.c.issued_on, by_bytes(table.c.step))
    )
    return tuple(
        Escalation(
            finding=code,
            step=row.step,
            issued_on=row.issued_on,
            received_on=_by(day, row.received_on),
            replied_on=_by(day, row.replied_on),
        )
        for row in connection.execute(statement)
    )


def _by(day: date, happened_on: date | None) -> date | None:
    return happened_on if happened_on is not None and happened_on <= day else None


def _repeats(connection: Connection, seen: Scope, which: Any) -> tuple[Repeat, ...]:
    statement = (
        select(col(Finding.code), col(Finding.title), col(Finding.issued_on))
        .join(Unit, col(Unit.code) == col(Finding.unit))
        .where(which, col(Finding.issued_on) <= seen.as_of, seen.holds())
        .order_by(col(Finding.issued_on), by_bytes(Finding.code))
    )
    return tuple(Repeat(*row) for row in connection.execute(statement))


def _earlier(
    connection: Connection,
    finding: Finding,
    events: Sequence[RectificationEvent],
    day: date,
) -> tuple[Earlier, ...]:
    """The replaced versions of the finding's row and events, in the order of their replacement."""
    versions = history(connection, Finding, finding.code) + _of_events(connection, finding.code)
    numbers = {version.replaced_by for version in versions}
    when = connection.execute(
        select(col(Import.number), col(Import.at)).where(col(Import.number).in_(numbers))
    )
    replaced_at = {number: at for number, at in when}
    followed = {(Finding.id(), finding.code): _values(Finding, finding)}
    for event in events:
        now = _values(RectificationEvent, event)
        followed[RectificationEvent.id(), text_of_key(RectificationEvent, now)] = now
    earlier_values = []
    for version in sorted(versions, key=lambda each: (each.replaced_by, each.id or 0))[::-1]:
        ledger, at = BY_ID[version.ledger], (version.ledger, version.key)
        values: Mapping[str, Any] = from_json(ledger, version.values)
        after = followed.get(at, {}) if version.change != Change.REMOVED else {}
        followed[at] = dict(values)
        if values.get("on_date", day) > day:
            continue
        earlier_values.append(
            Earlier(
                version.ledger,
                version.key,
                values,
                _differing(ledger, values, after),
                version.change,
                version.reason,
                version.replaced_by,
                replaced_at.get(version.replaced_by),
            )
        )
    return tuple(earlier_values[::-1])


def _values(ledger: type[Ledger], row: object) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ids(ledger)}


def _differing(
    ledger: type[Ledger], before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[tuple[Column, Any, Any], ...]:
    return tuple(
        (column, before[column.id], after.get(column.id))
        for column in ledger.columns
        if before[column.id] != after.get(column.id)
    )


def _of_events(connection: Connection, code: str) -> list[Version]:
    statement = select(Version.__table__).where(  # type: ignore[attr-defined]
        col(Version.ledger) == RectificationEvent.id(),
        col(Version.key).startswith(f"{code}|", autoescape=True),
    )
    return [Version.model_validate(dict(row._mapping)) for row in connection.execute(statement)]


def _provenance(connection: Connection, number: int, sheet: str, row: int) -> Provenance:
    import_of_row = connection.execute(
        select(col(Import.file_name), col(Import.at)).where(col(Import.number) == number)
    ).first()
    file_name, at = import_of_row or ("", None)
    return Provenance(number, file_name, at, sheet, row)
