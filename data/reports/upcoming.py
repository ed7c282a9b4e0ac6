"""The reports that are due on a day or later and have not come in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection, case, func, select
from sqlmodel import col

from data.figures.changes import Change, Reason, change
from data.figures.reading import Reading
from data.reports.states import in_state
from data.scope import Scope
from data.store.ordering import by_bytes
from models.grid import Unit
from models.report import Report, ReportState

OF_DUE = ("report_submission", "report_timeliness")
"""The shares of the reports that are due, those due on the day itself included."""
AHEAD_DAYS = 366
"""Days ahead from which on a report is not yet expected: long before the ledgers begin, none is."""


@dataclass(frozen=True, slots=True)
class UpcomingReports:
    """The reports of one kind that are due on one day.

    `owed` is their number, `missing` how many of them have not come in, and `units` the names of
    the first units without theirs, by code.
    """

    due_on: date
    kind: str
    owed: int
    missing: int
    units: tuple[str, ...]


def upcoming(
    connection: Connection, scope: Scope, most: int, named: int
) -> tuple[UpcomingReports, ...]:
    """At most `most` days and kinds of which reports of `scope` are due within a year from its day
    on and not in, the earliest first; of each at most `named` units are named."""
    until = scope.as_of + timedelta(AHEAD_DAYS)
    not_in = in_state(ReportState.NOT_DUE, scope.as_of)
    missing = func.sum(case((not_in, 1), else_=0))
    of_scope = (scope.holds(), col(Report.due_on).between(scope.as_of, until))
    groups = connection.execute(
        select(col(Report.due_on), col(Report.kind), func.count(), missing)
        .join(Unit, col(Unit.code) == col(Report.unit))
        .where(*of_scope)
        .group_by(col(Report.due_on), col(Report.kind))
        .having(missing > 0)
        .order_by(col(Report.due_on), by_bytes(Report.kind))
        .limit(most)
    ).all()
    return tuple(
        UpcomingReports(
            due_on,
            kind,
            owed,
            int(waited_for),
            tuple(
                connection.scalars(
                    select(col(Unit.name))
                    .join(Report, col(Unit.code) == col(Report.unit))
                    .where(
                        *of_scope,
                        not_in,
                        col(Report.due_on) == due_on,
                        col(Report.kind) == kind,
                    )
                    .group_by(col(Unit.code), col(Unit.name))
                    .order_by(by_bytes(Unit.code))
                    .limit(named)
                )
            ),
        )
        for due_on, kind, owed, waited_for in groups
    )


def due_today(connection: Connection, scope: Scope) -> Mapping[str, int]:
    """By kind, the number of reports of `scope` that are due on its day and not in; kinds without
    any are left out."""
    rows = connection.execute(
        select(col(Report.kind), func.count())
        .join(Unit, col(Unit.code) == col(Report.unit))
        .where(
            scope.holds(),
            in_state(ReportState.NOT_DUE, scope.as_of),
            col(Report.due_on) == scope.as_of,
        )
        .group_by(col(Report.kind))
        .order_by(by_bytes(Report.kind))
    )
    return {kind: count for kind, count in rows}


def without_due_today(reading: Reading, today: int) -> Reading:
    """`reading`, a share of the reports that are due, without the `today` of them that are due on
    its day and not in: they count as due, and none of them is late."""
    if reading.denominator is None:
        return reading
    return replace(reading, denominator=reading.denominator - today)


def judged(moved: Change, now: Reading, before: Reading, today: int) -> Change:
    """`moved`, the change of a share of OF_DUE from `before` to `now`, as neither better nor worse
    if it is only for the worse, or only so far, by the `today` reports that are due on its day and
    not in: none of them is late yet."""
    if moved.good is not False or not today:
        return moved
    apart = change(without_due_today(now, today), before)
    if apart and apart.good is False and apart.grave == moved.grave:
        return moved
    return moved.because(Reason.DUE_TODAY)
