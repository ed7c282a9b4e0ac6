"""What became of this finding?"""

from dashboard import frame
from dashboard.i18n import _
from dashboard.screens.rectification.finding import finding_page

finding_page(frame.header(_("What became of this finding?")))
