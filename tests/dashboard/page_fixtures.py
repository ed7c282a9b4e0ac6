"""Fixtures of tests that draw pages: what starts once for all of them, and English sentences."""

from collections.abc import Iterator

import pytest

from tests.reading_here import reading_here
from tests.scanned_once import components_scanned_once


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
