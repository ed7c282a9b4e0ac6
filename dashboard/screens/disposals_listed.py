"""The disposals one by one, the worst first, with their filters."""

from collections.abc import Sequence

import streamlit as st

from dashboard import act_words, address, formats, reads, status
from dashboard.act_words import ToBeDone
from dashboard.elements.lists import Cell
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import listing_moved, next_acts
from dashboard.widgets import asked, beginning, ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.tables import table
from data.money import disposals
from data.money.disposals import DisposalFilter, DisposalLine
from models.disposal import DisposalKind, DisposalState, Method

FIRST, ROWS = 15, 100
"""The disposals shown at first, and when all are asked for."""


@still
def listing(view: View) -> None:
    """Draw the disposals that match the filters in the address, the worst first."""
    kinds = {str(kind): name(kind.label) for kind in DisposalKind}
    states = {str(state): name(state.label) for state in DisposalState}
    methods = {str(method): name(method.label) for method in Method}
    wanted = DisposalFilter(
        address.of_page("text").strip(),
        asked.choice("kind", kinds),
        asked.choice("state", states),
        asked.choice("method", methods),
    )
    count = reads.ask(disposals.count, view.scope, wanted)
    most = ROWS if asked.choice("rows", {"all": ""}) else FIRST
    heading(
        _("Disposals one by one"),
        _(
            "{shown} of {n}: the longest late first; money in {unit}; click one to see its unit",
            shown=min(count, most),
            n=count,
            unit=formats.money_unit(),
        ),
    )
    with asked.filters("disposals", "text", "kind", "state", "method"):
        search, kind, state, method = st.columns([2, 1, 1, 1])
        with search:
            asked.text("text", _("Look for"), _("Part of a name, code or unit"), inside=True)
        with kind:
            asked.select("kind", _("Kind of disposal"), kinds, inside=True)
        with state:
            asked.select("state", _("Standing"), states, inside=True)
        with method:
            asked.select("method", _("Way"), methods, inside=True)
    if not count:
        st.info(_("No disposal fits. Take a filter away."))
        return
    lines = reads.ask(disposals.lines, view.scope, wanted, most)
    lines_table(view, lines, key="disposals-list")
    if count > most == FIRST:
        asked.way(_("All {n} disposals ›", n=count), "disposals-all", rows="all")


def lines_table(
    view: View,
    lines: Sequence[DisposalLine],
    *,
    key: str,
    of_one_unit: bool = False,
) -> None:
    """Draw disposals with their state, `of_one_unit` leaves out the column of units."""
    value, recovered = _("Value found"), _("Recovered")
    done: dict[str, list[Cell]] = {
        recovered: [_money(line.recovered) for line in lines],
        _("Way"): [name(line.method.label) if line.method else None for line in lines],
        _("Done on"): [line.done_on for line in lines],
    }
    # Of open disposals these are empty.
    filled = {title: cells for title, cells in done.items() if any(cells)}
    new = [_new_since(view, line) for line in lines]
    table(
        {
            _("Standing"): [status.of_disposal(line.state) for line in lines],
            _("Days late"): [line.days or None for line in lines],
            _("Time limit"): [line.due_on for line in lines],
            _("What it is"): [line.name for line in lines],
            **({} if of_one_unit else {_("Unit"): [line.unit_name for line in lines]}),
            **({listing_moved.mark_heading(view): new} if any(new) else {}),
            **_next_column(view, lines),
            _("Kind of disposal"): [name(line.kind.label) for line in lines],
            _("Quantity"): [line.quantity for line in lines],
            value: [_money(line.value) for line in lines],
            _("Found on"): [line.found_on for line in lines],
            **filled,
            _("Code"): [line.code for line in lines],
        },
        key=key,
        says=_("Disposals one by one"),
        onward=None if of_one_unit else lambda row: ways.unit_way(lines[row].unit),
        columns={
            title: st.column_config.NumberColumn(format=f"%.{formats.money_places()}f")
            for title in (value, recovered)
        },
        tall=True,
        late=(_("Days late"),),
        spare=(_("Kind of disposal"), _("Quantity"), _("Found on"), _("Code")),
        cards={
            next_acts.heading(): next_acts.card(),
            _("Days late"): _("late by {n} days", n="{n}"),
            _("Unit"): "{n}",
            listing_moved.mark_heading(view): "{n}",
            _("Time limit"): _("due {day}", day="{n}"),
        },
    )


def _new_since(view: View, line: DisposalLine) -> str | None:
    """Return what is new about a disposal since the day of comparison: that it has become late,
    that it is done, or that it was found; None if nothing is, or nothing was known on that day."""
    before = beginning.readings_before(view).get("disposals_late")
    if before is None or not before.known:
        return None
    if line.state is DisposalState.LATE and line.due_on >= view.since:
        return _("newly overdue")
    if line.state is DisposalState.DONE and line.done_on and line.done_on > view.since:
        return _("newly done")
    return listing_moved.mark(is_new=line.found_on > view.since)


def _next_column(view: View, lines: Sequence[DisposalLine]) -> dict[str, list[Cell]]:
    """Return the column of what is to be done next, by whom and until when; empty if all is done.

    What is late is asked for by the committee's next meeting, the rest by its limit.
    """
    departments = next_acts.departments(line.unit for line in lines)

    def next_of(line: DisposalLine) -> ToBeDone | None:
        if line.state is DisposalState.DONE:
            return None
        what, who = _(act_words.COMPLETE), departments.get(line.unit, "")
        if line.state is DisposalState.LATE:
            return next_acts.by_next_meeting(view, what, who)
        return ToBeDone(what, who, line.due_on)

    cells: list[Cell] = [next_acts.cell(view, next_of(line)) for line in lines]
    return {next_acts.heading(): cells} if any(cells) else {}


def _money(amount: int | None) -> float | None:
    return None if amount is None else formats.money_number(amount)
