"""The units that lack an element of the grid, each with what it lacks."""

from collections.abc import Mapping, Sequence

from dashboard import act_words, reads
from dashboard.act_words import ToBeDone
from dashboard.charts.status_colours import Tone
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens import next_acts
from dashboard.screens.coverage.units import missing_elements
from dashboard.screens.unit import light_of
from dashboard.widgets import ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.silence import is_known
from dashboard.widgets.tables import table
from data.figures.reading import Reading
from data.figures.units import UnitLine
from models.grid import Element
from models.rules.light import Light

MOST = 5
"""The most units that are listed; a link leads to all of them."""


@still
def incomplete_units(view: View) -> None:
    """Draw the units behind the gap of the grid coverage, those that lack the most elements first,
    each with what it lacks and what is to be done next; nothing if none lacks any."""
    readings = reads.figures_of(view.scope)["grid_coverage"]
    if not is_known(view, "grid_coverage") or not readings.short:
        return
    elements = reads.by_unit(view.scope, "grid_coverage")
    wanting = [
        (unit, missing_elements(elements.get(unit.code, {})))
        for unit in reads.units(view.scope)
        if unit.light is not None and not _has_all(elements.get(unit.code, {}))
    ]
    wanting.sort(key=lambda each: -len(each[1]))
    shown = wanting[:MOST]
    heading(
        _("Units without all elements: {n}", n=len(wanting)),
        _("the most missing first; click to see the unit"),
    )
    done = _next(view, [unit for unit, _missing in shown])
    table(
        {
            _("Light"): [light_of(unit) for unit, _missing in shown],
            _("Unit"): [unit.name for unit, _missing in shown],
            _("Elements missing"): [_named(unit, missing) for unit, missing in shown],
            next_acts.heading(): [next_acts.cell(view, each) for each in done],
        },
        key="net-incomplete",
        says=_("Units without all elements: {n}", n=len(wanting)),
        onward=lambda row: ways.unit_way(shown[row][0].code),
        cards={_("Elements missing"): "{n}", next_acts.heading(): next_acts.card()},
    )
    if len(wanting) > MOST:
        ways.list_link(_("All {n} units ›", n=len(wanting)), "grid_coverage")


def _next(view: View, units: Sequence[UnitLine]) -> list[ToBeDone]:
    """Return what is to be done next about each unit: the competent department has the elements put
    in place; a unit that has reported nothing first reports."""
    departments = next_acts.departments(unit.code for unit in units)
    return [
        next_acts.by_next_meeting(view, _(act_words.REPORT), _("the unit"))
        if unit.light is Light.GREY
        else next_acts.by_next_meeting(
            view, _(act_words.PUT_IN_PLACE), departments.get(unit.code, "")
        )
        for unit in units
    ]


def _has_all(readings: Mapping[str, Reading]) -> bool:
    return bool(readings) and bool(readings["grid_coverage"].numerator)


def _named(unit: UnitLine, missing: Sequence[str]) -> tuple[str, Tone]:
    if unit.light is Light.GREY:
        return _("all four, as nothing came in"), Tone.SILENT
    return _("all four") if len(missing) == len(Element) else _(", ").join(missing), Tone.WARN
