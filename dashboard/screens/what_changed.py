"""What changed since the day of comparison: how many findings and units moved, and which."""

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters, table
from dashboard.elements.board import Part, Place, Region
from dashboard.elements.table import Cell
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import told_apart
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


SHOWN = 5
"""The most findings and units that are listed of those that moved."""


def counted(view: View, tone: Tone | None = None, *, listed: int = SHOWN) -> list[Part]:
    """Return how many findings and grades moved in each way (of `tone` if given), each a link to
    them; `listed` is how many of them the page lists, as both are read at once."""
    moved = reads.movements(view.scope, view.before, listed).counted
    return [
        matters.piece(
            f"{name(way.label)} {moved[way]}",
            TONES[way],
            board.way("changes", way=str(way).lower()),
        )
        for way in Movement
        if moved[way] and tone in (None, TONES[way])
    ]


def listed(view: View, area: str = "changed", place: Place = "beside") -> list[Region]:
    """Return the first findings and units that moved, worse moves first; empty if none did.

    `area` and `place` are those of the region (`board.region`).
    """
    found = reads.movements(view.scope, view.before, SHOWN)
    rows = []
    called = told_apart.titles(line for lines in found.findings.values() for line in lines)
    for way in sorted(Movement, key=lambda each: TONES[each] is not Tone.BAD):
        # What became worse is marked; the rest is only told.
        moved = (name(way.label), Tone.BAD) if TONES[way] is Tone.BAD else name(way.label)
        for line in found.findings.get(way, ()):
            about = _of_unit(view, line.unit_name, called[line.finding.code])
            rows.append(table.row([moved, about], board.way("finding", finding=line.finding.code)))
        for graded in found.units.get(way, ()):
            turn = _("{before} → {now}", before=graded.before, now=graded.now)
            about = _of_unit(view, graded.unit_name, turn)
            rows.append(table.row([moved, about], board.way("unit", node=f"unit:{graded.unit}")))
    if not rows:
        return []
    columns = [table.column(_("Change"), day=True), table.column(_("About"), leads=True)]
    onward = board.way("changes")
    more = sum(found.counted.values()) - len(rows[:SHOWN])
    return [
        board.region(
            area,
            table.table(columns, rows[:SHOWN]),
            *([matters.note(_("{n} more ›", n=more), onward)] if more else []),
            title=_("What changed"),
            says=tiles.against(view),
            onward=onward,
            place=place,
        )
    ]


def _of_unit(view: View, unit: str, text: str) -> str:
    """Return a text after the name of its unit, if the view has several units."""
    several = not view.scope.node.is_unit and len(reads.units(view.scope)) > 1
    return f"{unit} · {text}" if several else text


def turn_of_light(before: Light | None, now: Light | None) -> Cell:
    """Return how a light turned between two days; "—" if it is the same or was not known."""
    if before is None or now is None or before is now:
        return NOTHING
    # Lights are ordered from the worst; grey says nothing of better or worse.
    lights = list(Light)
    worse = lights.index(now) < lights.index(before)
    tone = None if Light.GREY in (before, now) else Tone.BAD if worse else Tone.GOOD
    return (
        _("{before} → {now}", before=name(before.label).lower(), now=name(now.label).lower()),
        tone,
    )
