"""Coverage by place: figures, and the map of subdistricts with their units' lights."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard import formats, reads, status
from dashboard.charts.share_steps import step_words
from dashboard.elements import board, tile_map
from dashboard.elements.board import Part, list_way
from dashboard.elements.figure import beside
from dashboard.elements.room import room
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import unit_light
from dashboard.screens.coverage import said
from dashboard.widgets import asked, headlines, sentence, trust
from dashboard.widgets.drawing import still
from dashboard.widgets.place import look
from dashboard.widgets.silence import is_known, why_unknown
from dashboard.widgets.tiles import row_of_tiles, tile
from data.figures import units
from data.figures.catalogue import Better
from data.figures.reading import Reading, Readings
from data.figures.units import UnitLine
from data.nodes import DISTRICT, parse
from data.reference.official_counts import item_counts
from data.scope import Scope
from models.audit import ContentGroup
from models.grid import Element
from models.rules.light import Light
from models.text import NOTHING

WORST_LIGHT = "light"
"""The choice that colours the map by the worst light of a subdistrict's units."""
MAPPED = (
    "grid_coverage",
    "content_coverage",
    "due_rect_rate",
    "overdue",
    "report_timeliness",
    "dual_responsibility",
)
"""The figures that the map can show; a number is coloured by its share of WHOLE."""
WHOLE: Mapping[str, str] = {"overdue": "required"}
LIGHTS = 4
"""The most lights that fit into a tile."""
COUNTED = 60
"""The most units of a subdistrict that are read, the worst first, to count the red ones."""
TILE_HEIGHT = 64
"""The least height in pixels of a tile."""


@still
def figures(view: View) -> None:
    """Draw a sentence, then the coverage figures with the four elements and the items that are
    configured."""
    sentence.draw(said.pieces(view), "coverage-say")
    tells = not trust.is_said_once(view, said.FIGURES)
    items = item_counts(reads.references())
    contents = [
        tile(
            view,
            "content_coverage",
            str(group),
            label=_("{items} covered", items=group.label),
            note=_("Items configured: {count}", count=items[group].text),
            tells_trust=tells,
        )
        for group in ContentGroup
    ]
    row_of_tiles(
        "coverage-figures",
        [
            tile(view, "units"),
            tile(view, "grid_coverage", second=_elements(view), tells_trust=tells),
            *contents,
            tile(view, "content_problems", tells_trust=tells),
        ],
    )


def _elements(view: View) -> list[Part]:
    readings = reads.figures_of(view.scope)
    return [
        beside(
            name(element.label),
            formats.of_denominator(readings[f"grid_coverage:{element}"]),
            list_way("grid_coverage", str(element)),
        )
        for element in Element
    ]


def area(view: View) -> Scope:
    """Return the scope of the map: the node, or the district if the node lies within one tile."""
    node = view.scope.node
    return view.scope.at(parse(DISTRICT)) if _within_tile(view) else view.scope.at(node)


def _within_tile(view: View) -> bool:
    return view.scope.node.is_unit or view.scope.node.kind == "subdistrict"


def _here(view: View) -> str:
    """Return the code of the tile in which the node lies; "" if it is larger than a tile."""
    if view.scope.node.kind == "subdistrict":
        return view.scope.node.code
    units = reads.units(view.scope) if view.scope.node.is_unit else ()
    return (units[0].subdistrict or "") if units else ""


@still
def subdistricts(view: View) -> None:
    """Draw each subdistrict with the lights of its units and the chosen figure, at first in the
    colour of the worst light; a click leads to its units."""
    names = {figure: _(reads.figure(figure).name) for figure in MAPPED}
    chosen = asked.pick("map", _("Figure on the map"), {WORST_LIGHT: _("Worst light"), **names})
    by_light = chosen == WORST_LIGHT
    figure = MAPPED[0] if by_light else chosen
    whole = WHOLE.get(figure)
    by_subdistrict = reads.by_group(area(view), "subdistrict", figure, *([whole] if whole else []))
    units_by_place = reads.ask(units.by_subdistrict, area(view), COUNTED)
    why = unit_light.in_tiles(area(view), units_by_place) if by_light else {}
    marks = unit_light.marks(area(view), units_by_place) if by_light else {}
    places = reads.references().codes["subdistricts"]
    warm = reads.figure(figure).better is Better.LOWER
    here = _here(view)
    tiles = [
        tile_map.tile(
            _short(row["name"]),
            row=int(row["tile_row"]),
            column=float(row["tile_column"]),
            onward=board.way("coverage", node=f"subdistrict:{code}", tab="units"),
            here=code == here,
            by_light=by_light,
            mark=marks.get(code),
            **(
                _lit(why.get(code), units_by_place.get(code, (0, ()))[1])
                if by_light
                else _tile(view, by_subdistrict.get(code, {}), figure, whole, warm=warm)
            ),
            **_lights(*units_by_place.get(code, (0, ()))),
        )
        for code, row in places.items()
    ]
    drawn = board.region(
        "net-map",
        tile_map.tile_map(tiles),
        _legend_of_lights() if by_light else tile_map.legend(step_words(warm=warm)),
        title=_("Subdistricts by light")
        if by_light
        else _standing_out(names[figure], figure, by_subdistrict, places, warm=warm),
        says=_("worst light, why it is on, and the worst unit; click to see the units")
        if by_light
        else _says(view, figure, whole),
        plain=True,
    )
    with room(TILE_HEIGHT * _rows(places), "net-map"):
        board.board("net-map", [drawn], layout="stack", look=look())
    nowhere = sum(number for code, (number, _own) in units_by_place.items() if code not in places)
    if nowhere:
        st.caption(_("{n} more units lie in no subdistrict on the map.", n=nowhere))


def _legend_of_lights() -> Part:
    words = {str(status.LIGHT_TONES[light]): name(light.label) for light in Light}
    return tile_map.legend(list(words.values()), list(words))


def _standing_out(
    subject: str,
    figure: str,
    found: Mapping[str, Readings],
    places: Mapping[str, Mapping[str, str]],
    *,
    warm: bool,
) -> str:
    """Return a title that names the subdistrict where the figure is worst."""
    readings = {
        _short(row["name"]): found[code][figure] for code, row in places.items() if code in found
    }
    values = {
        place: reading.exact if reading.known else None for place, reading in readings.items()
    }
    texts = {reading.exact: reading.text for reading in readings.values()}
    headline = headlines.most if warm else headlines.least
    return headline(values, subject=subject, otherwise=subject, written=texts.__getitem__)


def _says(view: View, figure: str, whole: str | None) -> str:
    of = (
        _(
            "{figure} out of “{whole}”",
            figure=_(reads.figure(figure).name),
            whole=_(reads.figure(whole).name),
        )
        if whole
        else ""
    )
    where = _("the whole district, with a frame where you are") if _within_tile(view) else ""
    lights = _("with the lights of its units; click to see them")
    return _("; ").join(part for part in (of, where, lights) if part)


def _lit(why: str | None, worst_first: Sequence[UnitLine]) -> dict[str, Any]:
    """Return the reason for the worst light of a tile, and the unit that has it."""
    if why is None:
        return {"text": NOTHING, "count": _("no units")}
    worst = worst_first[0]
    return {"text": why, "count": "" if worst.light is Light.GREEN else worst.name}


def _tile(
    view: View,
    readings: Mapping[str, Reading],
    figure: str,
    whole: str | None,
    *,
    warm: bool,
) -> dict[str, Any]:
    """Return the share, its text and both sides of a tile; of a share of which more is worse the
    rest counts."""
    reading = readings.get(figure)
    if reading is not None and not reading.known:
        return {"share": None, "text": NOTHING, "count": why_unknown(view, figure)}
    share, count = formats.share(reading), ""
    if whole is not None and reading is not None and reading.known:
        of = int(readings[whole].numerator or 0)
        share = float((reading.numerator or 0) / of) if of else None
        count = _("of {n}", n=of)
    elif reading and reading.denominator:
        count = formats.of_denominator(reading)
    return {
        "share": 1 - share if warm and share is not None else share,
        "text": formats.text(reading),
        "count": count or _("no data"),
    }


def _lights(number: int, worst_first: Sequence[UnitLine]) -> dict[str, Any]:
    """Return the lights of a tile: those that fit, and the number of the others."""
    shown = worst_first[:LIGHTS]
    lights = [status.of_light(unit.light or Light.GREY) for unit in shown]
    return {
        "lights": lights,
        "more": f"+{number - len(shown)}" if number > len(shown) else "",
        "spoken": _(", ").join(
            f"{unit.name} {light.word}" for unit, light in zip(shown, lights, strict=True)
        ),
    }


def reddest(view: View) -> str:
    """Return a sentence with the number of red units and the subdistrict with the most."""
    scope = area(view)
    places = reads.references().codes["subdistricts"]
    return _reddest(
        reads.ask(units.lights, scope),
        reads.ask(units.by_subdistrict, scope, COUNTED),
        {code: row["name"] for code, row in places.items()},
        findings_known=is_known(view, "overdue"),
    )


def _reddest(
    counted: Mapping[Light, int],
    by_place: Mapping[str | None, tuple[int, tuple[UnitLine, ...]]],
    names: Mapping[str, str],
    *,
    findings_known: bool = True,
) -> str:
    """Return a title with the number of red units and the place with the most of them."""
    red = {
        _short(names[code]): sum(unit.light is Light.RED for unit in own)
        for code, (_number, own) in by_place.items()
        if code is not None and code in names
    }
    total = sum(counted.values())
    if not total:
        return _("Lights")
    if counted.get(Light.GREY) == total:
        return _("{n} of {n} units have not reported", n=total)
    if not counted[Light.RED] and not findings_known:
        return _("Lights")
    subject = _("{red} of {n} units are red", red=counted[Light.RED], n=total)
    return headlines.most(red, subject=subject, otherwise=_("None of {n} units is red", n=total))


def _short(subdistrict: str) -> str:
    return subdistrict.removesuffix("街道")


def _rows(places: Mapping[str, Mapping[str, str]]) -> int:
    return 1 + max((int(row["tile_row"]) for row in places.values()), default=0)
