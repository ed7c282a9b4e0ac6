"""The query parameters that describe the view; kept across pages, so that links are complete.

Streamlit clears the query parameters when the page changes; those named here are written back.
"""

from urllib.parse import urlencode

import streamlit as st

KEPT = ("node", "as_of", "since", "frozen", "lang")
STATE = "address"
LONGEST = 2_000
"""The most characters of a value; real ones are far shorter."""
RENAMED = {"part": "tab"}
"""Parameter names of earlier versions by their present names, so that old links still work."""


def merge_with_session() -> None:
    """Merge the parameters of the address with those stored in the session; called once a run."""
    for before, name in RENAMED.items():
        if before in st.query_params:
            st.query_params[name] = st.query_params[before]
            del st.query_params[before]
    kept: dict[str, str] = st.session_state.setdefault(STATE, {})
    for name in KEPT:
        if st.query_params.get(name) == "":
            # An address that was gone back to: its view did not name the parameter.
            kept.pop(name, None)
            del st.query_params[name]
        elif name in st.query_params:
            kept[name] = st.query_params[name]
        elif name in kept:
            st.query_params[name] = kept[name]


def get(name: str) -> str | None:
    """The value of the parameter `name` in the address; None if it is missing."""
    return _plain(st.session_state.get(STATE, {}).get(name)) or None


def _plain(value: object) -> str:
    """`value` as text without invisible and invalid characters, cut to `LONGEST`."""
    return "".join(filter(str.isprintable, str(value or "")[:LONGEST]))


def put(name: str, value: str | None) -> None:
    """Set the parameter `name` to `value`; None removes it, so that its default applies."""
    kept: dict[str, str] = st.session_state.setdefault(STATE, {})
    if value is None:
        kept.pop(name, None)
        st.query_params.pop(name, None)
    else:
        kept[name] = st.query_params[name] = value


def of_page(name: str) -> str:
    """The value of a parameter of the present page alone; "" if it is missing."""
    return _plain(st.query_params.get(name))


def put_of_page(name: str, value: str | None) -> None:
    """Set a parameter of the present page; None removes it."""
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def ask_of_page(**asked: str) -> None:
    """Set several parameters of the present page at once."""
    st.query_params.update(asked)


def to(page: str, /, **asked: str | None) -> str:
    """The address of a page with the parameters of `link`."""
    return f"{page}?{urlencode(link(**asked))}"


def link(**asked: str | None) -> dict[str, str]:
    """The parameters for a link: those of the present view, updated with `asked`."""
    kept: dict[str, str] = dict(st.session_state.get(STATE, {}))
    return {name: value for name, value in (kept | asked).items() if value}
