"""Who acts on what a briefing says is wanting, and by which day."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from data.figures import units
from data.figures.reading import Reading, Readings
from data.findings import next_limit
from data.meetings import held
from data.meetings.held import Decided, MeetingLine
from data.nodes import DISTRICT, Node
from data.scope import Scope
from data.tasks import key_tasks
from models.rules.light import Light
from models.work import TaskState

OF_SECTORS = (
    "fund_idle",
    "disposals_late",
    "reports_late",
    "dual_responsibility",
    "chief_auditor_rate",
)
"""Figures read by sector just to tell whose competent departments have to act."""
COUNTED = ("warnings_open", "fund_idle", "disposals_late", "reports_late")
MISSING = ("grid_coverage", "dual_responsibility", "chief_auditor_rate")
"""Figures that competent departments act on: what they count, and what their shares lack."""

BETWEEN_BODIES = "、"
"""What stands between several bodies that lead a task together."""


@dataclass(frozen=True, slots=True)
class Owners:
    """Who acts, by what is to be done, and by when.

    `by_step` has the names of those who act by the figure of a next step, those with the most to do
    first; figures that the committee's office acts on are left out. `first_limit` is the first
    limit of findings due soon, `meeting` the committee's next one; both are None if there is none.
    """

    by_step: Mapping[str, tuple[str, ...]]
    silent: tuple[str, ...]
    deciding: tuple[str, ...]
    """The units with decisions that are overdue."""
    first_limit: date | None
    meeting: MeetingLine | None


def read(
    connection: Connection,
    scope: Scope,
    of_sectors: Mapping[str, Readings],
    listed: Sequence[units.UnitLine],
    decided: Decided,
) -> Owners:
    """Who acts on what a briefing about `scope` lists.

    `of_sectors` are its figures by sector, OF_SECTORS among them, `listed` its units, `decided` its
    overdue decisions.
    """
    departments = units.competent_departments(connection)
    by_step = {
        **{each: _most_first(_by_department(of_sectors, departments, each)) for each in COUNTED},
        **{
            each: _most_first(_by_department(of_sectors, departments, each, missing=True))
            for each in MISSING
        },
        "tasks_late": _most_first(
            (body, 1)
            for task in key_tasks.tasks(connection, scope)
            if task.state is TaskState.LATE
            for body in task.lead.split(BETWEEN_BODIES)
        ),
    }
    return Owners(
        by_step,
        tuple(unit.name for unit in listed if unit.light is Light.GREY),
        tuple(dict.fromkeys(line.unit_name for line in decided.lines if line.unit)),
        next_limit.first_due(connection, scope),
        held.committee_next(connection, scope.at(Node(DISTRICT))),
    )


def _by_department(
    of_sectors: Mapping[str, Readings],
    departments: Mapping[str, str],
    figure: str,
    *,
    missing: bool = False,
) -> Iterator[tuple[str, int]]:
    for sector, readings in of_sectors.items():
        if sector in departments:
            yield departments[sector], _number(readings.get(figure), missing=missing)


def _number(reading: Reading | None, *, missing: bool = False) -> int:
    if reading is None or not reading.known:
        return 0
    return reading.short if missing else int(reading.numerator or 0)


def _most_first(counted: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """The names with a number above 0, the highest sum first, equal ones in the given order."""
    sums: Counter[str] = Counter()
    for name, number in counted:
        sums[name] += number
    return tuple(name for name, number in sums.most_common() if number > 0)
