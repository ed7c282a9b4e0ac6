"""Lines where something is counted by today while the page shows another day."""

from dashboard.elements import matters
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _
from models.text import N_


def named_today(view: View) -> list[Part]:
    """Return the piece of a sentence that names today, to stand before what is counted to it;
    empty if today is the day of the view."""
    said = _where_days_differ(view, N_("today, {today}:"))
    return [matters.named(said)] if said else []


def ruled_by_today(view: View) -> list[Part]:
    """Return the piece of a sentence that says that its page is of today although its head names
    the day of a freeze; empty if today is the day of the view."""
    said = _where_days_differ(
        view, N_("all counted to today, {today}, not to the day of the head, {day}")
    )
    return [matters.piece(said, aside=True)] if said else []


def dated_as_figures(view: View) -> list[str]:
    """Return the sentence that a document is dated by the day of its figures; empty if that is
    today."""
    said = _where_days_differ(view, N_("Dated {day}, the day of its figures; today is {today}."))
    return [said] if said else []


def _where_days_differ(view: View, text: str) -> str:
    return "" if view.today == view.as_of else _(text, today=view.today, day=view.as_of)
