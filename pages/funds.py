"""How far has the money of major funds come, and where does it lie idle?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.funds import sums

view = head.header(_("Is the money being spent?"))
sums.funds_page(view)
