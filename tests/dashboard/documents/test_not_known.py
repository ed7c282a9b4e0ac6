"""What nobody has entered is a number in no document: the briefing, its workbook, its slides."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard.documents.briefing import behind, sheets
from dashboard.documents.briefing.document import Issue, document
from dashboard.documents.briefing.making import Asked, _deck, gather, with_freezes
from dashboard.i18n import use_language
from data.nodes import parse
from data.scope import everything
from data.store.database import reading
from tests.data import unknown_marked
from tests.data.contents import TODAY, kept, workbook
from tests.databases import sqlite_database

SCOPE = everything(parse("district"), TODAY)


DISTRICTS: dict[str, dict[str, list[dict[str, Any]]]] = {
    "units": unknown_marked.UNITS,
    "few": unknown_marked.FEW_LEDGERS,
    "findings": unknown_marked.FINDINGS_ALONE,
}


@pytest.mark.parametrize("district", DISTRICTS)
def test_what_is_not_known_is_neither_a_number_nor_claimed_in_any_document(
    monkeypatch: pytest.MonkeyPatch, district: str
) -> None:
    unknown_marked.mark(monkeypatch)
    with sqlite_database() as engine:
        kept(engine, workbook(**DISTRICTS[district]))
        for name, written in documents(engine).items():
            assert unknown_marked.SHOWN.search(written) is None, name
            assert unknown_marked.claims([written], district) == [], name


def documents(engine: Engine) -> dict[str, str]:
    """All that stands in each document, by what it is."""
    databases = with_freezes(engine)
    asked = Asked(SCOPE, SCOPE.on(TODAY - timedelta(60)), TODAY)
    with reading(engine) as connection:
        rows = behind.read(connection, SCOPE, names_in_full=False)
    with use_language("en"):
        content = gather(databases, asked)
        return {
            "briefing": str(document(content, Issue(TODAY)).blocks),
            "workbook": str(sheets.book(content, rows, made_on=TODAY, frozen=None)),
            "slides": str(_deck(databases, asked)),
        }
