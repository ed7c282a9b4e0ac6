"""Where is it red, what changed since the last meeting, what needs a decision?"""

import streamlit as st

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens import overview

view = head.header(_("Where does the district need attention?"))
overview.four_blocks(view)
places = (
    (overview.headline, overview.matters_to_decide, overview.coverage_map),
    (overview.audit_side, overview.rectification_side, overview.lights),
)
for row in places:
    for column, draw in zip(st.columns(3, border=True), row, strict=True):
        with column:
            draw(view)
