"""The red units by name, where a sentence or a bar only counts them."""

from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens import unit_standing
from dashboard.widgets import ways
from models.rules.light import Light

NAMED = 5
"""The most units named."""


def by_name(view: View) -> list[Part]:
    """Return the sentence of the red units, the longest overdue first, each with its link, and how
    many more there are; empty if none is red."""
    red = [each.unit for each in unit_standing.standings(view) if each.unit.light is Light.RED]
    if not red:
        return []
    pieces = [matters.piece(each.name, Tone.BAD, ways.unit_way(each.code)) for each in red[:NAMED]]
    if more := len(red) - len(pieces):
        onward = board.way("coverage", tab="units", light=str(Light.RED))
        pieces.append(matters.piece(_("{n} more ›", n=more), None, onward))
    return [matters.sentence([matters.named(_("Red units")), *pieces])]
