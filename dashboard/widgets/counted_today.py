"""Lines where something is counted by today while the page shows another day."""

import streamlit as st

from dashboard import clock
from dashboard.elements import matters
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _
from models.text import N_


def files_by_today(view: View) -> list[Part]:
    """Return the line that files are counted by today, to append to their region; empty if today
    is the day of the view."""
    said = _where_days_differ(
        view, N_("Files are counted to today, {today}; everything else to {day}.")
    )
    return [matters.note(said)] if said else []


def ruled_by_today(view: View, onward: Part | None = None) -> list[Part]:
    """Return the piece of a sentence that says that its page is of today, whatever day its head
    has; `onward` leads to the state of that day. Empty if today is the day of the view."""
    said = _where_days_differ(
        view, N_("all counted to today, {today}, not to the day of the head, {day}")
    )
    return [matters.piece(said, onward=onward, aside=True)] if said else []


def dated_as_figures(view: View) -> None:
    """Draw the line that a document is dated by the day of its figures, unless that is today."""
    if said := _where_days_differ(
        view, N_("Dated {day}, the day of its figures; today is {today}.")
    ):
        st.caption(said)


def _where_days_differ(view: View, text: str) -> str:
    today = clock.today()
    return "" if today == view.as_of else _(text, today=today, day=view.as_of)
