"""Controls whose choice stands in the address of the page, as codes that no language changes."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from dashboard import address
from dashboard.edge import AddressError
from dashboard.frame.view import View
from dashboard.i18n import _
from models.text import N_, sentence

NO_SUCH_CHOICE = N_("“{text}” cannot be chosen here.")
PAGE = "page"
"""The page of a long list; another list begins with its first."""
TAB = "tab"
"""The tab of a page."""


def choice(name: str, choices: Mapping[str, str]) -> str:
    """What the address asks for under `name`, one of `choices`; "" for nothing."""
    found = address.of_page(name)
    if found and found not in choices:
        raise AddressError(sentence(NO_SUCH_CHOICE, text=found[:40]))
    return found


def is_on(name: str) -> bool:
    """Whether the address asks for what is switched on under `name`."""
    return bool(choice(name, {"1": ""}))


def select(name: str, label: str, choices: Mapping[str, str]) -> None:
    """A box to choose one of `choices`, names by their codes, or none."""
    key = _key(name)
    st.session_state[key] = choice(name, choices) or None
    st.selectbox(
        label,
        list(choices),
        index=None,
        format_func=choices.__getitem__,
        placeholder=_("Any"),
        key=key,
        on_change=_put,
        args=(name,),
    )


def pick(name: str, label: str, choices: Mapping[str, str]) -> str:
    """A row of `choices`, names by their codes, of which one always holds, at first the first."""
    key = _key(name)
    first = next(iter(choices))
    st.session_state[key] = choice(name, choices) or first
    st.segmented_control(
        label,
        list(choices),
        format_func=choices.__getitem__,
        required=True,
        key=key,
        on_change=_put,
        args=(name, first),
        label_visibility="collapsed",
    )
    return str(st.session_state[key])


def switch(name: str, label: str) -> None:
    """Something that is wanted or does not matter."""
    key = _key(name)
    st.session_state[key] = is_on(name)
    st.checkbox(label, key=key, on_change=_put, args=(name,))


def text(name: str, label: str, placeholder: str) -> None:
    """A text to look for."""
    key = _key(name)
    st.session_state[key] = address.of_page(name)
    st.text_input(label, placeholder=placeholder, key=key, on_change=_put, args=(name,))


def number(name: str, label: str) -> None:
    """A whole number from 0 on; 0 for none."""
    key = _key(name)
    st.session_state[key] = whole(name)
    st.number_input(label, min_value=0, step=10, key=key, on_change=_put, args=(name,))


def whole(name: str) -> int:
    """The number that the address asks for under `name`; 0 for none."""
    found = address.of_page(name)
    if not found:
        return 0
    if not (found.isascii() and found.isdecimal() and len(found) < 12):
        raise AddressError(sentence(NO_SUCH_CHOICE, text=found[:40]))
    return int(found)


def page(pages: int) -> int:
    """The page of a long list, from 1, with the control to turn it where there are several."""
    asked = min(max(whole(PAGE), 1), max(pages, 1))
    if pages > 1:
        key = _key(PAGE)
        st.session_state[key] = asked
        st.pagination(pages, key=key, on_change=_put, args=(PAGE, "1"))
    return asked


def way(label: str, key: str, **asked: str) -> None:
    """A way to something else on the page that is looked at: it is asked for `asked`.

    A link to the page on which it stands would leave the address as it was.
    """
    st.button(label, key=key, type="tertiary", on_click=address.ask_of_page, kwargs=asked)


def tabs(drawn: Mapping[str, tuple[str, Callable[[], None]]]) -> None:
    """Tabs by code, each a title and what draws it; only the one that the address asks for runs."""
    titles = {code: title for code, (title, _draw) in drawn.items()}
    first, key = next(iter(titles)), _key(TAB)
    st.session_state[key] = titles[choice(TAB, titles) or first]
    by_title = {title: code for code, title in titles.items()}
    drawn_tabs = st.tabs(list(by_title), key=key, on_change=_put_title, args=(by_title, first))
    for tab, (_title, draw) in zip(drawn_tabs, drawn.values(), strict=True):
        if tab.open:
            with tab:
                draw()


def tabs_of_view(view: View, drawn: Mapping[str, tuple[str, Callable[[View], None]]]) -> None:
    """`tabs` of which each draws the same view."""
    tabs({code: (title, partial(draw, view)) for code, (title, draw) in drawn.items()})


def _key(name: str) -> str:
    return f"asked-{name}"


def _put(name: str, otherwise: str = "") -> None:
    value = st.session_state[_key(name)]
    asked = "1" if value is True else str(value or "").strip()
    address.put_of_page(name, asked if asked != otherwise else None)
    if name != PAGE:
        address.put_of_page(PAGE, None)


def _put_title(by_title: Mapping[str, str], first: str) -> None:
    code = by_title[st.session_state[_key(TAB)]]
    address.put_of_page(TAB, code if code != first else None)
    address.put_of_page(PAGE, None)
