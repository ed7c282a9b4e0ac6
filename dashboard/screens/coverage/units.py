"""The units of the grid with their light, its reasons, and the elements they lack."""

from collections.abc import Mapping

import streamlit as st

from dashboard import address, reads, status
from dashboard.frame.view import View
from dashboard.i18n import _, name, say
from dashboard.screens.unit import light_of, place_of
from dashboard.widgets import asked, lists, ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.gap_first import none_wanting
from dashboard.widgets.lists import Column, Kind
from dashboard.widgets.silence import draw_if_silent
from data.coverage import light_reasons
from data.figures import units
from data.figures.reading import Reading
from data.figures.units import UnitLine
from models.grid import Element, UnitKind
from models.rules.light import Light
from models.text import NOTHING

PAGE = 50
LEAST = 10
"""Rows of the list shown at first; more if more units are not green."""
ALL = "all"


def reasons_in_words(view: View, unit: UnitLine) -> list[str]:
    """Return the reasons for a unit's light, the decisive one first; "—" without a light."""
    reasons = reads.ask(light_reasons.reasons, view.scope).get(unit.code, ())
    return [say(reason) for reason in reasons] or [NOTHING]


@still
def listing(view: View) -> None:
    """Draw a page of the list of units, filtered by light and name as given in the address."""
    light, wanted_units = _wanted(view)
    if not wanted_units:
        if not draw_if_silent(view):
            _none(view, light)
        return
    page = asked.page_number(-(-len(wanted_units) // PAGE))
    shown = wanted_units[(page - 1) * PAGE : page * PAGE]
    heading(
        _("Units") if light == ALL else light_of(shown[0]).text,
        _("{n} units, the worst light first; click to see one", n=len(wanted_units)),
    )
    columns = _columns(view)
    lists.draw(
        columns,
        shown,
        key="net-units",
        says=_("Units with their light, what they lack and why the light is as it is"),
        onward=lambda unit: ways.unit_way(unit.code),
        first=max(LEAST, sum(unit.light is not Light.GREEN for unit in shown)),
    )
    lists.download(
        view, columns, lambda: wanted_units, title=_("Units and lights"), key="net-units"
    )


def _none(view: View, light: str) -> None:
    """Say that no unit fits, and offer those of any light."""
    if light == ALL:
        st.info(_("No unit fits. Take a shorter part of the name."))
        return
    n = sum(reads.ask(units.lights, view.scope).values())
    none_wanting(
        _("None of the {n} units stands in {light}.", n=n, light=signed(Light(light)))
        if not address.of_page("named")
        else _("No unit fits. Choose another light or a shorter part of the name."),
        _("All {n} units ›", n=n),
        "net-units-all",
        light=ALL,
    )


def _wanted(view: View) -> tuple[str, list[UnitLine]]:
    """Draw the filters; return the selected light and the units that match all filters."""
    counted = reads.ask(units.lights, view.scope)
    lights = {
        ALL: _("All {n}", n=sum(counted.values())),
        **{str(light): f"{signed(light)} {count}" for light, count in counted.items()},
    }
    picked, named = st.columns([2, 1], vertical_alignment="bottom")
    with picked:
        light = asked.pick("light", _("Light"), lights)
    with named:
        asked.text("named", _("Look for a unit"), _("Part of its name or code"))
    part = address.of_page("named").strip().casefold()
    # A unit without a light is not in the grid on the day; it is listed only if searched by name.
    fitting = (unit for unit in reads.units(view.scope) if light in (ALL, unit.light))
    return light, [
        unit
        for unit in fitting
        if (part or unit.light) and part in f"{unit.code} {unit.name}".casefold()
    ]


def signed(light: Light) -> str:
    """Return a light as sign and word."""
    return status.of_light(light).text


def _columns(view: View) -> list[Column[UnitLine]]:
    sectors = reads.sectors()
    elements = reads.by_unit(view.scope, "grid_coverage")
    return [
        Column("light", _("Light"), light_of, Kind.STATUS),
        Column("unit", _("Unit"), lambda unit: unit.name),
        Column("kind", _("Kind"), lambda unit: name(UnitKind(unit.kind).label)),
        Column("sector", _("Sector"), lambda unit: sectors.get(unit.sector, unit.sector)),
        Column("subdistrict", _("Subdistrict"), place_of),
        Column(
            "missing",
            _("Elements missing"),
            lambda unit: _missing(unit, elements.get(unit.code, {})),
        ),
        Column(
            "why",
            _("Why"),
            lambda unit: _("; ").join(reasons_in_words(view, unit)),
            width="large",
        ),
    ]


def _missing(unit: UnitLine, readings: Mapping[str, Reading]) -> str:
    """Return the elements that a unit in the grid does not meet."""
    if unit.light is None or not any(reading.known for reading in readings.values()):
        return NOTHING
    lacking = missing_elements(readings)
    return _(", ").join(lacking) if lacking else _("none")


def missing_elements(readings: Mapping[str, Reading]) -> list[str]:
    """Return the names of the elements that a unit with these readings of the grid coverage does
    not meet."""
    met = {key for key, reading in readings.items() if reading.numerator}
    return [name(element.label) for element in Element if f"grid_coverage:{element}" not in met]
