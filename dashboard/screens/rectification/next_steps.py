"""What is to be done next about a finding: what, by whom, until when."""

from dataclasses import replace

from dashboard.act_words import ToBeDone
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, table
from dashboard.elements.board import Part
from dashboard.elements.room import room
from dashboard.elements.table import Cell
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.navigation import page_entry
from dashboard.screens import next_acts
from dashboard.screens.next_meeting import next_meeting
from dashboard.status import Status, of_limit
from dashboard.widgets.place import look
from data.findings.life import Life
from models.rules.next_act import Act, NextAct
from models.text import NOTHING

HEAD, ROW = 70, 30
"""Heights in pixels: of the title and headings with the frame, and of a row."""


def next_steps(view: View, life: Life) -> None:
    """Draw what is to be done next, what presses most first; nothing once the finding is closed."""
    acts = life.line.acts
    if not acts:
        return
    columns = [
        table.column(_("Days left")),
        table.column(_("To do"), leads=True),
        table.column(_("By whom")),
        table.column(_("By when"), day=True),
    ]
    region = board.region(
        "finding-next",
        table.table(columns, [_row(view, life, act) for act in acts]),
        title=_("Next steps on this finding"),
        says=_("listed by written rules"),
    )
    with room(HEAD + ROW * len(acts), "finding-next"):
        board.board("finding-next", [region], layout="stack", look=look())


def _row(view: View, life: Life, act: NextAct) -> Part:
    line = life.line
    done = next_acts.of_first(view, act, line.unit_name, line.standing.waiting_since)
    cells: list[Cell] = [
        _standing(view, act, done),
        done.what,
        done.who,
        _until(view, act, done),
    ]
    return table.row(cells, _way(view, life, act))


def _standing(view: View, act: NextAct, done: ToBeDone) -> Cell:
    """Return the days to the last day; of a step that has become due, since when."""
    if done.until is None:
        return NOTHING
    left = (done.until - view.as_of).days
    if done.due_since:
        return Status(Tone.BAD, _("due for {n} days", n=1 - left))
    standing = of_limit(left)
    # Nothing is well yet where a decision is asked for.
    return replace(standing, tone=Tone.WARN) if act.act is Act.DECIDE and left > 0 else standing


def _until(view: View, act: NextAct, done: ToBeDone) -> str:
    """Return the last day, or that none is set; of a decision the next meeting, with its day."""
    if done.until is None:
        return done.waits(view.as_of) or NOTHING
    meeting = next_meeting(view) if act.act is Act.DECIDE else None
    return f"{done.until} {meeting.name}" if meeting else done.until.isoformat()


def _way(view: View, life: Life, act: NextAct) -> Part | None:
    """Return the link to where the act is done, if the viewer may go there."""
    unit = f"unit:{life.line.finding.unit}"
    if act.act is Act.DECIDE and page_entry("meeting").open_to(view.viewer):
        return board.way("meeting")
    if act.act in (Act.ISSUE, Act.REPLY) and page_entry("letters").open_to(view.viewer):
        tab = "due" if act.act is Act.ISSUE and act.until and act.until <= view.as_of else None
        return board.way("letters", node=unit, tab=tab)
    return None
