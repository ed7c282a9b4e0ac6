"""What does each figure mean, and where does it come from?"""

import streamlit as st

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens import definitions

view = head.header(_("What does each figure mean?"))
parts = {
    _("Figures"): lambda: definitions.figures(view),
    _("Ledgers"): definitions.ledgers,
    _("Reference lists"): definitions.lists,
}
tabs = st.tabs(list(parts), key="definitions-tabs", on_change="rerun")
for tab, draw in zip(tabs, parts.values(), strict=True):
    if tab.open:
        with tab:
            draw()
