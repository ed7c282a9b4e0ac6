"""What went in, what is wrong with it, and what can be taken out?"""

from collections.abc import Callable

import streamlit as st

from dashboard import identity
from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.collection.sending import sending
from dashboard.screens.data import keeping
from dashboard.screens.data.importing import importing
from data.access.permission import Action

view = head.header(_("How far can the data be trusted?"))
parts: dict[str, Callable[[], None]] = {
    _("Quality"): lambda: keeping.trust(view),
    _("Imports"): keeping.history,
    _("Workbooks out"): lambda: keeping.workbooks(view),
}
if identity.require_viewer().may(Action.IMPORT):
    parts = {_("Take in"): importing, **parts}
if identity.require_viewer().may(Action.SEND):
    parts = {_("Send files"): lambda: sending(view), **parts}
tabs = st.tabs(list(parts), key="data-tabs", on_change="rerun")
for tab, draw in zip(tabs, parts.values(), strict=True):
    if tab.open:
        with tab:
            draw()
