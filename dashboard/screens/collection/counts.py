"""The counts of the inbox: what waits, and what became of the files."""

from collections.abc import Mapping, Sequence

from dashboard.charts.status_colours import Tone
from dashboard.elements import board, figure
from dashboard.elements.board import Region
from dashboard.frame.view import View
from dashboard.i18n import _, name
from data.collection.inbox import SentLine
from models.collection import FileState


def of_all_months(
    view: View, since: Mapping[FileState, int], in_all: int, files: Sequence[SentLine]
) -> Region:
    """Return how many files wait, and what came in since the day of comparison; of all months."""
    faulty, came = sum(not each.clean for each in files), sum(since.values())
    of = _("of {n} files", n=came)
    parts = [
        figure.figure(
            "",
            str(in_all),
            says=_("Pending files"),
            of=_("{n} to look at", n=faulty) if faulty else "",
            tone=str(Tone.WARN) if in_all else "",
        ),
        figure.figure(
            "",
            str(came),
            says=_("Came in"),
            of=_("since {day}", day=view.since),
        ),
        *(
            figure.figure("", str(since[state]), says=name(state.label), of=of)
            for state in (FileState.TAKEN_IN, FileState.RETURNED)
            if since[state]
        ),
    ]
    return board.region("all-months", figure.figures(parts), title=_("Files of all months"))
