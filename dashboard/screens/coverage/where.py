"""The first tab of coverage: the units to look at first, the map, its units, sectors by
element."""

import streamlit as st

from dashboard.frame.view import View
from dashboard.screens.coverage import tile_map, units
from dashboard.widgets.drawing import still


@still
def where(view: View) -> None:
    """Draw the units to look at first, the map, a dot for each unit, and sectors by element."""
    places = ((units.worst_units, tile_map.subdistricts), (tile_map.dots, tile_map.sectors))
    for row in places:
        for column, draw in zip(st.columns(2, border=True), row, strict=True):
            with column:
                draw(view)
