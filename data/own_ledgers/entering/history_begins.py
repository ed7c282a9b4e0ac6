"""Where the history of findings begins: a first snapshot gives states, not how they came about.

If a sender's first sheet has findings issued before its day, nothing is known of the time between.
Before that day no trend is drawn and no change is reported.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, or_, select
from sqlmodel import col

from data.ledgers.rows import fetch, table_of
from data.own_ledgers.memory import remembered
from data.scope import Scope
from models.grid import Unit
from models.kept import Version
from models.own_snapshot import OwnSnapshot
from models.rectification import Finding


@dataclass(frozen=True, slots=True)
class Beginning:
    """A sender, by the name under which its sheets are stored, and its first snapshot day."""

    sender: str
    on: date


@dataclass(frozen=True, slots=True)
class KnownValue:
    """A value known only as of a day: ledger, key and column, and the sheet's words for it, if
    any."""

    ledger: str
    key: str
    column: str
    as_of: date
    words: str | None


def beginnings(connection: Connection, scope: Scope) -> tuple[Beginning, ...]:
    """The senders whose history in `scope` begins with a snapshot, latest first."""
    found = [
        Beginning(sender, day)
        for sender, day in remembered.known_from(connection).items()
        if _told_of_earlier(connection, scope, day, _first_imports(connection, sender, day))
    ]
    return tuple(sorted(found, key=lambda each: (-each.on.toordinal(), each.sender)))


def begins_on(connection: Connection, scope: Scope) -> date | None:
    """The day from which all findings of `scope` have a history; None if nothing limits it."""
    found = beginnings(connection, scope)
    return found[0].on if found else None


def _first_imports(connection: Connection, sender: str, day: date) -> list[int]:
    statement = select(col(OwnSnapshot.import_number)).where(
        col(OwnSnapshot.sender) == sender,
        col(OwnSnapshot.as_of) == day,
        col(OwnSnapshot.import_number).is_not(None),
    )
    return [number for number in connection.scalars(statement) if number is not None]


def _told_of_earlier(
    connection: Connection, scope: Scope, day: date, imports: Collection[int]
) -> bool:
    """Whether `imports` entered findings of `scope` that were issued before `day`."""
    if not imports:
        return False
    finding = table_of(Finding).c
    changed_since = select(col(Version.key)).where(
        col(Version.ledger) == Finding.id(), col(Version.import_number).in_(imports)
    )
    statement = (
        select(finding.code)
        .join(Unit, col(Unit.code) == finding.unit)
        .where(
            scope.holds(),
            finding.issued_on < day,
            or_(finding.import_number.in_(imports), finding.code.in_(changed_since)),
        )
    )
    return connection.execute(statement.limit(1)).first() is not None


def sender_names(connection: Connection) -> dict[str, str]:
    """The names of units by code, the form under which their sheets are stored."""
    return {code: name for code, name in fetch(connection, Unit, ("code", "name"))}


def known_values(
    connection: Connection, ledger: str, keys: Sequence[str]
) -> tuple[KnownValue, ...]:
    """The values of the rows with `keys` known only as of a day, in the order of the keys."""
    marks = remembered.known_as_of(connection, ledger, keys)
    return tuple(
        KnownValue(ledger, key, column, *marks[key, column])
        for key, column in sorted(marks, key=lambda mark: (keys.index(mark[0]), mark[1]))
    )
