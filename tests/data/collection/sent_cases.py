"""Two units and one below the first, and the files that they send."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from sqlalchemy import Engine

from data.access.permission import Viewer, viewer
from data.collection import checking, sending, settling
from data.collection.checking import Circumstances, FileOfUnit
from data.collection.periods import Period
from data.collection.sending import Sending
from data.collection.settling import Settled
from data.own_ledgers.layout.apart import OpenedFile
from data.reference.lists import shipped
from data.store.access_log import Act
from data.workbook.outgoing.writing import export
from data.workbook.reading import read
from models.account import Role
from models.registry import BY_ID
from tests.data.contents import NOW, TODAY, default, kept, workbook

MAY = Period(2026, 5)
STEWARD = viewer("steward", "管", Role.STEWARD, [])
OF_U1 = viewer("one", "甲", Role.UNIT, [("unit", "U1")])
OF_U2 = viewer("two", "乙", Role.UNIT, [("unit", "U2")])
OURS = OpenedFile(is_ours=True)


def act(who: Viewer | None = OF_U1, minutes: int = 0) -> Act:
    return Act(who.account if who else "operator:x", NOW + timedelta(minutes=minutes))


def at(who: Viewer | None = STEWARD, day: date = TODAY, now: datetime = NOW) -> Circumstances:
    """Circumstances in which files are read in this process, which is faster."""
    return Circumstances(day, Act(who.account if who else "x", now), shipped(), read)


def with_units(engine: Engine) -> None:
    """Add U1 with U3 below it, and U2; U1 and U2 have a finding each."""
    kept(
        engine,
        workbook(
            sectors=[{}, {"code": "MED", "name": "卫生"}],
            units=[
                {"code": "U1", "name": "一中"},
                {"code": "U2", "name": "医院", "sector": "MED"},
                {"code": "U3", "name": "一中分校", "parent": "U1"},
            ],
            findings=[{}, {"code": "F2", "unit": "U2"}],
        ),
    )


def progress(day: date = date(2026, 5, 1), finding: str = "F1") -> dict[str, Any]:
    return {"rectification_events": [{"finding": finding, "on_date": day}]}


def book(**ledgers: list[dict[str, Any]]) -> bytes:
    """A workbook of our own with these rows."""
    target = BytesIO()
    sheets = (
        (
            BY_ID[ledger],
            [
                tuple((default(ledger) | row).get(each.id) for each in BY_ID[ledger].columns)
                for row in rows
            ],
        )
        for ledger, rows in ledgers.items()
    )
    export(target, sheets)
    return target.getvalue()


def checked(engine: Engine, file: FileOfUnit, opened: OpenedFile = OURS) -> Sending:
    return Sending(file, MAY, checking.check(engine, file, opened, at()))


def send(
    engine: Engine, content: bytes, who: Viewer | None = OF_U1, unit: str = "U1", minutes: int = 0
) -> int:
    """Send a file; returns its number."""
    file = FileOfUnit("五月.xlsx", content, unit)
    sent = checked(engine, file)
    return sending.send(engine, who, sent, act=act(who, minutes), today=TODAY)


def take_in(engine: Engine, number: int, who: Viewer | None = STEWARD) -> Settled:
    return settling.take_in(engine, who, number, at())
