"""Take the code of a number format apart, such as `0.00;-0.00`, into sections and their parts."""

import re
from dataclasses import dataclass
from functools import cache

GENERAL = "General"
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|.",
    re.DOTALL | re.IGNORECASE,
)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9.]+)")
PLACEHOLDERS = "0#?"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a section: literal characters, or one sign with a meaning."""

    text: str
    literal: bool

    @property
    def is_placeholder(self) -> bool:
        """Whether the part is replaced by a digit of the number."""
        return not self.literal and (self.text in PLACEHOLDERS or self.text == GENERAL)


@cache
def sections(code: str) -> tuple[str, ...]:
    """The parts of `code` between semicolons, each for some of the numbers."""
    pieces = [""]
    for token in TOKEN.finditer(code):
        if token[0] == ";":
            pieces.append("")
        else:
            pieces[-1] += token[0]
    return tuple(pieces)


def section_for(code: str, number: float) -> tuple[str, bool]:
    """The section of `code` that displays `number`, and whether a minus is added."""
    signed = sections(code)[:3]
    conditions = [_condition(section) for section in signed]
    if any(conditions):
        for section, condition in zip(signed, conditions, strict=True):
            if condition is None or _holds(condition, number):
                return section, True
        return signed[-1], True
    if number < 0 and len(signed) > 1:
        return signed[1], False
    if number == 0 and len(signed) > 2:
        return signed[2], False
    return signed[0], True


def _condition(section: str) -> re.Match[str] | None:
    for token in TOKEN.finditer(section):
        if token["bracket"] and (match := CONDITION.fullmatch(token["bracket"])):
            return match
    return None


def _holds(condition: re.Match[str], number: float) -> bool:
    limit = float(condition[2])
    match condition[1]:
        case "<":
            return number < limit
        case ">":
            return number > limit
        case "<=":
            return number <= limit
        case ">=":
            return number >= limit
        case "=":
            return number == limit
        case _:
            return number != limit


@cache
def parts_of(section: str) -> tuple[Part, ...]:
    """The pieces of a section, without fillers, colours and conditions."""
    parts = []
    for token in TOKEN.finditer(section):
        text, bracket = token[0], token["bracket"]
        if token["quoted"] is not None:
            parts.append(Part(token["quoted"], True))
        elif token["escaped"] is not None:
            parts.append(Part(token["escaped"], True))
        elif token["general"] is not None:
            parts.append(Part(GENERAL, False))
        elif bracket is not None:
            if bracket.startswith("$"):
                parts.append(Part(bracket[1:].partition("-")[0], True))
        elif len(text) == 2:
            continue
        else:
            parts.append(Part(text, not (text.isascii() and (text.isalpha() or text in "0#?.,%/"))))
    return tuple(part for part in parts if part.text)


def is_number(parts: tuple[Part, ...]) -> bool:
    """Whether a section displays digits of the number."""
    return any(part.is_placeholder for part in parts)


def percents(parts: tuple[Part, ...]) -> int:
    """The number of percent signs, each of which multiplies by a hundred."""
    return sum(1 for part in parts if not part.literal and part.text == "%")


def point_of(parts: tuple[Part, ...]) -> int | None:
    """The index of the decimal point; None if there is none."""
    return next(
        (at for at, part in enumerate(parts) if not part.literal and part.text == "."), None
    )


def scaling(parts: tuple[Part, ...]) -> int:
    """The number of commas that divide by a thousand: those not followed by a digit of the whole
    part."""
    point = point_of(parts)
    places = [at for at, part in enumerate(parts) if part.is_placeholder]
    last_whole = max((at for at in places if point is None or at < point), default=-1)
    commas = [at for at, part in enumerate(parts) if not part.literal and part.text == ","]
    return sum(1 for at in commas if at > last_whole >= 0 or (last_whole < 0 and at > places[0]))


def groups(parts: tuple[Part, ...]) -> bool:
    """Whether a comma between the digits separates thousands."""
    point = point_of(parts)
    places = [at for at, part in enumerate(parts) if part.is_placeholder]
    whole = [at for at in places if point is None or at < point]
    commas = [at for at, part in enumerate(parts) if not part.literal and part.text == ","]
    return any(whole[0] < at < whole[-1] for at in commas if whole)
