"""Do the six mechanisms run, and what do they bring to light?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.mechanisms import glance
from dashboard.screens.mechanisms.assessment import assessment
from dashboard.screens.mechanisms.chief_auditors import chief_auditors
from dashboard.screens.mechanisms.cross_review import cross_review
from dashboard.screens.mechanisms.digital_supervision import digital_supervision
from dashboard.screens.mechanisms.guidance import guidance
from dashboard.screens.mechanisms.ratings import ratings
from dashboard.widgets import asked

view = head.header(_("Are the six mechanisms working?"))
glance.head(view)
asked.tabs_of_view(
    view,
    {
        "review": (_("Cross review"), cross_review),
        "guidance": (_("Guidance and supervision"), guidance),
        "chiefs": (_("Chief auditors"), chief_auditors),
        "assessment": (_("Assessment of internal audit"), assessment),
        "digital": (_("Digital supervision"), digital_supervision),
        "rating": (_("0-5A rating"), ratings),
    },
)
