"""What stands around the text of the briefing: what is red and changed, who acts first and by when,
and which of the limits in the text are past."""

from collections.abc import Sequence
from datetime import date

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.board import Part
from dashboard.elements.room import room
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens import meeting_clock, red_units, what_changed
from dashboard.screens.next_meeting import next_meeting
from dashboard.screens.overview import summary, to_decide
from dashboard.widgets import tiles
from dashboard.widgets.drawing import still
from dashboard.widgets.place import look
from dashboard.widgets.silence import is_silent, nothing_to_decide
from data.meetings import drafts

MOST = 3
"""The most matters shown of those in the text."""
HEIGHT, MATTER_HEIGHT = 110, 48
"""Minimum height in pixels of the card without matters, and of a matter."""


@still
def in_a_sentence(view: View) -> None:
    """Draw what is red, late and changed, as above the overview: the text says it at length."""
    if reads.latest_import() is not None:
        board.board("briefing-say", [summary.sentence(view)], layout="stack", look=look())


@still
def first_to_act(view: View, limits: Sequence[date]) -> None:
    """Draw the gravest matters of the text, by whom and by when, which units are red, what moved
    since the day of comparison, and how many of the `limits` in the text are past today.

    Nothing where no unit is in the grid and the text asks nobody to act.
    """
    shown = reads.ask(drafts.drafts, view.scope)[:MOST]
    if is_silent(view) and not shown and not limits:
        return
    now = meeting_clock.today_of(view)
    listed = (
        matters.matters([to_decide.briefly(view, each, now) for each in shown])
        if shown
        else matters.note(nothing_to_decide(view))
    )
    region = board.region(
        "acts",
        *_of_limits(view, limits, now),
        listed,
        *red_units.by_name(view),
        *_what_moved(view),
        title=_("Who acts, by when"),
        says=_("the first {n} matters of the text", n=len(shown)) if shown else "",
        onward=board.way("overview", **{to_decide.LISTED: "all"}) if shown else None,
    )
    with room(HEIGHT + MATTER_HEIGHT * len(shown), "briefing-acts"):
        board.board("briefing-acts", [region], layout="stack", look=look())


def _what_moved(view: View) -> list[Part]:
    """Return how many findings and grades moved, for the worse first, and since when."""
    pieces = [
        *what_changed.counted(view, Tone.BAD, listed=what_changed.SHOWN),
        *what_changed.counted(view, Tone.GOOD, listed=what_changed.SHOWN),
    ]
    if not pieces:
        pieces = [matters.piece(_("no finding and no grade changed"))]
    return [matters.sentence([matters.named(_("What changed")), *pieces, tiles.said_against(view)])]


def _of_limits(view: View, limits: Sequence[date], today: date | None) -> list[Part]:
    """Return the sentence on how long there is until the committee meets, and that limits are past,
    with the way to the latest day of the data; empty if nothing is known of either."""
    meeting = next_meeting(view)
    pieces = [meeting_clock.piece(view, meeting)] if meeting else []
    past = sum(limit < today for limit in limits) if today else 0
    if not past:
        return [matters.sentence(pieces)] if pieces else []
    text = (
        _("all {n} limits in the text are past today", n=past)
        if past == len(limits)
        else _("{past} of the {n} limits in the text are past today", past=past, n=len(limits))
    )
    return [matters.sentence([*pieces, matters.piece(text, Tone.WARN), _way_on(view)])]


def _way_on(view: View) -> Part:
    """Return the way to the briefing of the latest day of the data, or, from that day on, to who
    has to send later data."""
    latest = reads.latest_day()
    if latest and latest > view.as_of:
        text = _("choose a later day, the latest is {day} ›", day=latest)
        return matters.piece(text, None, board.way("briefing", as_of=latest.isoformat()))
    onward = board.way("data", tab="entered")
    return matters.piece(_("no later data yet ›"), None, onward)
