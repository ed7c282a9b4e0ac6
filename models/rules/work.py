"""Key tasks, trainings, meetings and decisions."""

from collections.abc import Iterable, Iterator
from datetime import date

from models.days import FOREVER, Span, later, union, year_from
from models.grid import Unit
from models.rules.fact import NO_UNIT, Fact, Origin, origin
from models.rules.grid import membership
from models.work import (
    Attendance,
    Decision,
    DecisionState,
    KeyTask,
    Meeting,
    TaskProgress,
    TaskState,
)

BEHIND_BY = 20
"""From this many percentage points below the elapsed time a task is behind schedule."""


def facts_of_task(task: KeyTask, progress: Iterable[TaskProgress]) -> Iterator[Fact]:
    """The progress of the task on each day since its start, and whether it is late."""
    at = origin(NO_UNIT, task, KeyTask)
    late_from = Span(later(task.due_on, 1))
    for span, percent in _percent_on_days(progress):
        yield from at.fact("task", span.and_(Span(task.start_on)), percent)
        if percent < 100:
            yield from at.fact("task_late", span.and_(late_from))


def _percent_on_days(progress: Iterable[TaskProgress]) -> Iterator[tuple[Span, int]]:
    starts_on, percent = date.min, 0
    for row in sorted(progress, key=lambda each: each.on_date):
        yield Span(starts_on, row.on_date), percent
        starts_on, percent = row.on_date, row.percent
    yield Span(starts_on, FOREVER), percent


def facts_of_training(unit: Unit, attendance: Iterable[tuple[Attendance, date]]) -> Iterator[Fact]:
    """The facts of attendance, each row with the day of its training; they count for a year."""
    days = []
    for row, on_date in attendance:
        if row.people:
            days.append(year_from(on_date))
            at = origin(unit.code, row, Attendance)
            yield from at.fact("training_people", year_from(on_date), row.people)
    trained = (span.and_(membership(unit)) for span in union(days))
    yield from Origin(unit.code, Unit.id(), unit.code).facts("trained", trained)


def facts_of_meeting(meeting: Meeting) -> Iterator[Fact]:
    """The facts of a meeting, which counts from its day on."""
    at = origin(NO_UNIT, meeting, Meeting)
    yield from at.fact("meeting", Span(meeting.on_date), 1, meeting.kind)


def facts_of_decision(decision: Decision) -> Iterator[Fact]:
    """The facts of a decision, which counts from its due day on."""
    at, due = origin(NO_UNIT, decision, Decision), Span(decision.due_on)
    yield from at.fact("decision_due", due)
    if decision.done_on:
        yield from at.fact("decision_done", due.and_(Span(decision.done_on)))


def task_state(start_on: date, due_on: date, percent: int, day: date) -> TaskState:
    """The state on `day` of a task at `percent`; on its due day it is not late.

    A task is behind schedule if its progress is BEHIND_BY or more points below the elapsed share of
    its time.
    """
    if percent >= 100:
        return TaskState.DONE
    if due_on < day:
        return TaskState.LATE
    if day < start_on:
        return TaskState.NOT_BEGUN
    gone, whole = (day - start_on).days, (due_on - start_on).days
    behind = whole > 0 and gone * 100 >= (percent + BEHIND_BY) * whole
    return TaskState.BEHIND if behind else TaskState.ONGOING


def planned_percent(start_on: date, due_on: date, day: date) -> int:
    """The progress in percent that a task has on `day` if it keeps step with its time, rounded
    down; 0 before its start, 100 from its due day on."""
    if day >= due_on:
        return 100
    if day <= start_on:
        return 0
    return (day - start_on).days * 100 // (due_on - start_on).days


def decision_state(due_on: date, done_on: date | None, day: date) -> DecisionState:
    """The state of a decision on `day`; one carried out after `day` is not done yet."""
    if done_on is not None and done_on <= day:
        return DecisionState.DONE_IN_TIME if done_on <= due_on else DecisionState.DONE_LATE
    return DecisionState.OVERDUE if due_on < day else DecisionState.OPEN
