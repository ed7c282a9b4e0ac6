"""The controls of the page head that set node and days in the address."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from dashboard import address, going, node_choices, reads
from dashboard.frame.bases import Base
from dashboard.frame.view import Asked
from dashboard.i18n import _
from dashboard.markdown import literal
from dashboard.navigation import SEARCH
from dashboard.node_choices import NodeChoice
from data.access.permission import Viewer
from data.nodes import DISTRICT
from models.kinds import EARLIEST, LATEST

COMPARE = "frame-compare"
"""The key of the menu with the base of comparison."""


def shown(viewer: Viewer, asked: Asked) -> Mapping[str, object]:
    """Return the values of the head's fields by widget key, as derived from the address."""
    known = asked.node in _choices(viewer, asked.node)
    return {
        "frame-search": address.of_page("q"),
        # No selection if the node does not exist or may not be seen.
        "frame-node": asked.node if known else None,
        **({} if asked.of_today else {"frame-as_of": asked.as_of}),
    }


def search() -> None:
    """Draw the search box for units, findings and persons; the key "/" focuses it."""
    st.text_input(
        _("Search"),
        placeholder=_("Search  /"),
        key="frame-search",
        type="search",
        max_chars=100,
        icon=":material/search:",
        on_change=_put_search,
        label_visibility="collapsed",
        width=115,
    )


def _put_search() -> None:
    text = str(st.session_state["frame-search"] or "").strip()
    if text:
        going.go(SEARCH.name, q=text)


def choose_node(viewer: Viewer, node: str) -> None:
    """Draw a select box with the nodes that the viewer may see."""
    choices = _choices(viewer, node)
    st.selectbox(
        _("Node"),
        list(choices),
        index=None,
        format_func=lambda choice: node_label(choices[choice]),
        placeholder=_("Choose a node"),
        key="frame-node",
        on_change=_put_node,
        label_visibility="collapsed",
        width=170,
    )


def _choices(viewer: Viewer, node: str) -> dict[str, NodeChoice]:
    """Return the nodes to choose from by id; the present node is included if it exists."""
    choices = {choice.id: choice for choice in node_choices.nodes(viewer)}
    if node not in choices:
        named = node_choices.node_name(viewer, node)
        choices |= {named.id: named} if named else {}
    return choices


def node_label(choice: NodeChoice) -> str:
    """Return the name of a node with its kind."""
    return _(choice.message, name=choice.name)


def _put_node() -> None:
    chosen = st.session_state["frame-node"]
    address.put("node", chosen if chosen != DISTRICT else None)


def choose_since(asked: Asked) -> None:
    """Draw the control that shows the base of comparison and lets the viewer choose another."""
    popover = st.popover(_label(asked), key=COMPARE, on_change="rerun")
    if not popover.open:
        return
    words = {
        Base.MEETING: _("Last meeting"),
        Base.MONTH_END: _("End of last month"),
        Base.YEAR_AGO: _("Same day last year"),
        Base.DAY: _("Any day"),
    }
    st.session_state["frame-base"] = asked.base
    with popover:
        st.radio(
            _("Compared with"),
            list(words),
            format_func=words.__getitem__,
            key="frame-base",
            on_change=_put_base,
            args=(asked.since,),
        )
        if asked.base is Base.DAY:
            st.session_state["frame-since"] = asked.chosen_since
            choose_day("since", _("Compared with"))
        st.caption(_base_says(asked))


def _label(asked: Asked) -> str:
    """Return a short name of the base of comparison, for the button in the page head."""
    if asked.compared:
        return _("vs frozen {day}", day=asked.since)
    if asked.base is Base.MEETING and asked.meeting:
        return _("vs meeting {day}", day=asked.since)
    return _("vs {day}", day=asked.since)


def _base_says(asked: Asked) -> str:
    """Return a sentence that says which figures the base of comparison consists of."""
    if asked.compared:
        return _(
            "What was frozen for {meeting}, version {n}.",
            meeting=literal(asked.compared.meeting_name),
            n=asked.compared.version,
        )
    if asked.base is Base.MEETING and asked.meeting:
        return _("The day of the last meeting of the audit committee.")
    if asked.base is Base.MEETING:
        return _("30 days before: no meeting of the audit committee is known.")
    return _("What is known today about {day}.", day=asked.since)


def _put_base(since: date) -> None:
    base = Base(st.session_state["frame-base"])
    # "Any day" starts with the present day of comparison.
    address.put("since", since.isoformat() if base is Base.DAY else str(base) or None)


def name_today(today: date) -> None:
    """Draw, in the place of the day of the figures, that they are of today."""
    with st.container(key="frame-today", width="content", vertical_alignment="center"):
        st.badge(_("Today {day}", day=today), icon=":material/today:", color="blue")


def choose_day(which: str, label: str) -> None:
    """Draw a date input for the day that is kept in the address under `which`."""
    st.date_input(
        label,
        value=None,
        min_value=EARLIEST,
        max_value=LATEST,
        key=f"frame-{which}",
        on_change=_put_day,
        args=(which,),
        disabled=which == "as_of" and reads.looked_at() is not None,
        label_visibility="collapsed",
        width=160,
    )


def _put_day(which: str) -> None:
    day: date | None = st.session_state[f"frame-{which}"]
    address.put(which, day.isoformat() if day else None)
