"""The share of units of each sector that have each element of the grid."""

from collections.abc import Mapping

from dashboard import formats, reads
from dashboard.charts import coverage
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.widgets import ways
from dashboard.widgets.drawing import draw, still
from dashboard.widgets.silence import draw_if_not_entered
from data.figures.reading import Readings
from models.grid import Element

SECTORS = 24
"""The most sectors in the chart."""


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
            "{n} sectors are covered least: {share}",
            n=len(last),
            share=readings_by_sector[last[0]]["grid_coverage"].text,
        )
    return _(
        "Covered least: {sector}, {share}",
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
