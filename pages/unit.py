"""How is this unit doing, or which units come first?"""

from dashboard.frame import head
from dashboard.screens import unit, unit_choice

view = unit.of_own(head.header(unit.question()))
if view.scope.node.is_unit:
    unit.profile(view)
    unit.ledgers(view)
else:
    unit_choice.choose(view)
