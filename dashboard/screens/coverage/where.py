"""The first tab of coverage: the units to look at first, those with gaps, sectors by element, and
the map."""

import streamlit as st

from dashboard.frame.view import View
from dashboard.screens.coverage import incomplete, sectors, tile_map, units
from dashboard.widgets.drawing import still


@still
def where(view: View) -> None:
    """Draw the units to look at first, those without all elements and sectors by element, and the
    map beside them."""
    first, places = st.columns([11, 10], border=True)
    with first:
        units.worst_units(view, tile_map.reddest(view))
        incomplete.incomplete_units(view)
        sectors.sectors(view)
    with places:
        tile_map.subdistricts(view)
