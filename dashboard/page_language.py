"""Sets the `lang` attribute of the page once the viewer has chosen another language.

The page comes in the language it was asked for; screen readers choose their voice by what it says.
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
    """Set the language of the page. Called once a run, by the entry point."""
    spoken = language()
    if st.session_state.setdefault(SERVED, spoken) != spoken:
        st.session_state[CHANGED] = True
    if CHANGED in st.session_state:
        component = st.components.v2.component("gridlight_language", js=SCRIPT)
        component(data={"language": spoken.replace("_", "-")}, key="page-language")
