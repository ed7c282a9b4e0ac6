"""Why a unit has its light, and what is late in it without an effect on the light."""

from collections.abc import Mapping, Sequence

from dashboard import reads
from dashboard.frame.view import View
from dashboard.i18n import _, say
from data import owed as owing
from data.coverage import light_reasons
from data.nodes import Node
from data.owed import OwedKind
from models.text import N_

SHORT: Mapping[str, str] = {
    light_reasons.OVERDUE_LONG: N_("{count} overdue > {limit} days"),
    light_reasons.RED_WARNINGS: N_("red warnings {count}"),
    light_reasons.RATED_LOW: N_("rated {grade}"),
    light_reasons.SILENT: N_("no data"),
    light_reasons.OVERDUE_SHORT: N_("{count} overdue"),
    light_reasons.DUE_SOON: N_("{count} due soon"),
    light_reasons.LATE_REPORTS: N_("late reports {count}"),
    light_reasons.YELLOW_WARNINGS: N_("yellow warnings {count}"),
    light_reasons.MISSING: N_("elements missing"),
}
"""Reasons for a light that is not green as a cell of a table says them."""
BESIDE_THE_LIGHT = (OwedKind.DUTY, OwedKind.LETTER, OwedKind.DECISION)
"""What a unit owes without an effect on its light."""


def in_short(view: View, codes: Sequence[str]) -> dict[str, str]:
    """Return by unit the decisive reason for its light in a few words; green ones have none."""
    if not codes:
        return {}
    found = reads.ask(light_reasons.reasons, view.scope, tuple(sorted(codes)))
    decisive = {code: own[0] for code, own in found.items()}
    return {
        code: _(SHORT[reason.message], **reason.values)
        for code, reason in decisive.items()
        if reason.message in SHORT
    }


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
