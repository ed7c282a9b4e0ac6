"""Which rows are behind this figure?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.listing import listing

listing(head.header(_("What is behind this figure?")))
