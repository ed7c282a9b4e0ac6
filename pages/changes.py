"""What changed since the last meeting: figures, findings, grades?"""

import streamlit as st

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.meeting import changes, changes_said, figures_changed

view = head.header(_("What changed since we met?"))
changes_said.say(view)
moved, figures = st.columns([4, 3], border=True)
with moved:
    changes_said.lights_that_turned(view)
    changes.what_moved(view)
with figures:
    figures_changed.figures_that_changed(view)
