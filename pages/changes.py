"""What changed since the last meeting: figures, findings, grades?"""

import streamlit as st

from dashboard import frame
from dashboard.components import moved
from dashboard.i18n import _

view = frame.header(_("What changed since the last meeting?"))
frame.bring_back(view)
with st.container(border=True):
    moved.what_moved(view)
with st.container(border=True):
    moved.figures_that_changed(view)
