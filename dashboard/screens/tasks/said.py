"""The sentences above key tasks: tasks and decisions that are late, or units that nobody
trained."""

from collections.abc import Iterator

from dashboard import formats, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens.overview import summary
from dashboard.task_words import title_of
from dashboard.widgets import answer, headlines
from dashboard.widgets.answer import Aspect
from data.tasks import key_tasks, trainings
from models.work import TaskState

OF_TRAINING = ("training_coverage", "training_people")
"""The figures of the page whose ledger units enter."""
PAGE = "tasks"
NAMED = 3
"""The most units without any training that are named."""


def of_tasks(view: View) -> None:
    """Draw what is late or behind of tasks and decisions; these are the district's own."""
    aspects = (
        Aspect("tasks_late", _tasks, _("no task is late or behind schedule")),
        Aspect("decisions_done", _decisions, _("all decisions that are due are carried out")),
    )
    answer.draw(view, "tasks-say", aspects, OF_TRAINING)


def of_trainings(view: View) -> None:
    """Draw which units were never trained, and which not in the last year."""
    text = _("every unit was trained in the last year")
    aspect = Aspect("training_coverage", _trainings, text)
    answer.draw(view, "training-say", (aspect,), OF_TRAINING)


def _tasks(view: View) -> Iterator[Part]:
    tasks = reads.ask(key_tasks.tasks, view.scope)
    late = [each for each in tasks if each.days_late]
    if late:
        text = _("late tasks {n}", n=formats.text(reads.figures_of(view.scope)["tasks_late"]))
        yield from summary.counted(view, "tasks_late", text)
        longest = max(late, key=lambda each: each.days_late)
        text = _(
            "late the longest: {days} days, {task}", days=longest.days_late, task=title_of(longest)
        )
        yield matters.piece(text, Tone.BAD, board.way(PAGE, task=str(longest.number)))
    if behind := sum(each.state is TaskState.BEHIND for each in tasks):
        text = _("tasks behind schedule {n}", n=behind)
        yield matters.piece(text, Tone.WARN, board.way(PAGE, tab="tasks"))
    if asking := sorted(each.number for each in tasks if each.needs_help):
        text = _(
            "tasks that ask for co-ordination {n} (no. {numbers})",
            n=len(asking),
            numbers=_(", ").join(map(str, asking)),
        )
        yield matters.piece(text, Tone.WARN, board.way(PAGE, tab="tasks"))


def _decisions(view: View) -> Iterator[Part]:
    if short := reads.figures_of(view.scope)["decisions_done"].short:
        text = _("decisions overdue {n}", n=short)
        yield matters.piece(text, Tone.BAD, board.way(PAGE, tab="meetings"))


def _trainings(view: View) -> Iterator[Part]:
    absent = reads.ask(trainings.absentees, view.scope, NAMED)
    to_list = board.list_way("training_coverage")
    if absent.never:
        names = [each.name for each in absent.lines if each.last_on is None]
        text = _(
            "units never trained {n}: {units}",
            n=absent.never,
            units=headlines.first_named(names, absent.never),
        )
        yield matters.piece(text, Tone.BAD, to_list)
    if others := absent.units - absent.never:
        text = _("trained, but not in the last year {n}", n=others)
        yield matters.piece(text, Tone.WARN, to_list)
