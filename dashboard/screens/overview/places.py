"""The tile map of the overview: each subdistrict in the colour of its worst light, with the reason
for it and the lights of its units."""

from collections.abc import Sequence

from dashboard import ledger_values, reads
from dashboard.elements import board, tile_map
from dashboard.elements.board import Part, Region
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import unit_light
from dashboard.status import LIGHT_TONES, Status
from data.figures import units
from data.figures.units import UnitLine
from models.rules.light import Light

LIGHTS = 4
"""The most lights that fit into a tile."""


def places(view: View) -> Region:
    """Return the tile map; a tile leads to its units."""
    lights = reads.ask(units.by_subdistrict, view.scope, LIGHTS)
    why = unit_light.in_tiles(view.scope, lights)
    marks = unit_light.marks(view.scope, lights, of_others=False)
    nobody = _("none of yours") if view.scope.limited else _("no units")
    tiles = []
    for code, row in reads.references().codes["subdistricts"].items():
        count, worst = lights.get(code, (0, ()))
        tiles.append(
            tile_map.tile(
                ledger_values.listed_name("subdistricts", code).removesuffix("街道"),
                row=int(row["tile_row"]),
                column=float(row["tile_column"]),
                text=why.get(code, nobody),
                lights=[_status(unit) for unit in worst],
                more=f"+{count - len(worst)}" if count > len(worst) else "",
                spoken=_said(worst),
                onward=_way(code),
                by_light=True,
                mark=marks.get(code),
            )
        )
    return board.region(
        "map-card",
        tile_map.tile_map(tiles),
        title=_("Subdistricts by light"),
        says=_("worst light, and why it is on"),
        onward=board.way("coverage"),
    )


def _way(code: str) -> Part:
    return board.way("coverage", node=f"subdistrict:{code}", tab="units")


def _status(unit: UnitLine) -> Status:
    light = unit.light or Light.GREY
    return Status(LIGHT_TONES[light], name(light.label))


def _said(worst: Sequence[UnitLine]) -> str:
    return ", ".join(f"{unit.name} {_status(unit).word}" for unit in worst)
