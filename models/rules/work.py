"""Key tasks, training, meetings and decisions."""

from collections.abc import Iterable, Iterator
from datetime import date

from models.days import FOREVER, Span, later, union, year_from
from models.grid import Unit
from models.rules.fact import Fact, Origin, origin
from models.rules.grid import membership
from models.work import Attendance, Decision, KeyTask, Meeting, TaskProgress

DISTRICT = ""
"""The unit of facts that belong to the district alone."""


def facts_of_task(task: KeyTask, progress: Iterable[TaskProgress]) -> Iterator[Fact]:
    """How far the task has come on each day from its start, and whether it is late."""
    at = origin(DISTRICT, task, KeyTask)
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
    """`attendance` comes with the day of the training."""
    days = []
    for row, on_date in attendance:
        if row.people:
            days.append(year_from(on_date))
            at = origin(unit.code, row, Attendance)
            yield from at.fact("training_people", year_from(on_date), row.people)
    trained = (span.and_(membership(unit)) for span in union(days))
    yield from Origin(unit.code, Unit.id(), unit.code).facts("trained", trained)


def facts_of_meeting(meeting: Meeting) -> Iterator[Fact]:
    """A meeting counts from its day on."""
    at = origin(DISTRICT, meeting, Meeting)
    yield from at.fact("meeting", Span(meeting.on_date), 1, meeting.kind)


def facts_of_decision(decision: Decision) -> Iterator[Fact]:
    """A decision counts from the day it is due."""
    at, due = origin(DISTRICT, decision, Decision), Span(decision.due_on)
    yield from at.fact("decision_due", due)
    if decision.done_on:
        yield from at.fact("decision_done", due.and_(Span(decision.done_on)))
