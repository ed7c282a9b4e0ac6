"""Meetings held and planned, and the state of their decisions."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import reads, status
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.markdown import DOT, literal
from dashboard.widgets import asked, ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.gap_first import none_wanting
from dashboard.widgets.silence import draw_if_not_entered
from dashboard.widgets.tables import table
from dashboard.widgets.tiles import row_of_tiles, tile
from data.meetings import held
from data.meetings.held import DecisionLine, MeetingLine
from models.text import NOTHING
from models.work import DecisionState, MeetingKind

MEETINGS, FIRST, AHEAD, DECISIONS = 30, 5, 5, 50
"""The most meetings held and, of these, those shown at first; the most ahead; the most
decisions."""
EITHER: Mapping[str, tuple[DecisionState, ...]] = {
    "open": (DecisionState.OVERDUE, DecisionState.OPEN),
    "all": (),
    "done": (DecisionState.DONE_LATE, DecisionState.DONE_IN_TIME),
}


@still
def district(view: View) -> None:
    """Draw the next meeting, decisions with their state, and the meetings held."""
    _ahead(view)
    left, right = st.columns([5, 4], border=True)
    with left:
        decisions(view)
    with right:
        _held(view)


def _ahead(view: View) -> None:
    meetings_ahead = reads.ask(held.ahead, view.scope, AHEAD)
    if not meetings_ahead:
        st.caption(_("No meeting is entered after {day}.", day=view.as_of))
        return
    following, *others = meetings_ahead
    text = _(
        "Next meeting: **{meeting}** on {day}, in {days} days",
        meeting=literal(following.name),
        day=following.on_date,
        days=(following.on_date - view.as_of).days,
    )
    topics = f"  \n{literal(following.topics)}" if following.topics else ""
    st.info(text + topics, icon=":material/event:")
    if others:
        after = DOT.join(f"{line.on_date} {literal(line.name)}" for line in others)
        st.caption(_("After it: {meetings}", meetings=after))


def _held(view: View) -> None:
    kinds = [tile(view, "meetings_held", str(kind), label=name(kind.label)) for kind in MeetingKind]
    row_of_tiles("meetings-held-figures", kinds)
    if draw_if_not_entered(view, "meetings_held", _("Meetings so far")):
        return
    meetings_held = reads.ask(held.held, view.scope, MEETINGS)
    if not meetings_held:
        st.info(_("No meeting was held by {day}.", day=view.as_of))
        return
    known = len(meetings_held)
    if not asked.choice("meetings", {"all": ""}):
        meetings_held = meetings_held[:FIRST]
    heading(_("Meetings so far"), _("the latest {n}, with their decisions", n=len(meetings_held)))
    table(
        {
            _("Day"): [line.on_date for line in meetings_held],
            _("Meeting"): [line.name for line in meetings_held],
            _("Kind of meeting"): [name(line.kind.label) for line in meetings_held],
            _("Decisions done"): [_done(line) for line in meetings_held],
            _("Topics"): [line.topics for line in meetings_held],
        },
        key="meetings-held",
        says=_("Meetings so far"),
        columns={_("Topics"): st.column_config.TextColumn(width="large")},
        tall=True,
    )
    if known > len(meetings_held):
        asked.way(_("The latest {n} meetings ›", n=known), "meetings-held-all", meetings="all")


def _done(line: MeetingLine) -> str:
    return f"{line.done}/{line.decisions}" if line.decisions else NOTHING


@still
def decisions(view: View) -> None:
    """Draw decisions by state, the longest overdue first; a click leads to the responsible unit."""
    if draw_if_not_entered(view, "decisions_done", _("Decisions")):
        return
    choices = {"open": _("Open and overdue"), "all": _("All"), "done": _("Carried out")}
    heading(_("Decisions"), _counts(view))
    wanted = EITHER[asked.pick("decisions", _("Which decisions"), choices)]
    decisions_read = reads.ask(held.decided, view.scope, wanted, DECISIONS)
    if not decisions_read.lines:
        _no_decision(view, sum(decisions_read.counted.values()), wanted)
        return
    _table(decisions_read.lines)
    listed = sum(
        count for state, count in decisions_read.counted.items() if not wanted or state in wanted
    )
    if listed > len(decisions_read.lines):
        st.caption(_("{shown} of {n} are shown.", shown=len(decisions_read.lines), n=listed))


def _no_decision(view: View, known: int, wanted: Sequence[DecisionState]) -> None:
    if not known:
        st.info(_("No decision for these units is known on {day}.", day=view.as_of))
        return
    says = (
        _("All {n} decisions are carried out: none is open or overdue.", n=known)
        if DecisionState.OPEN in wanted
        else _("None of the {n} decisions is carried out yet.", n=known)
    )
    none_wanting(says, _("All {n} decisions ›", n=known), "decisions-all", decisions="all")


def _counts(view: View) -> str:
    counted = reads.ask(held.decided, view.scope, (), DECISIONS).counted
    return DOT.join(f"{status.of_decision(state).text} {count}" for state, count in counted.items())


def _table(lines: Sequence[DecisionLine]) -> None:
    done_on = [line.done_on for line in lines]
    table(
        {
            _("Standing"): [status.of_decision(line.state) for line in lines],
            _("Days past the limit"): [line.days or None for line in lines],
            _("Decision"): [line.text for line in lines],
            _("Unit"): [line.unit_name or _("District") for line in lines],
            _("Time limit"): [line.due_on for line in lines],
            **({_("Done on"): done_on} if any(done_on) else {}),
            _("Meeting"): [f"{line.met_on} {line.meeting_name}" for line in lines],
        },
        key="decisions-list",
        says=_("Decisions"),
        onward=lambda row: ways.unit_way(lines[row].unit),
        tall=True,
        late=(_("Days past the limit"),),
    )
