"""Form controls and tabs whose values are kept in the page's address, as codes that do not
depend on the language."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from dashboard import address, reads
from dashboard.edge import AddressError
from dashboard.frame.view import View
from dashboard.i18n import _
from models.text import N_, sentence

NO_SUCH_CHOICE = N_("“{text}” cannot be chosen here.")
P = ParamSpec("P")
T = TypeVar("T")
PAGE = "page"
"""The parameter for the page of a long list; removed when another filter changes the list."""
TAB = "tab"
"""The parameter for the open tab of a page."""


def _field(draw: Callable[P, T]) -> Callable[P, T]:
    """Decorator for a control: inside a part of a page that is replayed from the cache, the
    control is still drawn on every run."""

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> T:
        return reads.live(lambda: draw(*args, **kwargs))

    return drawn


def choice(name: str, choices: Mapping[str, str]) -> str:
    """Return the code in the address under `name`, or "" if there is none.

    Raises AddressError if the code is not a key of `choices`.
    """
    text_of_address = address.of_page(name)
    if text_of_address and text_of_address not in choices:
        raise AddressError(sentence(NO_SUCH_CHOICE, text=text_of_address[:40]))
    return text_of_address


def is_on(name: str) -> bool:
    """Return whether the switch `name` is on in the address."""
    return bool(choice(name, {"1": ""}))


@_field
def select(name: str, label: str, choices: Mapping[str, str], *, inside: bool = False) -> None:
    """Draw a select box with `choices` (names by code), of which the viewer may choose one or
    none.

    With `inside` the label stands inside the box until something is chosen, for a box that stands
    alone.
    """
    key = _key(name)
    st.session_state[key] = choice(name, choices) or None
    st.selectbox(
        label,
        list(choices),
        index=None,
        format_func=choices.__getitem__,
        placeholder=_("{label}: any", label=label) if inside else _("Any"),
        key=key,
        on_change=_put,
        args=(name,),
        label_visibility="collapsed" if inside else "visible",
    )


@_field
def pick(name: str, label: str, choices: Mapping[str, str], usual: str | None = None) -> str:
    """Draw a segmented control with `choices` (names by code); return the selected code.

    Exactly one choice is always selected; without a code in the address it is `usual`, else the
    first.
    """
    key = _key(name)
    first = usual or next(iter(choices))
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


@_field
def choose(name: str, label: str, choices: Mapping[str, str], usual: str) -> str:
    """Draw a select box with `choices` (names by code), one of which is always selected; return its
    code. Without a code in the address it is `usual`."""
    key = _key(name)
    st.session_state[key] = choice(name, choices) or usual
    st.selectbox(
        label,
        list(choices),
        format_func=choices.__getitem__,
        key=key,
        on_change=_put,
        args=(name, usual),
    )
    return str(st.session_state[key])


@_field
def switch(name: str, label: str) -> None:
    """Draw a switch for a filter that is either on or not applied."""
    key = _key(name)
    st.session_state[key] = is_on(name)
    st.checkbox(label, key=key, on_change=_put, args=(name,))


@contextmanager
def clipped(key: str, label: str) -> Iterator[None]:
    """Draw a long text inside; a phone shows its beginning until the switch `label` is on."""
    reads.live(lambda: st.toggle(label, key=f"fold-{key}"))
    with st.container(key=f"clipped-{key}"):
        yield


@contextmanager
def folded(key: str, label: str) -> Iterator[None]:
    """Draw a part inside that needs the width of a desk; a phone shows it when the switch `label`
    is on."""
    reads.live(lambda: st.toggle(label, key=f"fold-{key}"))
    with st.container(key=f"folded-{key}"):
        yield


@contextmanager
def filters(key: str, *names: str, **container: Any) -> Iterator[None]:
    """Draw the filters `names` (parameters of the address) inside; a phone folds them away.

    On a phone a switch opens them; it is on from the start while a filter is in use. `container`
    has settings of `st.container`.
    """

    def fold() -> None:
        in_use = any(address.of_page(each) for each in names)
        st.toggle(_("Filters"), value=in_use, key=f"fold-{key}")

    reads.live(fold)
    with st.container(key=f"filters-{key}", **container):
        yield


@_field
def text(name: str, label: str, placeholder: str, *, inside: bool = False) -> None:
    """Draw a text field for a search; with `inside` its label stands inside the field."""
    key = _key(name)
    st.session_state[key] = address.of_page(name)
    st.text_input(
        label,
        placeholder=_("{label}: {wanted}", label=label, wanted=placeholder)
        if inside
        else placeholder,
        key=key,
        on_change=_put,
        args=(name,),
        label_visibility="collapsed" if inside else "visible",
    )


@_field
def number(name: str, label: str, *, times: int = 1) -> None:
    """Draw a field for a whole number of 0 or more, where 0 means no filter.

    The field shows the number in the address multiplied by `times`.
    """
    key = _key(name)
    st.session_state[key] = whole_number(name) * times
    put, step = partial(_put_number, name, times), 10 * times
    st.number_input(label, min_value=0, step=step, key=key, on_change=put)


def whole_number(name: str) -> int:
    """Return the number in the address under `name`, or 0 if there is none.

    Raises AddressError if the text is not a whole number of fewer than 12 digits.
    """
    text_of_address = address.of_page(name)
    if not text_of_address:
        return 0
    if not (
        text_of_address.isascii() and text_of_address.isdecimal() and len(text_of_address) < 12
    ):
        raise AddressError(sentence(NO_SUCH_CHOICE, text=text_of_address[:40]))
    return int(text_of_address)


@_field
def page_number(pages: int) -> int:
    """Return the page of a long list, from 1; draw the control to turn pages if there are
    several."""
    asked = min(max(whole_number(PAGE), 1), max(pages, 1))
    if pages > 1:
        key = _key(PAGE)
        st.session_state[key] = asked
        st.pagination(pages, key=key, on_change=_put, args=(PAGE, "1"))
    return asked


@_field
def way(label: str, key: str, **asked: str) -> None:
    """Draw a button, styled as a link, that sets the address parameters `asked` of the present
    page.

    A real link is not used: one that leads to the page it stands on would leave the address
    unchanged.
    """
    st.button(label, key=key, type="tertiary", on_click=address.ask_of_page, kwargs=asked)


def tabs(drawn: Mapping[str, tuple[str, Callable[[], None]]]) -> None:
    """Draw tabs, given by code as title and drawing function; only the tab in the address is
    run."""
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
    """Draw `tabs` whose drawing functions all take the same `view`."""
    tabs({code: (title, partial(draw, view)) for code, (title, draw) in drawn.items()})


def _key(name: str) -> str:
    return f"asked-{name}"


def _put(name: str, otherwise: str = "") -> None:
    value = st.session_state[_key(name)]
    asked = "1" if value is True else str(value or "").strip()
    address.put_of_page(name, asked if asked != otherwise else None)
    if name != PAGE:
        address.put_of_page(PAGE, None)


def _put_number(name: str, times: int) -> None:
    value = int(st.session_state[_key(name)] or 0) // times
    address.put_of_page(name, str(value) if value else None)
    address.put_of_page(PAGE, None)


def _put_title(by_title: Mapping[str, str], first: str) -> None:
    code = by_title[st.session_state[_key(TAB)]]
    address.put_of_page(TAB, code if code != first else None)
    address.put_of_page(PAGE, None)
