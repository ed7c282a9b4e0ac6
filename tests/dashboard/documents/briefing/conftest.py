"""The demonstration as a briefing tells it, and small districts to be told."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import Engine

from dashboard.documents.briefing import content, document, making, word
from dashboard.documents.briefing.blocks import Chart, Document
from dashboard.documents.briefing.content import Content
from dashboard.documents.briefing.pictures import Pictures, Renderer
from dashboard.i18n import use_language
from data.nodes import parse
from data.scope import Scope, everything
from data.store.database import connect, reading
from tests.conftest import TODAY

SINCE = date(2026, 4, 17)


class Painter(Renderer):
    """Draws white pictures, and needs no process for it."""

    def __init__(self) -> None:
        pass

    def __exit__(self, *_error: object) -> None:
        pass

    def draw(self, charts: list[Chart]) -> Pictures:  # type: ignore[override]
        blank = BytesIO()
        Image.new("RGB", (30, 10), "white").save(blank, "PNG")
        return iter([blank.getvalue()] * len(charts))


def read(engine: Engine, scope: Scope | None = None, *, since: date | None = None) -> Content:
    """What a briefing of `scope` says: of the district on the day of tests if none is named."""
    scope = scope or everything(parse("district"), TODAY)
    before = scope.on(since or scope.as_of - timedelta(30))
    with reading(engine) as connection:
        return content.read(connection, scope, before)


def told(found: Content, language: str = "en") -> Document:
    with use_language(language):
        return document.document(found, made_on=TODAY)


def written(of: Document, language: str = "en") -> bytes:
    with use_language(language):
        return word.write(of, Painter(), TODAY)


def asked(scope: Scope | None = None, since: date = SINCE) -> making.Asked:
    scope = scope or everything(parse("district"), TODAY)
    return making.Asked(scope, scope.on(since), TODAY)


@pytest.fixture(scope="session")
def demonstrated(demonstration: Path) -> Iterator[Engine]:
    """The demonstration, only to be read."""
    engine = connect(f"sqlite:///{demonstration}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def found(demonstrated: Engine) -> Content:
    """What the briefing of the demonstration says."""
    return read(demonstrated, since=SINCE)
