"""The fixtures of page tests: a signed-in browser, and English sentences."""

from collections.abc import Iterator

import pytest

from tests.dashboard.signed_in import add, engine, sign_in_as
from tests.reading_here import reading_here
from tests.scanned_once import components_scanned_once

__all__ = ["add", "engine", "sign_in_as"]


@pytest.fixture(scope="package", autouse=True)
def workbooks_read_here() -> Iterator[None]:
    """Read workbooks in this process, instead of starting one for each."""
    with reading_here():
        yield


@pytest.fixture(scope="package", autouse=True)
def components_of_streamlit() -> Iterator[None]:
    """Look for installed components once, instead of for each app."""
    with components_scanned_once():
        yield


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show English, without the mark of the demonstration."""
    monkeypatch.setenv("GRIDLIGHT_LANGUAGE", "en")
    monkeypatch.delenv("GRIDLIGHT_DEMONSTRATION", raising=False)


@pytest.fixture(params=["en", "zh_CN"])
def either_language(
    english: None, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run the test in each language, set for the installation, as texts are needed outside runs,
    too."""
    monkeypatch.setenv("GRIDLIGHT_LANGUAGE", request.param)
