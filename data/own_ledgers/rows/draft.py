"""A stated row under construction, from the values of one row of the sheet."""

from dataclasses import dataclass, field
from typing import Any

from data.own_ledgers.rows.row_values import RowValues
from data.own_ledgers.words.days import DayRead
from data.own_ledgers.words.stated import StatedRow


@dataclass(slots=True)
class Draft:
    """The values of a row of `ledger` so far; empty values are left out."""

    ledger: str
    values: dict[str, Any] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    known_as_of: set[str] = field(default_factory=set)
    assumed: set[str] = field(default_factory=set)
    matter: str | None = None

    def put(self, column: str, value: object) -> None:
        """Set a value, unless it is empty."""
        if value is not None:
            self.values[column] = value

    def put_day(self, column: str, day: DayRead | None) -> None:
        """Set a day, and its words if they are less exact."""
        if day is not None:
            self.values[column] = day.day
            if day.words:
                self.words[column] = day.words

    def put_day_or_as_of(self, column: str, day: DayRead | None, row: RowValues) -> None:
        """Set a day; if the sheet gives none, the snapshot day, marked as such."""
        if day is not None:
            self.put_day(column, day)
            return
        self.known_as_of.add(column)
        self.put(column, row.sheet.as_of)
        if row.sheet.as_of_question:
            row.asked.append(row.sheet.as_of_question)

    def put_or_assume(self, column: str, value: object, row: RowValues) -> None:
        """Set a value; if there is none, the form's default, marked as assumed."""
        default = row.sheet.form.defaults.get(column)
        if value is None and default is not None:
            self.values[column] = default
            self.assumed.add(column)
        else:
            self.put(column, value)

    def stated(self, row: RowValues) -> StatedRow:
        """The finished row, with the questions of its row in the sheet."""
        return StatedRow(
            row.sheet.name,
            row.number,
            self.ledger,
            self.values,
            self.words,
            frozenset(self.known_as_of),
            frozenset(self.assumed),
            self.matter,
            tuple(dict.fromkeys(row.asked)),
        )
