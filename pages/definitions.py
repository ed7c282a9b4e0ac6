"""What does each figure mean, and where does it come from?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens import definitions
from dashboard.widgets import asked

view = head.header(_("What does each figure mean?"))
asked.parts(
    "part",
    view,
    {
        "figures": (_("Figures"), definitions.figures),
        "ledgers": (_("Ledgers"), lambda _view: definitions.ledgers()),
        "lists": (_("Reference lists"), lambda _view: definitions.lists()),
    },
)
