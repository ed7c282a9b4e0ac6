"""The state of findings on the day of a letter, as the database knew it then.

Corrections and late entries do not change what an issued letter says.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, or_, select
from sqlmodel import col

from data.ledgers.rows import from_json, ids, table_of, text_of_key
from data.store.batches import batches
from models.kept import Version
from models.ledger import Ledger
from models.rectification import Escalation, Finding, RectificationEvent, State, Step
from models.rules.history import stretches

ASKED_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Pressed:
    """A finding as a letter states it.

    `due` is the time limit then in force, `amount` in 分 or None, `days_over` the days since the
    limit, 0 where the finding is not overdue.
    """

    code: str
    unit: str
    title: str
    issued_on: date
    due: date
    days_over: int
    amount: int | None
    state: str


def pressed(
    connection: Connection, codes: Sequence[str], day: date, known: int | None = None
) -> tuple[Pressed, ...]:
    """The findings `codes` as of `day`, in the given order; those issued later are left out.

    With `known`, as the database stood after the import of that number; else as it stands now.
    """
    found = {row["code"]: row for row in _rows(connection, Finding, "code", codes, known)}
    events: dict[str, list[RectificationEvent]] = {}
    for values in _rows(connection, RectificationEvent, "finding", codes, known):
        if values["on_date"] <= day:
            events.setdefault(values["finding"], []).append(RectificationEvent(**values))
    return tuple(
        _pressed(Finding(**found[code]), events.get(code, []), day)
        for code in codes
        if code in found and found[code]["issued_on"] <= day
    )


def import_of(connection: Connection, finding: str, step: Step, issued_on: date) -> int | None:
    """The number of the import that first brought this escalation; None if there is none."""
    key = text_of_key(Escalation, {"finding": finding, "step": step.value, "issued_on": issued_on})
    numbers = list(
        connection.scalars(
            select(col(Escalation.import_number)).where(
                col(Escalation.finding) == finding,
                col(Escalation.step) == step,
                col(Escalation.issued_on) == issued_on,
            )
        )
    )
    numbers += connection.scalars(
        select(col(Version.import_number)).where(
            col(Version.ledger) == Escalation.id(), col(Version.key) == key
        )
    )
    return min(numbers, default=None)


def _pressed(finding: Finding, events: list[RectificationEvent], day: date) -> Pressed:
    standing = stretches(finding, events)[-1].standing
    # A finding under review, or suspended for an outside reason, is not overdue through the unit.
    late = standing.state == State.RECTIFYING and standing.due < day
    over = (day - standing.due).days if late else 0
    return Pressed(
        finding.code,
        finding.unit,
        finding.title,
        finding.issued_on,
        standing.due,
        over,
        finding.amount,
        standing.state,
    )


def _rows(
    connection: Connection,
    ledger: type[Ledger],
    column: str,
    codes: Sequence[str],
    known: int | None,
) -> Iterator[dict[str, Any]]:
    """The rows of `ledger` whose `column` is in `codes`: of today, or as of import `known`."""
    table = table_of(ledger)
    statement = select(*(table.c[name] for name in ids(ledger))).where(table.c[column].in_(codes))
    if known is not None:
        statement = statement.where(table.c.import_number <= known)
    for row in connection.execute(statement):
        yield dict(row._mapping)
    if known is None:
        return
    for batch in batches(codes, ASKED_AT_ONCE):
        by_code = (col(Version.key).startswith(f"{code}|", autoescape=True) for code in batch)
        earlier = select(col(Version.values)).where(
            col(Version.ledger) == ledger.id(),
            col(Version.import_number) <= known,
            col(Version.replaced_by) > known,
            col(Version.key).in_(batch) if ledger is Finding else or_(*by_code),
        )
        for values in connection.scalars(earlier):
            kept = from_json(ledger, values)
            # LIKE may ignore case, so the database can return rows of other findings.
            if kept[column] in batch:
                yield kept
