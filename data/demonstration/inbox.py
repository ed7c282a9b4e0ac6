"""The inbox of the demonstration: most units have sent, some files wait or are late."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from sqlalchemy import Engine

from data.collection import own_workbook
from data.collection.checking import Circumstances, FileOfUnit, check
from data.collection.inbox import collected
from data.collection.periods import Period, collected_on
from data.collection.sending import Sending, send
from data.collection.settling import return_file, take_in
from data.nodes import parse
from data.owed import OwedKind, owed
from data.own_ledgers.layout.apart import OpenedFile
from data.reference.lists import References
from data.scope import everything
from data.store.access_log import Act
from data.store.database import reading
from data.workbook.outgoing.writing import export
from data.workbook.reading import read
from models.rectification import Action, RectificationEvent
from models.text import Sentence

SENT_BEFORE, SETTLED_BEFORE = timedelta(days=6), timedelta(days=4)
IN, WAITING = 18, 5
"""Of the units, in the order of their codes after the first: so many are in, so many files wait."""
WHY = "整改进展缺少佐证材料，请补充后重新报送。"


@dataclass(frozen=True, slots=True)
class _Inbox:
    """Sends files and settles them."""

    engine: Engine
    today: date
    now: datetime
    references: References
    account: str

    @property
    def period(self) -> Period:
        """The month that is collected."""
        return collected_on(self.today)

    def act(self, before: timedelta = timedelta()) -> Act:
        """An act in the name of the demonstration, some time before now."""
        return Act(self.account, self.now - before)

    def at(self, before: timedelta = timedelta()) -> Circumstances:
        """The circumstances of a check or an import."""
        return Circumstances(self.today, self.act(before), self.references, read)

    def workbook(self, unit: str) -> bytes:
        """The unit's own workbook, unchanged."""
        target = BytesIO()
        with reading(self.engine) as connection:
            scope = everything(parse(f"unit:{unit}"), self.today)
            own_workbook.write(connection, target, scope, self.period, self.references, _plain)
        return target.getvalue()

    def open_findings(self, unit: str) -> list[str]:
        """At most two findings that the unit has to rectify."""
        with reading(self.engine) as connection:
            due = owed(connection, everything(parse(f"unit:{unit}"), self.today))
        return [each.code for each in due if each.kind is OwedKind.FINDING][:2]

    def progress(self, unit: str, day: date) -> bytes:
        """A workbook that reports progress on `day`; the unchanged one if no finding is open."""
        findings = self.open_findings(unit)
        if not findings:
            return self.workbook(unit)
        rows = [_event(code, day) for code in findings]
        target = BytesIO()
        export(target, [(RectificationEvent, rows)])
        return target.getvalue()

    def send(self, unit: str, content: bytes) -> int:
        """Send a file and return its number."""
        month = f"{self.period.year}年{self.period.month}月"
        file = FileOfUnit(f"{unit} {month}报送.xlsx", content, unit)
        checked = check(self.engine, file, OpenedFile(is_ours=True), self.at())
        sending = Sending(file, self.period, checked)
        act = self.act(SENT_BEFORE)
        return send(self.engine, None, sending, act=act, today=self.today)


def fill_inbox(
    engine: Engine, *, today: date, now: datetime, references: References, account: str
) -> None:
    """Send the files of the units of a filled demonstration for the month before `today`.

    Imported files contain nothing new, so they change no figure and create no import.
    """
    inbox = _Inbox(engine, today, now, references, account)
    with reading(engine) as connection:
        first, *others = collected(connection, everything(parse("district"), today)).units
    back = inbox.send(first.unit, inbox.progress(first.unit, today))
    settled = inbox.act(SETTLED_BEFORE)
    return_file(engine, None, back, WHY, act=settled, today=today)
    for each in others[:IN]:
        number = inbox.send(each.unit, inbox.workbook(each.unit))
        take_in(engine, None, number, inbox.at(SETTLED_BEFORE))
    faulty = True
    for each in others[IN : IN + WAITING]:
        # One of them reports an event on a day after today, so that it has a fault.
        wrong = faulty and bool(inbox.open_findings(each.unit))
        inbox.send(each.unit, inbox.progress(each.unit, today + timedelta(wrong)))
        faulty = faulty and not wrong


def _event(finding: str, day: date) -> Mapping[str, Any]:
    empty = dict.fromkeys(column.id for column in RectificationEvent.columns)
    event = {
        "finding": finding,
        "on_date": day,
        "action": Action.PROGRESS.value,
        "note": "正在推进",
    }
    return {**empty, **event}


def _plain(said: Sentence) -> str:
    return said.say(str, "zh_CN")
