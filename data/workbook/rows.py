"""The content of a workbook: rows by sheet, and the faults that keep it out."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final

from models.ledger import Ledger
from models.text import Sentence


class Faulty(Enum):
    """The type of the placeholder for a cell that has a fault; checks that need the cell are
    skipped."""

    FAULTY = "FAULTY"


FAULTY: Final = Faulty.FAULTY


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a workbook: its place, the value there, and what to do."""

    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    sentence: Sentence


@dataclass(slots=True)
class SheetRows:
    """The rows of one sheet.

    `name` and `headers` (by column id) are as they stand in the file; `present` are the ids of the
    columns that the sheet has, and each of `rows` is (row as Excel numbers it, values in the order
    of `present`): kept form, None for an empty cell, `FAULTY` for one with a fault. Columns that a
    default fills are in `present` only when the sheet has them. `keys_unread` says that keys may
    stand on the sheet that could not be read; `hidden_rows` are the rows that Excel does not show.
    """

    ledger: type[Ledger]
    name: str
    headers: dict[str, str]
    present: tuple[str, ...]
    rows: list[tuple[int, tuple[object, ...]]] = field(default_factory=list)
    keys_unread: bool = False
    hidden_rows: list[int] = field(default_factory=list)

    def named(self) -> Iterator[tuple[int, dict[str, object]]]:
        """The rows with their values by column id."""
        for row, values in self.rows:
            yield row, dict(zip(self.present, values, strict=True))


@dataclass(slots=True)
class Content:
    """The content of a workbook, with the faults found in reading it.

    In a starter codes may be empty, and rows may be referred to by title or name.
    """

    sheets: list[SheetRows] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    is_starter: bool = False

    def copied(self) -> "Content":
        """A copy in which rows can be replaced and faults added without changing this one."""
        sheets = [replace(sheet, rows=list(sheet.rows)) for sheet in self.sheets]
        return replace(self, sheets=sheets, faults=list(self.faults))
