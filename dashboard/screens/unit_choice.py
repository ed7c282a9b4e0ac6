"""Search for a unit, with how each is doing, the worst first."""

from collections.abc import Sequence

import streamlit as st

from dashboard import reads
from dashboard.elements import board, table
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _, say
from dashboard.screens import unit_standing
from dashboard.widgets.drawing import still
from dashboard.widgets.place import look
from data.coverage import light_reasons
from data.figures import units as unit_lines
from data.figures.units import UnitLine
from models.text import NOTHING

FOUND = 30
"""The most units listed."""


def choose(view: View) -> None:
    """Draw a search field and the units that fit, for a view that is not of one unit."""
    wanted = st.text_input(
        _("Look for a unit"), key="unit-search", placeholder=_("Part of its name or code")
    )
    _listed(view, wanted)


@still
def _listed(view: View, wanted: str) -> None:
    found = (
        reads.ask(unit_lines.search, view.scope, wanted, FOUND)
        if wanted
        else reads.units(view.scope)[:FOUND]
    )
    if not found:
        st.info(_("No unit fits. Try a part of its name or its code."))
        return
    columns = [*unit_standing.columns(), table.column(_("Why this light"))]
    units = board.region(
        "units",
        table.table(columns, _rows(view, found)),
        title=_("Units"),
        says=_("the worst light first, {n} at most; click one", n=FOUND),
    )
    board.board("unit-choices", [units], layout="stack", look=look())


def _rows(view: View, found: Sequence[UnitLine]) -> list[Part]:
    """Return the units as table rows; those outside the grid are last."""
    codes = {unit.code for unit in found}
    standings = [each for each in unit_standing.standings(view) if each.unit.code in codes]
    outside = [unit_standing.UnitStanding(unit, {}, "") for unit in found if unit.light is None]
    reasons = reads.ask(light_reasons.reasons, view.scope)

    def deciding(unit: UnitLine) -> str:
        own = reasons.get(unit.code)
        return say(own[0]) if own else NOTHING

    return [unit_standing.row(each, last=[deciding(each.unit)]) for each in (*standings, *outside)]
