"""What was found to clear or revitalise, what became of it, and what is late?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens import disposals

view = head.header(_("Are idle assets put to use?"))
disposals.disposals_page(view)
