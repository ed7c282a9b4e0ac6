"""What has been put right, what is late, and what is to be done about it?"""

from dashboard import frame
from dashboard.components import asked, finding_flow, rectification
from dashboard.components.finding_ledger import ledger
from dashboard.components.pressing import pressing
from dashboard.i18n import _

view = frame.header(_("Are the findings put right?"))
asked.parts(
    "part",
    view,
    {
        "now": (_("Where it stands"), rectification.now),
        "dates": (_("Dates"), rectification.dates),
        "flow": (_("Flow and trend"), finding_flow.flow_and_trend),
        "units": (_("Ranking"), rectification.units),
        "ledger": (_("Ledger"), ledger),
        "pressing": (_("Pressing"), pressing),
    },
)
