"""Messages in place of figures where no data was entered; missing data is never shown as a good
result."""

import streamlit as st

from dashboard import reads
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.widgets.drawing import heading
from models.text import N_

NOT_ENTERED = N_("Not entered: no unit of the district has a row of this by {day}.")


def draw_if_silent(view: View) -> bool:
    """Draw a note where no unit was in the grid on the day; whether it was drawn. The caller then
    draws nothing else."""
    if not is_silent(view):
        return False
    st.caption(_("No unit stood in the grid here on {day}.", day=view.as_of))
    return True


def is_known(view: View, figure: str) -> bool:
    """Whether the district has entered anything that `figure` (or a bucket of it) is read from."""
    return reads.figures_of(view.scope)[figure].known


def draw_if_not_entered(view: View, figure: str, title: str = "") -> bool:
    """Draw a grey note under `title` where nobody has entered the source of `figure`; whether it
    was drawn."""
    if is_known(view, figure):
        return False
    if title:
        heading(title)
    st.caption(_(NOT_ENTERED, day=view.as_of))
    return True


def text_if_empty(view: View, figure: str, text: str) -> str:
    """The text in place of an empty chart: `text` where the source of `figure` has entries, else
    that nothing was entered."""
    return text if is_known(view, figure) else _(NOT_ENTERED, day=view.as_of)


def is_silent(view: View) -> bool:
    """Whether no unit stood in the grid on the day."""
    return not reads.figures_of(view.scope)["units"].numerator
