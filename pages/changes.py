"""What changed since the last meeting: figures, findings, grades?"""

import streamlit as st

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.meeting import changes

view = head.header(_("What changed since the last meeting?"))
with st.container(border=True):
    changes.what_moved(view)
with st.container(border=True):
    changes.figures_that_changed(view)
