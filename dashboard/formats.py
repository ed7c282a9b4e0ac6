"""Write values in the language in use: figures, money, shares, values of ledgers.

Nothing here reads the database: `dashboard.ledger_values` looks up the reference lists for pages.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Any

from dashboard.i18n import _, language, name
from data.collection.inbox import SentLine
from data.figures.catalogue import Figure, Quantity, Way
from data.figures.reading import FEN, WAN, YI, Reading, money_label, rounded
from data.reference.lists import References, shipped
from models.kinds import Flag, Listed, Money, Number, OneOf
from models.ledger import Column
from models.text import N_, NOTHING, Label

UNITS: Mapping[Quantity, str] = {
    Quantity.ROWS: N_("count"),
    Quantity.PEOPLE: N_("persons"),
    Quantity.WEIGHT: N_("weight"),
    Quantity.DAYS: N_("days"),
    Quantity.PERCENT: N_("%"),
    Quantity.POINTS: N_("points"),
}
"""The unit of a figure's numbers, by quantity; money is displayed in `money_unit`."""
NOT_ENTERED = N_("Not entered")
"""Shown for a figure of whose source no unit of the district has entered rows."""
NOT_REPORTED = N_("Not reported")
"""Shown for a figure of units from which nothing has come in."""
MONEY_UNIT = Label("万元", "million yuan")
MILLION = 1_000_000 * FEN


def unit_of(figure: Figure) -> str:
    """The unit of the rows behind `figure`, in words."""
    return money_unit() if figure.quantity is Quantity.MONEY else _(UNITS[figure.quantity])


def written_in(figure: Figure) -> str:
    """The unit in which `figure` is displayed; a share is in percent."""
    return "%" if figure.way is Way.SHARE else unit_of(figure)


def points(reading: Reading | None) -> Decimal | None:
    """A mean of points with one decimal place, for columns of numbers; None for "—"."""
    if reading is None or not reading.known or reading.exact is None:
        return None
    return rounded(reading.exact, 1)


def of_denominator(reading: Reading) -> str:
    """Both sides of a share, as "27/30", sums of weights named so; for a mean the number of cases;
    "" for other figures."""
    if not reading.known or reading.numerator is None or reading.denominator is None:
        return ""
    if reading.figure.way is not Way.SHARE:
        return _("mean of {n}", n=reading.denominator)
    if reading.figure.quantity is Quantity.MONEY:
        return _of_money(reading.numerator, Fraction(reading.denominator))
    sides_as_text = f"{int(reading.numerator)}/{reading.denominator}"
    if reading.figure.quantity is Quantity.WEIGHT:
        return _("weight {sides}", sides=sides_as_text)
    return sides_as_text


def _of_money(part: Fraction, whole: Fraction) -> str:
    """Both sides of a share of money in 分, in the unit of the whole, which is named once; a part
    of which two decimals would leave nothing has its own unit."""
    size = YI if whole >= YI and language().startswith("zh") else _fen_in_unit()
    shown = rounded(part / size, 2)
    return f"{shown if shown or not part else money(part / FEN)} / {money(whole / FEN)}"


def share(reading: Reading | None) -> float | None:
    """A share from 0 to 1, for charts; None for "—"."""
    value = reading.exact if reading else None
    return None if value is None else float(value)


def text(reading: Reading | None) -> str:
    """A figure as displayed; "—" where it does not exist, and a word where it is unknown."""
    if reading is None:
        return NOTHING
    if not reading.known:
        return f"{NOTHING} {_(NOT_ENTERED)}"
    value = reading.exact
    in_money = reading.figure.quantity is Quantity.MONEY and reading.denominator is None
    return money(value) if in_money and value is not None else reading.text


def money(yuan: Fraction) -> str:
    """Money in 元 as 万元 or 亿元; in English as millions of yuan."""
    return name(money_label(yuan * FEN))


def share_text(part: int, whole: int) -> str:
    """A share as displayed in figures, cut to one decimal of a percent; "—" if `whole` is 0."""
    return f"{rounded(Fraction(100 * part, whole), 1, ROUND_FLOOR)}%" if whole else NOTHING


def fen(amount: int) -> str:
    """Money in 分 as 万元 or 亿元; in English as millions of yuan."""
    return name(money_label(amount))


def money_unit() -> str:
    """The unit of `money_number`: 万元, or millions of yuan in English."""
    return name(MONEY_UNIT)


def money_places() -> int:
    """The decimal places of `money_number`, down to 100 yuan in Chinese and 1,000 in English."""
    return 2 if language().startswith("zh") else 3


def places_of(amounts: Iterable[int]) -> int:
    """The decimal places of a column of money in 分: two, or four where one of its sums would be
    0.00."""
    small = (each for each in amounts if each)
    return 4 if any(not rounded(Fraction(each, _fen_in_unit()), 2) for each in small) else 2


def money_number(amount: int) -> float:
    """Money in 分 as a number in `money_unit`, for tables and charts."""
    return amount / _fen_in_unit()


def money_texts(amounts: Iterable[int]) -> list[str]:
    """Sums in 分 as numbers in `money_unit`, for a chart or table whose heading names the unit; all
    with the places of `money_places`, or of `places_of` where that is more."""
    found = list(amounts)
    places = max(money_places(), places_of(found))
    return [f"{rounded(Fraction(each, _fen_in_unit()), places):f}" for each in found]


def exact_money(amount: int | None) -> Decimal | None:
    """Money in 分 as an exact number in `money_unit`, for workbooks."""
    return None if amount is None else Decimal(amount) / _fen_in_unit()


def _fen_in_unit() -> int:
    return WAN if language().startswith("zh") else MILLION


def shown(column: Column, value: Any, references: References) -> str:
    """A ledger value in words; "—" for an empty one."""
    if value is None or value == "":
        return NOTHING
    match column.kind:
        case OneOf(choices=choices):
            return name(choices(value).label)
        case Listed(list_name=listed):
            return listed_name(listed, value, references)
        case Money():
            amount = rounded(Fraction(value, _fen_in_unit()), money_places())
            return _("{amount} {unit}", amount=amount, unit=money_unit())
        case Number():
            return f"{rounded(Fraction(value, 100), 2):f}".rstrip("0").rstrip(".")
        case Flag():
            return _("yes") if value else _("no")
    return value.isoformat() if isinstance(value, date) else str(value)


def heading_of(column: Column) -> str:
    """The heading of a ledger column, with the unit of money."""
    if isinstance(column.kind, Money):
        return _("{column} ({unit})", column=column.label, unit=money_unit())
    return name(column.label)


def listed_name(listed: str, code: str, references: References) -> str:
    """The name of a code in a reference list; the code itself if the list does not have it."""
    codes = references.codes[listed]
    row = codes.get(code)
    if row is None and listed == "rubric":
        # A dimension has the same name in every kind of report.
        row = next((each for key, each in codes.items() if key.endswith(f"/{code}")), None)
    if row is None:
        return code
    return name(Label(row["name"], _in_english(listed, code, row)))


def _in_english(listed: str, code: str, row: Mapping[str, str]) -> str:
    """The English name of a row of a list; of one kept without, that of the same shipped row."""
    given = row.get("name_en") or row["name"]
    if given != row["name"]:
        return given
    like = shipped().codes[listed].get(code, {})
    return like.get("name_en") or given if like.get("name") == row["name"] else given


def found_by_check(line: SentLine) -> str:
    """The result of the last check of a sent file, in words."""
    parts = [
        _("faults: {n}", n=line.faults) if line.faults else "",
        _("questions: {n}", n=line.questions) if line.questions else "",
        _("corrections: {n}", n=line.corrections) if line.corrections else "",
        _("anomalies: {n}", n=line.warnings) if line.warnings else "",
    ]
    return _(", ").join(filter(None, parts)) or _("clean")
