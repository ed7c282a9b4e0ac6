"""What has been put right, what is late, and what is to be done about it?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.rectification import dates, flow, holding, outlook, standing
from dashboard.screens.rectification.escalation import escalation
from dashboard.screens.rectification.ledger import ledger
from dashboard.widgets import asked

view = head.header(_("Are the findings rectified?"))
asked.tabs_of_view(
    view,
    {
        "now": (_("Where it stands"), standing.now),
        "dates": (_("Dates"), dates.dates),
        "flow": (_("Flow and trend"), flow.flow_and_trend),
        "held": (_("Did it hold"), holding.held),
        "outlook": (_("Outlook"), outlook.outlook),
        "units": (_("Ranking"), standing.units),
        "ledger": (_("Ledger"), ledger),
        "pressing": (_("Escalation"), escalation),
    },
)
