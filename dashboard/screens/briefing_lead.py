"""What stands before the text of the briefing: what is red and changed, and which of its limits are
past."""

from collections.abc import Sequence
from datetime import date

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.board import Part, Region
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens.overview import summary
from dashboard.widgets.drawing import still
from dashboard.widgets.place import look


@still
def before_the_text(view: View, limits: Sequence[date], today: date) -> None:
    """Draw what is red, late and changed, as above the overview, and how many of the `limits` that
    the text names are past `today`."""
    if reads.latest_import() is not None:
        regions = [summary.sentence(view), *_of_limits(view, limits, today)]
        board.board("briefing-say", regions, layout="stack", look=look())


def _of_limits(view: View, limits: Sequence[date], today: date) -> list[Region]:
    """Return the sentence that limits are past, with the way to the latest day of the data; empty
    if none is, or of a freeze, which tells what a meeting once had before it."""
    past = sum(limit < today for limit in limits)
    if not past or view.frozen:
        return []
    text = (
        _("all {n} limits named below are past today, {today}", n=past, today=today)
        if past == len(limits)
        else _(
            "{past} of the {n} limits named below are past today, {today}",
            past=past,
            n=len(limits),
            today=today,
        )
    )
    told = matters.sentence([matters.piece(text, Tone.WARN), _way_on(view)])
    return [board.region("past-limits", told, name=_("Limits that are past"), plain=True)]


def _way_on(view: View) -> Part:
    """Return the way to the briefing of the latest day of the data, or, from that day on, to who
    has to send later data."""
    latest = reads.latest_day()
    if latest and latest > view.as_of:
        onward = board.way("briefing", as_of=latest.isoformat())
        return matters.piece(
            _("choose a later day, the latest is {day} ›", day=latest), None, onward
        )
    onward = board.way("data", tab="entered")
    return matters.piece(_("no later data has been taken in ›"), None, onward)
