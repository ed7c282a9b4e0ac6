"""Where does the net hold, and what has nobody looked into?"""

import streamlit as st

from dashboard.frame import head
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens.coverage import contents, tile_map, units
from dashboard.widgets import asked


def where(view: View) -> None:
    """The map, a dot a unit, sectors by element, and the units to look at first."""
    places = ((tile_map.subdistricts, tile_map.dots), (tile_map.sectors, units.worst_units))
    for row in places:
        for column, draw in zip(st.columns(2, border=True), row, strict=True):
            with column:
                draw(view)


view = head.header(_("Where does the net hold?"))
tile_map.figures(view)
asked.tabs_of_view(
    view,
    {
        "map": (_("Map and sectors"), where),
        "contents": (_("Content checks"), contents.heat),
        "blind": (_("Blind spots"), contents.blind_spots),
        "units": (_("Units and lights"), units.listing),
    },
)
