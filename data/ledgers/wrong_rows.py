"""Find rows that no import would have taken, which somebody wrote past Gridlight.

They refer to a row that is not there, hold a code that is none, or a number out of its limits.
"""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, String, and_, func, or_, select

from data.ledgers.belonging import Reference, references_of
from data.ledgers.rows import key_ids, table_of, text_of_key
from data.store.ordering import by_bytes
from models.kinds import Number, OneOf, RefersToNumber, Whole
from models.ledger import Column, Ledger
from models.registry import BY_ID, LEDGERS


class WrongRows(NamedTuple):
    """`number` rows of `ledger` are wrong in `column`; `first` is the key of the first of them."""

    ledger: type[Ledger]
    column: Column
    number: int
    first: str


def wrong_rows(connection: Connection) -> Iterator[WrongRows]:
    """What is wrong in the ledgers, by ledger and column; nothing if all rows are as imported."""
    for ledger in LEDGERS:
        for column in ledger.columns:
            wrong = _no_value_of(ledger, column)
            if wrong is not None:
                yield from _counted(connection, ledger, column, wrong)
        for reference in references_of(ledger):
            if not reference.loose:
                wrong = _refers_to_nothing(reference)
                yield from _counted(connection, ledger, reference.columns[-1], wrong)


def _no_value_of(ledger: type[Ledger], column: Column) -> ColumnElement[bool] | None:
    """The condition that `column` holds what is no value of its kind; None if any value is one."""
    value = table_of(ledger).c[column.id]
    match column.kind:
        case OneOf(choices=choices):
            return value.not_in([str(each) for each in choices])
        case Whole(low=low, high=high) | RefersToNumber(low=low, high=high):
            return or_(value < low, value > high)
        case Number(low=low, high=high, above_low=above_low):
            limits = [] if low is None else [value <= low if above_low else value < low]
            limits += [] if high is None else [value > high]
            return or_(*limits) if limits else None
    return None


def _refers_to_nothing(reference: Reference) -> ColumnElement[bool]:
    """The condition that a row has a reference and that the row it names is not there."""
    table = table_of(reference.ledger)
    # A row may refer to another one of its own ledger.
    target = table_of(BY_ID[reference.target]).alias("target")
    held = [table.c[column.id] for column in reference.columns]
    keys = [target.c[each] for each in key_ids(BY_ID[reference.target])]
    named = [key == value for key, value in zip(keys, held, strict=True)]
    there = select(target.c[keys[0].name]).where(*named).correlate(table).exists()
    return and_(*(value.is_not(None) for value in held), ~there)


def _counted(
    connection: Connection, ledger: type[Ledger], column: Column, wrong: ColumnElement[bool]
) -> Iterator[WrongRows]:
    table = table_of(ledger)
    number = connection.scalar(select(func.count()).select_from(table).where(wrong))
    if number:
        keys = [table.c[each] for each in key_ids(ledger)]
        order = (by_bytes(key) if isinstance(key.type, String) else key for key in keys)
        ordered = select(*keys).where(wrong).order_by(*order).limit(1)
        first = connection.execute(ordered).one()
        key = dict(zip(key_ids(ledger), first, strict=True))
        yield WrongRows(ledger, column, number, text_of_key(ledger, key))
