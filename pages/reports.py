"""Do the four reports come in, and how good are they?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.reports import quality, submission
from dashboard.screens.reports.reviewers import reviewers
from dashboard.widgets import asked

view = head.header(_("Are reports timely and good?"))
submission.head(view)
asked.tabs_of_view(
    view,
    {
        "in": (_("Submission"), submission.submission),
        "quality": (_("Scores"), quality.quality),
        "reviewers": (_("Reviewers"), reviewers),
        "scored": (_("Scored reports"), quality.scored),
        "units": (_("Ranking"), submission.units),
    },
)
