"""Where does the grid hold, and what has nobody looked into?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.coverage import contents, tile_map, units
from dashboard.screens.coverage.where import where
from dashboard.widgets import asked

view = head.header(_("Where are gaps in the grid?"))
tile_map.figures(view)
asked.tabs_of_view(
    view,
    {
        "map": (_("Map and sectors"), where),
        "contents": (_("Content checks"), contents.heat),
        "blind": (_("Blind spots"), contents.blind_spots),
        "units": (_("Units and lights"), units.listing),
    },
)
