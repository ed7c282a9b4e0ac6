"""The counts of the inbox: how units stand with a month, and what became of the files."""

from collections import Counter
from collections.abc import Mapping, Sequence

from dashboard.charts.status_colours import Tone
from dashboard.elements import board, figure
from dashboard.elements.board import Region
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens.collection import words
from data.collection.inbox import Arrival, Collected, SentLine
from models.collection import FileState


def of_month(found: Collected) -> Region:
    """Return how many units are in with the month, and how many stand otherwise; what is 0 of those
    is left out."""
    counted = Counter(each.arrival for each in found.units)
    late = len(found.late)
    of = _("of {n} units", n=len(found.units))
    parts = [
        figure.figure(
            "", str(late), says=_("Units late"), of=of, tone=str(Tone.BAD) if late else ""
        ),
        figure.figure("", str(found.arrived), says=_("Units that are in")),
    ]
    if missing := counted[Arrival.MISSING]:
        parts.append(figure.figure("", str(missing), says=_("Not sent yet")))
    if returned := counted[Arrival.RETURNED]:
        parts.append(figure.figure("", str(returned), says=_("Returned"), tone=str(Tone.WARN)))
    return board.region(
        "count",
        figure.figures(parts),
        title=_("Files of {month}", month=words.month(found.period)),
        says=_("due on {day}", day=found.due_on),
    )


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
            of=_("{n} with something to look at", n=faulty) if faulty else "",
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
