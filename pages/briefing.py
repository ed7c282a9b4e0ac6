"""What is to be reported of a day, as a document with the source of each figure?"""

from dashboard import frame
from dashboard.i18n import _
from dashboard.screens.briefing import briefing

briefing(frame.header(_("What is to be reported?")))
