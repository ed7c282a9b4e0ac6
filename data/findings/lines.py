"""Findings for lists: the ledger row, its unit, and its state as of a day."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import col

from data.findings.steps_taken import steps_taken
from data.ledgers.rows import ids, table_of
from data.scope import Scope
from data.store.batches import batches
from models.audit import Project, Source
from models.grid import Unit
from models.rectification import Action, Finding, PublicStatus, RectificationEvent, State
from models.rules.history import MOVES_DUE, Standing, in_order, public_status, stretches
from models.rules.next_act import Act, NextAct, next_acts

ASKED_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding as of a day.

    `moved` counts the changes of its limit, `extended` the extensions among them. `status` is None
    for a voided finding. `acts` are what is to be done next, what presses most first.
    """

    finding: Finding
    unit_name: str
    unit_kind: str
    source: Source
    standing: Standing
    status: PublicStatus | None
    moved: int
    extended: int
    acts: tuple[NextAct, ...]

    @property
    def next_act(self) -> NextAct | None:
        """The act that a list names, the most pressing one; None if nothing is to be done.

        A list shows the passed limit beside it, so what the steps taken ask for comes before that.
        """
        return _named(self.acts)

    @property
    def put_right(self) -> int | None:
        """The money put right in 分, capped at the finding's amount; None if it has no amount."""
        if not self.finding.amount:
            return None
        return min(self.standing.rectified, self.finding.amount)

    @property
    def note(self) -> str:
        """The note of the finding; "" if it repeats the title, beside the unit's name and remarks
        in brackets."""
        note = self.finding.note or ""
        said = _letters(note.replace(self.unit_name, ""))
        return "" if said in _letters(self.finding.title) else note

    def days_over(self, day: date) -> int:
        """Days since the present time limit; negative while it is ahead."""
        return (day - self.standing.due).days


def _named(acts: Sequence[NextAct]) -> NextAct | None:
    asked = (each for each in acts if each.act in (Act.REPLY, Act.DECIDE))
    first = next(iter(acts), None)
    return next(asked, first) if first and first.act is Act.RECTIFY else first


def _letters(text: str) -> str:
    """The letters and digits of a text without what stands in brackets."""
    return re.sub(r"[（(][^（）()]*[）)]|\W", "", text)


def lines(connection: Connection, codes: Sequence[str], day: date) -> tuple[FindingLine, ...]:
    """The findings `codes`, in the given order, as of `day`; no permission is checked here."""
    lines_by_code: dict[str, FindingLine] = {}
    for batch in batches(codes, ASKED_AT_ONCE):
        events = events_of(connection, batch, day)
        rows: Sequence[Any] = connection.execute(_findings(batch)).all()
        standings = {
            row.code: stretches(row, events.get(row.code, []))[-1].standing for row in rows
        }
        # Of the others the next act does not depend on the steps taken.
        rectifying = [code for code, each in standings.items() if each.state == State.RECTIFYING]
        taken = steps_taken(connection, rectifying, day)
        for row in rows:
            acts = next_acts(standings[row.code], taken.get(row.code, ()), day)
            own = events.get(row.code, [])
            lines_by_code[row.code] = _line(row, own, standings[row.code], acts, day)
    return tuple(lines_by_code[code] for code in codes if code in lines_by_code)


def lines_of(connection: Connection, scope: Scope, codes: Sequence[str]) -> tuple[FindingLine, ...]:
    """The findings `codes`, read from rows of `scope`, as of its day."""
    return lines(connection, codes, scope.as_of)


def events_of(
    connection: Connection, codes: Iterable[str], day: date
) -> Mapping[str, list[RectificationEvent]]:
    """By finding, its events up to `day`, in the order in which the rules apply them."""
    table = table_of(RectificationEvent)
    statement = select(*(table.c[name] for name in ids(RectificationEvent))).where(
        table.c.finding.in_(list(codes)), table.c.on_date <= day
    )
    events: dict[str, list[Any]] = {}
    # Rows have the same attributes as ledger objects and are ten times cheaper.
    for row in connection.execute(statement):
        events.setdefault(row.finding, []).append(row)
    return {code: in_order(own) for code, own in events.items()}


def _findings(codes: Sequence[str]) -> Any:
    table = table_of(Finding)
    return (
        select(
            *(table.c[name] for name in ids(Finding)),
            col(Unit.name).label("unit_name"),
            col(Unit.kind).label("unit_kind"),
            col(Project.source).label("source"),
        )
        .join(Unit, col(Unit.code) == table.c.unit)
        .outerjoin(Project, col(Project.code) == table.c.project)
        .where(table.c.code.in_(codes))
    )


def _line(
    row: Any,
    events: Sequence[RectificationEvent],
    standing: Standing,
    acts: tuple[NextAct, ...],
    day: date,
) -> FindingLine:
    return FindingLine(
        row,
        row.unit_name,
        row.unit_kind,
        Source(row.source or Source.OTHER),
        standing,
        public_status(standing, day),
        sum(1 for event in events if event.action in MOVES_DUE and event.new_due_on),
        sum(1 for event in events if event.action == Action.EXTEND),
        acts,
    )
