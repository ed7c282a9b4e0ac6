"""The lights of all units, and the four blocks: net, subjects, reports, mechanisms."""

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard import formats, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, figure
from dashboard.elements import lights as light_bar
from dashboard.elements.board import Part, Region
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.status import LIGHT_TONES, Status
from dashboard.widgets import beginning, tiles, trust
from data.figures import changes, units
from data.figures.reading import Reading
from models.days import month_ends
from models.rules.light import Light
from models.text import N_, NOTHING

MONTHS = 12
BLOCKS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "grid_coverage": (N_("One net"), ("content_coverage",)),
    "duty_rate": (N_("Two subjects"), ("dual_responsibility", "institution_rate")),
    "report_quality": (N_("Four reports"), ("report_timeliness", "reports_late")),
    "rating_3a": (N_("Six mechanisms"), ("cross_review_completion", "warnings_open")),
}
"""The figure of each block, its title, and the figures of its second line."""


def against(view: View) -> str:
    """What changes on the page are compared with."""
    if view.compared:
        return _(
            "against {meeting} ({day})", meeting=view.compared.meeting_name, day=view.compared.as_of
        )
    return _("against {day}", day=view.since)


def change_of(view: View, key: str) -> Part | None:
    """How a figure moved since the day that is compared with; None where either is not known."""
    now, before = reads.figures_of(view.scope).get(key), beginning.readings_before(view).get(key)
    moved = changes.change(now, before) if now and before else None
    if now is None or moved is None:
        return None
    arrow = "▲ " if moved.amount > 0 else "▼ " if moved.amount < 0 else ""
    text = arrow + tiles.change_in_words(now.figure, moved).lstrip("+-")
    return figure.changed(text, against(view), moved.good)


def both_sides(reading: Reading | None) -> str:
    """Both sides of a share; that nothing was entered, where nothing is known."""
    if reading and not reading.known:
        return _(formats.NOT_ENTERED)
    return formats.of_denominator(reading) if reading else ""


def lights(view: View) -> Region:
    """How many units stand in each light, and how many more than before."""
    now = reads.ask(units.lights, view.scope)
    before = reads.ask(units.lights, view.before)
    shown = [_light(light, count, count - before[light]) for light, count in now.items()]
    total = sum(now.values())
    return board.region(
        "lights-card",
        light_bar.lights(shown),
        title=_("{n} units by light", n=total),
        onward=board.way("coverage", tab="units"),
    )


def _light(light: Light, count: int, more: int) -> Part:
    good = light is Light.GREEN
    tone = "" if not more else str(Tone.GOOD if (more > 0) == good else Tone.BAD)
    text = f"+{more}" if more > 0 else f"−{-more}" if more else "0"
    shown = Status(LIGHT_TONES[light], name(light.label))
    return light_bar.light(
        shown, count, text, tone, board.way("coverage", tab="units", light=str(light))
    )


def blocks(view: View) -> list[Region]:
    """A card a block: its figure, change, line over a year, and what stands beside it."""
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
    entry = reads.figure(key)
    now = reads.figures_of(view.scope).get(key)
    sign = trust.of_figure(view, key)
    return figure.figure(
        _(title),
        now.text if now else NOTHING,
        says=_(entry.name),
        of=both_sides(now),
        change=change_of(view, key),
        line=[_plain(lines[day].get(key)) for day in days if day in lines],
        second=[_beside(view, each) for each in second],
        onward=board.list_way(key),
        definition=tiles.definition(entry, sign),
        sign=sign.sign if sign else "",
        tone="" if now and now.exact is not None else "unknown",
    )


def _beside(view: View, key: str) -> Part:
    reading = reads.figures_of(view.scope).get(key)
    wanting = key in ("reports_late", "warnings_open") and reading and reading.numerator
    return figure.beside(
        _(reads.figure(key).name),
        formats.text(reading),
        board.list_way(key),
        str(Tone.BAD) if wanting else "",
    )


def _plain(reading: Reading | None) -> float | None:
    return float(reading.exact) if reading and reading.exact is not None else None
