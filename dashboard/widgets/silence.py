"""What is said where there is nothing to judge: silence is told as silence, never as good news."""

import streamlit as st

from dashboard import reads
from dashboard.frame.view import View
from dashboard.i18n import _


def silent(view: View) -> bool:
    """Say so where no unit stood in the grid on the day: nothing can be said then, good or bad."""
    if reads.of(view.scope)["units"].numerator:
        return False
    st.caption(_("No unit stood in the grid here on {day}.", day=view.as_of))
    return True
