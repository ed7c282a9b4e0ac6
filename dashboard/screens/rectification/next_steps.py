"""What is to be done next about a finding: what, by whom, until when."""

from dataclasses import replace
from datetime import date

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, table
from dashboard.elements.board import Part
from dashboard.elements.room import room
from dashboard.elements.table import Cell
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.navigation import page_entry
from dashboard.screens.next_meeting import next_meeting
from dashboard.status import Status, of_limit
from dashboard.widgets.place import look
from data.findings.life import Life
from data.letters.awaited import usual_last_day
from data.meetings.held import MeetingLine
from models.rectification import Step
from models.rules.next_act import Act, NextAct, Taken, next_acts
from models.text import N_, NOTHING

TO_DO = {
    Act.DECIDE: N_("Hear the results, and decide what follows"),
    Act.REPLY: N_("Reply to the step “{step}”"),
    Act.RECTIFY: N_("Rectify; submit for closure or an extension"),
    Act.REVIEW: N_("Check what was submitted; close or return it"),
    Act.RESUME: N_("Resume it once the reason for suspending is gone"),
}
STEPS = {
    Step.REMINDER: N_("Issue a reminder"),
    Step.SUPERVISION: N_("Issue a supervision letter"),
    Step.INTERVIEW: N_("Hold an interview, or issue a circular"),
    Step.COMMITTEE: N_("Refer it to the committee"),
}
BY_UNIT = (Act.REPLY, Act.RECTIFY)
HEAD, ROW = 70, 30
"""Heights in pixels: of the title and headings with the frame, and of a row."""


def next_steps(view: View, life: Life) -> None:
    """Draw what is to be done next, what presses most first; nothing once the finding is closed."""
    references = reads.references()
    taken = [
        Taken(
            Step(each.step),
            each.issued_on,
            each.replied_on,
            usual_last_day(each.issued_on, references),
        )
        for each in life.letters
    ]
    acts = next_acts(life.line.standing, taken, view.as_of)
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
    meeting = next_meeting(view) if act.act is Act.DECIDE else None
    until = meeting.on_date if meeting else act.until
    cells: list[Cell] = [
        _standing(view, act, until),
        _to_do(view, act),
        life.line.unit_name if act.act in BY_UNIT else _office(act),
        _until(until, meeting),
    ]
    return table.row(cells, _way(view, life, act))


def _standing(view: View, act: NextAct, until: date | None) -> Cell:
    """Return the days to the last day; of a step that has become due, since when."""
    if until is None:
        return NOTHING
    left = (until - view.as_of).days
    if act.act is Act.ISSUE and left <= 0:
        return Status(Tone.BAD, _("due for {n} days", n=1 - left))
    standing = of_limit(left)
    # Nothing is well yet where a decision is asked for.
    return replace(standing, tone=Tone.WARN) if act.act is Act.DECIDE and left > 0 else standing


def _to_do(view: View, act: NextAct) -> str:
    if act.act is not Act.ISSUE:
        return _(TO_DO[act.act], step=act.step.label if act.step else "")
    assert act.step is not None and act.until is not None, "a step has a day from which it is due"
    what = _(STEPS[act.step])
    return _("If still open: {what}", what=what) if act.until > view.as_of else what


def _office(act: NextAct) -> str:
    return _("Audit committee") if act.act is Act.DECIDE else _("Office of the audit committee")


def _until(until: date | None, meeting: MeetingLine | None) -> str:
    if until is None:
        return NOTHING
    return f"{until} {meeting.name}" if meeting else until.isoformat()


def _way(view: View, life: Life, act: NextAct) -> Part | None:
    """Return the link to where the act is done, if the viewer may go there."""
    unit = f"unit:{life.line.finding.unit}"
    if act.act is Act.DECIDE and page_entry("meeting").open_to(view.viewer):
        return board.way("meeting")
    if act.act in (Act.ISSUE, Act.REPLY) and page_entry("letters").open_to(view.viewer):
        tab = "due" if act.act is Act.ISSUE and act.until and act.until <= view.as_of else None
        return board.way("letters", node=unit, tab=tab)
    return None
