"""Undo an import: remove its rows, and restore what it replaced or removed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine, and_, bindparam, delete, insert, select
from sqlmodel import col

from data.facts.ahead import TRIES, Ready, derive_ahead
from data.facts.derivation import derive
from data.intake.checks import faults_between_rows
from data.intake.checks.corrections import Correcting, change_of
from data.intake.checks.prospect import Prospect
from data.intake.deriving_ahead import AHEAD_UP_TO
from data.intake.keeping import next_number
from data.intake.touched import units_touched_by
from data.intake.undo_plan import LedgerPlan, Plan, Why, key_text_of, plan
from data.ledgers import versions
from data.ledgers.rows import (
    PROVENANCE,
    Key,
    Values,
    by_column,
    ids,
    key_ids,
    table_of,
    update_rows,
)
from data.own_ledgers.memory.remembered import forget
from data.reference.lists import References, require_current
from data.store import access_log, bulk, data_version, gc_pause
from data.store.access_log import Act
from data.store.batches import batches
from data.store.database import reading, writing
from data.workbook.rows import Content, SheetRows
from models.account import Event
from models.kept import Change, Import
from models.ledger import Ledger
from models.letter import Letter
from models.registry import LEDGERS
from models.text import N_, TellingError

DELETED_AT_ONCE = 5_000
UNKNOWN = N_("There is no import {number}.")
NO_REASON = N_("An import is taken back only for a reason. Give one.")
NOTHING_LEFT = N_("Nothing of import {number} is left to take back.")
LETTERS = N_(
    "Import {number} entered letters that were issued. An issued letter is not taken back."
)
UNSOUND = N_(
    "Import {number} cannot be taken back, as later rows rest on it: {fault} Take the later import "
    "back first."
)


class UndoRefusedError(TellingError):
    """Nothing was undone; `sentence` says why."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing import `undoes` did, or would do: the plan of each ledger.

    `number` is that of the undo's own import; None for a preview.
    """

    number: int | None
    undoes: int
    plan: Plan

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """By ledger, the numbers of rows added again (new), put back (changed) and removed."""
        return {name: each.counts() for name, each in self.plan.items() if not each.is_empty}

    def stays(self) -> Iterator[tuple[type[Ledger], str, Why]]:
        """The rows that stay: their ledger, their key and why."""
        for each in self.plan.values():
            for key, why in each.stays.items():
                yield each.ledger, key_text_of(each.ledger, key), why


def preview(engine: Engine, number: int, *, day: date, references: References) -> Undone:
    """The effect of `undo`; raises `UndoRefusedError` in the same cases."""
    with reading(engine) as connection:
        return Undone(None, number, _planned(connection, number, day, references))


@gc_pause.paused()
def undo(
    engine: Engine,
    number: int,
    *,
    reason: str,
    account: str,
    day: date,
    now: datetime,
    references: References,
    address: str | None = None,
) -> Undone:
    """Undo import `number` by an import of its own, which can itself be undone.

    Rows stay if they were changed since or if later rows depend on them. Raises `UndoRefusedError`
    without a reason, for an import that does not exist, and if nothing is left to undo.
    """
    if not reason.strip():
        raise UndoRefusedError(NO_REASON)
    act = Act(account, now, address)
    origin = _Origin(number, reason.strip(), day, act, references)
    for _ in range(TRIES):
        with reading(engine) as connection:
            planned = _planned(connection, number, day, references)
            ready = _derived_ahead(connection, planned, references)
        if ready is None:
            break
        with writing(engine, account) as connection:
            if ready.fits(connection):
                return _write(connection, origin, planned, ready)
    with writing(engine, account) as connection:
        return _write(connection, origin, _planned(connection, number, day, references), None)


@dataclass(frozen=True, slots=True)
class _Origin:
    """Who undoes which import, when and why."""

    number: int
    reason: str
    day: date
    act: Act
    references: References


def _derived_ahead(connection: Connection, planned: Plan, references: References) -> Ready | None:
    """The facts that the undo changes; None where they are better derived when it is written."""
    rows = sum(len(each.out) + len(each.back) for each in planned.values())
    if rows > AHEAD_UP_TO:
        return None
    changed = list(_forms(planned))
    units = units_touched_by(connection, changed)
    own = next_number(connection)
    return derive_ahead(
        connection,
        [each.ledger for each in planned.values() if not each.is_empty],
        lambda copies: _write_rows(copies, planned, own),
        lambda copies: units | units_touched_by(copies, changed),
        references,
    )


def _write(connection: Connection, origin: _Origin, planned: Plan, ready: Ready | None) -> Undone:
    """Write the undo; without facts derived before they are derived now."""
    require_current(connection, origin.references)
    number, act = origin.number, origin.act
    changed = list(_forms(planned))
    units = set() if ready else units_touched_by(connection, changed)
    own = next_number(connection)
    undone = Undone(own, number, planned)
    connection.execute(
        insert(Import).values(
            number=own,
            at=act.at,
            day=_day(connection, number, origin.day),
            account=act.account,
            file_name="",
            sha256="",
            reason=origin.reason,
            counts=undone.counts,
            undoes=number,
        )
    )
    for ledger in reversed(LEDGERS):
        if each := planned.get(ledger.id()):
            _keep_versions(connection, each, own, origin.reason)
    _write_rows(connection, planned, own)
    forget(connection, number)
    data_version.bump(connection)
    if ready:
        ready.write_to(connection)
    else:
        units |= units_touched_by(connection, changed)
        derive(connection, units, origin.references)
    access_log.append(connection, act, Event.UNDONE, f"{own} {number}")
    return undone


def _write_rows(connection: Connection, planned: Plan, own: int) -> None:
    for ledger in reversed(LEDGERS):
        if each := planned.get(ledger.id()):
            _take_out(connection, each)
    for ledger in LEDGERS:
        if each := planned.get(ledger.id()):
            _put_back(connection, each, own)


def _planned(connection: Connection, number: int, day: date, references: References) -> Plan:
    imported = connection.execute(
        select(col(Import.at), col(Import.account)).where(col(Import.number) == number)
    ).first()
    if imported is None:
        raise UndoRefusedError(UNKNOWN, number=number)
    letters = select(col(Letter.serial)).where(
        col(Letter.at) == imported.at, col(Letter.account) == imported.account
    )
    if connection.execute(letters.limit(1)).first():
        raise UndoRefusedError(LETTERS, number=number)
    planned = plan(connection, number)
    if all(each.is_empty for each in planned.values()):
        raise UndoRefusedError(NOTHING_LEFT, number=number)
    _refuse_if_unsound(connection, number, planned, day, references)
    return planned


def _refuse_if_unsound(
    connection: Connection, number: int, planned: Plan, day: date, references: References
) -> None:
    """Check the restored rows beside the stored ones, as an import of the same rows is checked."""
    prospect = Prospect(connection, Content([_sheet(each) for each in planned.values()]))
    anything = Correcting("undo", most=None)
    faults = faults_between_rows(prospect, day=day, references=references, correct=anything)
    if fault := next(iter(faults), None):
        raise UndoRefusedError(UNSOUND, number=number, fault=fault.sentence)


def _sheet(each: LedgerPlan) -> SheetRows:
    columns = each.ledger.columns
    width = len(columns)
    return SheetRows(
        each.ledger,
        each.ledger.SHEET.zh,
        {column.id: column.zh for column in columns},
        ids(each.ledger),
        [(at, values[:width]) for at, values in enumerate(each.back.values(), start=2)],
    )


def _forms(planned: Plan) -> Iterator[tuple[type[Ledger], dict[str, object]]]:
    """Every row to be removed or restored, in its present and its future form."""
    for each in planned.values():
        for rows in (each.out, each.now, each.back):
            for values in rows.values():
                yield each.ledger, by_column(each.ledger, values)


def _day(connection: Connection, number: int, day: date) -> date:
    """The last day of the data without import `number`."""
    last = select(col(Import.day)).where(col(Import.number) != number)
    last_day = connection.scalar(last.order_by(col(Import.number).desc()).limit(1))
    return last_day or day


def _keep_versions(connection: Connection, each: LedgerPlan, own: int, reason: str) -> None:
    """Store the rows that are removed or replaced as earlier versions."""
    ledger = each.ledger
    gone: Iterable[tuple[Values, Change]] = (
        *((row, Change.REMOVED) for row in each.out.values()),
        *((row, change_of(ledger, row, each.back[key])) for key, row in each.now.items()),
    )
    versions.keep(connection, ledger, gone, own, reason)


def _take_out(connection: Connection, each: LedgerPlan) -> None:
    """Delete the rows that are not replaced."""
    ledger = each.ledger
    table = table_of(ledger)
    names = key_ids(ledger)
    statement = delete(table).where(
        and_(*(table.c[name] == bindparam(f"k_{name}") for name in names))
    )
    for batch in batches(each.out, DELETED_AT_ONCE):
        connection.execute(
            statement,
            [
                {f"k_{name}": part for name, part in zip(names, _parts(key), strict=True)}
                for key in batch
            ],
        )


def _parts(key: Key) -> tuple[object, ...]:
    return key if isinstance(key, tuple) else (key,)


def _put_back(connection: Connection, each: LedgerPlan, own: int) -> None:
    """Write the restored rows with the undo's number and their original places."""
    ledger, width = each.ledger, len(each.ledger.columns)
    by_sheet: dict[str, list[tuple[int, Values]]] = {}
    for key in each.now:
        *values, _, sheet, row = each.back[key]
        by_sheet.setdefault(sheet, []).append((row, tuple(values)))
    for sheet, rows in by_sheet.items():
        update_rows(connection, ledger, rows, own, sheet)
    names = (*ids(ledger), *PROVENANCE)
    again = [
        (*row[:width], own, *row[width + 1 :])
        for key, row in each.back.items()
        if key not in each.now
    ]
    bulk.insert_rows(connection, table_of(ledger), names, again)
