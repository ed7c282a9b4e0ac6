"""What is to be reported of a day, as a document with the source of each figure?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.briefing import briefing

briefing(head.header(_("What goes into the briefing?")))
