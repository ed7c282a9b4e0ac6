"""The committee's meetings, as screens name them beside what waits for them."""

from datetime import date

from dashboard import reads
from dashboard.frame.view import View
from data.meetings import held
from data.meetings.held import MeetingLine
from data.nodes import DISTRICT, Node


def next_meeting(view: View) -> MeetingLine | None:
    """Return the committee's next meeting; None if none is entered or the viewer may not see it."""
    return reads.ask(held.committee_next, view.scope.at(Node(DISTRICT)))


def meeting_since(view: View, day: date) -> MeetingLine | None:
    """Return the last meeting that the committee held after `day`; None if it held none, or if the
    viewer may not see it."""
    return reads.ask(held.committee_since, view.scope.at(Node(DISTRICT)), day)
