"""Preparation of a meeting: what is red, what changed, and what needs a decision."""

from dashboard import reads
from dashboard.elements import board, figure
from dashboard.elements.board import Part, Region
from dashboard.elements.room import room
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens import meeting_clock, red_units
from dashboard.screens.overview import blocks, summary, to_decide
from dashboard.widgets import tiles
from dashboard.widgets.drawing import still
from dashboard.widgets.place import look
from dashboard.widgets.silence import is_silent
from data.meetings import held

MOST = 5
"""The most matters shown: the same as the number of drafted decisions."""
HEIGHT, MATTER_HEIGHT = 110, 68
"""Minimum height in pixels of the board without matters, and of a matter."""
FIGURES = ("overdue", "reports_late", "tasks_late", "decisions_done")


@still
def before_the_meeting(view: View) -> None:
    """Draw, as one board, the summary, the lights, the matters to decide and the late figures."""
    regions = _regions(view)
    listed = sum(len(part.get("matters", ())) for each in regions for part in each["parts"])
    with room(HEIGHT + listed * MATTER_HEIGHT, "meeting-board"):
        board.board("meeting-board", regions, layout="sides", look=look())


def _regions(view: View) -> list[Region]:
    """Return the regions; before all data the sentence and the matters alone, which say so."""
    to_be_decided = to_decide.to_decide(view, MOST, for_wall=True)
    now = reads.figures_of(view.scope)
    if is_silent(view) and not any(now[key].known for key in FIGURES if key in now):
        return [summary.sentence(view), to_be_decided]
    late = [tiles.tile(view, key) for key in FIGURES if key in now]
    lights = blocks.lights(view)
    return [
        summary.sentence(view, *_next_meeting(view)),
        to_be_decided,
        {**lights, "parts": [*lights["parts"], *red_units.by_name(view)]},
        board.region("late-card", figure.figures(late), title=_("Late, and carried out")),
    ]


def _next_meeting(view: View) -> list[Part]:
    """Return the date of the next meeting; empty if none is entered."""
    return [meeting_clock.piece(view, meeting) for meeting in reads.ask(held.ahead, view.scope, 1)]
