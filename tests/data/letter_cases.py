"""Cases for tests of letters: a district with late findings, and viewers who may issue."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine

from data.access.permission import Viewer, viewer
from data.letters.issuing import Draft, Issued, asked_by, drafts, issue
from data.reference.lists import shipped
from data.store.access_log import Act
from data.store.database import reading
from models.account import Role
from models.rectification import Step
from tests.data.contents import NOW, TODAY, kept, workbook

ACT = Act("committee", NOW, "10.0.0.7")
REPLY_BY = date(2026, 7, 14)
COMMITTEE = viewer("committee", "审计办", Role.COMMITTEE, [])
MANAGER = viewer("manager", "主管", Role.MANAGER, [("sector", "EDU")])
UNIT = viewer("unit", "单位", Role.UNIT, [("unit", "U1")])
HOW: dict[str, Any] = {"act": ACT, "today": TODAY, "references": shipped()}


def ago(days: int) -> date:
    return TODAY - timedelta(days)


def finding(code: str, late: int, **more: Any) -> dict[str, Any]:
    """A finding `late` days past its limit."""
    about = {"title": f"问题{code}", "unit": "U1", "issued_on": date(2025, 1, 1), "amount": None}
    return {"code": code, "due_on": ago(late)} | about | more


FINDINGS = [
    finding("A1", 5, amount=123_456_700),
    finding("A2", 40, amount=100_000_000),
    finding("B1", 45, unit="U2"),
    finding("C1", 120, unit="U3"),
]


def late_district(engine: Engine, *more: dict[str, Any], **ledgers: Any) -> Engine:
    """Store three units, the last in another sector, with their findings."""
    kept(
        engine,
        workbook(
            sectors=[{}, {"code": "HEALTH", "name": "卫生"}],
            units=[
                {"name": "第一单位"},
                {"code": "U2", "name": "第二单位"},
                {"code": "U3", "name": "第三单位", "sector": "HEALTH"},
            ],
            findings=[*FINDINGS, *more],
            **ledgers,
        ),
    )
    return engine


def drafted(
    engine: Engine,
    *codes: str,
    step: Step = Step.SUPERVISION,
    day: date = TODAY,
    reply_by: date = REPLY_BY,
    asker: Viewer = COMMITTEE,
) -> tuple[Draft, ...]:
    with reading(engine) as connection:
        return drafts(connection, asked_by(asker, day), step, codes, reply_by)


def issuing(
    engine: Engine, wanted: Iterable[Draft], asker: Viewer = COMMITTEE, **how: Any
) -> tuple[Issued, ...]:
    return issue(engine, asker, list(wanted), **HOW | how)


def sent(engine: Engine, *codes: str, **how: Any) -> tuple[Issued, ...]:
    """Draft and issue letters about `codes`."""
    return issuing(engine, drafted(engine, *codes, **how))
