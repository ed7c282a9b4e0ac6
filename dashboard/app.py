"""The entry point: viewer, navigation, and the page within `edge`. Draws nothing itself."""

import streamlit as st

from dashboard import address, going, identity, logs, menu, page_language, settings
from dashboard.edge import edge
from dashboard.i18n import _, language, use_language
from dashboard.reads.one_state import one_state
from dashboard.serving import metrics, uploads
from data.workbook import reading_turns

st.set_page_config(page_title=_("Gridlight"), layout="wide")
address.merge_with_session()
# Determine the language once a run, since a page translates hundreds of texts.
with (
    settings.held(),
    logs.request(),
    use_language(language()),
    edge(),
    uploads.run_of_page(),
    one_state(),
):
    viewer = identity.viewer()
    settled = viewer is not None and not (viewer.must_change or viewer.must_enrol)
    page = st.navigation(menu.pages(viewer), position="top" if settled else "hidden")
    going.change_to_asked_page()
    with (
        metrics.run_of((page.url_path or "home") if viewer else "sign_in"),
        reading_turns.reading_for(
            viewer.account if viewer else None,
            settings.in_use().reading_for(viewer),
            uploads.made,
        ),
    ):
        page.run()
    page_language.declare()
