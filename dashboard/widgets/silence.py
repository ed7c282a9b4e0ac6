"""Messages in place of figures where no data was entered; missing data is never shown as a good
result."""

import streamlit as st

from dashboard import formats, reads
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.widgets.drawing import heading
from data import matters
from data.coverage import unentered
from models.text import N_

NOT_ENTERED = N_("Not entered: no unit of the district has a row of this by {day}.")
NOT_REPORTED = N_("Not known: nothing has come in here by {day}.")


def draw_if_silent(view: View) -> bool:
    """Draw a note if no unit was in the grid on the day; return whether it was drawn.

    If so, the caller draws nothing else.
    """
    if not is_silent(view):
        return False
    st.caption(_("No unit stood in the grid here on {day}.", day=view.as_of))
    return True


def is_known(view: View, figure: str) -> bool:
    """Return whether there are any data from which `figure` (or `figure:bucket`) is computed.

    There are none if nobody in the district has entered any, or nothing has come in at the node.
    """
    return reads.figures_of(view.scope)[figure].known


def draw_if_not_entered(view: View, figure: str, title: str = "") -> bool:
    """Draw a grey note under `title` if the source of `figure` has no entries; return whether it
    was drawn."""
    if is_known(view, figure):
        return False
    if title:
        heading(title)
    st.caption(not_known(view))
    return True


def not_known(view: View) -> str:
    """Return why a figure is not known: nobody has entered it, or nothing has come in here."""
    message = NOT_REPORTED if reads.is_unreported(view.scope) else NOT_ENTERED
    return _(message, day=view.as_of)


def why_unknown(view: View, figure: str) -> str:
    """Return in a word why `figure` is not known of a part of the node: nothing came in from it,
    or nobody in the district has entered it."""
    of_part = reads.is_unreported(view.scope) or is_known(view, figure)
    return _(formats.NOT_REPORTED if of_part else formats.NOT_ENTERED)


def text_if_empty(view: View, figure: str, text: str) -> str:
    """Return the text shown instead of an empty chart.

    This is `text` if the source of `figure` has entries, else a text that says that nothing was
    entered or has come in.
    """
    return text if is_known(view, figure) else not_known(view)


def nothing_to_decide(view: View) -> str:
    """Return the text shown where no matter needs a decision: of what is entered, if not all is."""
    since = reads.first_days(view.scope)
    if all(unentered.has_rows(since, each, view.as_of) for each in matters.LEDGERS):
        return _("By the rules, nothing needs a decision on {day}.", day=view.as_of)
    message = _("Of what is entered, nothing needs a decision on {day}.", day=view.as_of)
    return text_if_empty(view, "overdue", message)


def is_silent(view: View) -> bool:
    """Return whether no unit was in the grid on the day."""
    return not reads.figures_of(view.scope)["units"].numerator
