"""A briefing of what a meeting saw: from the freeze, whatever was entered since."""

from datetime import timedelta
from io import BytesIO

import docx
import pytest
from sqlalchemy import Engine, update
from sqlmodel import col

from dashboard.documents.briefing import checking, making
from dashboard.documents.briefing.document import Version
from dashboard.documents.briefing.making import Asked, Databases, Form
from dashboard.i18n import use_language
from data.meetings import freezes
from data.meetings.freezes import FreezeLine
from data.meetings.frozen_state import bring_back
from data.nodes import parse
from data.scope import Scope, everything
from data.store.database import reading, writing
from models.freeze import FrozenFigure
from tests.dashboard.documents.briefing.telling import SINCE, Painter
from tests.data.contents import kept, workbook
from tests.data.meetings.frozen_meetings import ACT
from tests.databases import sqlite_database
from tests.demonstration_day import TODAY

MET = {"code": "M1", "name": "第一次会议", "on_date": TODAY, "kind": "COMMITTEE"}


@pytest.fixture
def engine():
    """A freeze of one finding, after which another one came."""
    with sqlite_database() as engine:
        kept(engine, workbook(sectors=[{}], units=[{}], findings=[{}], meetings=[MET]))
        freezes.freeze(engine, "M1", TODAY, ACT, TODAY)
        kept(engine, workbook(findings=[{"code": "F2"}]))
        yield engine


@pytest.fixture
def line(engine: Engine) -> FreezeLine:
    with reading(engine) as connection:
        return freezes.line(connection, 1)


@pytest.fixture
def both(engine: Engine) -> Databases:
    state = bring_back(engine, 1)
    return Databases(engine, lambda scope: state.engine if scope.frozen else engine)


def asked(line: FreezeLine | None, scope: Scope | None = None) -> Asked:
    scope = (scope or everything(parse("district"), TODAY)).as_frozen(line.number if line else None)
    return Asked(scope, scope.on(SINCE), TODAY, frozen=line, version=Version.CHECKED)


def figures_of(file: bytes) -> dict[str, str]:
    found = checking.read_document(file).sources.values()
    return {source.id: value for source, value in found}


@pytest.mark.parametrize("form", list(Form))
def test_what_was_frozen_is_told_and_what_came_since_is_not(both, line, form, monkeypatch):
    monkeypatch.setattr(making, "Renderer", Painter)
    with use_language("en"):
        file = making.make(both, asked(line), form)
    if form is Form.WORD:
        with use_language("en"):
            now = making.make(both, asked(None), form)
        assert figures_of(now)["required"] == "2"
        assert figures_of(file)["required"] == "1"
        texts = [paragraph.text for paragraph in docx.Document(BytesIO(file)).paragraphs]
        (said,) = [text for text in texts if text.startswith("Frozen for 第一次会议")]
        assert line.facts_sha256 in said and "version 1" in said


def test_the_figures_are_those_that_were_kept(engine, both, line):
    with writing(engine) as connection:
        changed = update(FrozenFigure).where(col(FrozenFigure.figure) == "required")
        connection.execute(changed.values(numerator="77"))
    found = making.gather(both, asked(line))
    assert found.now["required"].numerator == 77


def test_for_whom_something_is_hidden_they_are_counted(both, line):
    scope = Scope(parse("district"), TODAY, frozenset({"EDU"}))
    found = making.gather(both, asked(line, scope))
    assert found.now["required"].numerator == 1


def test_a_day_may_be_compared_with_what_another_freeze_kept(both, line):
    now = everything(parse("district"), TODAY + timedelta(1))
    before = now.on(TODAY).as_frozen(1)
    found = making.gather(both, Asked(now, before, now.as_of))
    assert (found.then["required"].numerator, found.now["required"].numerator) == (1, 2)
