"""The fixtures of dashboard tests: a signed-in browser, and English sentences."""

from tests.dashboard.page_fixtures import components_of_streamlit, english, workbooks_read_here
from tests.dashboard.signed_in import add, engine, sign_in_as

__all__ = [
    "add",
    "components_of_streamlit",
    "engine",
    "english",
    "sign_in_as",
    "workbooks_read_here",
]
