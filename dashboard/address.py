"""What the address bar says of the view: kept over a change of page, so that a link is a view.

Streamlit empties the address when the page changes; what is named here is written back.
"""

from urllib.parse import urlencode

import streamlit as st

KEPT = ("node", "as_of", "since", "frozen", "lang")
STATE = "address"
RENAMED = {"part": "tab"}
"""Names of earlier versions, by which kept links still ask."""


def take_up() -> None:
    """Bring address and memory together. Once a run, from the entry point."""
    for before, name in RENAMED.items():
        if before in st.query_params:
            st.query_params[name] = st.query_params[before]
            del st.query_params[before]
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


def of_page(name: str) -> str:
    """What the address asks of the page that is looked at, and of no other; "" for nothing."""
    return str(st.query_params.get(name, ""))


def put_of_page(name: str, value: str | None) -> None:
    """Ask the page that is looked at for `value`; None for nothing."""
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def ask_of_page(**asked: str) -> None:
    """Ask the page that is looked at for all of `asked` in one step."""
    st.query_params.update(asked)


def to(page: str, **asked: str | None) -> str:
    """The address of a page as text: `link`, for where a browser is told to go."""
    return f"{page}?{urlencode(link(**asked))}"


def link(**asked: str | None) -> dict[str, str]:
    """The parameters of a link to a view: what is asked now, and `asked` in its place or beside."""
    kept: dict[str, str] = dict(st.session_state.get(STATE, {}))
    return {name: value for name, value in (kept | asked).items() if value}
