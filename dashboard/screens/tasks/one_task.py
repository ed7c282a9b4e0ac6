"""One key task: its state, its progress against the plan, and all that was entered about it."""

import streamlit as st

from dashboard import reads, status
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.markdown import DOT, literal
from dashboard.task_words import percent_of, state_of, title_of
from dashboard.widgets import asked
from dashboard.widgets.drawing import heading
from dashboard.widgets.tables import table
from data.tasks import key_tasks
from data.tasks.key_tasks import TaskLine

TASK = "task"
"""The parameter for the number of the task that is looked at."""
AT_FIRST = 5
"""Entries shown at first."""


def one_task(view: View, task: TaskLine) -> None:
    """Draw a task with its progress entries, latest first, and the way back to all tasks."""
    entries = reads.ask(key_tasks.progress, view.scope, task.number)
    with st.container(border=True, key=f"detail-task-{task.number}"):
        shown = status.of_task(task.state, state_of(task))
        parts = [shown.coloured, literal(title_of(task))]
        if task.needs_help:
            parts.append(_("Asks for co-ordination"))
        heading(DOT.join(parts))
        st.markdown(
            _(
                "Lead: {lead} · {start} to {limit} · progress {percent}",
                lead=literal(task.lead),
                start=task.start_on,
                limit=task.due_on,
                percent=percent_of(task),
            )
        )
        if entries:
            table(
                {
                    _("Entered on"): [entry.on_date for entry in entries],
                    _("Progress"): [f"{entry.percent}%" for entry in entries],
                    _("Entered by the lead"): [entry.note for entry in entries],
                    _("Asks for co-ordination"): [entry.needs_help for entry in entries],
                },
                key="task-entries",
                says=_("What was entered about the task"),
                first=AT_FIRST,
            )
        else:
            st.caption(_("Nothing was entered about its progress."))
        asked.way(_("All tasks ›"), "task-all", task="")
