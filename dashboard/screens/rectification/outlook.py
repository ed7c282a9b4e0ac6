"""The forecast: findings that will miss their limits, which ones, and how reliable it is."""

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from dashboard import formats, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements.board import Part
from dashboard.elements.figure import figure as figure_of
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.reads import outlook as asked_outlook
from dashboard.screens.rectification import outlook_record
from dashboard.widgets import ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.panels import panel
from dashboard.widgets.silence import draw_if_not_entered
from dashboard.widgets.tables import table
from dashboard.widgets.tiles import UNKNOWN, row_of_tiles
from data.figures.reading import money_label
from data.outlook.expected import Ahead, Horizon
from models.rectification import RectType, Severity, State
from models.rules.expected import Expected
from models.rules.outlook import Chance
from models.text import NOTHING

LIKELY = 0.5
"""The chance from which a limit is rather missed than kept."""
AT_FIRST = 8
"""Findings shown at first."""
TENS = 10
"""Expected numbers from this one on are written without decimals."""


@still
def outlook(view: View) -> None:
    """Draw the numbers expected in 30 and 90 days, the findings behind them, then the past
    accuracy."""
    if draw_if_not_entered(view, "required", _("What comes next")):
        return
    _horizons(view)
    with panel():
        _driving(view)
    _told(view)
    outlook_record.record(view)


def _horizons(view: View) -> None:
    horizons = asked_outlook.outlook(view.scope).horizons
    by_horizon = [_tiles(view, horizon) for horizon in horizons]
    # The same measure stands side by side for each horizon.
    row_of_tiles("outlook", [tile for measure in zip(*by_horizon, strict=True) for tile in measure])


def _told(view: View) -> None:
    """Draw what the ranges leave out and how far they can be relied on."""
    overdue = reads.figures_of(view.scope)["overdue"]
    st.caption(
        _(
            "{n} findings are overdue already on {day}; they come on top. What will be issued later"
            " is not foreseen. Each range holds four times in five if the chances are right.",
            n=formats.text(overdue),
            day=view.as_of,
        )
    )


def _tiles(view: View, horizon: Horizon) -> list[Part]:
    """Return the tiles of a horizon: findings, the money in them, reports."""
    about = {
        "title": _("{n} days", n=horizon.days),
        "definition": _(
            "limits from {since} to {until}", since=view.as_of, until=_last_day(view, horizon)
        ),
    }
    money = _("Money in them, {unit}", unit=formats.money_unit())
    return [
        {**tile, **about}
        for tile in (
            _range(_("Will pass their limit"), horizon.findings),
            _money_range(money, horizon.money),
            _range(_("Reports that will be late"), horizon.reports),
        )
    ]


def _last_day(view: View, horizon: Horizon) -> object:
    return view.as_of + timedelta(horizon.days - 1)


def _range(label: str, expected: Expected | None) -> Part:
    if expected is None or not expected.out_of:
        return _nothing_expected(label, expected)
    note = _("about {n} expected, of {all} due", n=_mean(expected), all=expected.out_of)
    return figure_of("", between(expected), says=label, note=note)


def _money_range(label: str, expected: Expected | None) -> Part:
    if expected is None or not expected.out_of:
        return _nothing_expected(label, expected)
    note = _(
        "on average; {low} to {high}, of {all} not yet rectified",
        low=money_label(expected.low),
        high=money_label(expected.high),
        all=money_label(expected.out_of),
    )
    mean = f"{formats.money_number(round(expected.mean)):.2f}"
    return figure_of("", mean, says=label, note=note)


def _nothing_expected(label: str, expected: Expected | None) -> Part:
    """Return a tile that says that nothing can become late or there is no history to learn from."""
    nothing_due = _("nothing falls due in these days")
    note = nothing_due if expected else _("no limit has passed yet to learn from")
    return figure_of("", NOTHING, says=label, note=note, tone=UNKNOWN)


def _mean(expected: Expected) -> str:
    return f"{expected.mean:.1f}" if expected.mean < TENS else str(round(expected.mean))


def between(expected: Expected) -> str:
    """Return a range of numbers as text."""
    if expected.low == expected.high:
        return str(expected.low)
    return f"{expected.low}–{expected.high}"


def _driving(view: View) -> None:
    found = asked_outlook.outlook(view.scope)
    heading(
        _("The findings behind it"),
        _(
            "limits within 90 days, the likeliest to be passed first; {n} of {all}; click one",
            n=len(found.driving),
            all=found.with_chance,
        ),
    )
    if not found.driving:
        st.caption(_("No open finding with a limit in these days, or nothing to learn from yet."))
        return
    _table(view, found.driving)


def _table(view: View, driving: Sequence[Ahead]) -> None:
    lines = [each.line for each in driving]
    chances = [each.chance or Chance(0, 0, 0, 0) for each in driving]
    table(
        {
            _("Unit"): [line.unit_name for line in lines],
            _("Chance"): [_said(each.shown) for each in driving],
            _("Finding"): [line.finding.title for line in lines],
            _("Days left"): [-line.days_over(view.as_of) for line in lines],
            _("Present limit"): [line.standing.due for line in lines],
            _("State"): [name(State(line.standing.state).label) for line in lines],
            _("Type"): [name(RectType(line.finding.rect_type).label) for line in lines],
            _("Severity"): [name(Severity(line.finding.severity).label) for line in lines],
            _("Extensions"): [line.extended for line in lines],
            _("Not yet rectified, {unit}", unit=formats.money_unit()): [
                round(formats.money_number(each.at_stake), 2) if each.at_stake else None
                for each in driving
            ],
            _("All alike"): [percent(chance.base) for chance in chances],
            _("Like cases"): [chance.cases for chance in chances],
        },
        first=AT_FIRST,
        key="outlook-driving",
        says=_("The findings behind it"),
        onward=lambda row: ways.finding_way(lines[row].finding.code),
    )


def _said(chance: float | None) -> tuple[str, Tone | None]:
    """Return a chance in percent; one of a half or more stands out."""
    return percent(chance), Tone.BAD if chance is not None and chance >= LIKELY else None


def percent(chance: float | None) -> str:
    """Return a chance in whole percent, never 0% or 100%."""
    if chance is None:
        return NOTHING
    return f"{min(99, max(1, round(chance * 100)))}%"
