"""Messages about files of the inbox that stay on the page until the viewer dismisses them."""

from collections.abc import Sequence

import streamlit as st

from dashboard.i18n import _
from dashboard.markdown import literal


def write(key: str, lines: Sequence[str], *, good: bool = True) -> None:
    """Store `lines` under `key`, in place of an earlier message."""
    st.session_state[key] = (tuple(lines), good)


def show(key: str) -> None:
    """Draw the message under `key`, if there is one."""
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
