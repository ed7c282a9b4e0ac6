"""Who answers for internal audit in each unit, and do they do what they owe?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.responsibilities import duties, institutions, late, posts
from dashboard.widgets import asked

view = head.header(_("Posts filled, duties done?"))
duties.figures(view)
asked.tabs_of_view(
    view,
    {
        "posts": (_("Posts and gaps"), posts.filled),
        "duties": (_("Duties"), duties.duties),
        "late": (_("Late under whom"), late.by_person),
        "people": (_("Persons in post"), posts.people),
        "institutions": (_("Institutions and groups"), institutions.institutions),
        "chief": (_("Chief auditors"), posts.chief_auditors),
    },
)
