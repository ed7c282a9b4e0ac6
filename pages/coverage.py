"""Where does the net hold, and what has nobody looked into?"""

import streamlit as st

from dashboard import frame
from dashboard.components import asked, net_contents, net_map, net_units
from dashboard.frame import View
from dashboard.i18n import _


def where(view: View) -> None:
    """The map, a dot a unit, sectors by element, and the units to look at first."""
    places = ((net_map.subdistricts, net_map.dots), (net_map.sectors, net_units.worst))
    for row in places:
        for column, draw in zip(st.columns(2, border=True), row, strict=True):
            with column:
                draw(view)


view = frame.header(_("Where does the net hold?"))
net_map.figures(view)
asked.parts(
    "tab",
    view,
    {
        "map": (_("Map and sectors"), where),
        "contents": (_("Content checks"), net_contents.heat),
        "blind": (_("Blind spots"), net_contents.blind_spots),
        "units": (_("Units and lights"), net_units.listing),
    },
)
