"""Key tasks in words: their state with days late, their progress against the plan."""

from dashboard.i18n import _, name
from data.tasks.key_tasks import TaskLine
from models.work import TaskState

OFF_PLAN = (TaskState.LATE, TaskState.BEHIND)
"""The states in which the progress of a task is shown beside its planned progress."""


def title_of(task: TaskLine) -> str:
    """The number and name of a task."""
    return _("{number}. {task}", number=task.number, task=task.name)


def state_of(task: TaskLine) -> str:
    """The state of a task in words, with the days by which it is late."""
    called = name(task.state.label)
    return (
        _("{state} by {days} days", state=called, days=task.days_late) if task.days_late else called
    )


def short_of(task: TaskLine) -> str:
    """The percentage points by which a task is short of its plan, in words; "" if it is not."""
    return _("{n} pp short of plan", n=task.short) if task.short else ""


def percent_of(task: TaskLine) -> str:
    """The progress of a task in percent; for one that is late or behind with what was planned."""
    percent = f"{task.percent}%"
    if task.state not in OFF_PLAN:
        return percent
    return _("{percent}, planned {planned}%", percent=percent, planned=task.planned)
