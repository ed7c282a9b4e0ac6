"""The fixtures of every test of the pages: a signed-in browser, and English sentences."""

import pytest

from tests.dashboard.signed_in import add, engine, sign_in_as

__all__ = ["add", "engine", "sign_in_as"]


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """English without the mark of the demonstration."""
    monkeypatch.setenv("GRIDLIGHT_LANGUAGE", "en")
    monkeypatch.delenv("GRIDLIGHT_DEMONSTRATION", raising=False)


@pytest.fixture(params=["en", "zh_CN"])
def either_language(
    english: None, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The installation speaks it, as controls are asked for their words outside a run too."""
    monkeypatch.setenv("GRIDLIGHT_LANGUAGE", request.param)
