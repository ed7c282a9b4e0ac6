"""Corrections: changes of guarded columns, which an import may make only with a reason."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from data.intake.checks.arriving import Arriving
from data.intake.checks.cells import as_written
from data.intake.checks.prospect import Prospect
from data.intake.checks.remedies import remedy
from data.ledgers.rows import Values, by_column, ids, text_of_key
from data.workbook.rows import FAULTY, Fault
from models.kept import Change
from models.ledger import Ledger
from models.text import N_, Label

UNASKED = N_("Kept as: {kept}. {remedy}")
MANY = N_(
    "Kept as: {kept}. This workbook would correct {rows} rows; one reason is enough for {most}. "
    "Name those that are to be corrected one by one. {remedy}"
)
NOT_CHOSEN = N_("Kept as: {kept}. This row is not among those chosen for correction. {remedy}")
EMPTY = Label("空", "empty")
MOST_BY_ONE_REASON = 5
"""Rows that a reason alone corrects; more have to be chosen one by one."""


class RowName(NamedTuple):
    """A row's ledger id and its key, as `models.ledger.key_text` writes it."""

    ledger: str
    key: str


TRIAL = "which rows would be corrected"
"""The reason of a trial run that finds out what would be corrected; it is not stored."""


@dataclass(frozen=True, slots=True)
class Correcting:
    """Permission to correct, with its `reason`.

    It covers the rows of `keys` or, without them, at most `most` rows (None = any number, used to
    find out what would be corrected). `extended` are the findings, by code, whose changed time
    limit is an extension granted on a given day and not a correction.
    """

    reason: str
    keys: Collection[RowName] | None = None
    most: int | None = MOST_BY_ONE_REASON
    extended: Mapping[str, date] = field(default_factory=dict)


class Correction(NamedTuple):
    """A guarded column of a stored row that a workbook changes; values in stored form.

    `sheet` and `row` locate the new value; `subject` is the title or name of the row.
    """

    row_name: RowName
    column: str
    before: object
    after: object
    sheet: str
    row: int
    subject: str


def guarded(ledger: type[Ledger]) -> tuple[str, ...]:
    """The columns of `ledger` whose change is a correction, including the column of the row's
    unit."""
    return tuple(
        column.id
        for column in ledger.columns
        if column.guarded or ((column.owner or column.party) and not column.key)
    )


def change_of(ledger: type[Ledger], kept: Values, new: Values) -> Change:
    """Whether replacing `kept` by `new` is a correction or an update."""
    differs = any(_corrects(name, kept[at], new[at]) for name, at in _places(ledger))
    return Change.CORRECTED if differs else Change.UPDATED


def corrections(prospect: Prospect) -> Iterator[Correction]:
    """Every guarded cell that the workbook changes, by ledger and row.

    Adding a unit where there was none is not a correction.
    """
    for arriving in prospect.arriving.values():
        yield from _of_ledger(arriving)


def _of_ledger(arriving: Arriving) -> Iterator[Correction]:
    columns = _places(arriving.ledger)
    for _, kept, (row, values) in arriving.changed():
        differing = [
            (name, kept[at], values[at])
            for name, at in columns
            if _corrects(name, kept[at], values[at])
        ]
        if not differing:
            continue
        known = by_column(arriving.ledger, kept)
        row_name = RowName(arriving.ledger.id(), text_of_key(arriving.ledger, known))
        subject = str(known.get("title") or known.get("name") or known.get("text") or "")
        for name, before, after in differing:
            yield Correction(row_name, name, before, after, arriving.sheet.name, row, subject)


def _places(ledger: type[Ledger]) -> list[tuple[str, int]]:
    """The guarded columns of `ledger`, each with its position among the ledger's columns."""
    order = ids(ledger)
    return [(name, order.index(name)) for name in guarded(ledger)]


def _corrects(column: str, kept: object, new: object) -> bool:
    if kept == new or new is FAULTY:
        return False
    return column != "unit" or kept is not None


def refused_corrections(prospect: Prospect, correct: Correcting | None) -> Iterator[Fault]:
    """A fault for each guarded cell that a workbook changes without permission."""
    refused = list(corrections(prospect))
    rows = len({each.row_name for each in refused})
    for each in refused:
        if correct is None:
            message = UNASKED
        elif correct.keys is not None:
            if each.row_name in correct.keys:
                continue
            message = NOT_CHOSEN
        elif correct.most is not None and rows > correct.most:
            message = MANY
        else:
            continue
        arriving = prospect.arriving[each.row_name.ledger]
        kind = arriving.column(each.column).kind
        yield arriving.fault(
            (each.row, _values_at(arriving, each)),
            each.column,
            message,
            kept=as_written(kind, each.before) or EMPTY,
            rows=rows,
            most=MOST_BY_ONE_REASON,
            remedy=remedy(each.row_name.ledger, each.column, as_written(kind, each.after)),
        )


def _values_at(arriving: Arriving, correction: Correction) -> Values:
    """A row that holds only the new value, which is all a fault shows."""
    return tuple(
        correction.after if name == correction.column else None for name in ids(arriving.ledger)
    )
