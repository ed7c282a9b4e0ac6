"""What was done with files of the inbox: it stays on the page until it is put away."""

from collections.abc import Sequence

import streamlit as st

from dashboard.i18n import _
from dashboard.markdown import literal


def write(key: str, lines: Sequence[str], *, good: bool = True) -> None:
    """Let `lines` stand under `key` in the place of what stood there."""
    st.session_state[key] = (tuple(lines), good)


def show(key: str) -> None:
    """What was written under `key`, if anything."""
    kept: tuple[tuple[str, ...], bool] | None = st.session_state.get(key)
    if kept is None:
        return
    lines, good = kept
    with st.container(border=True, key=key):
        message = "\n\n".join(map(literal, lines))
        if good:
            st.success(message)
        else:
            st.warning(message)
        if st.button(_("Put away"), key=f"{key}-away"):
            del st.session_state[key]
            st.rerun()
