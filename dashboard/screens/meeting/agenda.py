"""The agenda of a meeting: the items shown on its wall, edited by those who may."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard import identity, node_choices, reads
from dashboard.frame import choosers
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.markdown import literal, told
from dashboard.reads import cache
from dashboard.screens.meeting import deciding
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.tables import ROW, table
from data.meetings import agendas, held
from data.meetings.agendas import AgendaRefusedError, Item
from data.nodes import DISTRICT, parse
from data.store.database import writing
from models.freeze import AgendaScreen

LINE = 28
"""Height in pixels of a row of the editor, so that the whole agenda is seen on a desk."""
DECISIONS = AgendaScreen.DECISIONS
SAVED = "agenda-saved"
"""Session key: the meeting whose agenda was saved in the run before."""


def editor(view: View, meeting: str) -> None:
    """Draw the agenda of a meeting; viewers with the right can change, sort and save its items, in
    an editor that is folded away."""
    if not agendas.may_save(view.viewer):
        _listed(view, meeting)
        return
    _listed(view, meeting)
    if st.session_state.pop(SAVED, "") == meeting:
        st.success(_("The agenda is saved."))
    with st.expander(_("Change the agenda")):
        _changed(view, meeting)


def _changed(view: View, meeting: str) -> None:
    """Draw the editor of the items and the button that saves them."""
    items = reads.ask_now(agendas.agenda_of, meeting)
    edited = _edited(items, _places(view), meeting)
    save, note = st.columns([1, 3], vertical_alignment="center")
    with save:
        pressed = st.button(_("Save the agenda"), key="agenda-save")
    with note:
        st.caption(_("An item is moved by its number; a row is removed by its box."))
    if pressed:
        _save(meeting, edited)


def _places(view: View) -> Mapping[str, str]:
    """Return the names of nodes by id, including every unit."""
    called = {choice.id: choosers.node_label(choice) for choice in node_choices.nodes(view.viewer)}
    units = reads.units(view.scope.at(parse(DISTRICT)).as_frozen(None))
    return called | {f"unit:{line.code}": f"{line.name} {line.code}" for line in units}


def _on_wall(view: View, meeting: str, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the items that the wall shows now."""
    line = reads.ask(held.one, view.scope.at(parse(DISTRICT)).as_frozen(None), meeting)
    return deciding.shown_on_wall(view, line, items)


def _heading(view: View, items: Sequence[Item], on_wall: Sequence[Item]) -> None:
    """Draw the heading with the number of the items below it, the node if all are of one, and which
    of them the wall leaves out."""
    says = _("{n} items in order", n=len(items))
    nodes = {item.node for item in items}
    if len(nodes) == 1:
        (node,) = nodes
        says += _("; node: {node}", node=literal(_places(view).get(node, node)))
    if len(on_wall) < len(items):
        says += _("; “{item}” is shown once something is decided", item=DECISIONS.label)
    heading(_("Agenda of the wall screen"), says)


@still
def _listed(view: View, meeting: str) -> None:
    items = reads.ask_now(agendas.agenda_of, meeting)
    _heading(view, items, _on_wall(view, meeting, items))
    places = _places(view)
    screens = [f"{at}. {name(item.screen.label)}" for at, item in enumerate(items, start=1)]
    nodes = [places.get(item.node, item.node) for item in items]
    table(
        # Where all are of one node, the heading says it.
        {_("Screen"): screens, **({_("Node"): nodes} if len(set(nodes)) > 1 else {})},
        key="agenda-list",
        says=_("Agenda of the wall screen"),
        tall=True,
    )


def _edited(
    items: Sequence[Item], places: Mapping[str, str], meeting: str
) -> Sequence[Mapping[str, Any]]:
    """Draw the editor and return its rows; it is reset after the items are saved."""
    screens = {str(screen): name(screen.label) for screen in AgendaScreen}
    rows: list[dict[str, Any]] = st.data_editor(
        [
            {"number": number, "screen": str(item.screen), "node": item.node}
            for number, item in enumerate(items, start=1)
        ],
        num_rows="dynamic",
        # High enough for the headings, all items, and the empty row for a new one.
        height=ROW + LINE * (len(items) + 1) + 3,
        row_height=LINE,
        hide_index=True,
        key=f"agenda-editor-{meeting}-{abs(hash(items))}",
        column_config={
            "number": st.column_config.NumberColumn(_("No."), min_value=0, step=1, width=50),
            "screen": st.column_config.SelectboxColumn(
                _("Screen"),
                options=list(screens),
                format_func=lambda screen: screens[str(screen)],
                required=True,
            ),
            "node": st.column_config.SelectboxColumn(
                _("Node"),
                options=list(places),
                format_func=lambda node: places.get(str(node), str(node)),
                default=DISTRICT,
                required=True,
            ),
        },
    )
    return rows


def in_order(rows: Sequence[Mapping[str, Any]]) -> tuple[Item, ...]:
    """Return the items of edited rows sorted by number; those without a number come last."""
    numbered = [row for row in rows if row.get("screen")]
    last = len(numbered) + 1
    ordered = sorted(numbered, key=lambda row: last if row["number"] is None else row["number"])
    return tuple(Item(AgendaScreen(row["screen"]), row["node"] or DISTRICT) for row in ordered)


def _save(meeting: str, rows: Sequence[Mapping[str, Any]]) -> None:
    viewer = identity.require_viewer()
    try:
        with writing(cache.engine()) as connection:
            agendas.save(connection, viewer, identity.act(), meeting, in_order(rows))
    except AgendaRefusedError as error:
        st.error(told(error.sentence))
        return
    cache.forget_version()
    st.session_state[SAVED] = meeting
    st.rerun()
