"""The lights of all units, and the four blocks of the overview: grid, subjects, reports,
mechanisms."""

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard import formats, reads
from dashboard.elements import board, figure
from dashboard.elements import lights as light_bar
from dashboard.elements.board import Part, Region
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.status import LIGHT_TONES, Status
from dashboard.widgets import tiles
from data.figures import units
from data.figures.reading import Reading
from models.days import month_ends
from models.rules.light import Light
from models.text import N_

MONTHS = 12
BLOCKS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "grid_coverage": (N_("One net"), ("content_coverage",)),
    "duty_rate": (N_("Two subjects"), ("dual_responsibility", "institution_rate")),
    "report_quality": (N_("Four reports"), ("report_timeliness", "reports_late")),
    "rating_3a": (N_("Six mechanisms"), ("cross_review_completion", "warnings_open")),
}
"""The figure of each block, its title, and the figures of its second line."""


def lights(view: View) -> Region:
    """Return the number of units with each light, and its change."""
    now = reads.ask(units.lights, view.scope)
    before = reads.ask(units.lights, view.before)
    shown = [_light(view, light, count, before[light]) for light, count in now.items()]
    total = sum(now.values())
    return board.region(
        "lights-card",
        light_bar.lights(shown),
        title=_("{n} units by light", n=total),
        onward=board.way("coverage", tab="units"),
    )


def _light(view: View, light: Light, count: int, before: int) -> Part:
    good = light is Light.GREEN
    shown = Status(LIGHT_TONES[light], name(light.label))
    return light_bar.light(
        shown,
        count,
        tiles.counted_change(view, count, before, more_is_good=good),
        board.way("coverage", tab="units", light=str(light)),
    )


def blocks(view: View) -> list[Region]:
    """Return a card per block: its figure, change, trend over a year, and related figures."""
    days = month_ends(view.as_of, MONTHS)
    lines = reads.by_day(view.scope, days, *BLOCKS)
    return [
        board.region("block", _block(view, key, title, second, days, lines), name=_(title))
        for key, (title, second) in BLOCKS.items()
    ]


def _block(
    view: View,
    key: str,
    title: str,
    second: Sequence[str],
    days: Sequence[date],
    lines: Mapping[date, Mapping[str, Reading]],
) -> Part:
    return tiles.tile(
        view,
        key,
        title=_(title),
        tells_trust=False,
        line=[_plain(lines[day].get(key)) for day in days if day in lines],
        second=[_beside(view, each) for each in second],
    )


def _beside(view: View, key: str) -> Part:
    reading = reads.figures_of(view.scope).get(key)
    return figure.beside(
        _(reads.figure(key).name),
        formats.text(reading),
        board.list_way(key),
        str(tiles.late_tone(view, key, reading) or ""),
    )


def _plain(reading: Reading | None) -> float | None:
    return float(reading.exact) if reading and reading.exact is not None else None
