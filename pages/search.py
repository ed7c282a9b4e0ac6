"""Where is the unit, the finding, the person that I look for?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens import search

view = head.header(_("What was found?") if search.asked_for() else _("What do you look for?"))
search.found(view)
