"""Targets of shares and how far a share, as it is written, is from its target."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from tests.oracle.forms import Form


def in_force(rows: Iterable[Mapping[str, str]], figure: str, day: date) -> Mapping[str, str] | None:
    """The row of the target that began last; None before the first."""
    found = None
    for row in sorted(rows, key=lambda row: row["from"]):
        if row["figure"] == figure and row["from"] <= day.isoformat():
            found = row
    return found


def short(form: Form, percent: str, *, higher_is_better: bool) -> Fraction | None:
    """The percentage points that are missing; None if the share is "—"."""
    text = str(form["text"])
    if text == "—":
        return None
    over = Fraction(text.removesuffix("%")) - Fraction(percent)
    return max(Fraction(0), -over if higher_is_better else over)
