"""What is on the agenda, what was frozen for it, and what did the meeting decide?"""

import streamlit as st

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.meeting import agenda, before, deciding, freezing
from dashboard.widgets.panels import panel

view = head.header(_("What is before the meeting?"))
with st.container(horizontal=True, vertical_alignment="center", key="meeting-choice"):
    chosen = freezing.chosen(view)
    if chosen:
        freezing.to_wall(view, chosen)
before.before_the_meeting(view)
decided, shown = st.columns(2)
if chosen is None:
    freezing.without_meeting(view)
else:
    with decided, panel():
        freezing.about(view, chosen)
        deciding.decisions_of(view, chosen.code)
    with decided, panel():
        freezing.freezing(view, chosen)
    with shown, panel():
        agenda.editor(view, chosen.code)
