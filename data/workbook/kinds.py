"""How a cell is read for each kind of column: from its value to the form that is kept.

A reader gives the kept form, None for an empty cell, or the sentence that says what is wrong.
Whether a row that is referred to exists, and what other cells say, is not asked here.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from math import isfinite

from data.reference.lists import References
from data.workbook.cells import CellValue, decimal_text, digits, plain_name, signs, words
from models.ledger import (
    CODE_LENGTH,
    EARLIEST,
    LATEST,
    TEXT_LENGTH,
    Code,
    Column,
    CreditCode,
    Day,
    Flag,
    Listed,
    Money,
    Name,
    Note,
    Number,
    OneOf,
    Refers,
    RefersToNumber,
    Text,
    Whole,
)
from models.text import N_, Sentence, sentence
from models.warning import WarningSource

Reader = Callable[[CellValue], object]
"""From a cell's value to its kept form, None, or a `Sentence`."""
Clean = Callable[[str], str]
"""From a text as it stands to what of it counts."""

MONEY_PLACES = 6
LARGEST = 10**17
"""Whole numbers kept stay below this, so that their sums still fit the database."""
WHOLE_DIGITS = 10**15  # above it a number cell no longer holds every digit that was typed

CODE = re.compile(rf"[A-Za-z0-9_.-]{{1,{CODE_LENGTH}}}")
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
LONGEST_NUMBER = 100
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff]")
CONTROL_BUT_BREAKS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
LINE_END = re.compile("\r\n?")
DATE = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
CHINESE_DATE = re.compile("([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
TIME_OF_DAY = re.compile(r"[ T](?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?$")
YES, NO = "是", "否"
YES_NO = {YES: True, NO: False, "true": True, "false": False, "1": True, "0": False}
SUBDISTRICT = "街道"
IMPORTED = WarningSource.IMPORTED.value
CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

NOT_TEXT = N_(
    "A date, a truth value or a decimal number stands where a text is expected. "
    "Format the cell as text and type it again."
)
DIGITS_LOST = N_(
    "Excel keeps only 15 digits of a number. Format the cell as text and type all digits again."
)
CONTROL_CHARACTER = N_(
    "This text holds a line break or another control character ({point}). Type it again on one "
    "line."
)
CONTROL_CHARACTER_IN_NOTE = N_(
    "This text holds a control character other than a line break ({point}). Type it again."
)
TOO_LONG = N_("This text has {length} characters. Shorten it to at most {limit}.")
NOT_A_CODE = N_(
    "This is not a code. Use 1 to 40 of the characters A-Z, a-z, 0-9, hyphen, underscore and point."
)
NOT_IN_A_CODE = N_(
    "This is not a code: “{character}” ({point}) may not stand in one, even if it looks like one "
    "that may. Use 1 to 40 of the characters A-Z, a-z, 0-9, hyphen, underscore and point."
)
NOT_A_CREDIT_CODE = N_(
    "This is not a unified social credit code: 18 characters, the last of which is a check "
    "character. Compare it with the certificate and correct it."
)
NOT_A_DATE = N_("This is not a date. Enter it like 2026-03-31.")
OUT_OF_YEARS = N_("This date is not between {earliest} and {latest}. Correct it.")
NOT_YET = N_(
    "This day lies after {day}, the day of the import, but only what has happened may be entered "
    "here. Correct the date, or leave the row or the cell out until then."
)
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
NOT_YES_OR_NO = N_("Enter 是 or 否.")
NOT_A_CHOICE = N_("This is not one of the values of this column. Enter one of: {choices}.")
NOT_LISTED = N_("This is not in the reference list. Enter one of: {choices}.")
NOT_IMPORTED = N_("Warnings of this rule are raised by the system itself. Enter one of: {choices}.")


def reader(column: Column, *, day: date, references: References) -> Reader:
    """How the cells of `column` are read by an import on `day`."""
    match column.kind:
        case CreditCode():
            return _credit_code
        case Note(length=length):
            return _note(length)
        case Name(length=length):
            return _text(length, plain_name)
        case Text(length=length):
            return _text(length)
        case Day(happened=happened):
            return _day(day if happened else None)
        case Whole(low=low, high=high) | RefersToNumber(low=low, high=high):
            return _whole(low, high)
        case Refers(ledger="units"):
            # Also a name: which unit bears it is found out where rows are taken in.
            return _text(TEXT_LENGTH, plain_name)
        case Code() | Refers():
            return _code
        case Number() as number:
            return _number(number)
        case Money():
            return _money
        case Flag():
            return _flag
        case OneOf(choices=choices):
            table = {str(each): str(each) for each in choices}
            return _one_of(table | {plain_name(each.zh): str(each) for each in choices})
        case Listed() as listed:
            return listed_reader(listed, references)
    raise TypeError(column.kind)


def listed_codes(listed: Listed, references: References) -> Mapping[str, str]:
    """What may stand in a column of the list, and the code that is kept for it."""
    codes = {row[_code_column(listed)]: row["name"] for row in _rows(listed, references)}
    table = {code: code for code in codes}
    if listed.list_name == "subdistricts":
        table |= {plain_name(name).removesuffix(SUBDISTRICT): code for code, name in codes.items()}
    if _named(listed):
        table |= {plain_name(name): code for code, name in codes.items()}
    return table


def listed_choices(listed: Listed, references: References) -> dict[str, str]:
    """What to enter in a column of the list, and what that stands for."""
    codes = {row[_code_column(listed)]: row["name"] for row in _rows(listed, references)}
    return {name: code for code, name in codes.items()} if _named(listed) else codes


def _rows(listed: Listed, references: References) -> list[Mapping[str, str]]:
    rows = references.lists.get(listed.list_name, ())
    # The other rules are the system's own: nobody reports their warnings.
    return [row for row in rows if row.get("source", IMPORTED) == IMPORTED]


def _code_column(listed: Listed) -> str:
    return "dimension" if listed.list_name == "rubric" else "code"


def _named(listed: Listed) -> bool:
    return listed.by_name or listed.list_name == "subdistricts"


def listed_reader(listed: Listed, references: References) -> Reader:
    """How a cell of a reference list is read."""
    table = listed_codes(listed, references)
    choices = "、".join(listed_choices(listed, references))
    known = references.codes.get(listed.list_name, {})

    def read(value: CellValue) -> object:
        text = _plain(value, plain_name)
        if not isinstance(text, str):
            return text
        if text in table:
            return table[text]
        computed = listed.list_name == "warning_rules" and text in known
        return sentence(NOT_IMPORTED if computed else NOT_LISTED, choices=choices)

    return read


def _plain(value: CellValue, clean: Clean = words) -> str | Sentence | None:
    """The text of a cell, made clean; a whole number counts as its digits."""
    if isinstance(value, str):
        return clean(value) or None
    if isinstance(value, float):
        if not value.is_integer():
            return sentence(NOT_TEXT)
        return digits(value) if abs(value) < WHOLE_DIGITS else sentence(DIGITS_LOST)
    return sentence(NOT_TEXT)


def _code(value: CellValue) -> object:
    text = _plain(value, plain_name)
    if isinstance(text, str) and not CODE.fullmatch(text):
        return _wrong_code(text)
    return text


def _wrong_code(text: str) -> Sentence:
    """What is wrong with a code: which sign may not stand in it, where there is one."""
    wrong = next((each for each in text if not CODE.fullmatch(each)), None)
    if wrong is None:
        return sentence(NOT_A_CODE)
    return sentence(NOT_IN_A_CODE, character=wrong, point=f"U+{ord(wrong):04X}")


def _point(character: re.Match[str]) -> str:
    return f"U+{ord(character[0]):04X}"


def _text(length: int, clean: Clean = words) -> Reader:
    def read(value: CellValue) -> object:
        text = _plain(value, clean)
        if isinstance(text, str) and (match := CONTROL.search(text)):
            return sentence(CONTROL_CHARACTER, point=_point(match))
        return _not_longer(text, length)

    return read


def _note(length: int) -> Reader:
    def read(value: CellValue) -> object:
        # A line ends in one way, or the same note would differ after it went through Excel.
        text = _plain(LINE_END.sub("\n", value) if isinstance(value, str) else value)
        if isinstance(text, str) and (match := CONTROL_BUT_BREAKS.search(text)):
            return sentence(CONTROL_CHARACTER_IN_NOTE, point=_point(match))
        return _not_longer(text, length)

    return read


def _not_longer(text: str | Sentence | None, limit: int) -> str | Sentence | None:
    if isinstance(text, str) and len(text) > limit:
        return sentence(TOO_LONG, length=len(text), limit=limit)
    return text


def _credit_code(value: CellValue) -> object:
    text = _plain(value, plain_name)
    if not isinstance(text, str):
        return text
    code = text.upper()
    return code if is_credit_code(code) else sentence(NOT_A_CREDIT_CODE)


def is_credit_code(code: str) -> bool:
    """Whether `code` has 18 characters of which the last fits the others, by GB 32100-2015."""
    if len(code) != 18 or not set(code) <= set(CREDIT_CODE_ALPHABET):
        return False
    values = [CREDIT_CODE_ALPHABET.index(character) for character in code]
    total = sum(value * pow(3, place, 31) for place, value in enumerate(values[:17]))
    return values[17] == -total % 31


def _day(import_day: date | None) -> Reader:
    def read(value: CellValue) -> object:
        day = _as_date(value)
        if not isinstance(day, date):
            return day
        if not EARLIEST <= day <= LATEST:
            return sentence(OUT_OF_YEARS, earliest=EARLIEST.isoformat(), latest=LATEST.isoformat())
        if import_day is not None and day > import_day:
            return sentence(NOT_YET, day=import_day.isoformat())
        return day

    return read


def _as_date(value: CellValue) -> date | Sentence | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return sentence(NOT_A_DATE)
    text = TIME_OF_DAY.sub("", signs(value))
    if not text:
        return None
    if match := DATE.fullmatch(text):
        year, _, month, day = match.groups()
    elif match := CHINESE_DATE.fullmatch(text):
        year, month, day = match.groups()
    else:
        return sentence(NOT_A_DATE)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return sentence(NOT_A_DATE)


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
    """`decimal` times ten to the `places`; None when that is not whole."""
    whole, _, part = decimal.partition(".")
    part = part.rstrip("0")
    if len(part) > places:
        return None
    return int(whole + part.ljust(places, "0"))


def _whole(low: int, high: int) -> Reader:
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


def _number(kind: Number) -> Reader:
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


def _money(value: CellValue) -> object:
    decimal = _decimal(value)
    if not isinstance(decimal, str):
        return decimal
    amount = scaled(decimal, MONEY_PLACES)
    if amount is None:
        return sentence(MONEY_PLACES_EXCEEDED)
    if amount < 0:
        return sentence(NEGATIVE_MONEY)
    return amount if amount < LARGEST else sentence(TOO_LARGE)


def _flag(value: CellValue) -> object:
    if isinstance(value, bool):
        return value
    if isinstance(value, float) and value in (0, 1):
        return value == 1
    if isinstance(value, str):
        text = plain_name(value).lower()
        if text in YES_NO:
            return YES_NO[text]
        if not text:
            return None
    return sentence(NOT_YES_OR_NO)


def _one_of(table: Mapping[str, str]) -> Reader:
    labels = "、".join(label for label, code in table.items() if label != code)

    def read(value: CellValue) -> object:
        # Excel turns the codes TRUE and FALSE into truth values as they are typed.
        text = str(value).upper() if isinstance(value, bool) else _plain(value, plain_name)
        if not isinstance(text, str):
            return text if text is None else sentence(NOT_A_CHOICE, choices=labels)
        return table[text] if text in table else sentence(NOT_A_CHOICE, choices=labels)

    return read
