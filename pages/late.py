"""What was entered after the figures were frozen, and how did it change them?"""

import streamlit as st

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.meeting import late_entries

view = head.header(_("What came after the freeze?"))
line = late_entries.line_of(view)
if line is None:
    st.info(
        _(
            "Nothing is frozen yet. The office of the audit committee freezes the figures of a"
            " meeting on the page of meetings."
        )
    )
else:
    late_entries.late_entries_page(view, line)
