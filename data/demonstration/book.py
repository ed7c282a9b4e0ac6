"""The rows of a workbook under construction, by ledger."""

from collections.abc import Iterator
from itertools import repeat
from typing import Any

from data.ledgers.rows import Values, ids
from models.ledger import Ledger
from models.registry import LEDGERS

Sheets = dict[type[Ledger], list[Values]]
"""By ledger in the order of the workbook, its rows: values in the order of its columns."""


class Book:
    """Collects rows by column name in a compact form, since a city has millions."""

    def __init__(self) -> None:
        self.sheets: Sheets = {ledger: [] for ledger in LEDGERS}
        self._names = {ledger: ids(ledger) for ledger in LEDGERS}

    def add(self, ledger: type[Ledger], **values: Any) -> None:
        """Add a row; columns that are not named are empty."""
        self.sheets[ledger].append(tuple(map(values.pop, self._names[ledger], repeat(None))))
        if values:
            raise TypeError(f"{ledger.id()} has no column {', '.join(values)}")

    def named(self, ledger: type[Ledger]) -> Iterator[dict[str, Any]]:
        """The rows of `ledger` by column id."""
        names = self._names[ledger]
        return (dict(zip(names, row, strict=True)) for row in self.sheets[ledger])
