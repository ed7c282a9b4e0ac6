"""Number formats that mislead: the displayed number differs from the stored one.

A format has up to four sections separated by `;`, of placeholders, separators and literal
characters. Only what can mislead is examined.
"""

import re
from calendar import month_abbr, month_name
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from functools import cache
from itertools import pairwise

from data.workbook.cells.format_codes import (
    GENERAL,
    Part,
    groups,
    is_number,
    parts_of,
    percents,
    point_of,
    scaling,
    section_for,
    sections,
)
from data.workbook.cells.value_texts import digits, plain_name

BUILT_IN = {
    "0": GENERAL,
    "5": "¥#,##0;-¥#,##0",
    "6": "¥#,##0;-¥#,##0",
    "7": "¥#,##0.00;-¥#,##0.00",
    "8": "¥#,##0.00;-¥#,##0.00",
    "9": "0%",
    "10": "0.00%",
    "17": "mmm-yy",
    "18": "h:mm AM/PM",
    "19": "h:mm:ss AM/PM",
    "20": "h:mm",
    "21": "h:mm:ss",
    "27": 'yyyy"年"m"月"',
    "32": 'h"时"mm"分"',
    "33": 'h"时"mm"分"ss"秒"',
    "34": '上午/下午h"时"mm"分"',
    "35": '上午/下午h"时"mm"分"ss"秒"',
    "36": 'yyyy"年"m"月"',
    "42": "_ ¥* #,##0_ ;_ ¥* -#,##0_ ",
    "44": "_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ",
    "45": "mm:ss",
    "50": 'yyyy"年"m"月"',
    "52": 'yyyy"年"m"月"',
    "55": '上午/下午h"时"mm"分"',
    "56": '上午/下午h"时"mm"分"ss"秒"',
    "57": 'yyyy"年"m"月"',
}
"""By number, the formats without words of their own that can mislead, as Chinese Excel has them."""

TEN_THOUSAND = re.compile("(?<![十拾百佰千仟亿])[万萬](?:元(?:人民币)?)?|人民币")
OTHER_UNIT = re.compile(
    "[元圆圓角分厘十拾百佰千仟亿億兆$€£¥￥]|RMB|CNY|USD|HKD|EUR|[KkMmBb](?![A-Za-z])"
)
YEAR_OR_MONTH = re.compile("yyyy|yy|e+|m+", re.IGNORECASE)


class Misleading(Enum):
    """The way in which a format misleads."""

    PERCENT = "percent"
    MAGNITUDE = "magnitude"
    UNIT = "unit"
    NO_DAY = "no day"


@cache
def misleads(code: str) -> frozenset[Misleading]:
    """The way in which the format `code` can mislead, for any number."""
    misleading_parts = set()
    for section in sections(code):
        parts = parts_of(section)
        if _shows_percent(parts):
            misleading_parts.add(Misleading.PERCENT)
        elif any(part.is_placeholder for part in parts):
            if _changes_magnitude(parts):
                misleading_parts.add(Misleading.MAGNITUDE)
            if _names_other_unit(parts):
                misleading_parts.add(Misleading.UNIT)
    if not misleading_parts and _is_date(code) and not _shows_day(code):
        misleading_parts.add(Misleading.NO_DAY)
    return frozenset(misleading_parts)


def misleads_with(code: str, number: float) -> frozenset[Misleading]:
    """The way in which the format `code` misleads about `number`, by the section that displays
    it."""
    whole = misleads(code)
    if len(sections(code)) == 1 or Misleading.NO_DAY in whole or Misleading.PERCENT in whole:
        return whole
    return misleads(section_for(code, number)[0])


def shown_number(code: str, number: float) -> str:
    """`number` as displayed by the format `code`."""
    section, bare_sign = section_for(code, number)
    parts = parts_of(section)
    places = [at for at, part in enumerate(parts) if part.is_placeholder]
    if not places or any(parts[at].text == GENERAL for at in places):
        general = {places[0]: digits(abs(number))} if places else {}
        return "".join(general.get(at, _standing(part)) for at, part in enumerate(parts)).strip()
    point = point_of(parts)
    decimals = sum(1 for at in places if point is not None and at > point)
    value = abs(Decimal(digits(number))).scaleb(-3 * scaling(parts) + 2 * percents(parts))
    text = f"{value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"
    whole, _, fraction = text.partition(".")
    before = [at for at in places if point is None or at < point]
    needed = sum(1 for at in before if parts[at].text == "0")
    whole = whole.lstrip("0").rjust(needed, "0")
    filled = _fill(parts, before, whole)
    for at, digit in zip((at for at in places if at not in before), fraction, strict=False):
        filled[at] = digit
    sign = "-" if number < 0 and bare_sign else ""
    return sign + "".join(filled.get(at, _standing(part)) for at, part in enumerate(parts)).strip()


def shown_month(code: str, day: date) -> str | None:
    """`day` as displayed by a format of year and month; None if the format displays other parts
    too."""
    text = ""
    for part in parts_of(sections(code)[0]):
        text += part.text if part.literal else f"\0{part.text}"
    unit = text.replace("\0", "")
    if re.search(r"\0[hsHSaAdDbBgG]", text) or _elapsed(code) or not YEAR_OR_MONTH.search(unit):
        return None
    pieces: list[str] = []
    for run in re.findall(r"(?:\0[yYeE])+|(?:\0[mM])+|\0?.", text, re.S):
        sign = run.replace("\0", "")
        if run.startswith("\0") and sign[0] in "yYeE":
            pieces.append(f"{day:%Y}" if len(sign) > 2 or sign[0] in "eE" else f"{day:%y}")
        elif run.startswith("\0") and sign[0] in "mM":
            pieces.append(_month(day, len(sign)))
        else:
            pieces.append(sign)
    return "".join(pieces).strip()


def _month(day: date, length: int) -> str:
    if length > 2:
        return month_name[day.month] if length > 3 else month_abbr[day.month]
    return f"{day.month:02}" if length == 2 else str(day.month)


def _elapsed(code: str) -> bool:
    return re.search(r"\[[hms]+\]", code, re.IGNORECASE) is not None


def _shows_percent(parts: tuple[Part, ...]) -> bool:
    return percents(parts) > 0


def _changes_magnitude(parts: tuple[Part, ...]) -> bool:
    """Whether the displayed number differs by powers of ten: by commas after its digits, or by a
    literal point or digit between or after them."""
    if scaling(parts):
        return True
    places = [at for at, part in enumerate(parts) if part.is_placeholder]
    for before, after in pairwise(places):
        between = "".join(part.text for part in parts[before:after] if part.literal)
        if re.search("[.．。・·,，0-9０-９]", between):
            return True
    end = places[-1] + 1
    following = parts[end].text if end < len(parts) and parts[end].literal else ""
    return re.match("[0-9０-９]", following) is not None


def _names_other_unit(parts: tuple[Part, ...]) -> bool:
    named = "".join(part.text for part in parts if part.literal)
    return OTHER_UNIT.search(TEN_THOUSAND.sub("", plain_name(named))) is not None


def _signs(code: str) -> str:
    """The letters of the first section that are not literals."""
    return "".join(part.text if not part.literal else " " for part in parts_of(sections(code)[0]))


def _is_date(code: str) -> bool:
    signs = _signs(code).replace(GENERAL, "").lower()
    if is_number(parts_of(sections(code)[0])):
        signs = signs.replace("e", "")  # of an exponent; seconds may have decimals
    return bool(set("ymdhsea") & set(signs))


def _shows_day(code: str) -> bool:
    return re.search("(?<![dD])[dD]{1,2}(?![dD])", _signs(code)) is not None


def _fill(parts: tuple[Part, ...], places: list[int], whole: str) -> dict[int, str]:
    """The digits of a whole number by placeholder; the first placeholder takes all that remain."""
    pieces = list(whole)
    if groups(parts):
        pieces = [
            digit + ("," if left and left % 3 == 0 else "")
            for digit, left in zip(whole, reversed(range(len(whole))), strict=True)
        ]
    filled: dict[int, str] = {}
    for at in reversed(places[1:]):
        filled[at] = pieces.pop() if pieces else ""
    return filled | dict.fromkeys(places[:1], "".join(pieces))


def _standing(part: Part) -> str:
    """What a part displays if it takes no digit."""
    if part.literal or part.text in ".%":
        return part.text
    return ""
