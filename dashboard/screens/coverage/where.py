"""The first tab of coverage: the map, its units, sectors by element, and the units to look at
first."""

import streamlit as st

from dashboard.frame.view import View
from dashboard.screens.coverage import tile_map, units
from dashboard.widgets.drawing import still


@still
def where(view: View) -> None:
    """Draw the map, a dot for each unit, sectors by element, and the units to look at first."""
    places = ((tile_map.subdistricts, tile_map.dots), (tile_map.sectors, units.worst_units))
    for row in places:
        for column, draw in zip(st.columns(2, border=True), row, strict=True):
            with column:
                draw(view)
