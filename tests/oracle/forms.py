"""The format in which `gridlight figures --json` writes figures."""

from collections.abc import Iterable
from fractions import Fraction
from math import floor

Form = dict[str, object]
NOTHING: Form = {"value": None, "text": "—"}


def count(rows: Iterable[object]) -> Form:
    """The number of rows."""
    return number(len(list(rows)))


def number(value: int) -> Form:
    """A whole number."""
    return {"value": value, "text": str(value)}


def money(fen: int) -> Form:
    """An amount in 分."""
    yuan = Fraction(fen, 100)
    text = (
        f"{_half_up(yuan / 10**8, 2)}亿元" if yuan >= 10**8 else f"{_half_up(yuan / 10**4, 2)}万元"
    )
    return {"value": _half_up(yuan, 2), "text": text}


def share(part: int, whole: int) -> Form:
    """One count or weight as a share of another."""
    return {"numerator": part, "denominator": whole, "text": _percent(part, whole)}


def money_share(part: int, whole: int) -> Form:
    """One amount as a share of another, both in 分."""
    return {
        "numerator": _half_up(Fraction(part, 100), 2),
        "denominator": _half_up(Fraction(whole, 100), 2),
        "text": _percent(part, whole),
    }


def mean(values: Iterable[int]) -> Form:
    """The mean of whole numbers."""
    found = list(values)
    text = _half_up(Fraction(sum(found), len(found)), 1) if found else "—"
    return {"numerator": sum(found), "denominator": len(found), "text": text}


def points_mean(values: Iterable[Fraction]) -> Form:
    """The mean of points; its sum has as many decimals as it needs, at most six."""
    found = list(values)
    total = sum(found, Fraction(0))
    written = _half_up(total, 6).rstrip("0").rstrip(".")
    text = _half_up(total / len(found), 1) if found else "—"
    return {"numerator": written, "denominator": len(found), "text": text}


def greatest(values: Iterable[int]) -> Form:
    """The greatest value; a figure without a value if there are none."""
    found = list(values)
    return number(max(found)) if found else NOTHING


def _percent(part: int, whole: int) -> str:
    if whole == 0:
        return "—"
    permille = floor(Fraction(1000 * part, whole))
    return f"{permille // 10}.{permille % 10}%"


def _half_up(value: Fraction, places: int) -> str:
    shifted = floor(value * 10**places + Fraction(1, 2))
    return f"{shifted // 10**places}.{shifted % 10**places:0{places}}"
