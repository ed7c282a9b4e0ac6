"""Read cells of texts, codes and credit codes into the stored form, or into what is wrong."""

import re

from data.workbook.cells.value_texts import CellValue, Clean, Reader, digits, plain_name, words
from models.kinds import CODE_LENGTH
from models.text import N_, Sentence, sentence

WHOLE_DIGITS = 10**15  # above it a number cell no longer holds every digit that was typed
CODE = re.compile(rf"[A-Za-z0-9_.-]{{1,{CODE_LENGTH}}}")
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff]")
CONTROL_BUT_BREAKS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
LINE_END = re.compile("\r\n?")
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


def plain_text(value: CellValue, clean: Clean = words) -> str | Sentence | None:
    """The cleaned text of a cell; a whole number becomes its digits."""
    if isinstance(value, str):
        return clean(value) or None
    if isinstance(value, float):
        if not value.is_integer():
            return sentence(NOT_TEXT)
        return digits(value) if abs(value) < WHOLE_DIGITS else sentence(DIGITS_LOST)
    return sentence(NOT_TEXT)


def read_code(value: CellValue) -> object:
    text = plain_text(value, plain_name)
    if isinstance(text, str) and not CODE.fullmatch(text):
        return _wrong_code(text)
    return text


def _wrong_code(text: str) -> Sentence:
    """What is wrong with a code, naming the first character that is not allowed, if any."""
    wrong = next((each for each in text if not CODE.fullmatch(each)), None)
    if wrong is None:
        return sentence(NOT_A_CODE)
    return sentence(NOT_IN_A_CODE, character=wrong, point=f"U+{ord(wrong):04X}")


def _point(character: re.Match[str]) -> str:
    return f"U+{ord(character[0]):04X}"


def text_reader(length: int, clean: Clean = words) -> Reader:
    def read(value: CellValue) -> object:
        text = plain_text(value, clean)
        if isinstance(text, str) and (match := CONTROL.search(text)):
            return sentence(CONTROL_CHARACTER, point=_point(match))
        return _not_longer(text, length)

    return read


def note_reader(length: int) -> Reader:
    def read(value: CellValue) -> object:
        # Normalize line ends, or the same note would differ after a round trip through Excel.
        text = plain_text(LINE_END.sub("\n", value) if isinstance(value, str) else value)
        if isinstance(text, str) and (match := CONTROL_BUT_BREAKS.search(text)):
            return sentence(CONTROL_CHARACTER_IN_NOTE, point=_point(match))
        return _not_longer(text, length)

    return read


def _not_longer(text: str | Sentence | None, limit: int) -> str | Sentence | None:
    if isinstance(text, str) and len(text) > limit:
        return sentence(TOO_LONG, length=len(text), limit=limit)
    return text


def read_credit_code(value: CellValue) -> object:
    text = plain_text(value, plain_name)
    if not isinstance(text, str):
        return text
    code = text.upper()
    return code if is_credit_code(code) else sentence(NOT_A_CREDIT_CODE)


def is_credit_code(code: str) -> bool:
    """Whether `code` has 18 characters with a valid check character, by GB 32100-2015."""
    if len(code) != 18 or not set(code) <= set(CREDIT_CODE_ALPHABET):
        return False
    values = [CREDIT_CODE_ALPHABET.index(character) for character in code]
    total = sum(value * pow(3, place, 31) for place, value in enumerate(values[:17]))
    return values[17] == -total % 31
