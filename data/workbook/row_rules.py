"""Rules between the cells of one row. Rules between rows are checked where rows are taken in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.reference.lists import References
from data.workbook.rows import FAULTY
from models.ledger import Column, Ledger
from models.rectification import Action
from models.text import N_, Sentence, sentence

WITH_NEW_DUE, MAY_HAVE_NEW_DUE = (Action.EXTEND, Action.REOPEN), (Action.RESUME,)

LATER = N_("“{column}” must be later than “{other}”. Correct one of the two dates.")
NOT_EARLIER = N_("“{column}” may not be earlier than “{other}”. Correct one of the two dates.")
NEEDS_OTHER = N_("“{column}” needs “{other}”. Fill that in as well, or clear this cell.")
NEEDED_BY_OTHER = N_("As “{other}” is given, “{column}” is needed. Fill it in.")
NOT_MORE = N_("“{column}” may not be more than “{other}”. Correct one of the two numbers.")
SAME_UNIT = N_("A unit may not review itself. Enter two different units.")
WRONG_DIMENSION = N_(
    "This dimension does not belong to this kind of report. Enter one of: {choices}."
)
ABOVE_WEIGHT = N_("This dimension is worth {weight} points at most. Correct the points.")
NEW_DUE_NEEDED = N_("“{action}” needs a new due date. Fill it in.")
NEW_DUE_UNWANTED = N_("“{action}” does not change the due date. Clear this cell.")


@dataclass(frozen=True, slots=True)
class RowRule:
    """`broken` takes the values of `columns`, None for an empty cell, and gives what is wrong at
    the column `at`: the one of them that the sheet lists last."""

    columns: tuple[str, ...]
    broken: Callable[..., Sentence | None]
    at: str


def row_rules(ledger: type[Ledger], references: References) -> tuple[RowRule, ...]:
    """Every rule for a row of `ledger`."""
    return (*_declared(ledger), *_own(ledger, references))


def broken_rules(
    ledger: type[Ledger], values: Mapping[str, object], references: References
) -> Iterator[tuple[RowRule, Sentence]]:
    """The rules that a whole row breaks; those that need a cell with a fault are skipped."""
    for rule in row_rules(ledger, references):
        given = [values.get(each) for each in rule.columns]
        if FAULTY not in given and (wrong := rule.broken(*given)):
            yield rule, wrong


def _declared(ledger: type[Ledger]) -> Iterator[RowRule]:
    by_id = {column.id: column for column in ledger.columns}
    for column in ledger.columns:
        if column.after:
            yield _order(ledger, column, by_id[column.after], LATER, lambda day, other: day > other)
        if column.not_before:
            other = by_id[column.not_before]
            yield _order(ledger, column, other, NOT_EARLIER, lambda day, other: day >= other)
        if column.needs:
            yield _needs(ledger, column, by_id[column.needs])


def _order(
    ledger: type[Ledger],
    column: Column,
    other: Column,
    message: str,
    fits: Callable[[Any, Any], bool],
) -> RowRule:
    wrong = sentence(message, column=column.label, other=other.label)

    def broken(value: date | None, reference: date | None) -> Sentence | None:
        if value is None or reference is None or fits(value, reference):
            return None
        return wrong

    return _rule(ledger, (column.id, other.id), broken)


def _needs(ledger: type[Ledger], column: Column, other: Column) -> RowRule:
    """`column` may be filled only where `other` is."""
    at_column = _rule(ledger, (column.id, other.id), _unbroken).at == column.id
    wrong = (
        sentence(NEEDS_OTHER, column=column.label, other=other.label)
        if at_column
        else sentence(NEEDED_BY_OTHER, column=other.label, other=column.label)
    )

    def broken(value: object, needed: object) -> Sentence | None:
        return wrong if value is not None and needed is None else None

    return _rule(ledger, (column.id, other.id), broken)


def _own(ledger: type[Ledger], references: References) -> Iterator[RowRule]:
    """What the ledgers ask beyond their columns' own rules."""
    by_id = {column.id: column for column in ledger.columns}
    match ledger.id():
        case "report_scores":
            yield _rule(ledger, ("kind", "dimension"), _dimension_of_kind(references))
            yield _rule(ledger, ("kind", "dimension", "points"), _within_weight(references))
        case "rectification_events":
            yield _rule(ledger, ("action", "new_due_on"), _new_due)
        case "cross_reviews":
            yield _rule(ledger, ("reviewer", "reviewed"), _two_units)
        case "assessments":
            yield _not_more(ledger, by_id["points"], by_id["full_points"])
        case "attendance":
            yield _not_more(ledger, by_id["passed"], by_id["people"])
        case "disposals":
            yield _needs(ledger, by_id["done_on"], by_id["method"])
        case "warnings":
            yield _needs(ledger, by_id["verdict"], by_id["verified_on"])


def _rule(
    ledger: type[Ledger], columns: tuple[str, ...], broken: Callable[..., Sentence | None]
) -> RowRule:
    last = [column.id for column in ledger.columns if column.id in columns][-1]
    return RowRule(columns, broken, last)


def _unbroken(*_: object) -> None:
    return None


def _not_more(ledger: type[Ledger], column: Column, other: Column) -> RowRule:
    wrong = sentence(NOT_MORE, column=column.label, other=other.label)

    def broken(value: int | None, most: int | None) -> Sentence | None:
        return wrong if value is not None and most is not None and value > most else None

    return _rule(ledger, (column.id, other.id), broken)


def _dimension_of_kind(references: References) -> Callable[..., Sentence | None]:
    def broken(kind: str | None, dimension: str | None) -> Sentence | None:
        weights = references.rubric.get(kind or "", {})
        if kind is None or dimension is None or dimension in weights:
            return None
        return sentence(WRONG_DIMENSION, choices="、".join(weights))

    return broken


def _within_weight(references: References) -> Callable[..., Sentence | None]:
    def broken(kind: str | None, dimension: str | None, points: int | None) -> Sentence | None:
        weight = references.rubric.get(kind or "", {}).get(dimension or "")
        if weight is None or points is None or points <= weight * 100:
            return None
        return sentence(ABOVE_WEIGHT, weight=weight)

    return broken


def _new_due(action: str | None, new_due_on: date | None) -> Sentence | None:
    if action is None:
        return None
    if new_due_on is None and action in WITH_NEW_DUE:
        return sentence(NEW_DUE_NEEDED, action=Action(action).label)
    if new_due_on is not None and action not in WITH_NEW_DUE + MAY_HAVE_NEW_DUE:
        return sentence(NEW_DUE_UNWANTED, action=Action(action).label)
    return None


def _two_units(reviewer: str | None, reviewed: str | None) -> Sentence | None:
    if reviewer is None or reviewer != reviewed:
        return None
    return sentence(SAME_UNIT)
