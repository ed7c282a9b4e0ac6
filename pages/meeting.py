"""What is on the agenda, what was frozen for it, and what did the meeting decide?"""

import streamlit as st

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.meeting import agenda, deciding, freezing

view = head.header(_("What does the meeting look at?"))
chosen = freezing.chosen(view)
if chosen is None:
    freezing.without_meeting(view)
else:
    before, decided = st.columns(2)
    with before, st.container(border=True):
        freezing.about(view, chosen)
        agenda.editor(view, chosen.code)
    with decided:
        with st.container(border=True):
            freezing.freezing(view, chosen)
        with st.container(border=True):
            deciding.decisions_of(view, chosen.code)
