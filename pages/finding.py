"""What became of this finding?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.rectification.finding import finding_page

finding_page(head.header(_("What became of this finding?")))
