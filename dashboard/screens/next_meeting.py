"""The committee's next meeting, as screens name it beside what waits for it."""

from dashboard import reads
from dashboard.frame.view import View
from data.meetings import held
from data.meetings.held import MeetingLine
from data.nodes import DISTRICT, Node


def next_meeting(view: View) -> MeetingLine | None:
    """Return the committee's next meeting; None if none is entered or the viewer may not see it."""
    return reads.ask(held.committee_next, view.scope.at(Node(DISTRICT)))
