"""Why a unit has its light, and what is late in it without an effect on the light."""

from dashboard import reads
from dashboard.frame.view import View
from dashboard.i18n import _, say
from data import owed as owing
from data.coverage import light_reasons
from data.nodes import Node
from data.owed import OwedKind

BESIDE_THE_LIGHT = (OwedKind.DUTY, OwedKind.LETTER, OwedKind.DECISION)
"""What a unit owes without an effect on its light."""


def why(view: View, code: str) -> list[str]:
    """Return the reasons for a unit's light, the decisive one first; other late matters come
    last."""
    scope = view.scope.at(Node("unit", code))
    told = [say(reason) for reason in reads.ask(light_reasons.reasons, scope).get(code, ())]
    return [*told, *not_counted(view, code)]


def not_counted(view: View, code: str) -> list[str]:
    """Return what of a unit is late without an effect on its light; empty if nothing is."""
    scope = view.scope.at(Node("unit", code))
    late = sum(
        each.kind in BESIDE_THE_LIGHT and each.days_left(view.as_of) < 0
        for each in reads.ask(owing.owed, scope)
    )
    if not late:
        return []
    return [
        _("not counted in the light: duties, letters and decisions past their limit ({n})", n=late)
    ]
