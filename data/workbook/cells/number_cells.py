"""Read cells of numbers and money into whole numbers of the stored unit, or into what is wrong."""

import re
from datetime import date, time, timedelta
from math import isfinite

from data.workbook.cells.value_texts import CellValue, Reader, decimal_text, digits, signs
from models.kinds import Number
from models.text import N_, Sentence, sentence

MONEY_PLACES = 6
LARGEST = 10**17
"""Whole numbers kept stay below this, so that their sums still fit the database."""
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
LONGEST_NUMBER = 100
NOT_A_NUMBER = N_(
    "This is not a number. Enter digits only, with a decimal point and a minus if needed, without "
    "separators, units or percent signs."
)
NOT_WHOLE = N_("This is not a whole number. Enter a number without decimals.")
TOO_MANY_PLACES = N_("Too many decimals: at most {places} here. Round the number.")
BELOW = N_("This number must be at least {low}. Correct it.")
NOT_ABOVE = N_("This number must be greater than {low}. Correct it.")
BETWEEN = N_("This number must be between {low} and {high}. Correct it.")
TOO_LARGE = N_("This number is too large to be kept. Correct it.")
NEGATIVE_MONEY = N_("An amount may not be negative. Enter it in 万元 without a minus.")
MONEY_PLACES_EXCEEDED = N_(
    "This amount has more than six decimals of 万元, less than one 分. Round it."
)


def _decimal(value: CellValue) -> str | Sentence | None:
    """The number in a cell as plain digits."""
    if isinstance(value, bool | date | time | timedelta):
        return sentence(NOT_A_NUMBER)
    if isinstance(value, float):
        return digits(value) if isfinite(value) else sentence(NOT_A_NUMBER)
    text = signs(value)
    if not text:
        return None
    if len(text) > LONGEST_NUMBER or not NUMBER.fullmatch(text):
        return sentence(NOT_A_NUMBER)
    return text


def scaled(decimal: str, places: int) -> int | None:
    """`decimal` times 10 to the power `places`; None if that is not a whole number."""
    whole, _, part = decimal.partition(".")
    part = part.rstrip("0")
    if len(part) > places:
        return None
    return int(whole + part.ljust(places, "0"))


def whole_reader(low: int, high: int) -> Reader:
    def read(value: CellValue) -> object:
        decimal = _decimal(value)
        if not isinstance(decimal, str):
            return decimal
        number = scaled(decimal, 0)
        if number is None:
            return sentence(NOT_WHOLE)
        if not low <= number <= high:
            return sentence(BETWEEN, low=low, high=high)
        return number

    return read


def number_reader(kind: Number) -> Reader:
    def read(value: CellValue) -> object:
        decimal = _decimal(value)
        if not isinstance(decimal, str):
            return decimal
        number = scaled(decimal, kind.places)
        if number is None:
            return sentence(TOO_MANY_PLACES, places=kind.places)
        return _in_range(number * 10 ** (2 - kind.places), kind)

    return read


def _in_range(hundredths: int, kind: Number) -> int | Sentence:
    low, high = kind.low, kind.high
    if low is not None and high is not None and not low <= hundredths <= high:
        return sentence(BETWEEN, low=decimal_text(low, 2), high=decimal_text(high, 2))
    if low is not None and hundredths < low:
        return sentence(BELOW, low=decimal_text(low, 2))
    if low is not None and kind.above_low and hundredths == low:
        return sentence(NOT_ABOVE, low=decimal_text(low, 2))
    return hundredths if abs(hundredths) < LARGEST else sentence(TOO_LARGE)


def read_money(value: CellValue) -> object:
    decimal = _decimal(value)
    if not isinstance(decimal, str):
        return decimal
    amount = scaled(decimal, MONEY_PLACES)
    if amount is None:
        return sentence(MONEY_PLACES_EXCEEDED)
    if amount < 0:
        return sentence(NEGATIVE_MONEY)
    return amount if amount < LARGEST else sentence(TOO_LARGE)
