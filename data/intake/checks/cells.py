"""Stored values as a person would type them into a cell."""

from datetime import date
from decimal import Decimal

from models.kinds import Flag, Kind, Money, Number, OneOf

FEN_IN_WAN = 1_000_000


def as_written(kind: Kind, value: object) -> str | None:
    """`value` of a column of `kind` as text; None for an empty or faulty cell."""
    match kind, value:
        case Flag(), bool():
            return "是" if value else "否"
        case OneOf(), str():
            return kind.choices(value).zh
        case Money(), int():
            return _plain(Decimal(value) / FEN_IN_WAN)
        case Number(), int():
            return _plain(Decimal(value) / 100)
        case _, date():
            return value.isoformat()
        case _, str() | int():
            return str(value)
        case _:
            return None


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
