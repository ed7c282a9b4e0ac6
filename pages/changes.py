"""What changed since the last meeting: figures, findings, grades?"""

import streamlit as st

from dashboard import frame
from dashboard.i18n import _
from dashboard.screens.meeting import changes

view = frame.header(_("What changed since the last meeting?"))
frame.bring_back(view)
with st.container(border=True):
    changes.what_moved(view)
with st.container(border=True):
    changes.figures_that_changed(view)
