"""What the reader of values does not report about a sheet.

That is: its extent, merged and hidden cells, errors, formulas without a result, pictures, and
misleading number formats.
"""

import re
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

REFERENCE = re.compile(r"([A-Za-z]+)([0-9]+)")
BEYOND = 1 << 30  # any row or column that no sheet has


class MarkKind(Enum):
    """The reason why a cell is not what its value suggests."""

    ERROR = "error"
    NO_RESULT = "no result"
    PICTURE = "picture"
    PERCENT = "percent"
    MAGNITUDE = "magnitude"
    UNIT = "unit"
    NO_DAY = "no day"


class Mark(NamedTuple):
    """A cell that is not what its value suggests: its content, and its number format if that is
    the reason."""

    kind: MarkKind
    text: str
    number_format: str = ""


Marks = dict[int, dict[int, Mark]]
"""By column from 0, then by row from 1."""


@dataclass(slots=True)
class Extent:
    """The lowest row and the rightmost column with a cell, from 1; 0 = none."""

    rows: int = 0
    columns: int = 0

    @property
    def cells(self) -> int:
        """The number of cells in the rectangle from A1."""
        return self.rows * self.columns

    def reach(self, rows: int, columns: int) -> None:
        """Extend to include the cell at `rows`, `columns`."""
        self.rows = max(self.rows, rows)
        self.columns = max(self.columns, columns)


def column_letters(at: int) -> str:
    """Excel's name for column `at`, counted from 0."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number, counted from 1, of the column with `letters`."""
    number = 0
    for letter in letters.upper()[:10]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _number(digits: str | None) -> int:
    if not digits or not re.fullmatch("[0-9]+", digits):
        return 0
    return int(digits) if len(digits) < 10 else BEYOND
