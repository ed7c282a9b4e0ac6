"""Rules between the cells of one row; the import checks rules between rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from data.reference.lists import References
from models.ledger import Column, Ledger
from models.text import N_, Sentence, sentence

LATER = N_("“{column}” must be later than “{other}”. Correct one of the two dates.")
NOT_EARLIER = N_("“{column}” may not be earlier than “{other}”. Correct one of the two dates.")
NEEDS_OTHER = N_("“{column}” needs “{other}”. Fill that in as well, or clear this cell.")
NEEDED_BY_OTHER = N_("As “{other}” is given, “{column}” is needed. Fill it in.")
NOT_MORE = N_("“{column}” may not be more than “{other}”. Correct one of the two numbers.")


@dataclass(frozen=True, slots=True)
class CheckedRule:
    """`broken` takes the values of `columns`, None for an empty cell, and gives what is wrong at
    the column `at`: the one of them that the sheet lists last."""

    columns: tuple[str, ...]
    broken: Callable[..., Sentence | None]
    at: str


def row_rules(ledger: type[Ledger], references: References) -> tuple[CheckedRule, ...]:
    """Every rule for a row of `ledger`."""
    return (*_declared(ledger), *_own(ledger, references))


def _declared(ledger: type[Ledger]) -> Iterator[CheckedRule]:
    by_id = {column.id: column for column in ledger.columns}
    for column in ledger.columns:
        if column.after:
            yield _order(ledger, column, by_id[column.after], LATER, lambda day, other: day > other)
        if column.not_before:
            other = by_id[column.not_before]
            yield _order(ledger, column, other, NOT_EARLIER, lambda day, other: day >= other)
        if column.not_more:
            yield _not_more(ledger, column, by_id[column.not_more])
        if column.needs:
            yield _needs(ledger, column, by_id[column.needs])


def _order(
    ledger: type[Ledger],
    column: Column,
    other: Column,
    message: str,
    fits: Callable[[Any, Any], bool],
) -> CheckedRule:
    wrong = sentence(message, column=column.label, other=other.label)

    def broken(value: date | None, reference: date | None) -> Sentence | None:
        if value is None or reference is None or fits(value, reference):
            return None
        return wrong

    return _rule(ledger, (column.id, other.id), broken)


def _needs(ledger: type[Ledger], column: Column, other: Column) -> CheckedRule:
    """The rule that `column` may be filled only if `other` is."""
    at_column = _rule(ledger, (column.id, other.id), _unbroken).at == column.id
    wrong = (
        sentence(NEEDS_OTHER, column=column.label, other=other.label)
        if at_column
        else sentence(NEEDED_BY_OTHER, column=other.label, other=column.label)
    )

    def broken(value: object, needed: object) -> Sentence | None:
        return wrong if value is not None and needed is None else None

    return _rule(ledger, (column.id, other.id), broken)


def _own(ledger: type[Ledger], references: References) -> Iterator[CheckedRule]:
    """The ledger's own rules, `Ledger.ROW_RULES`."""
    for rule in ledger.ROW_RULES:
        yield _rule(ledger, rule.columns, partial(rule.broken, references))


def _rule(
    ledger: type[Ledger], columns: tuple[str, ...], broken: Callable[..., Sentence | None]
) -> CheckedRule:
    last = [column.id for column in ledger.columns if column.id in columns][-1]
    return CheckedRule(columns, broken, last)


def _unbroken(*_: object) -> None:
    return None


def _not_more(ledger: type[Ledger], column: Column, other: Column) -> CheckedRule:
    wrong = sentence(NOT_MORE, column=column.label, other=other.label)

    def broken(value: int | None, most: int | None) -> Sentence | None:
        return wrong if value is not None and most is not None and value > most else None

    return _rule(ledger, (column.id, other.id), broken)
