"""Remove one row from a ledger, with a reason; it is stored as an earlier version."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, insert

from data.facts.derivation import derive
from data.intake.keeping import next_number
from data.ledgers import versions
from data.ledgers.belonging import references_to, units_of
from data.ledgers.rows import (
    PROVENANCE,
    Values,
    by_column,
    fetch,
    ids,
    key_of_text,
    table_of,
    text_of_key,
    with_key,
)
from data.reference.lists import References, require_current
from data.store import access_log, data_version
from data.store.access_log import Act
from data.store.database import writing
from models.account import Event
from models.kept import Change, Import
from models.ledger import Ledger
from models.rectification import Action, RectificationEvent
from models.registry import BY_ID
from models.rules.history import first_misfit
from models.text import N_, TellingError

UNKNOWN_LEDGER = N_("There is no ledger “{ledger}”.")
UNKNOWN_ROW = N_("No row of “{ledger}” has the key {key}.")
NO_REASON = N_("A row is taken out only for a reason. Give one.")
NEEDED = N_("The row cannot be taken out: row {key} of “{ledger}” refers to it.")
HISTORY = N_(
    "The event cannot be taken out: without it, {action} of {day} in the history of {finding} no "
    "longer fits. Take the later event out first."
)


class RemovalRefusedError(TellingError):
    """The row was not removed; `sentence` says why."""


def remove(
    engine: Engine,
    ledger: str,
    key: str,
    *,
    reason: str,
    account: str,
    day: date,
    now: datetime,
    references: References,
    address: str | None = None,
) -> int:
    """Remove the row with `key` (as `models.ledger.key_text` writes it) from `ledger`.

    Returns the number of the import that records the removal. Raises `RemovalRefusedError` if the
    row does not exist, is referred to, or if the remaining rows would break a rule. The access log
    gets the number and the ledger in the same transaction, but not the key, which may be a person's
    name.
    """
    if ledger not in BY_ID:
        raise RemovalRefusedError(UNKNOWN_LEDGER, ledger=ledger)
    if not reason.strip():
        raise RemovalRefusedError(NO_REASON)
    table = BY_ID[ledger]
    with writing(engine, account) as connection:
        require_current(connection, references)
        kept = _kept(connection, table, key)
        _refuse_if_needed(connection, table, kept)
        if table is RectificationEvent:
            _refuse_if_history_breaks(connection, kept)
        [units] = units_of(connection, table, [by_column(table, kept)])
        number = next_number(connection)
        connection.execute(
            insert(Import).values(
                number=number,
                at=now,
                day=day,
                account=account,
                file_name="",
                sha256="",
                reason=reason,
                counts={ledger: {"removed": 1}},
            )
        )
        versions.keep(connection, table, [(kept, Change.REMOVED)], number, reason)
        connection.execute(delete(table_of(table)).where(_this(table, kept)))
        data_version.bump(connection)
        derive(connection, units, references)
        act = Act(account, now, address)
        access_log.append(connection, act, Event.REMOVED, f"{number} {ledger}")
    return number


def _kept(connection: Connection, ledger: type[Ledger], key: str) -> Values:
    """The values of the row with `key`, followed by its provenance."""
    try:
        condition = with_key(ledger, key_of_text(ledger, key))
    except ValueError:
        condition = None
    columns = (*ids(ledger), *PROVENANCE)
    row = None if condition is None else next(fetch(connection, ledger, columns, condition), None)
    if row is None:
        raise RemovalRefusedError(UNKNOWN_ROW, ledger=ledger.SHEET, key=key)
    return row


def _this(ledger: type[Ledger], kept: Values) -> ColumnElement[bool]:
    values = by_column(ledger, kept)
    return with_key(ledger, tuple(values[each.id] for each in ledger.key_columns()))


def _refuse_if_needed(connection: Connection, ledger: type[Ledger], kept: Values) -> None:
    own = (ledger, text_of_key(ledger, by_column(ledger, kept)))
    referring = (
        (other, text_of_key(other, by_column(other, values)))
        for other, values in _referring(connection, ledger, kept)
    )
    first = next((each for each in referring if each != own), None)
    # The error keeps this frame and its open query alive: close the query while that is possible.
    referring.close()
    if first is not None:
        other, key = first
        raise RemovalRefusedError(NEEDED, ledger=other.SHEET, key=key)


def _referring(
    connection: Connection, ledger: type[Ledger], kept: Values
) -> Iterator[tuple[type[Ledger], Values]]:
    values = by_column(ledger, kept)
    key = [values[each.id] for each in ledger.key_columns()]
    for reference in references_to(ledger.id()):
        other = table_of(reference.ledger).c
        names_key = and_(
            *(other[column.id] == part for column, part in zip(reference.columns, key, strict=True))
        )
        for row in fetch(connection, reference.ledger, ids(reference.ledger), names_key):
            yield reference.ledger, row


def _refuse_if_history_breaks(connection: Connection, kept: Values) -> None:
    event = RectificationEvent(**by_column(RectificationEvent, kept))
    of_finding = table_of(RectificationEvent).c.finding == event.finding
    rows = fetch(connection, RectificationEvent, ids(RectificationEvent), of_finding)
    events = [RectificationEvent(**by_column(RectificationEvent, row)) for row in rows]
    left = [each for each in events if (each.on_date, each.number) != (event.on_date, event.number)]
    if misfit := first_misfit(left):
        raise RemovalRefusedError(
            HISTORY,
            action=Action[misfit.action].label,
            day=misfit.on_date,
            finding=event.finding,
        )
