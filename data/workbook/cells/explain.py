"""Explain in words what a column accepts, for the template and beside input fields."""

from collections.abc import Iterator

from data.reference.lists import References
from data.workbook.cells.choice_cells import NO, YES, listed_choices
from data.workbook.cells.value_texts import decimal_text
from models.kinds import (
    Code,
    CreditCode,
    Day,
    Flag,
    Kind,
    Listed,
    Money,
    Note,
    Number,
    OneOf,
    Refers,
    Text,
    Whole,
)
from models.ledger import Column, Ledger
from models.registry import BY_ID
from models.text import N_, Sentence, sentence

GENERAL = (
    N_(
        "Each sheet is one ledger. Fill in the sheets you need; a sheet left empty changes nothing."
    ),
    N_("Row 1 holds the headers. Their order may change; their words may not."),
    N_("Columns with a coloured header and a star in the list below must be filled in every row."),
    N_(
        "Sheets and columns whose name begins with # are notes of your own and are not read. "
        "This sheet is one."
    ),
    N_("A row whose key is already kept takes its place. Nothing is ever deleted by an import."),
    N_("A column left out keeps what is there; an empty cell in a given column empties it."),
    N_("Amounts are in 万元. Dates are entered like 2026-03-31."),
    N_("A workbook is taken in whole or not at all; every fault is shown with its cell."),
)


def rules_in_words(
    ledger: type[Ledger], column: Column, references: References
) -> Iterator[Sentence]:
    """The rules of `column`, one sentence each."""
    yield _kind_in_words(column.kind, references)
    labels = {each.id: each.label for each in ledger.columns}
    if column.default is not None:
        yield sentence(N_("Counts as {default} if empty."), default=column.default)
    if column.after:
        yield sentence(N_("Later than “{other}”."), other=labels[column.after])
    if column.not_before:
        yield sentence(N_("Not earlier than “{other}”."), other=labels[column.not_before])
    if column.needs:
        yield sentence(N_("Only together with “{other}”."), other=labels[column.needs])
    if column.hint:
        yield sentence(column.hint)


def choices_of(kind: Kind, references: References) -> list[tuple[str, str]]:
    """The choices of a column of `kind`: the value to enter, and its meaning."""
    match kind:
        case Flag():
            return [(YES, ""), (NO, "")]
        case OneOf(choices=choices):
            return [(each.zh, str(each)) for each in choices]
        case Listed() as listed:
            return list(listed_choices(listed, references).items())
        case _:
            return []


def _kind_in_words(kind: Kind, references: References) -> Sentence:
    match kind:
        case CreditCode():
            return sentence(N_("18 characters with the check character of GB 32100-2015."))
        case Note(length=length):
            return sentence(N_("Text of up to {limit} characters, with line breaks."), limit=length)
        case Text(length=length):
            return sentence(N_("Text of up to {limit} characters."), limit=length)
        case Day(happened=True):
            return sentence(N_("Date like 2026-03-31, not after the day of the import."))
        case Day():
            return sentence(N_("Date like 2026-03-31."))
        case Whole(low=low, high=high):
            return sentence(N_("Whole number from {low} to {high}."), low=low, high=high)
        case Number() as number:
            return _number_in_words(number)
        case Money():
            return sentence(N_("Amount in 万元, not negative, with at most six decimals."))
        case Code():
            return sentence(
                N_("Code: 1 to 40 of A-Z, a-z, 0-9, hyphen, underscore and point; case counts.")
            )
        case Refers(ledger=ledger):
            key = BY_ID[ledger].key_columns()[0].label
            return sentence(N_("“{column}” of “{sheet}”."), column=key, sheet=BY_ID[ledger].SHEET)
        case _:
            values = "、".join(value for value, _ in choices_of(kind, references))
            return sentence(N_("One of: {choices}."), choices=values)


def _number_in_words(kind: Number) -> Sentence:
    low = None if kind.low is None else decimal_text(kind.low, 2)
    high = None if kind.high is None else decimal_text(kind.high, 2)
    if low is not None and high is not None:
        message = N_("Number from {low} to {high}. Decimals: at most {places}.")
    elif kind.above_low:
        message = N_("Number greater than {low}. Decimals: at most {places}.")
    elif low is not None:
        message = N_("Number of at least {low}. Decimals: at most {places}.")
    else:
        message = N_("Number. Decimals: at most {places}.")
    return sentence(message, low=low, high=high, places=kind.places)
