"""The lists behind a figure by their names, and the choice among them."""

from collections.abc import Mapping

import streamlit as st

from dashboard import reads
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.widgets import asked
from dashboard.widgets.gap_first import none_wanting
from data.figures.catalogue import Better, Figure
from data.figures.rows import Side, listed
from models.text import N_

CLOSED = {"rectified", "due_closed"}
IN_TIME = {"on_time", "on_time_original"}
"""Measures of findings that are closed, and of those that were submitted in time."""
SIDES = {
    Side.VALUE: N_("Rows counted"),
    Side.NUMERATOR: N_("Numerator"),
    Side.DENOMINATOR: N_("Denominator"),
}
OF_SHARE = {
    Side.REST: N_("Not met"),
    Side.NUMERATOR: N_("Met"),
    Side.DENOMINATOR: N_("All"),
}
"""The names of the two lists of a share of which more is better."""
OF_CLOSURE = {
    Side.REST: N_("Not yet closed"),
    Side.NUMERATOR: N_("Now closed"),
    Side.DENOMINATOR: N_("All"),
}
"""The names of the two lists of a share of findings that are closed."""
OF_TIME = {
    Side.REST: N_("Not in time"),
    Side.NUMERATOR: N_("In time"),
    Side.DENOMINATOR: N_("All"),
}
"""The names of the two lists of a share of what was done in time."""
OF_FAULTS = {
    Side.NUMERATOR: N_("At fault"),
    Side.REST: N_("Not at fault"),
    Side.DENOMINATOR: N_("All"),
}
"""The names of the two lists of a share of which less is better."""


def name_of(figure: Figure, side: Side) -> str:
    """Return the name of a list behind `figure`."""
    return _(_names(figure)[side])


def _names(figure: Figure) -> Mapping[Side, str]:
    if Side.REST not in listed(figure):
        return SIDES
    if CLOSED.intersection(figure.numerator):
        return OF_CLOSURE
    if IN_TIME.intersection(figure.numerator):
        return OF_TIME
    return OF_FAULTS if figure.better is Better.LOWER else OF_SHARE


def chosen(view: View, figure: Figure, bucket: str) -> Side:
    """Return the list that the address asks for; draws the choice if there are several."""
    offered = listed(figure)
    if len(offered) == 1:
        return offered[0]
    lengths = {side: reads.length_of_rows(view.scope, figure.id, bucket, side) for side in offered}
    choices = {str(side): f"{name_of(figure, side)} {lengths[side]}" for side in offered}
    return Side(asked.pick("side", _("Which rows"), choices))


def draw_none(view: View, figure: Figure, bucket: str, side: Side) -> None:
    """Say that the list is empty, and offer all rows if it is only a part of them."""
    whole = listed(figure)[-1]
    rows = reads.length_of_rows(view.scope, figure.id, bucket, whole)
    if side is whole or not rows:
        st.info(_("No row counts here on {day}.", day=view.as_of))
        return
    says = _(
        "None of the {n} rows stands under “{list}” on {day}.",
        n=rows,
        list=name_of(figure, side),
        day=view.as_of,
    )
    none_wanting(says, _("All {n} rows ›", n=rows), "listing-all", side=str(whole))
