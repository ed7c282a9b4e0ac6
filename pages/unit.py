"""How does this unit stand, and what does it owe?"""

from dashboard import frame
from dashboard.i18n import _
from dashboard.screens import unit

view = unit.of_own(frame.header(_("How does this unit stand?")))
if view.scope.node.is_unit:
    unit.profile(view)
    unit.ledgers(view)
else:
    unit.choose(view)
