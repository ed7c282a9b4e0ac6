"""The account menu: who is signed in, the language, and signing out."""

import re

import streamlit as st

from dashboard import address, identity, session_bridge
from dashboard.i18n import LANGUAGES, _, language, name
from dashboard.markdown import literal
from dashboard.navigation import PASSWORD, SECOND_FACTOR, SIGN_INS

ACCOUNT = "frame-account"
"""The key of the menu."""
BRACKETS = re.compile(r"\s*[（(].*$")
"""Matches what stands in brackets behind a name."""


def account_menu() -> None:
    """Draw the menu; before sign-in it only has the choice of language."""
    viewer = identity.viewer()
    if viewer is None:
        _choose_language()
        return
    popover = st.popover(
        literal(in_short(viewer.name)),
        icon=":material/account_circle:",
        key=ACCOUNT,
        on_change="rerun",
    )
    # The contents of a menu are drawn only when it is opened.
    if not popover.open:
        return
    with popover:
        # The button shows the name in short, on a phone none.
        st.markdown(f"**{literal(viewer.name)}**")
        st.caption(name(viewer.role.label) if viewer.role else _("No role yet"))
        _choose_language()
        for entry in (PASSWORD, SECOND_FACTOR, SIGN_INS):
            st.page_link(entry.script, label=_(entry.title))
        if st.button(_("Sign out"), key="frame-sign-out"):
            _sign_out()


def in_short(called: str) -> str:
    """Return the name of an account without what stands behind it in brackets, such as its body."""
    return BRACKETS.sub("", called) or called


def _choose_language() -> None:
    st.session_state["frame-language"] = language()
    st.segmented_control(
        "Language · 语言",
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        required=True,
        key="frame-language",
        on_change=lambda: address.put("lang", st.session_state["frame-language"]),
        label_visibility="collapsed",
    )


def _sign_out() -> None:
    held = identity.token()
    if held:
        identity.leave(held, identity.network_address())
    session_bridge.close_session()
