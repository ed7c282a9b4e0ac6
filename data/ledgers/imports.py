"""The imports that made the data what it is, the latest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, literal, or_, select
from sqlmodel import col

from data.scope import Scope
from models.grid import Unit
from models.kept import Import


@dataclass(frozen=True, slots=True)
class ImportLine:
    """An import, a removed row or a withdrawal; `new`, `changed`, `removed` count rows of all
    ledgers.

    `ledgers` has (id, new, changed, equal, removed) for each ledger. `sender` is in the format of
    `data.intake.senders`; `undoes` is the import that this one withdrew.
    """

    number: int
    at: datetime
    day: date
    account: str
    file_name: str
    sha256: str
    reason: str | None
    ledgers: tuple[tuple[str, int, int, int, int], ...]
    sender: str | None = None
    undoes: int | None = None

    @property
    def new(self) -> int:
        """Rows that were not there before."""
        return sum(ledger[1] for ledger in self.ledgers)

    @property
    def changed(self) -> int:
        """Rows that replaced stored ones."""
        return sum(ledger[2] for ledger in self.ledgers)

    @property
    def removed(self) -> int:
        """Rows taken out."""
        return sum(ledger[4] for ledger in self.ledgers)


@dataclass(frozen=True, slots=True)
class LastImport:
    """The last import: when it was made, for which day, and its number."""

    number: int
    at: datetime
    day: date


def latest(connection: Connection) -> LastImport | None:
    """The last import; None if there was none."""
    statement = select(col(Import.number), col(Import.at), col(Import.day))
    row = connection.execute(statement.order_by(col(Import.number).desc()).limit(1)).first()
    return LastImport(*row) if row else None


def day_of_entry(connection: Connection, *days: date) -> date:
    """The day for which rows with these `days` are entered by hand.

    It is the day of the last import, unless one of `days` is later: otherwise a letter written
    today would move the figures of every screen to today.
    """
    last = latest(connection)
    return max(days if last is None else (last.day, *days))


def imports(
    connection: Connection, most: int, seen_by: Scope | None = None
) -> tuple[ImportLine, ...]:
    """The last `most` imports; with `seen_by`, for a limited viewer only those sent by their own
    units."""
    columns = (
        col(Import.number),
        col(Import.at),
        col(Import.day),
        col(Import.account),
        col(Import.file_name),
        col(Import.sha256),
        col(Import.reason),
        col(Import.counts),
        col(Import.sender),
        col(Import.undoes),
    )
    query = select(*columns).order_by(col(Import.number).desc()).limit(most)
    if seen_by is not None:
        query = query.where(*_sent_by_own(seen_by))
    rows = connection.execute(query)
    return tuple(
        ImportLine(
            number,
            at,
            day,
            account,
            file_name,
            sha256,
            reason,
            tuple(
                (
                    ledger,
                    counted.get("new", 0),
                    counted.get("changed", 0),
                    counted.get("equal", 0),
                    counted.get("removed", 0),
                )
                for ledger, counted in counts.items()
            ),
            sender,
            undoes,
        )
        for number, at, day, account, file_name, sha256, reason, counts, sender, undoes in rows
    )


def _sent_by_own(scope: Scope) -> Iterator[ColumnElement[bool]]:
    """The SQL conditions for imports sent by units or sectors that the viewer may see."""
    sender = col(Import.sender)
    if scope.units is not None:
        yield sender.in_([f"unit:{code}" for code in scope.units])
    if scope.sectors is not None:
        of_sector = select(literal("unit:") + col(Unit.code)).where(
            col(Unit.sector).in_(scope.sectors)
        )
        departments = [f"department:{code}" for code in scope.sectors]
        yield or_(sender.in_(departments), sender.in_(of_sector))
