"""Figures whose ledgers hold no row yet, for screens and documents to show as not entered.

A count of nothing is 0 by its definition, and a share of nothing disbursed is 0 %: that is what
`gridlight figures` prints. To a reader such a figure says that all is well or all is bad, while
nobody has entered anything. So screens and documents treat it like a figure that is not known.
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, func, select

from data.coverage.entries import READ_FROM, day_of
from data.figures.reading import Reading, Readings
from data.ledgers.rows import table_of
from models.days import FOREVER
from models.kinds import EARLIEST
from models.registry import LEDGERS

FirstDays = Mapping[str, date]
"""By ledger, the day of its earliest row in any unit; a ledger without rows is missing."""
JUDGED_BY_RULES = (
    "warnings",
    "fund_projects",
    "findings",
    "reports",
    "ratings",
    "appointments",
    "duties",
)
"""The ledgers of warnings: those imported, and those whose rows the rules judge."""
NEEDED: Mapping[str, tuple[str, ...]] = {
    **{figure: (ledger,) for figure, ledger in READ_FROM.items()},
    "task_progress": ("key_tasks",),
    "tasks_late": ("key_tasks",),
    "meetings_held": ("meetings",),
    "decisions_done": ("decisions",),
    "escalations_open": ("findings",),
    "warnings_open": JUDGED_BY_RULES,
    "warning_closure": JUDGED_BY_RULES,
    "warnings_open:source=IMPORTED": ("warnings",),
    "warning_closure:source=IMPORTED": ("warnings",),
}
"""By figure, or figure and bucket, the ledgers of which at least one must have a row by the day."""
ALL_NEEDED = frozenset(ledger for ledgers in NEEDED.values() for ledger in ledgers)


def first_days(connection: Connection, since: date = EARLIEST) -> FirstDays:
    """The day of the earliest row of each ledger whose rows are dated.

    A ledger with a row before `since` has `since` instead: one such row is found at once, while the
    earliest row is known only after reading all.
    """
    found = {}
    for ledger in LEDGERS:
        if ledger.DATED_BY:
            dated, rows = day_of(ledger, table_of(ledger))
            before = select(dated).select_from(rows).where(dated < since).limit(1)
            if since > EARLIEST and connection.scalar(before) is not None:
                found[ledger.id()] = since
                continue
            first = connection.scalar(select(func.min(dated)).select_from(rows))
            if first is not None:
                found[ledger.id()] = first
    return found


def has_rows(since: FirstDays, ledger: str, day: date) -> bool:
    """Whether any unit has a row of `ledger` dated by `day`."""
    return since.get(ledger, FOREVER) <= day


def is_entered(since: FirstDays, figure: str, day: date) -> bool:
    """Whether a ledger of `figure` (or `figure:bucket`) has a row by `day`."""
    needed = NEEDED.get(figure) or NEEDED.get(figure.partition(":")[0])
    return needed is None or any(has_rows(since, ledger, day) for ledger in needed)


def without_unentered(readings: Readings, since: FirstDays, day: date) -> Readings:
    """`readings` of `day`, where those whose ledgers have no row yet are not known."""
    if all(has_rows(since, ledger, day) for ledger in ALL_NEEDED):
        return readings
    return {
        key: reading
        if reading.numerator is None or is_entered(since, key, day)
        else Reading(reading.figure, reading.bucket, None, known=False)
        for key, reading in readings.items()
    }
