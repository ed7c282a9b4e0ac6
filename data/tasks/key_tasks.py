"""The district's key tasks as of a day, the gravest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import col

from data.scope import Scope
from models.rules.work import planned_percent, task_state
from models.work import KeyTask, TaskProgress, TaskState


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task on a day, with its latest progress in percent and the note entered with it.

    `planned` is the progress in percent that it has if it keeps step with its time. `noted_on` is
    None if nothing was entered; `days_late` is 0 if it is not late.
    """

    number: int
    name: str
    lead: str
    start_on: date
    due_on: date
    percent: int
    planned: int
    note: str | None
    noted_on: date | None
    needs_help: bool
    state: TaskState
    days_late: int

    @property
    def short(self) -> int:
        """The percentage points by which its progress is short of `planned`."""
        return max(self.planned - self.percent, 0)

    @property
    def wanting(self) -> bool:
        """Whether it is late, behind schedule, or asks for co-ordination."""
        return self.state in (TaskState.LATE, TaskState.BEHIND) or self.needs_help


def tasks(connection: Connection, scope: Scope) -> tuple[TaskLine, ...]:
    """Every key task; empty if the scope is not the whole district.

    Late ones come first, the longest late first, then those behind schedule, the furthest behind
    first, then those that ask for co-ordination, then by state and number.
    """
    if not scope.whole_district:
        return ()
    latest = _latest(connection, scope.as_of)
    rows = connection.execute(
        select(
            col(KeyTask.number),
            col(KeyTask.name),
            col(KeyTask.lead),
            col(KeyTask.start_on),
            col(KeyTask.due_on),
        )
    )
    order = list(TaskState)
    lines = [_line(row, latest.get(row.number), scope.as_of) for row in rows]
    return tuple(
        sorted(
            lines,
            key=lambda task: (
                -task.days_late,
                -task.short if task.state is TaskState.BEHIND else 0,
                not task.needs_help,
                order.index(task.state),
                task.number,
            ),
        )
    )


def _latest(connection: Connection, day: date) -> dict[int, Any]:
    """By task, the latest progress dated `day` or earlier."""
    rows = connection.execute(
        select(
            col(TaskProgress.number),
            col(TaskProgress.on_date),
            col(TaskProgress.percent),
            col(TaskProgress.note),
            col(TaskProgress.needs_help),
        )
        .where(col(TaskProgress.on_date) <= day)
        .order_by(col(TaskProgress.on_date))
    )
    return {row.number: row for row in rows}


def _line(task: Any, latest: Any, day: date) -> TaskLine:
    percent = latest.percent if latest else 0
    state = task_state(task.start_on, task.due_on, percent, day)
    return TaskLine(
        task.number,
        task.name,
        task.lead,
        task.start_on,
        task.due_on,
        percent,
        planned_percent(task.start_on, task.due_on, day),
        latest.note if latest else None,
        latest.on_date if latest else None,
        bool(latest and latest.needs_help and percent < 100),
        state,
        (day - task.due_on).days if state is TaskState.LATE else 0,
    )


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """What was entered on a day about the progress of a task."""

    on_date: date
    percent: int
    note: str | None
    needs_help: bool


def progress(connection: Connection, scope: Scope, number: int) -> tuple[ProgressLine, ...]:
    """What was entered about a task by the day, latest first; empty unless `scope` is the
    district."""
    if not scope.whole_district:
        return ()
    rows = connection.execute(
        select(
            col(TaskProgress.on_date),
            col(TaskProgress.percent),
            col(TaskProgress.note),
            col(TaskProgress.needs_help),
        )
        .where(col(TaskProgress.number) == number, col(TaskProgress.on_date) <= scope.as_of)
        .order_by(col(TaskProgress.on_date).desc())
    )
    return tuple(
        ProgressLine(row.on_date, row.percent, row.note, bool(row.needs_help)) for row in rows
    )


def moves(
    now: tuple[TaskLine, ...], before: tuple[TaskLine, ...]
) -> Iterator[tuple[TaskLine, int | None]]:
    """Each task with the change of its progress since the earlier day, in percentage points.

    None for a task that had not begun by then.
    """
    earlier = {task.number: task for task in before}
    for task in now:
        then = earlier.get(task.number)
        began = then is not None and then.state is not TaskState.NOT_BEGUN
        yield task, task.percent - then.percent if then and began else None
