"""What changed since the last meeting: figures, findings, grades?"""

import streamlit as st

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.meeting import changes

view = head.header(_("What changed since the last meeting?"))
moved, figures = st.columns([4, 3], border=True)
with moved:
    changes.what_moved(view)
with figures:
    changes.figures_that_changed(view)
