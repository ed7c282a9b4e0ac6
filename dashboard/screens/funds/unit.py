"""The unit of all money on the page of major funds."""

from dashboard.formats import MoneyUnit
from dashboard.frame.view import View
from dashboard.widgets import tiles

SUMS = ("fund_approved", "fund_disbursed", "fund_spent", "fund_idle")


def unit_of(view: View) -> MoneyUnit:
    """Return the unit beside the largest sum of the page."""
    return tiles.unit_of(view, SUMS)
