"""Derive the facts of no unit: tasks, meetings, decisions, and which sources are known."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from models.ledger import Ledger
from models.rules.fact import Fact
from models.rules.known import KnownSince, facts_of_known
from models.rules.unit import grouped
from models.rules.work import facts_of_decision, facts_of_meeting, facts_of_task
from models.work import Decision, KeyTask, Meeting, TaskProgress


def facts_of_district(connection: Connection, since: KnownSince) -> Iterator[Fact]:
    """The district's own facts, derived from its ledgers; `since` has each source's first day."""
    yield from facts_of_known(since)
    progress = grouped(_rows(connection, TaskProgress), "number")
    for task in _rows(connection, KeyTask):
        yield from facts_of_task(task, progress.get(task.number, []))
    for meeting in _rows(connection, Meeting):
        yield from facts_of_meeting(meeting)
    for decision in _rows(connection, Decision):
        yield from facts_of_decision(decision)


def _rows(connection: Connection, ledger: type[Ledger]) -> Iterator[Any]:
    columns = [getattr(ledger, each.id) for each in ledger.columns]
    return iter(connection.execute(select(*columns)))
