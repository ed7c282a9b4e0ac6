"""What does each figure mean, and where does it come from?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens import definitions
from dashboard.widgets import asked

view = head.header(_("What does each figure mean?"))
asked.tabs(
    {
        "figures": (_("Figures"), lambda: definitions.figures(view)),
        "ledgers": (_("Ledgers"), definitions.ledgers),
        "lists": (_("Reference lists"), definitions.lists),
    }
)
