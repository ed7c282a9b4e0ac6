"""What went in, what is wrong with it, and what can be taken out?"""

from collections.abc import Callable

from dashboard import identity
from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.collection.sending import sending
from dashboard.screens.data import keeping
from dashboard.screens.data.entered import entered
from dashboard.screens.data.importing import importing
from dashboard.widgets import asked
from data.access.permission import Action

view = head.header(_("Can the data be trusted?"))
tabs: dict[str, tuple[str, Callable[[], None]]] = {
    "quality": (_("Quality"), lambda: keeping.trust(view)),
    "entered": (_("Who has entered"), lambda: entered(view)),
    "imports": (_("Imports"), lambda: keeping.history(view)),
    "out": (_("Workbooks out"), lambda: keeping.workbooks(view)),
}
if identity.require_viewer().may(Action.IMPORT):
    tabs = {"take_in": (_("Import data"), lambda: importing(view)), **tabs}
if identity.require_viewer().may(Action.SEND):
    tabs = {"send": (_("Send files"), lambda: sending(view)), **tabs}
asked.tabs(tabs)
