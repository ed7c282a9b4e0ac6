"""Do the six mechanisms run, and what do they bring to light?"""

from dashboard import frame
from dashboard.components import asked, mechanisms
from dashboard.components.assessment import assessment
from dashboard.components.chief_auditors import chief_auditors
from dashboard.components.cross_review import cross_review
from dashboard.components.digital_supervision import digital_supervision
from dashboard.components.guidance import guidance
from dashboard.components.ratings import ratings
from dashboard.i18n import _

view = frame.header(_("Do the six mechanisms run?"))
mechanisms.head(view)
asked.parts(
    "part",
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
