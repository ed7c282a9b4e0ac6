"""The first tab of coverage: the units to look at first, sectors by element, and the map."""

import streamlit as st

from dashboard.frame.view import View
from dashboard.screens.coverage import tile_map, units
from dashboard.widgets.drawing import still


@still
def where(view: View) -> None:
    """Draw the units to look at first above sectors by element, and the map beside them."""
    first, places = st.columns(2, border=True)
    with first:
        units.worst_units(view, tile_map.reddest(view))
        st.space("xsmall")
        tile_map.sectors(view)
    with places:
        tile_map.subdistricts(view)
