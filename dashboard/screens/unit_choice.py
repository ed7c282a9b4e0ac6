"""Search for a unit, with how each is doing, the worst first."""

from collections.abc import Iterator, Mapping, Sequence

import streamlit as st

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters, table
from dashboard.elements.board import Part
from dashboard.elements.table import Cell
from dashboard.frame.view import View
from dashboard.i18n import _, name, say
from dashboard.screens import next_acts, unit_light, unit_standing, what_changed
from dashboard.screens.coverage import unit_next
from dashboard.status import LIGHT_TONES
from dashboard.widgets import headlines, sentence, tiles
from dashboard.widgets.drawing import still
from dashboard.widgets.place import look
from data.coverage import light_reasons
from data.figures import units as unit_lines
from data.figures.units import UnitLine
from models.rules.light import Light
from models.text import NOTHING

FOUND = 30
"""The most units listed."""
FIELD = 340
"""The width of the search field in pixels."""


def choose(view: View) -> None:
    """Draw a search field, in a sentence how the units are doing, and the units that fit, for a
    view that is not of one unit."""
    with st.container(horizontal=True, vertical_alignment="center", key="unit-choice"):
        wanted = st.text_input(
            _("Look for a unit"),
            key="unit-search",
            placeholder=_("Look for a unit by name or code"),
            label_visibility="collapsed",
            width=FIELD,
        )
        _say(view)
    _listed(view, wanted)


@still
def _say(view: View) -> None:
    """Draw one sentence: the units by light, how many turned worse and better, and against when."""
    now = reads.ask(unit_lines.lights, view.scope)
    if not any(now.values()):
        return
    pieces = [
        matters.piece(
            f"{name(light.label)} {count}",
            LIGHT_TONES[light],
            board.way("coverage", tab="units", light=str(light)),
        )
        for light, count in now.items()
        if count
    ]
    turned = [tone for _light, tone in _turned(view).values()]
    against = matters.piece(tiles.against(view), aside=True)
    sentence.draw([*pieces, *_in_words(turned), against], "unit-say")


def _in_words(turned: Sequence[Tone | None]) -> Iterator[Part]:
    """Yield how many lights turned worse, and how many better; one piece if none did either."""
    worse, better = turned.count(Tone.BAD), turned.count(Tone.GOOD)
    if worse:
        yield matters.piece(_("turned worse {n}", n=worse), Tone.BAD, board.way("changes"))
    if better:
        yield matters.piece(_("turned better {n}", n=better), Tone.GOOD, board.way("changes"))
    if not worse and not better:
        yield matters.piece(_("no light turned worse or better"))


def _turned(view: View) -> Mapping[str, tuple[str, Tone | None]]:
    """Return how the lights of units turned since the day of comparison, in words with their tone,
    by unit."""
    before = {unit.code: unit.light for unit in reads.units(view.before)}
    turns = {
        unit.code: what_changed.turn_of_light(before.get(unit.code), unit.light)
        for unit in reads.units(view.scope)
    }
    return {code: turn for code, turn in turns.items() if isinstance(turn, tuple)}


@still
def _listed(view: View, wanted: str) -> None:
    every = reads.units(view.scope)
    found = reads.ask(unit_lines.search, view.scope, wanted, FOUND) if wanted else every[:FOUND]
    fitting = len(found) if wanted else len(every)
    if not found:
        st.info(_("No unit fits. Try a part of its name or its code."))
        return
    columns = [
        *unit_standing.columns(),
        table.column(_("Why this light")),
        table.column(next_acts.heading(), card=_("Next step")),
    ]
    columns.insert(1, table.column(_("Light since {day}", day=view.since), day=True))
    units = board.region(
        "units",
        table.table(columns, _rows(view, found)),
        title=_("Units"),
        says=headlines.first_of(_("the worst light first; click one"), FOUND, fitting),
    )
    board.board("unit-choices", [units], layout="stack", look=look())


def _rows(view: View, found: Sequence[UnitLine]) -> list[Part]:
    """Return the units as table rows; those outside the grid are last."""
    codes = {unit.code for unit in found}
    standings = [each for each in unit_standing.standings(view) if each.unit.code in codes]
    outside = [unit_standing.UnitStanding(unit, {}, "") for unit in found if unit.light is None]
    reasons = reads.ask(light_reasons.reasons, view.scope)

    short = unit_light.in_short(view.scope, sorted(codes))
    wanting = [
        (each.unit, reasons[each.unit.code][0])
        for each in standings
        if each.unit.light is not Light.GREEN and reasons.get(each.unit.code)
    ]
    acts = zip(wanting, unit_next.of(view, wanting), strict=True)
    done = {unit.code: act for (unit, _why), act in acts}

    def deciding(unit: UnitLine) -> Cell:
        own = reasons.get(unit.code)
        if not own or own[0].message == light_reasons.NOTHING_OPEN:
            return NOTHING
        # What a green unit has not entered is said quietly.
        if unit.light is Light.GREEN:
            return say(own[0]), Tone.SILENT
        return short.get(unit.code) or say(own[0])

    def following(unit: UnitLine) -> Cell:
        return next_acts.cell(view, done.get(unit.code)) or NOTHING

    turned = _turned(view)
    return [
        unit_standing.row(
            each,
            turned.get(each.unit.code, NOTHING),
            last=[deciding(each.unit), following(each.unit)],
        )
        for each in (*standings, *outside)
    ]
