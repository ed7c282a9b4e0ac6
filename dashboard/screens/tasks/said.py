"""What is wanting in key tasks, decisions and trainings, as the sections of their page say it."""

from collections.abc import Iterator

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements.board import Part
from dashboard.elements.sections import said
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.widgets import tiles
from data.meetings import held
from data.tasks import key_tasks, trainings
from models.work import DecisionState, TaskState


def of_tasks(view: View) -> Iterator[Part]:
    """Yield how many tasks are late, behind schedule, and ask for co-ordination."""
    tasks = reads.ask(key_tasks.tasks, view.scope)
    if late := [each.days_late for each in tasks if each.days_late]:
        change = tiles.change_of(view, "tasks_late")
        worse = change if change and change["tone"] else None
        yield said(_("{n} late", n=len(late)), Tone.BAD, worse)
        yield said(_("longest {n} days", n=max(late)), Tone.BAD)
    if behind := sum(each.state is TaskState.BEHIND for each in tasks):
        yield said(_("{n} behind schedule", n=behind), Tone.WARN)
    if asking := sum(each.needs_help for each in tasks):
        yield said(_("asking for co-ordination: {n}", n=asking), Tone.WARN)


def of_decisions(view: View) -> Iterator[Part]:
    """Yield how many decisions are overdue."""
    counted = reads.ask(held.decided, view.scope, (), 1).counted
    if overdue := counted.get(DecisionState.OVERDUE, 0):
        yield said(_("{n} overdue", n=overdue), Tone.BAD)


def of_trainings(view: View) -> Iterator[Part]:
    """Yield how many units were never trained, and how many not in the last year."""
    absent = reads.ask(trainings.absentees, view.scope, 1)
    if absent.never:
        yield said(_("units never trained {n}", n=absent.never), Tone.BAD)
    if others := absent.units - absent.never:
        yield said(_("trained, but not in the last year {n}", n=others), Tone.WARN)
