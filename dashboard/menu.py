"""Register all pages with Streamlit under their paths, also those closed to the viewer."""

from collections.abc import Callable

import streamlit as st

from dashboard import identity
from dashboard.frame import head
from dashboard.i18n import _, language
from dashboard.navigation import ALL_PAGES, PASSWORD, SECOND_FACTOR, PageEntry, first_open_to
from dashboard.screens import new_password, second_factor, sign_in
from dashboard.widgets import ways
from data.access.permission import Viewer

Pages = dict[str, list[st.Page]]
STATE = "menu"


def pages(viewer: Viewer | None) -> Pages:
    """All pages by their group in the menu.

    Pages closed to the viewer are registered, too: the address of an unregistered page would be
    lost at sign-in.
    """
    # Cached, since making a page is slow; pages differ only by rights and language.
    asked = (viewer, language())
    kept: tuple[object, Pages] | None = st.session_state.get(STATE)
    if kept is None or kept[0] != asked:
        kept = st.session_state[STATE] = (asked, _made(viewer))
    return kept[1]


def _made(viewer: Viewer | None) -> Pages:
    home = st.Page(_begin if viewer else sign_in.sign_in_form, default=True, visibility="hidden")
    grouped: Pages = {"": [home]}
    made = {entry.name: _page(entry, viewer) for entry in ALL_PAGES}
    for entry in ALL_PAGES:
        grouped.setdefault(_(entry.group) if entry.group else "", []).append(made[entry.name])
    ways.remember_pages(made)
    return grouped


def _page(entry: PageEntry, viewer: Viewer | None) -> st.Page:
    if viewer is None:
        return _hidden(entry, sign_in.sign_in_form)
    if viewer.must_change and entry is not PASSWORD:
        return _hidden(entry, new_password.password_page)
    if viewer.must_enrol and not viewer.must_change and entry is not SECOND_FACTOR:
        return _hidden(entry, second_factor.second_factor_form)
    if not entry.open_to(viewer):
        return _hidden(entry, head.refuse_page)
    return st.Page(
        entry.script,
        title=_(entry.title),
        url_path=entry.name,
        visibility="visible" if entry.listed_for(viewer) else "hidden",
    )


def _hidden(entry: PageEntry, instead: Callable[[], None]) -> st.Page:
    return st.Page(instead, title=_(entry.title), url_path=entry.name, visibility="hidden")


def _begin() -> None:
    """Go to the first page open to the viewer."""
    viewer = identity.require_viewer()
    entry = first_open_to(viewer)
    if viewer.must_change:
        new_password.password_page()
    elif viewer.must_enrol:
        second_factor.second_factor_form()
    elif entry:
        st.switch_page(entry.script, query_params=st.query_params.to_dict())
    else:
        head.refuse_page()
