"""The order, widths and formats of a ledger's columns in tables on screen; the columns read most
often stand first."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import streamlit as st

from dashboard import formats, ledger_values
from dashboard.elements.lists import Width
from dashboard.widgets import lists
from models.ledger import (
    Code,
    Column,
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

LONG = 16
"""Signs beyond which a column of texts gets a width instead of growing with its texts."""
WIDE = 300
"""Pixels of a column of long texts that say what a row is about; others are "medium"."""
LAST = 3
"""The index from which columns hold codes and notes, which are looked up rather than read."""
Cells = dict[str, list[Any]]


class Parts(NamedTuple):
    """The columns of a ledger from left to right."""

    about: tuple[Column, ...]
    rest: tuple[Column, ...]
    last: tuple[Column, ...]


def parts(columns: Sequence[Column]) -> Parts:
    """What a row is about; time limits, then what is short, then words; codes and notes last."""
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
        # A day that may be empty ends or moves something: it stands behind what it is about.
        case Day(happened=False) if column.required:
            return 0
    return 1


def cells(columns: Iterable[Column], rows: Sequence[Mapping[str, Any]]) -> Cells:
    """The values of `rows` by the headings of `columns`, so that a table can sort them."""
    return {
        formats.heading_of(column): [
            ledger_values.plain(column, row.get(column.id)) for row in rows
        ]
        for column in columns
    }


def settings(parts: Parts, shown: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Settings of `st.column_config` for the cells `shown`, by heading."""
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
    """How the numbers of `kind` are written; "" for what is no number."""
    match kind:
        case Money():
            return f"%.{formats.money_places()}f"
        case Number(places=places):
            return f"%.{places}f"
        case Whole():
            return "%d"
    return ""


def kind_of(column: Column) -> lists.Kind:
    """What the cells of a column of a ledger are in a list."""
    match column.kind:
        case Money():
            return lists.Kind.MONEY
        case Number():
            return lists.Kind.DECIMAL
        case Whole():
            return lists.Kind.WHOLE
        case Day():
            return lists.Kind.DAY
    return lists.Kind.TEXT


def cell(column: Column, value: Any) -> Any:
    """A value of a ledger as a cell of a list; None for an empty one."""
    if value is None or isinstance(column.kind, Money):
        return value
    return ledger_values.plain(column, value)


def width_of(column: Column) -> Width:
    """How much room a column of a ledger gets."""
    match column.kind:
        case Note():
            return "large"
        case Text() if column.about:
            return "large"
        case Text() | Listed():
            return "medium"
    return ""


def places_of(column: Column) -> int:
    """The places after the point of the numbers of a column."""
    return column.kind.places if isinstance(column.kind, Number) else 2
