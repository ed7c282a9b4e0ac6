"""Kinds of columns: how the cells of a column are read, stored and written.

Money is stored in 分 and other decimals in hundredths, as whole numbers.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Boolean, Date, Integer, String
from sqlalchemy.types import TypeEngine

from models.choice import Choice

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
TEXT_LENGTH, NOTE_LENGTH, CODE_LENGTH = 200, 2000, 40


@dataclass(frozen=True, slots=True)
class Kind:
    """How the cells of a column are read, stored and written."""

    name: ClassVar[str] = ""

    @property
    def sql(self) -> TypeEngine[Any]:
        """The column type in the table."""
        return String()


@dataclass(frozen=True, slots=True)
class Code(Kind):
    """An identifier that never changes: 1 to 40 of A-Z, a-z, digits, `-`, `_`, `.`."""

    name: ClassVar[str] = "code"

    @property
    def sql(self) -> TypeEngine[Any]:
        return String(CODE_LENGTH)


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """Text on one line."""

    length: int = TEXT_LENGTH
    name: ClassVar[str] = "text"

    @property
    def sql(self) -> TypeEngine[Any]:
        return String(self.length)


@dataclass(frozen=True, slots=True)
class Name(Text):
    """Text that identifies or groups rows; spellings that look the same are stored the same."""


@dataclass(frozen=True, slots=True)
class Note(Text):
    """Text with line breaks."""

    length: int = NOTE_LENGTH
    name: ClassVar[str] = "note"


@dataclass(frozen=True, slots=True)
class CreditCode(Text):
    """统一社会信用代码 with the check character of GB 32100-2015."""

    length: int = 18
    name: ClassVar[str] = "uscc"


@dataclass(frozen=True, slots=True)
class Day(Kind):
    """A date; with `happened`, it must not be after the day of the import."""

    happened: bool = False
    name: ClassVar[str] = "date"

    @property
    def sql(self) -> TypeEngine[Any]:
        return Date()


@dataclass(frozen=True, slots=True)
class Whole(Kind):
    """A whole number between `low` and `high`, inclusive."""

    low: int = 0
    high: int = 999_999
    name: ClassVar[str] = "int"

    @property
    def sql(self) -> TypeEngine[Any]:
        return Integer()


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A decimal stored in hundredths; `low` and `high` are in hundredths, None for no limit."""

    low: int | None = 0
    high: int | None = None
    places: int = 2
    above_low: bool = False
    name: ClassVar[str] = "number"

    @property
    def sql(self) -> TypeEngine[Any]:
        return BigInteger()


@dataclass(frozen=True, slots=True)
class Money(Kind):
    """An amount, in 万元 in the workbook and in 分 in the table."""

    name: ClassVar[str] = "money"

    @property
    def sql(self) -> TypeEngine[Any]:
        return BigInteger()


@dataclass(frozen=True, slots=True)
class Flag(Kind):
    """Yes or no."""

    name: ClassVar[str] = "bool"

    @property
    def sql(self) -> TypeEngine[Any]:
        return Boolean()


@dataclass(frozen=True, slots=True)
class OneOf(Kind):
    """A code of a closed list, declared as a `Choice`."""

    choices: type[Choice]
    name: ClassVar[str] = "enum"

    @property
    def sql(self) -> TypeEngine[Any]:
        return String(CODE_LENGTH)


@dataclass(frozen=True, slots=True)
class Listed(Kind):
    """A code of a reference list; with `by_name` the cell may hold the Chinese name instead."""

    list_name: str
    by_name: bool = False
    name: ClassVar[str] = "listed"

    @property
    def sql(self) -> TypeEngine[Any]:
        return String(CODE_LENGTH)


@dataclass(frozen=True, slots=True)
class Refers(Kind):
    """A reference to a row of another ledger or of the same one, by its key."""

    ledger: str
    name: ClassVar[str] = "ref"

    @property
    def sql(self) -> TypeEngine[Any]:
        return String(CODE_LENGTH)


@dataclass(frozen=True, slots=True)
class RefersToNumber(Refers):
    """A reference to a ledger whose key is a whole number."""

    low: int = 1
    high: int = 99

    @property
    def sql(self) -> TypeEngine[Any]:
        return Integer()
