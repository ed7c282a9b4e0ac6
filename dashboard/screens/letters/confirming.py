"""The last step before letters are issued: the viewer confirms having read them, then issues
them."""

from collections.abc import Callable, Hashable, Sequence

import streamlit as st

from dashboard.i18n import _
from dashboard.markdown import told
from dashboard.reads import cache
from dashboard.screens.letters import files
from dashboard.widgets import buttons
from data.collection.reminders import IssuedReminder
from data.letters.issuing import Issued
from data.letters.numbers import LetterRefusedError


def confirm(
    letters: Sequence[Hashable],
    issue: Callable[[], Sequence[Issued | IssuedReminder]],
    *,
    key: str,
) -> None:
    """Draw a checkbox and a button that calls `issue` and then reruns the page with the issued
    letters.

    The checkbox is tied to these `letters`: for other letters it must be ticked again.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        looked = st.checkbox(
            _("I have looked at the letters, and they are to go out."),
            key=f"{key}-looked-{hash(tuple(letters))}",
        )
        pressed = st.button(
            _("Issue letters ({n})", n=len(letters)),
            type=buttons.main_button_type(),
            key=f"{key}-issue",
            disabled=not looked,
        )
    if not pressed:
        return
    try:
        issued = issue()
    except LetterRefusedError as refused:
        st.error(told(refused.sentence))
        return
    cache.forget_version()
    files.keep(issued)
    st.rerun()
