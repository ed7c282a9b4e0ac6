"""What the address bar says of the view: kept over a change of page, so that a link is a view.

Streamlit empties the address when the page changes; what is named here is written back.
"""

import streamlit as st

KEPT = ("node", "as_of", "since", "lang")
STATE = "address"


def take_up() -> None:
    """Bring address and memory together. Once a run, from the entry point."""
    kept: dict[str, str] = st.session_state.setdefault(STATE, {})
    for name in KEPT:
        if name in st.query_params:
            kept[name] = st.query_params[name]
        elif name in kept:
            st.query_params[name] = kept[name]


def get(name: str) -> str | None:
    """What is asked for under `name`, as it was written."""
    value = st.session_state.get(STATE, {}).get(name)
    return str(value) if value else None


def put(name: str, value: str | None) -> None:
    """Ask for `value` from now on; None for what stands when nothing is asked."""
    kept: dict[str, str] = st.session_state.setdefault(STATE, {})
    if value is None:
        kept.pop(name, None)
        st.query_params.pop(name, None)
    else:
        kept[name] = st.query_params[name] = value
