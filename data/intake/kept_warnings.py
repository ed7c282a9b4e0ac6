"""Warnings of imports: stored with the import, and listed until somebody confirms them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, update
from sqlmodel import col

from data.intake.checks.prospect import Prospect
from data.ledgers.belonging import units_of
from data.ledgers.rows import by_column
from data.scope import Scope
from data.store import access_log, data_version
from data.store.access_log import Act
from data.store.batches import batches
from data.workbook.rows import Fault
from models.account import Event
from models.grid import Unit
from models.import_warning import Oddity
from models.kept import Import
from models.ledger import Ledger
from models.text import Label, Sentence

AT_ONCE = 2_000
Located = dict[tuple[str, int], tuple[type[Ledger], dict[str, Any]]]
"""By sheet and row, the row of which a warning tells: its ledger and its values."""


@dataclass(frozen=True, slots=True)
class KeptWarning:
    """An unconfirmed warning: its import, its row's unit and place, and what is odd.

    `file_name` and `at` are those of the import.
    """

    id: int
    import_number: int
    file_name: str
    at: datetime
    unit: str | None
    unit_name: str | None
    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    sentence: Sentence


def rows_of(prospect: Prospect, warnings: Iterable[Fault]) -> Located:
    """The rows that `warnings` concern, collected before they are written and released."""
    wanted = {(each.sheet, each.row) for each in warnings if each.sheet and each.row}
    rows_by_key: Located = {}
    if not wanted:
        return rows_by_key
    for arriving in prospect.arriving.values():
        for row, values in arriving.rows.values():
            if (arriving.sheet.name, row) in wanted:
                rows_by_key[arriving.sheet.name, row] = (
                    arriving.ledger,
                    by_column(arriving.ledger, values),
                )
    return rows_by_key


def keep(connection: Connection, number: int, warnings: Sequence[Fault], rows: Located) -> None:
    """Store the `warnings` of import `number`, each with the unit of its row."""
    units = _units(connection, rows)
    for batch in batches(warnings, AT_ONCE):
        connection.execute(
            insert(Oddity),
            [
                {
                    "import_number": number,
                    "unit": units.get((each.sheet or "", each.row or 0)),
                    "sheet": each.sheet,
                    "row": each.row,
                    "column": each.column,
                    "value": each.value if isinstance(each.value, str) else None,
                    "message": each.sentence.message,
                    "values": {name: _plain(value) for name, value in each.sentence.values.items()},
                }
                for each in batch
            ],
        )


def unconfirmed(connection: Connection, scope: Scope) -> tuple[KeptWarning, ...]:
    """The unconfirmed warnings in `scope`, those of the latest import first.

    Warnings that concern no single unit are only for viewers of the whole district. Warnings of
    imports that were undone are left out.
    """
    warning = Oddity.__table__  # type: ignore[attr-defined]
    statement = (
        select(warning, col(Import.file_name), col(Import.at), col(Unit.name).label("unit_name"))
        .join(Import, col(Import.number) == warning.c.import_number)
        .join(Unit, col(Unit.code) == warning.c.unit, isouter=True)
        .where(warning.c.confirmed_at.is_(None), _seen(scope))
        .order_by(warning.c.import_number.desc(), warning.c.id)
    )
    gone = taken_back(connection)
    return tuple(
        KeptWarning(
            row.id,
            row.import_number,
            row.file_name,
            row.at,
            row.unit,
            row.unit_name,
            row.sheet,
            row.row,
            row.column,
            row.value,
            Sentence(
                row.message, {name: _said(value) for name, value in row._mapping["values"].items()}
            ),
        )
        for row in connection.execute(statement)
        if row.import_number not in gone
    )


def confirm(connection: Connection, act: Act, scope: Scope, ids: Collection[int]) -> int:
    """Record that the account of `act` has looked at warnings of `scope`; return their number.

    Runs in a transaction of `writing`; the access log names the warnings.
    """
    open_ones = {each.id for each in unconfirmed(connection, scope)}
    wanted = sorted(open_ones & set(ids))
    for batch in batches(wanted, AT_ONCE):
        connection.execute(
            update(Oddity)
            .where(col(Oddity.id).in_(batch))
            .values(confirmed_at=act.at, confirmed_by=act.account)
        )
    if wanted:
        data_version.bump(connection)
        access_log.append(connection, act, Event.WARNINGS_CONFIRMED, " ".join(map(str, wanted)))
    return len(wanted)


def taken_back(connection: Connection) -> set[int]:
    """The numbers of undone imports, except those whose undo was itself undone."""
    gone: set[int] = set()
    statement = select(col(Import.number), col(Import.undoes)).where(
        col(Import.undoes).is_not(None)
    )
    for number, undoes in connection.execute(statement.order_by(col(Import.number).desc())):
        if number not in gone and undoes is not None:
            gone.add(undoes)
    return gone


def _seen(scope: Scope) -> ColumnElement[bool]:
    of_units: ColumnElement[bool] = col(Oddity.unit).in_(
        select(col(Unit.code)).where(scope.holds())
    )
    return of_units | col(Oddity.unit).is_(None) if scope.whole_district else of_units


def _units(connection: Connection, rows: Located) -> dict[tuple[str, int], str]:
    """The unit of each row by place; rows of no unit or of several are left out."""
    by_ledger: dict[type[Ledger], list[tuple[tuple[str, int], dict[str, Any]]]] = {}
    for place, (ledger, values) in rows.items():
        by_ledger.setdefault(ledger, []).append((place, values))
    units_of_rows = {}
    for ledger, those in by_ledger.items():
        units = units_of(connection, ledger, [values for _, values in those])
        for (place, _), own in zip(those, units, strict=True):
            if len(own) == 1 and (unit := next(iter(own))):
                units_of_rows[place] = unit
    return units_of_rows


def _plain(value: object) -> object:
    """A value of a sentence in the form stored as JSON; labels in both languages."""
    match value:
        case Label():
            return {"zh": value.zh, "en": value.en}
        case str() | int() | float():
            return value
    return str(value)


def _said(value: Any) -> object:
    return Label(value["zh"], value["en"]) if isinstance(value, dict) else value
