"""Ledger values and codes in words, by the reference lists in force; for pages."""

from fractions import Fraction
from typing import Any

from dashboard import formats, reads
from models.kinds import Kind, Money, Number
from models.ledger import Column


def shown(column: Column, value: Any) -> str:
    """A ledger value in words; "—" for an empty one."""
    return formats.shown(column, value, reads.references())


def plain(column: Column, value: Any) -> Any:
    """A ledger value as a sortable table cell: money as a number in `formats.money_unit`."""
    match column.kind:
        case Money():
            return None if value is None else formats.money_number(value)
        case Number():
            return None if value is None else float(Fraction(value, 100))
        case Kind(name="date") | Kind(name="int"):
            return value
    return shown(column, value)


def listed_name(listed: str, code: str) -> str:
    """The name of a code in the reference list `listed`; the code itself if it is not there."""
    return formats.listed_name(listed, code, reads.references())
