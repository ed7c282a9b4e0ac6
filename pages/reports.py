"""Do the four reports come in, and how good are they?"""

from dashboard import frame
from dashboard.components import asked, report_quality, reports
from dashboard.components.reviewers import reviewers
from dashboard.i18n import _

view = frame.header(_("Are the four reports in, and good?"))
reports.head(view)
asked.parts(
    "part",
    view,
    {
        "in": (_("Submission"), reports.submission),
        "quality": (_("Scores"), report_quality.quality),
        "reviewers": (_("Reviewers"), reviewers),
        "scored": (_("Scored reports"), report_quality.scored),
        "units": (_("Ranking"), reports.units),
    },
)
