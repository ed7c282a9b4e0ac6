"""Why findings that are due are not closed, in words."""

from dashboard.i18n import _
from data.findings.due_open import DueOpen
from models.text import N_


def parts(found: DueOpen) -> str:
    """Return how many findings are not closed for each reason that some have."""
    counted = {
        N_("overdue {n}"): found.overdue,
        N_("under review {n}"): found.under_review,
        N_("suspended {n}"): found.suspended,
        N_("due that day {n}"): found.due_that_day,
    }
    return _(", ").join(_(words, n=number) for words, number in counted.items() if number)
