"""Where is it red, what changed since the last meeting, and what needs a decision?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.overview.screen import overview

overview(head.header(_("Where is attention needed?")))
