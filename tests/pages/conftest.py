"""The fixtures of page tests: a signed-in browser, and English sentences."""

import pytest

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


@pytest.fixture(params=["en", "zh_CN"])
def either_language(
    english: None, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run the test in each language, set for the installation, as texts are needed outside runs,
    too."""
    monkeypatch.setenv("GRIDLIGHT_LANGUAGE", request.param)
