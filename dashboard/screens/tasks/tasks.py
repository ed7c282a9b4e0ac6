"""The district's key tasks: their progress, late tasks, and those that need co-ordination."""

import streamlit as st

from dashboard import address, reads, status
from dashboard.charts import work
from dashboard.charts.status_colours import Tone
from dashboard.elements.lists import Cell
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens.tasks import meetings, one_task, said, trainings
from dashboard.status import TASK_TONES
from dashboard.task_words import OFF_PLAN, percent_of, state_of, title_of
from dashboard.widgets import asked, trust
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.tables import table
from dashboard.widgets.tiles import row_of_tiles, tile
from data.reference.official_counts import OFFICIAL_TASKS, TASKS, OfficialCount
from data.tasks import key_tasks
from data.tasks.key_tasks import TaskLine
from models.text import NOTHING
from models.work import TaskState

OF_DISTRICT = ("tasks_late", "decisions_done", "meetings_held", *said.OF_TRAINING)
TRAINING = "training"
"""The tab of trainings."""


def tasks_page(view: View) -> None:
    """Draw a sentence on what is wanting, figures, then tabs of tasks, meetings and trainings.

    For a node other than the district, draw only what concerns its units.
    """
    if of_district(view):
        _of_whole_district(view)
        parts = {
            "tasks": (_("Key tasks"), tasks),
            "meetings": (_("Meetings and decisions"), meetings.district),
            TRAINING: (_("Training and contests"), trainings.trainings),
        }
    else:
        st.info(
            _(
                "Key tasks and meetings belong to the district as a whole. Here stand the decisions"
                " and trainings of the units you look at."
            )
            if view.scope.limited
            else _(
                "Key tasks and meetings belong to the district as a whole and are shown there."
                " Here stand the decisions and trainings of the units you look at."
            )
        )
        _of_part(view)
        parts = {
            "meetings": (_("Decisions"), meetings.decisions),
            TRAINING: (_("Training and contests"), trainings.trainings),
        }
    asked.tabs_of_view(view, parts)


@still
def _of_whole_district(view: View) -> None:
    task_lines = reads.ask(key_tasks.tasks, view.scope)
    chosen = asked.choice(one_task.TASK, {str(task.number): "" for task in task_lines})
    if chosen:
        one_task.one_task(view, next(task for task in task_lines if str(task.number) == chosen))
    elif address.of_page(asked.TAB) == TRAINING:
        said.of_trainings(view)
    else:
        said.of_tasks(view)
    tells = bool(chosen) or not trust.is_said_once(view, said.OF_TRAINING)
    progress = tile(view, "task_progress", label=_("Progress of key tasks (%)"))
    row_of_tiles(
        "tasks-figures",
        [progress, *(tile(view, figure, tells_trust=tells) for figure in OF_DISTRICT)],
    )


@still
def _of_part(view: View) -> None:
    said.of_trainings(view)
    tells = not trust.is_said_once(view, said.OF_TRAINING)
    tiles = [tile(view, figure, tells_trust=tells) for figure in said.OF_TRAINING]
    row_of_tiles("tasks-figures", tiles)


def of_district(view: View) -> bool:
    """Return whether the view is of the whole district, to which tasks, meetings and decisions
    belong."""
    return view.scope.whole_district


@still
def tasks(view: View) -> None:
    """Draw the time line of all tasks, and each task with its latest note."""
    task_lines = reads.ask(key_tasks.tasks, view.scope)
    _configured(len(task_lines))
    if not task_lines:
        st.info(_("No key task is entered. Fill in the sheets of key tasks and their progress."))
        return
    before = reads.ask(key_tasks.tasks, view.before)
    moved = tuple(key_tasks.moves(task_lines, before))
    chart, notes = st.columns([2, 3], border=True)
    with chart:
        _time_line(view, task_lines, before)
    with notes:
        _notes(view, moved)


def _configured(entered: int) -> None:
    count = OfficialCount(TASKS, entered, OFFICIAL_TASKS)
    if count.configured != count.official:
        st.badge(_("{count} configured", count=count.text), color="orange")


def _time_line(view: View, task_lines: tuple[TaskLine, ...], before: tuple[TaskLine, ...]) -> None:
    earlier = {
        task.number: task.percent / 100 for task in before if task.state is not TaskState.NOT_BEGUN
    }
    rows = [
        {
            "code": str(task.number),
            "name": title_of(task),
            "starts_on": task.start_on,
            "due_on": task.due_on,
            "share": task.percent / 100,
            "planned": task.planned / 100,
            "before": earlier.get(task.number),
            "text": f"{state_of(task)} · {percent_of(task)}",
            "state": str(task.state),
            "as_of": view.as_of,
        }
        for task in task_lines
    ]
    draw(
        work.gantt,
        rows,
        key="tasks-gantt",
        title=_in_words(task_lines),
        hint=_("click to see its progress"),
        on_choose=lambda number: address.put_of_page("task", number),
        says=_(
            "progress between start and limit; pale: what it lacks up to its plan; tick: on"
            " {since}",
            since=view.since,
        ),
        texts={
            **{str(state): name(state.label) for state in TaskState},
            "as_of": view.as_of.isoformat(),
        },
    )


def _in_words(task_lines: tuple[TaskLine, ...]) -> str:
    """Return a title with the number of tasks that are late or behind."""
    late = sum(task.state is TaskState.LATE for task in task_lines)
    behind = sum(task.state is TaskState.BEHIND for task in task_lines)
    if not late and not behind:
        return _("All {n} tasks are on schedule", n=len(task_lines))
    return _(
        "Of {n} tasks {late} are late and {behind} behind schedule",
        n=len(task_lines),
        late=late,
        behind=behind,
    )


def progress_of(task_lines: tuple[TaskLine, ...]) -> None:
    """Draw the progress of each task in percent, the one that is late the longest first."""
    draw(
        work.task_progress,
        [
            {
                "code": str(task.number),
                "state": str(task.state),
                "name": title_of(task),
                "value": task.percent,
                "planned": task.planned,
                "text": f"{state_of(task)} · {percent_of(task)}",
            }
            for task in task_lines
        ],
        key="tasks-progress-of",
        title=_in_words(task_lines) if task_lines else _("Progress of key tasks (%)"),
        says=_(
            "progress in %, the tick is the plan; late the longest first, then who asks for"
            " co-ordination"
        ),
        empty=_("No key task is entered. Fill in the sheets of key tasks and their progress."),
        texts={str(state): name(state.label) for state in TaskState},
    )


def _notes(view: View, all_moved: tuple[tuple[TaskLine, int | None], ...]) -> None:
    names = {str(task.number): title_of(task) for task, _moved in all_moved}
    with asked.filters("tasks", "task"):
        asked.select("task", _("Task"), names, inside=True)
    chosen = asked.choice("task", names)
    moved = [each for each in all_moved if chosen in ("", str(each[0].number))]
    heading(
        _("Progress"),
        _(
            "late the longest first, then who asks for co-ordination; change since {day}",
            day=view.since,
        ),
    )
    table(
        {
            _("Standing"): [status.of_task(task.state, state_of(task)) for task, _moved in moved],
            _("Task"): [_called(task) for task, _moved in moved],
            _("Progress (change)"): [
                f"{task.percent}% ({_points(change)})" for task, change in moved
            ],
            _("Behind plan (pp)"): [_short(task) for task, _moved in moved],
            _("Time limit"): [task.due_on for task, _moved in moved],
            _("Entered by the lead"): [task.note for task, _moved in moved],
            _("Lead"): [task.lead for task, _moved in moved],
            _("Entered on"): [task.noted_on for task, _moved in moved],
        },
        key="tasks-progress",
        says=_("Progress"),
        columns={_("Entered by the lead"): st.column_config.TextColumn(width="large")},
        tall=True,
    )
    st.caption(
        _("Behind schedule: progress is 20 points or more short of the share of time that is gone.")
    )


def _called(task: TaskLine) -> Cell:
    """Return the title of a task, with the mark of one that asks for co-ordination."""
    if not task.needs_help:
        return title_of(task)
    return _("{task} · co-ordination", task=title_of(task)), Tone.WARN


def _short(task: TaskLine) -> Cell:
    """Return by how much a task is short of its plan, coloured if it is late or behind."""
    return task.short, TASK_TONES[task.state] if task.state in OFF_PLAN else None


def _points(change: int | None) -> str:
    return NOTHING if change is None else f"{change:+d}" if change else "0"
