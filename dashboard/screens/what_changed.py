"""What changed since the day of comparison, in a line: findings that moved, lights that turned."""

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.board import Part
from dashboard.elements.table import Cell
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.widgets import tiles
from models.rules.light import Light
from models.rules.movement import Movement
from models.text import NOTHING

TONES = {
    Movement.OVERDUE: Tone.BAD,
    Movement.REOPENED: Tone.BAD,
    Movement.DOWN: Tone.BAD,
    Movement.ISSUED: None,
    Movement.CLOSED: Tone.GOOD,
    Movement.UP: Tone.GOOD,
}


def in_a_line(view: View, *first: Part) -> Part:
    """Return a sentence: what is compared with, `first`, then how many findings and units moved in
    each way, each a link to them."""
    counted = reads.movements(view.scope, view.before, 0).counted
    moved = [
        matters.piece(
            f"{name(way.label)} {counted[way]}",
            TONES[way],
            board.way("changes", way=str(way).lower()),
        )
        for way in Movement
        if counted[way]
    ]
    if not moved:
        moved = [matters.piece(_("no finding and no grade changed"))]
    return matters.sentence(
        [matters.piece(_("Changes {against}", against=tiles.against(view))), *first, *moved]
    )


def turn_of_light(before: Light | None, now: Light | None) -> Cell:
    """Return how a light turned between two days; "—" if it is the same or was not known."""
    if before is None or now is None or before is now:
        return NOTHING
    # Lights are ordered from the worst; grey says nothing of better or worse.
    lights = list(Light)
    worse = lights.index(now) < lights.index(before)
    tone = None if Light.GREY in (before, now) else Tone.BAD if worse else Tone.GOOD
    return (
        _("from {before} to {now}", before=name(before.label).lower(), now=name(now.label).lower()),
        tone,
    )
