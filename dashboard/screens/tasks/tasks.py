"""The district's key tasks: those to act on, the gravest first, and the progress of all."""

from collections.abc import Sequence

import streamlit as st

from dashboard import act_words, address, reads, status
from dashboard.act_words import ToBeDone
from dashboard.charts import work
from dashboard.elements import board, matters
from dashboard.elements.board import Part
from dashboard.elements.room import room
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import next_acts
from dashboard.screens.tasks import meetings, one_task, said, trainings
from dashboard.status import TASK_TONES
from dashboard.task_words import percent_of, short_of, state_of, title_of
from dashboard.widgets import asked, sections
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.place import look
from dashboard.widgets.sections import Section
from dashboard.widgets.tables import table
from data.reference.official_counts import OFFICIAL_TASKS, TASKS, OfficialCount
from data.tasks import key_tasks
from data.tasks.key_tasks import TaskLine
from models.rules.work import BEHIND_BY
from models.text import NOTHING
from models.work import TaskState

PAGE = "tasks"
MATTER = 100
"""The least height in pixels of a task to act on."""


def tasks_page(view: View) -> None:
    """Draw sections of tasks, meetings and trainings, and the one in the address.

    For a node other than the district, draw only what concerns its units.
    """
    listed = {
        "meetings": Section(
            _("Meetings and decisions") if of_district(view) else _("Decisions"),
            "decisions_done",
            _("done"),
            said.of_decisions,
            _("all that are due are carried out"),
            meetings.district if of_district(view) else meetings.decisions,
        ),
        "training": Section(
            _("Training and contests"),
            "training_coverage",
            _("trained"),
            said.of_trainings,
            _("every unit was trained in the last year"),
            trainings.trainings,
        ),
    }
    if of_district(view):
        of_tasks = Section(
            _("Key tasks"),
            "task_progress",
            _("mean progress"),
            said.of_tasks,
            _("none late or behind schedule"),
            tasks,
        )
        listed = {"tasks": of_tasks, **listed}
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
    sections.draw(view, PAGE, listed)


def of_district(view: View) -> bool:
    """Return whether the view is of the whole district, to which tasks, meetings and decisions
    belong."""
    return view.scope.whole_district


@still
def tasks(view: View) -> None:
    """Draw the task in the address, each task with its latest note, the gravest first, and the time
    line of all."""
    task_lines = reads.ask(key_tasks.tasks, view.scope)
    _configured(len(task_lines))
    chosen = asked.choice(one_task.TASK, {str(task.number): "" for task in task_lines})
    if chosen:
        one_task.one_task(view, next(task for task in task_lines if str(task.number) == chosen))
    if not task_lines:
        st.info(_("No key task is entered. Fill in the sheets of key tasks and their progress."))
        return
    before = reads.ask(key_tasks.tasks, view.before)
    moved = tuple(key_tasks.moves(task_lines, before))
    listed, chart = st.columns([3, 2], border=True)
    with listed:
        _listed(view, moved)
    with chart:
        _time_line(view, task_lines, before)


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
    """Return a title with the number of tasks that are late or behind, else of those that have
    begun."""
    begun = sum(task.state is not TaskState.NOT_BEGUN for task in task_lines)
    if task_lines and not begun:
        first = min(task.start_on for task in task_lines)
        return _(
            "None of the {n} tasks has begun; the first begins on {day}",
            n=len(task_lines),
            day=first,
        )
    late = sum(task.state is TaskState.LATE for task in task_lines)
    behind = sum(task.state is TaskState.BEHIND for task in task_lines)
    if not late and not behind and begun < len(task_lines):
        return _("{begun} of {n} tasks have begun, all on schedule", begun=begun, n=len(task_lines))
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
            "progress in %, the tick is the plan; late the longest first, then the furthest behind"
        ),
        empty=_("No key task is entered. Fill in the sheets of key tasks and their progress."),
        texts={str(state): name(state.label) for state in TaskState},
    )


def _listed(view: View, moved: Sequence[tuple[TaskLine, int | None]]) -> None:
    """Draw the tasks that are not as planned or ask leaders for co-ordination, the gravest first,
    then the others, with the rule by which one is behind."""
    wanting = [each for each in moved if each[0].wanting]
    if wanting:
        heading(
            _("Tasks to act on: {n}", n=len(wanting)),
            _("late the longest first"),
        )
        shown = matters.matters([_wanting(view, task, change) for task, change in wanting])
        region = board.region("tasks", shown, name=_("Tasks to act on"), plain=True)
        with room(MATTER * len(wanting), "tasks-wanting"):
            board.board("tasks-wanting", [region], layout="stack", look=look())
    if others := [each for each in moved if not each[0].wanting]:
        none_begun = all(task.state is TaskState.NOT_BEGUN for task, _moved in others)
        heading(
            _("Not begun: {n}", n=len(others))
            if none_begun
            else _("On plan, done or not begun: {n}", n=len(others)),
            ""
            if none_begun
            else _(
                "change since {day}; on schedule while less than {n} pp short of plan",
                day=view.since,
                n=BEHIND_BY,
            ),
        )
        _table(others)
    if all(task.state is TaskState.NOT_BEGUN for task, _moved in moved):
        return
    st.caption(
        _(
            "Behind schedule: progress is {n} points or more short of the share of time that is"
            " gone; with less it is on schedule.",
            n=BEHIND_BY,
        )
    )


def _wanting(view: View, task: TaskLine, change: int | None) -> Part:
    """Return a task as a matter: its state, whether it asks for co-ordination, how far it is short
    of its plan, what was entered and when, what is next, by whom and by when, its limit and
    progress."""
    facts = [
        # Of others the line of what is next names the lead.
        *([task.lead] if task.needs_help else []),
        _("due {day}", day=task.due_on),
        # How far it is short of its plan stands beside it.
        _("progress {percent}", percent=f"{task.percent}%"),
    ]
    if change is not None and task.state is not TaskState.DONE:
        facts.append(
            _("{change} pp since {day}", change=f"{change:+d}", day=view.since)
            if change
            else _("no progress since {day}", day=view.since)
        )
    short = short_of(task)
    return matters.matter(
        status.of_task(task.state, state_of(task)),
        title_of(task),
        _("; ").join(facts),
        act=_("entered on {day}: {note}", day=task.noted_on, note=task.note)
        if task.note
        else _("The lead entered nothing in words."),
        by=next_acts.pieces(view, next_of(view, task)),
        mark=_("Asks for co-ordination") if task.needs_help else "",
        days=(short, TASK_TONES[task.state]) if short else None,
        onward=board.way(PAGE, task=str(task.number)),
    )


def next_of(view: View, task: TaskLine) -> ToBeDone:
    """Return what is next about a task that is not as planned or asks for co-ordination, by whom
    and until when: by the next meeting of the committee, which names who co-ordinates."""
    if task.needs_help:
        return next_acts.by_next_meeting(view, _(act_words.CO_ORDINATE), _("Audit committee"))
    what = act_words.COMPLETE_TASK if task.state is TaskState.LATE else act_words.CATCH_UP
    return next_acts.by_next_meeting(view, _(what), task.lead)


def _table(moved: Sequence[tuple[TaskLine, int | None]]) -> None:
    table(
        {
            _("Standing"): [status.of_task(task.state, state_of(task)) for task, _moved in moved],
            _("Task"): [title_of(task) for task, _moved in moved],
            _("Lead"): [task.lead for task, _moved in moved],
            _("Time limit"): [task.due_on for task, _moved in moved],
            _("Progress (change)"): [
                f"{task.percent}% ({_points(change)})" for task, change in moved
            ],
            _("Short of plan"): [
                _("{n} pp", n=task.short) if task.short else None for task, _moved in moved
            ],
            _("Entered by the lead"): [task.note for task, _moved in moved],
        },
        key="tasks-progress",
        says=_("Progress"),
        onward=lambda row: board.way(PAGE, task=str(moved[row][0].number)),
        columns={_("Entered by the lead"): st.column_config.TextColumn(width="medium")},
        tall=True,
        cards={
            _("Lead"): "{n}",
            _("Time limit"): _("due {day}", day="{n}"),
            _("Progress (change)"): "{n}",
        },
    )


def _points(change: int | None) -> str:
    return NOTHING if change is None else f"{change:+d}" if change else "0"
