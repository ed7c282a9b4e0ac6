"""The order, widths and formats of a ledger's columns in tables on screen; columns that are read
most come first."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import streamlit as st

from dashboard import formats, ledger_values
from dashboard.elements.lists import Width
from dashboard.widgets import lists
from models.kinds import (
    Code,
    CreditCode,
    Day,
    Kind,
    Listed,
    Money,
    Note,
    Number,
    Refers,
    Text,
    Whole,
)
from models.ledger import Column

LONG = 16
"""Characters; a text column with a longer text gets a fixed width."""
WIDE = 300
"""Width in pixels of a long text column that says what a row is about; others are "medium"."""
LAST = 3
"""The sort key from which columns are codes or notes: looked up rather than read."""
Cells = dict[str, list[Any]]


class Parts(NamedTuple):
    """The columns of a ledger from left to right."""

    about: tuple[Column, ...]
    rest: tuple[Column, ...]
    last: tuple[Column, ...]


def parts(columns: Sequence[Column]) -> Parts:
    """Split `columns` into those that say what a row is about, those that are read, and those
    looked up.

    Time limits come first among the second part, then short values, then texts. Codes and notes
    form the third part.
    """
    about = (each for each in columns if each.about)
    others = sorted((each for each in columns if not each.about), key=_place)
    return Parts(
        tuple(sorted(about, key=lambda column: isinstance(column.kind, Whole))),
        tuple(each for each in others if _place(each) < LAST),
        tuple(each for each in others if _place(each) >= LAST),
    )


def _place(column: Column) -> int:
    match column.kind:
        case Note():
            return 4
        case Code() | CreditCode() | Refers():
            return LAST
        case Text() | Listed():
            return 2
        # Only a required day is a time limit; an optional one closes or moves something.
        case Day(happened=False) if column.required:
            return 0
    return 1


def cells(columns: Iterable[Column], rows: Sequence[Mapping[str, Any]]) -> Cells:
    """Return the values of `rows` by heading of `columns`, typed so that a table can sort them."""
    return {
        formats.heading_of(column): [
            ledger_values.plain(column, row.get(column.id)) for row in rows
        ]
        for column in columns
    }


def settings(parts: Parts, shown: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Return the settings of `st.column_config` by heading; `shown` has the cells by heading."""
    made: dict[str, Any] = {}
    for column in (*parts.about, *parts.rest, *parts.last):
        heading = formats.heading_of(column)
        number = _written_as(column.kind)
        if number:
            made[heading] = st.column_config.NumberColumn(format=number)
        elif isinstance(column.kind, Note):
            made[heading] = st.column_config.TextColumn(width="large")
        elif max((len(str(text)) for text in shown[heading]), default=0) > LONG:
            about = column in parts.about
            made[heading] = st.column_config.TextColumn(width=WIDE if about else "medium")
    return made


def _written_as(kind: Kind) -> str:
    """Return the number format of `kind`, as "%.2f"; "" for a kind that is not a number."""
    match kind:
        case Money():
            return f"%.{formats.money_places()}f"
        case Number(places=places):
            return f"%.{places}f"
        case Whole():
            return "%d"
    return ""


def kind_of(column: Column) -> lists.Kind:
    """Return the list cell kind of a ledger column."""
    match column.kind:
        case Money():
            return lists.Kind.MONEY
        case Number():
            return lists.Kind.DECIMAL
        case Whole():
            return lists.Kind.WHOLE
        case Day():
            return lists.Kind.DAY
        case Code() | CreditCode() | Refers():
            return lists.Kind.CODE
    return lists.Kind.TEXT


def cell(column: Column, value: Any) -> Any:
    """Return a ledger value as a list cell: None if empty, 分 for money."""
    if value is None or isinstance(column.kind, Money):
        return value
    return ledger_values.plain(column, value)


def width_of(column: Column) -> Width:
    """Return the width of a ledger column in a list; "" for the width of its values."""
    match column.kind:
        case Note():
            return "large"
        case Text() if column.about:
            return "large"
        case Text() | Listed():
            return "medium"
    return ""


def is_spare(column: Column) -> bool:
    """Return whether a list may do without a column on a narrow screen: one that says more of the
    row than what it is about, in words, or as a code of another ledger."""
    return not column.about and isinstance(column.kind, Text | Listed | Refers)


def places_of(column: Column) -> int:
    """Return how many decimal places the numbers of a column have."""
    return column.kind.places if isinstance(column.kind, Number) else 2
