"""Set the `lang` attribute of the page when the viewer has chosen another language.

The page is served in the browser's language; screen readers choose their voice by this attribute.
"""

import streamlit as st

from dashboard.i18n import language

SERVED, CHANGED = "page-language-served", "page-language-changed"
SCRIPT = """
export default function ({ data }) {
  if (data) document.documentElement.lang = data.language
}
"""


def declare() -> None:
    """Set the page's language; called once a run, by the entry point."""
    spoken = language()
    if st.session_state.setdefault(SERVED, spoken) != spoken:
        st.session_state[CHANGED] = True
    if CHANGED in st.session_state:
        component = st.components.v2.component("gridlight_language", js=SCRIPT)
        component(data={"language": spoken.replace("_", "-")}, key="page-language")
