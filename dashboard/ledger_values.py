"""Values of ledgers and codes of lists in words, by the reference lists in force: for pages."""

from fractions import Fraction
from typing import Any

from dashboard import formats, reads
from models.ledger import Column, Kind, Money, Number


def shown(column: Column, value: Any) -> str:
    """A value of a ledger in words; "—" for an empty one."""
    return formats.shown(column, value, reads.references())


def plain(column: Column, value: Any) -> Any:
    """A value of a ledger as a cell that a table can sort: money as a number of
    `formats.money_unit`."""
    match column.kind:
        case Money():
            return None if value is None else formats.money_number(value)
        case Number():
            return None if value is None else float(Fraction(value, 100))
        case Kind(name="date") | Kind(name="int"):
            return value
    return shown(column, value)


def listed_name(listed: str, code: str) -> str:
    """The name of a code of the reference list `listed`; the code itself where it is not on it."""
    return formats.listed_name(listed, code, reads.references())
