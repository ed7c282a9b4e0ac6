"""How does this unit stand, and what does it owe?"""

from dashboard import frame
from dashboard.components import unit_page
from dashboard.i18n import _

view = unit_page.of_own(frame.header(_("How does this unit stand?")))
if view.scope.node.is_unit:
    unit_page.profile(view)
    unit_page.ledgers(view)
else:
    unit_page.choose(view)
