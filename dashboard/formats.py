"""How values are written on pages: as `dashboard.values` does, by the reference lists in force."""

from fractions import Fraction
from typing import Any

from dashboard import reads, values
from dashboard.values import (
    MILLION,
    MONEY_UNIT,
    UNITS,
    fen,
    heading_of,
    money,
    money_number,
    money_unit,
    of_denominator,
    share,
    share_text,
    text,
    unit_of,
    written_in,
)
from data.figures.reading import WAN
from models.ledger import Column, Kind, Money, Number
from models.text import NOTHING

__all__ = [
    "MILLION",
    "MONEY_UNIT",
    "NOTHING",
    "UNITS",
    "fen",
    "heading_of",
    "listed_name",
    "money",
    "money_number",
    "money_unit",
    "of_denominator",
    "plain",
    "share",
    "share_text",
    "shown",
    "text",
    "unit_of",
    "written_in",
]


def shown(column: Column, value: Any) -> str:
    """A value of a ledger in words; "—" for an empty one."""
    return values.shown(column, value, reads.references())


def plain(column: Column, value: Any) -> Any:
    """A value of a ledger as a cell of a table can sort it: money as a number of 万元."""
    match column.kind:
        case Money():
            return None if value is None else float(Fraction(value, WAN))
        case Number():
            return None if value is None else float(Fraction(value, 100))
        case Kind(name="date") | Kind(name="int"):
            return value
    return shown(column, value)


def listed_name(listed: str, code: str) -> str:
    """The name of a code of a reference list; the code itself where the list has no such."""
    return values.listed_name(listed, code, reads.references())
