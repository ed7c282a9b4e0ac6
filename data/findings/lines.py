"""Findings for lists: the ledger row, its unit, and its state on a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import col

from data.ledgers.rows import ids, table_of
from data.store.batches import batches
from models.audit import Project, Source
from models.grid import Unit
from models.rectification import Action, Finding, PublicStatus, RectificationEvent
from models.rules.history import MOVES_DUE, Standing, in_order, public_status, stretches

ASKED_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding on a day: `standing` is that of the day, `moved` how often its limit was moved.

    `status` is None once it is voided. `extended` counts the extensions among the moves.
    """

    finding: Finding
    unit_name: str
    unit_kind: str
    source: Source
    standing: Standing
    status: PublicStatus | None
    moved: int
    extended: int

    @property
    def put_right(self) -> int | None:
        """The money put right in 分, at most the finding's amount; None where no money is in it."""
        if not self.finding.amount:
            return None
        return min(self.standing.rectified, self.finding.amount)

    def days_over(self, day: date) -> int:
        """Days since the present time limit; negative are days left."""
        return (day - self.standing.due).days


def lines(connection: Connection, codes: Sequence[str], day: date) -> tuple[FindingLine, ...]:
    """The findings of `codes`, which the asker may see, in their order, as they stood on `day`."""
    lines_by_code: dict[str, FindingLine] = {}
    for batch in batches(codes, ASKED_AT_ONCE):
        events = events_of(connection, batch, day)
        for row in connection.execute(_findings(batch)):
            lines_by_code[row.code] = _line(row, events.get(row.code, []), day)
    return tuple(lines_by_code[code] for code in codes if code in lines_by_code)


def events_of(
    connection: Connection, codes: Iterable[str], day: date
) -> Mapping[str, list[RectificationEvent]]:
    """The events of the findings of `codes` up to `day`, in the order in which they count."""
    table = table_of(RectificationEvent)
    statement = select(*(table.c[name] for name in ids(RectificationEvent))).where(
        table.c.finding.in_(list(codes)), table.c.on_date <= day
    )
    events: dict[str, list[Any]] = {}
    # Plain rows carry the ledger's attribute names and cost a tenth of its objects.
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


def _line(row: Any, events: Sequence[RectificationEvent], day: date) -> FindingLine:
    standing = stretches(row, events)[-1].standing
    return FindingLine(
        row,
        row.unit_name,
        row.unit_kind,
        Source(row.source or Source.OTHER),
        standing,
        public_status(standing, day),
        sum(1 for event in events if event.action in MOVES_DUE and event.new_due_on),
        sum(1 for event in events if event.action == Action.EXTEND),
    )
