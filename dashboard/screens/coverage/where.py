"""The first tab of coverage: the units at which the net has gaps, sectors by element, and the
map."""

import streamlit as st

from dashboard.frame.view import View
from dashboard.screens.coverage import gaps_by_unit, sectors, tile_map
from dashboard.widgets.drawing import still


@still
def where(view: View) -> None:
    """Draw the units with gaps and sectors by element, and the map beside them."""
    first, places = st.columns([11, 9], border=True)
    with first:
        gaps_by_unit.units_with_gaps(view)
        sectors.sectors(view)
    with places:
        tile_map.subdistricts(view)
