"""What became of this finding?"""

from dashboard import frame
from dashboard.components.finding_page import finding_page
from dashboard.i18n import _

finding_page(frame.header(_("What became of this finding?")))
