"""The next limit beyond the findings due soon: the first day after them, with how many."""

from datetime import date, timedelta

from sqlalchemy import Engine

from data.findings.next_limit import NextLimit, next_limit
from data.nodes import parse
from data.scope import everything
from data.store.database import reading
from models.rules.rectification import DUE_SOON_DAYS
from tests.data.contents import TODAY, kept, net, workbook


def found(engine: Engine, *days_ahead: int) -> NextLimit | None:
    findings = [
        {"code": f"F{n}", "issued_on": date(2026, 1, 1), "due_on": TODAY + timedelta(days)}
        for n, days in enumerate(days_ahead)
    ]
    kept(engine, workbook(**(net() | {"findings": findings})))
    with reading(engine) as connection:
        return next_limit(connection, everything(parse("district"), TODAY))


def test_the_first_limit_that_is_not_yet_soon_is_found_with_how_many_have_it(engine):
    beyond = DUE_SOON_DAYS + 1
    expected = NextLimit(TODAY + timedelta(beyond), 2)
    assert found(engine, -3, DUE_SOON_DAYS, beyond, beyond, beyond + 9) == expected


def test_without_a_limit_beyond_there_is_none(engine):
    assert found(engine, -3, DUE_SOON_DAYS) is None
