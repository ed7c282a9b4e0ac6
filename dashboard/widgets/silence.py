"""What is said where there is nothing to judge: silence is told as silence, never as good news."""

import streamlit as st

from dashboard import reads
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.widgets.drawing import heading
from models.text import N_

NOT_ENTERED = N_("Not entered: no unit of the district has a row of this by {day}.")


def silent(view: View) -> bool:
    """Say so where no unit stood in the grid on the day: nothing can be said then, good or bad."""
    if not is_silent(view):
        return False
    st.caption(_("No unit stood in the grid here on {day}.", day=view.as_of))
    return True


def known(view: View, figure: str) -> bool:
    """Whether the district has entered anything that `figure` (or a bucket of it) is read from."""
    return reads.of(view.scope)[figure].known


def not_entered(view: View, figure: str, title: str = "") -> bool:
    """Say so in grey, under `title`, where nobody has entered what `figure` is read from."""
    if known(view, figure):
        return False
    if title:
        heading(title)
    st.caption(_(NOT_ENTERED, day=view.as_of))
    return True


def nothing(view: View, figure: str, said: str) -> str:
    """What stands in place of an empty chart: `said`, where `figure` is known at all."""
    return said if known(view, figure) else _(NOT_ENTERED, day=view.as_of)


def is_silent(view: View) -> bool:
    """Whether no unit stood in the grid on the day."""
    return not reads.of(view.scope)["units"].numerator
