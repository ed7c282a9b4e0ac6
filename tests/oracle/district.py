"""A district as plain rows, over which the oracle counts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

Row = Mapping[str, Any]
YEAR = timedelta(365)


class District:
    """All rows by ledger, with every column, and the reference lists.

    Values are in stored units: money in 分, other decimals in hundredths.
    """

    def __init__(
        self, rows: Mapping[str, Iterable[Row]], lists: Mapping[str, Sequence[Mapping[str, str]]]
    ) -> None:
        self._rows = {ledger: list(found) for ledger, found in rows.items()}
        self.lists = lists
        self._found: dict[tuple[object, ...], list[Row]] = {}
        self.remembered: dict[tuple[object, ...], bool] = {}
        """Whether a warning's condition holds, cached by rule, subject and day."""
        self.warnings: dict[date, list[Any]] = {}
        """The warnings by day, cached."""

    def all(self, ledger: str) -> Iterator[Row]:
        """The rows of `ledger`."""
        return iter(self._rows.get(ledger, ()))

    def where(self, ledger: str, **values: object) -> list[Row]:
        """The rows of `ledger` that have all of `values`; results are cached."""
        asked = (ledger, *values.items())
        if asked not in self._found:
            self._found[asked] = [
                row
                for row in self.all(ledger)
                if all(row[column] == value for column, value in values.items())
            ]
        return self._found[asked]

    def of(self, units: set[str], ledger: str, column: str = "unit") -> list[Row]:
        """The rows of `ledger` that count for `units`."""
        return [row for row in self.all(ledger) if row[column] in units]

    def one(self, ledger: str, **values: object) -> Row:
        """The only row of `ledger` with all of `values`."""
        (row,) = self.where(ledger, **values)
        return row

    def units_at(self, node: str) -> set[str]:
        """The codes of the units at a node, according to their rows."""
        kind, _, code = node.partition(":")
        columns = {"sector": "sector", "kind": "kind", "subdistrict": "subdistrict", "unit": "code"}
        if kind == "district":
            return {unit["code"] for unit in self.all("units")}
        if kind == "batch":
            return {unit["code"] for unit in self.all("units") if unit["pilot_batch"] == int(code)}
        return {unit["code"] for unit in self.where("units", **{columns[kind]: code})}

    def in_grid(self, units: set[str], day: date) -> list[Row]:
        """Those of `units` that belong to the grid on `day`."""
        return [
            unit
            for unit in self.all("units")
            if unit["code"] in units and holds(unit["enrolled_on"], unit["withdrawn_on"], day)
        ]


def holds(first: date, end: date | None, day: date) -> bool:
    """Whether something from `first` to before `end` holds on `day`."""
    return first <= day and (end is None or day < end)


def by(moment: date | None, day: date) -> bool:
    """Whether `moment` is on or before `day`."""
    return moment is not None and moment <= day


def in_last_year(moment: date | None, day: date) -> bool:
    """Whether `moment` lies in the year that ends with `day`."""
    return moment is not None and day - YEAR < moment <= day
