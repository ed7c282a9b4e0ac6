"""Coverage by place: figures, the map of subdistricts, a dot for each unit, sectors by element."""

from collections.abc import Mapping

import streamlit as st

from dashboard import address, formats, reads
from dashboard.charts import coverage
from dashboard.elements.board import Part, list_way
from dashboard.elements.figure import beside
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens.coverage.units import signed
from dashboard.widgets import asked, headlines, ways
from dashboard.widgets.drawing import draw, still
from dashboard.widgets.silence import draw_if_not_entered, is_known
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
BELOW = 0.2
"""The share below which a tile has a frame on the map."""
ACROSS, LINES = 10, 3
"""Dots side by side in a tile, and lines of dots; a full tile has twice as many of both."""
SECTORS = 24


@still
def figures(view: View) -> None:
    """Draw the coverage figures with the four elements and the items that are configured."""
    items = item_counts(reads.references())
    contents = [
        tile(
            view,
            "content_coverage",
            str(group),
            label=_("{items}: coverage", items=group.label),
            note=_("Items configured: {count}", count=items[group].text),
        )
        for group in ContentGroup
    ]
    row_of_tiles(
        "coverage-figures",
        [
            tile(view, "units"),
            tile(view, "grid_coverage", second=_elements(view)),
            *contents,
            tile(view, "content_problems"),
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
    """Draw each subdistrict with the chosen figure; a click leads to its units."""
    names = {figure: _(reads.figure(figure).name) for figure in MAPPED}
    figure = asked.pick("map", _("Figure on the map"), names)
    whole = WHOLE.get(figure)
    by_subdistrict = reads.by_group(area(view), "subdistrict", figure, *([whole] if whole else []))
    places = reads.references().codes["subdistricts"]
    warm = reads.figure(figure).better is Better.LOWER
    draw(
        coverage.tile_map,
        [
            {
                "code": code,
                "name": _short(row["name"]),
                "tile_row": float(row["tile_row"]),
                "tile_column": float(row["tile_column"]),
                **_tile(by_subdistrict.get(code, {}), figure, whole),
            }
            for code, row in places.items()
        ],
        key="net-map",
        title=_standing_out(names[figure], figure, by_subdistrict, places, warm=warm),
        says=_says(view, warm=warm),
        texts={"share": _share_of(figure, whole), "unknown": _("No data")},
        on_choose=_narrow,
        options={
            "rows": _rows(places),
            "here": _here(view),
            "below": None if warm else BELOW,
            "warm": warm,
        },
    )


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
    said = headlines.most if warm else headlines.least
    return said(values, subject=subject, otherwise=subject, written=texts.__getitem__)


def _says(view: View, *, warm: bool) -> str:
    where = _("the whole district, with a frame where you are") if _within_tile(view) else ""
    low = "" if warm else _("orange frame: below {share} %", share=int(BELOW * 100))
    return _("; ").join(part for part in (where, low, _("click to see the units")) if part)


def _share_of(figure: str, whole: str | None) -> str:
    if whole is None:
        return _(reads.figure(figure).name)
    return _(
        "{figure} out of “{whole}”",
        figure=_(reads.figure(figure).name),
        whole=_(reads.figure(whole).name),
    )


def _tile(readings: Mapping[str, Reading], figure: str, whole: str | None) -> Mapping[str, object]:
    reading = readings.get(figure)
    if whole is None or reading is None or not reading.known:
        parts = formats.of_denominator(reading) if reading and reading.denominator else ""
        return {
            "share": formats.share(reading),
            "text": formats.text(reading),
            "count": parts or _("no data"),
        }
    of = int(readings[whole].numerator or 0)
    return {
        "share": float((reading.numerator or 0) / of) if of else None,
        "text": formats.text(reading),
        "count": _("of {n}", n=of),
    }


def _narrow(subdistrict: str) -> None:
    address.put("node", f"subdistrict:{subdistrict}")
    address.put_of_page("tab", "units")


@still
def dots(view: View) -> None:
    """Draw one dot for each unit in the tile of its subdistrict; a click leads to the unit."""
    scope = area(view)
    counted = reads.ask(units.lights, scope)
    by_place = reads.ask(units.by_subdistrict, scope, 2 * ACROSS * LINES)
    places = reads.references().codes["subdistricts"]
    most = max((number for code, (number, _own) in by_place.items() if code in places), default=0)
    across = ACROSS if most <= ACROSS * LINES else 2 * ACROSS
    rows: list[Mapping[str, object]] = []
    for code, row in places.items():
        number, own = by_place.get(code, (0, ()))
        called = _short(row["name"])
        place = {
            "subdistrict": f"{called} {len(own)}/{number}" if own else called,
            "tile_row": float(row["tile_row"]),
            "tile_column": float(row["tile_column"]),
        }
        rows += [
            {**place, "code": unit.code, "name": unit.name, "light": str(unit.light)}
            for unit in own
        ] or [{**place, "code": None, "name": None, "light": None}]
    draw(
        coverage.unit_dots,
        rows if counted else [],
        key="net-dots",
        title=_reddest(
            counted,
            by_place,
            {code: row["name"] for code, row in places.items()},
            findings_known=is_known(view, "overdue"),
        ),
        says=" · ".join(f"{signed(light)} {count}" for light, count in counted.items()),
        texts={str(light): name(light.label) for light in Light},
        on_choose=ways.to_unit,
        options={"rows": _rows(places), "across": across},
    )
    if most > across * LINES:
        st.caption(_("A dot a unit; of a full tile only the worst {n}.", n=across * LINES))
    nowhere = sum(number for code, (number, _own) in by_place.items() if code not in places)
    if nowhere:
        st.caption(_("{n} more units lie in no subdistrict on the map.", n=nowhere))


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
        return _("{n} of {n} units are silent", n=total)
    if not counted[Light.RED] and not findings_known:
        return _("Lights")
    subject = _("{red} of {n} units are red", red=counted[Light.RED], n=total)
    return headlines.most(red, subject=subject, otherwise=_("None of {n} units is red", n=total))


def _short(subdistrict: str) -> str:
    return subdistrict.removesuffix("街道")


def _rows(places: Mapping[str, Mapping[str, str]]) -> int:
    return 1 + max((int(row["tile_row"]) for row in places.values()), default=0)


def _lowest_sector(readings_by_sector: Mapping[str, Readings]) -> str:
    """Return a title that names the sector with the lowest coverage; no sector if several tie."""
    shares = {
        code: share
        for code, readings in readings_by_sector.items()
        if (share := readings["grid_coverage"].exact) is not None
    }
    if not shares:
        return _("Sectors by grid element")
    lowest = min(shares.values())
    last = [code for code, share in shares.items() if share == lowest]
    if lowest == 1:
        return _("All units of all sectors have the four elements")
    if len(last) > 1:
        return _(
            "{n} sectors are covered the least: {share}",
            n=len(last),
            share=readings_by_sector[last[0]]["grid_coverage"].text,
        )
    return _(
        "Covered the least: {sector}, {share}",
        sector=ways.name_of_sector(last[0]),
        share=readings_by_sector[last[0]]["grid_coverage"].text,
    )


def _to_element(code: str) -> None:
    sector, _space, element = code.partition(" ")
    ways.go("list", node=f"sector:{sector}", figure="grid_coverage", bucket=element or None)


@still
def sectors(view: View) -> None:
    """Draw the share of units of each sector that have each element; a click leads to a sector."""
    if draw_if_not_entered(view, "grid_coverage", _("Sectors by grid element")):
        return
    readings_by_sector = reads.by_group(view.scope, "sector", "grid_coverage")
    elements = {
        **{f"grid_coverage:{element}": name(element.label) for element in Element},
        "grid_coverage": _("All four"),
    }
    ordered = sorted(
        (
            code
            for code, readings in readings_by_sector.items()
            if readings["grid_coverage"].denominator
        ),
        key=lambda code: (readings_by_sector[code]["grid_coverage"].exact or 0, code),
    )
    rows = [
        {
            "code": f"{code} {key.partition(':')[2]}",
            "sector": f"{ways.name_of_sector(code)} {readings['grid_coverage'].denominator}",
            "element": element,
            "share": formats.share(readings[key]),
            "text": formats.text(readings[key]),
        }
        for code in ordered[:SECTORS]
        for readings in (readings_by_sector[code],)
        for key, element in elements.items()
    ]
    draw(
        coverage.sector_element,
        rows,
        key="net-sectors",
        title=_lowest_sector(readings_by_sector),
        says=_("share of the units of a sector, whose number stands beside it; the lowest first"),
        texts={"share": _("Units with the element"), "unknown": _("No units")},
        empty=_("No unit stood in the grid here on {day}.", day=view.as_of),
        hint=_("click to see the list"),
        on_choose=_to_element,
        columns={"sector": _("Sector"), "element": _("Grid element"), "text": _("Share")},
    )
