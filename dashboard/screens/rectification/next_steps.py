"""What is to be done next about a finding: what, by whom, until when."""

from dataclasses import replace
from datetime import date

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
from dashboard.screens.next_meeting import meeting_since, next_meeting
from dashboard.status import Status, of_limit
from dashboard.widgets.place import look
from data.findings.life import Life
from models.rectification import Escalation, Step
from models.rules.next_act import Act, NextAct
from models.text import NOTHING

HEAD, ROW = 70, 30
"""Heights in pixels: of the title and headings with the frame, and of a row."""


def next_steps(view: View, life: Life) -> None:
    """Draw what is to be done next, what presses most first; nothing once the finding is closed.

    A decision for which the committee has met in vain stands before everything else.
    """
    acts = sorted(life.line.acts, key=lambda act: not _is_missed(view, life, act))
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
        _standing(view, life, act, done),
        _what(view, life, act, done),
        done.who,
        _until(view, act, done),
    ]
    return table.row(cells, _way(view, life, act))


def referred_on(life: Life) -> date | None:
    """Return since when the finding waits for the committee; None if it does not."""
    open_steps = (each for each in life.letters if each.replied_on is None)
    days = (each.issued_on for each in open_steps if each.step == Step.COMMITTEE)
    return min(days, default=None)


def answer_is_late(view: View, life: Life, letter: Escalation) -> bool:
    """Return whether the unit has not replied to `letter` by the last day for it, or the committee
    has met since without an answer. What waits for the reviewer is not late."""
    if letter.replied_on:
        return False
    asked = (each for each in life.line.acts if each.step == letter.step)
    return any(
        _is_missed(view, life, act)
        or (act.act is Act.REPLY and act.until is not None and act.until < view.as_of)
        for act in asked
    )


def _is_missed(view: View, life: Life, act: NextAct) -> bool:
    since = referred_on(life) if act.act is Act.DECIDE else None
    return since is not None and meeting_since(view, since) is not None


def _what(view: View, life: Life, act: NextAct, done: ToBeDone) -> str:
    """Return what is to be done; of a decision also since when it waits."""
    since = referred_on(life) if act.act is Act.DECIDE else None
    if since is None:
        return done.what
    if met := meeting_since(view, since):
        return _(
            "{what} (referred on {day}; no answer since the meeting of {met})",
            what=done.what,
            day=since,
            met=met.on_date,
        )
    return _("{what} (referred on {day})", what=done.what, day=since)


def _standing(view: View, life: Life, act: NextAct, done: ToBeDone) -> Cell:
    """Return the days to the last day; of a step that has become due, since when, and of a decision
    for which the committee has met in vain, how long it waits."""
    since = referred_on(life)
    if since and _is_missed(view, life, act):
        return Status(Tone.BAD, _("waiting for {n} days", n=(view.as_of - since).days))
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
