"""Amounts as people write them: 2.3亿元, 约30万, 1,234.50, — or 全部."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

from data.own_ledgers.words.stated import ALL
from data.own_ledgers.words.written import is_too_long, plain, without_brackets, without_endings
from data.workbook.cells.value_texts import SIGNIFICANT, CellValue

IN_WAN: Mapping[str, Decimal] = {
    "亿元": Decimal(10_000),
    "万元": Decimal(1),
    "千元": Decimal("0.1"),
    "百元": Decimal("0.01"),
    "元": Decimal("0.0001"),
}
"""By unit of money, its worth in 万元."""
FEN = Decimal("0.000001")
LARGEST = Decimal(10**14)
"""No amount is as large; more digits could not be kept."""
NOTHING = frozenset(
    (
        "",
        "无",
        "没有",
        "不涉及",
        "不涉及金额",
        "非金额",
        "非金额问题",
        "不适用",
        "未涉及",
        "非资金类",
        "非金额类",
        "非资金问题",
        "不涉及资金",
    )
)
NO_MARKS = re.compile(r"[-—–―_/\\~·.*×x]+|n/?a")
EVERYTHING = frozenset(("全部", "全额", "全部整改", "全部到位", "已全部整改", "全数", "100%"))
BEFORE = re.compile(r"^(?:大约|约|近|共计|合计|共|计|累计|涉及金额|涉及|金额|人民币|rmb|[¥￥:])+")
AFTER = ("左右", "上下", "整", "余", "多", "人民币")
GROUPED = re.compile(r"(?<=[0-9]),(?=[0-9]{3})")
AMOUNT = re.compile(
    r"(?P<number>-?[0-9]+(?:\.[0-9]+)?)[余多]?(?P<unit>亿[余多]?元?|万[余多]?元?|千元?|百元?|元)?"
)
UNIT_IN_BRACKETS = re.compile(r"[(](亿元|万元|千元|元)[)]")
OVER = re.compile("[余多]")
TYPED = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
PIECES = re.compile(
    r"(?:(?P<yi>[0-9]+(?:\.[0-9]+)?)亿元?)?(?:(?P<wan>[0-9]+(?:\.[0-9]+)?)万元?)?"
    r"(?:(?P<qian>[0-9]+(?:\.[0-9]+)?)千元?)?(?:(?P<yuan>[0-9]+(?:\.[0-9]+)?)元)?"
)
HEADING_UNIT = re.compile(
    r"(?:^|[(\[【:/,;，；]|单位|金额|资金)(?:人民币)?(亿元|万元|千元|百元|元)(?:人民币)?(?=$|[)\]】,;，；])"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """The amount in a cell. `value` is in 万元, `ALL`, or None for no money.

    `needs_unit`: the cell is a bare number, and neither heading nor sheet names its unit.
    """

    value: Decimal | str | None
    needs_unit: bool = False
    rounded: bool = False


def unit_in(text: str) -> str | None:
    """The unit of money in brackets or after a colon in a heading or a line above the table;
    None if absent."""
    found = HEADING_UNIT.findall(plain(text))
    return found[-1] if found else None


def read_amount(value: CellValue, unit: str | None) -> Amount | None:
    """The amount in a cell of a column in `unit`; None if it is not an amount."""
    if isinstance(value, bool | date | time | timedelta):
        return None
    if isinstance(value, int | float):
        if not isfinite(value):
            return None
        return _in_wan(Decimal(format(value, SIGNIFICANT)), unit)
    if is_too_long(value):
        return None
    text = plain(value)
    if text in NOTHING or NO_MARKS.fullmatch(text):
        return Amount(None)
    if text in EVERYTHING:
        return Amount(ALL)
    text = UNIT_IN_BRACKETS.sub(r"\1", GROUPED.sub("", text))
    # 12.5万元(其中违规8万元): what stands in brackets is a note.
    text = without_endings(BEFORE.sub("", without_brackets(text) or text), AFTER)
    if found := AMOUNT.fullmatch(text):
        named = found["unit"]
        named = named and OVER.sub("", named)
        if named and not named.endswith("元"):
            named += "元"
        return _in_wan(Decimal(found["number"]), named or unit)
    if (pieces := PIECES.fullmatch(text)) and text:
        total = sum(
            Decimal(pieces[name] or 0) * IN_WAN[named]
            for name, named in (
                ("yi", "亿元"),
                ("wan", "万元"),
                ("qian", "千元"),
                ("yuan", "元"),
            )
        )
        return _in_wan(Decimal(total), "万元")
    return None


def is_typed(value: CellValue, *, is_text: bool) -> bool:
    """Whether a cell held a number, which the sheet's own total includes.

    `is_text`: in CSV, where 1,256.30 or 560.00 with a trailing space were texts in the original.
    """
    if is_text:
        return isinstance(value, str) and TYPED.fullmatch(value) is not None
    return not isinstance(value, str)


def _in_wan(number: Decimal, unit: str | None) -> Amount | None:
    if number < 0 or number >= LARGEST:
        return None
    if unit is None:
        # Zero needs no unit.
        return Amount(number) if number == 0 else Amount(number, needs_unit=True)
    exact = number * IN_WAN[unit]
    amount = exact.quantize(FEN, ROUND_HALF_UP)
    return Amount(amount.normalize() + 0, rounded=amount != exact)
