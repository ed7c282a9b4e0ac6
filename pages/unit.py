"""How is this unit doing, and what does it owe?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens import unit, unit_choice

view = unit.of_own(head.header(_("How is this unit doing?")))
if view.scope.node.is_unit:
    unit.profile(view)
    unit.ledgers(view)
else:
    unit_choice.choose(view)
