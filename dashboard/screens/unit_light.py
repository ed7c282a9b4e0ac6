"""Why a unit has its light, and what is late in it without an effect on the light."""

from collections.abc import Mapping, Sequence

from dashboard import reads
from dashboard.frame.view import View
from dashboard.i18n import _, say
from dashboard.status import Status, tone_of_limit
from data import net_gaps
from data import owed as owing
from data.coverage import light_reasons
from data.figures.units import UnitLine
from data.nodes import Node
from data.owed import OwedKind
from data.scope import Scope
from models.rules.light import Light
from models.text import N_

SHORT: Mapping[str, str] = {
    light_reasons.OVERDUE_LONG: N_("{count} overdue > {limit} days"),
    light_reasons.RED_WARNINGS: N_("red warnings {count}"),
    light_reasons.RATED_LOW: N_("rated {grade}"),
    light_reasons.SILENT: N_("nothing came in"),
    light_reasons.OVERDUE_SHORT: N_("{count} overdue"),
    light_reasons.DUE_SOON: N_("{count} due soon"),
    light_reasons.LATE_REPORTS: N_("late reports {count}"),
    light_reasons.YELLOW_WARNINGS: N_("yellow warnings {count}"),
    light_reasons.MISSING: N_("elements missing"),
}
"""Reasons for a light that is not green as a cell of a table says them."""
IN_A_TILE: Mapping[str, str] = {
    light_reasons.OVERDUE_LONG: N_("over {limit} days"),
    light_reasons.RED_WARNINGS: N_("red warn. {count}"),
    light_reasons.RATED_LOW: N_("rated {grade}"),
    light_reasons.SILENT: N_("not reported"),
    light_reasons.OVERDUE_SHORT: N_("{count} overdue"),
    light_reasons.DUE_SOON: N_("due soon {count}"),
    light_reasons.LATE_REPORTS: N_("{count} not filed"),
    light_reasons.YELLOW_WARNINGS: N_("warnings {count}"),
    light_reasons.MISSING: N_("incomplete"),
}
"""The same as a tile of the map says them: at most 12 letters, or 5 Chinese characters and a
number. A reason for red is never said in the words of one for yellow."""
PAST_IN_A_TILE: Mapping[OwedKind, str] = {
    OwedKind.REPORT: N_("{count} not filed"),
    OwedKind.DUTY: N_("{n} duties late"),
    OwedKind.FINDING: N_("{count} overdue"),
}
"""What is past its limit at the silent unit of a tile, the first that there is."""
BESIDE_IN_A_TILE: Mapping[OwedKind, str] = {
    OwedKind.REPORT: N_("silent: {n} late"),
    OwedKind.DUTY: N_("silent: {n} duties"),
    OwedKind.FINDING: N_("silent: {n} overdue"),
}
"""The same of a silent unit in a tile in the light of another."""
BESIDE_THE_LIGHT = (OwedKind.DUTY, OwedKind.LETTER, OwedKind.DECISION)
"""What a unit owes without an effect on its light."""


def in_short(
    scope: Scope, codes: Sequence[str], words: Mapping[str, str] = SHORT
) -> dict[str, str]:
    """Return by unit the decisive reason for its light in a few `words`; green ones have none."""
    if not codes:
        return {}
    found = reads.ask(light_reasons.reasons, scope, tuple(sorted(codes)))
    decisive = {code: own[0] for code, own in found.items()}
    return {
        code: _(words[reason.message], **reason.values)
        for code, reason in decisive.items()
        if reason.message in words
    }


def in_tiles(
    scope: Scope, by_place: Mapping[str | None, tuple[int, Sequence[UnitLine]]]
) -> dict[str | None, str]:
    """Return by subdistrict why its worst unit has its light, in the words of a tile; where all
    units are green, these words. `by_place` is as of `units.by_subdistrict`."""
    worst = {place: own[0] for place, (_number, own) in by_place.items() if own}
    why = in_short(scope, [unit.code for unit in worst.values()], IN_A_TILE)
    return {place: why.get(unit.code, _("all green")) for place, unit in worst.items()}


def marks(
    scope: Scope,
    by_place: Mapping[str | None, tuple[int, Sequence[UnitLine]]],
    *,
    of_others: bool = True,
) -> dict[str | None, Status]:
    """Return by subdistrict what is past its limit at a unit of which nothing came in, which its
    grey light does not say; with `of_others` also where another unit's light is worse. `by_place`
    is as of `units.by_subdistrict`."""
    silent = {
        unit.code: (place, unit is own[0])
        for place, (_number, own) in by_place.items()
        for unit in own
        if unit.light is Light.GREY and (of_others or unit is own[0])
    }
    if not silent:
        return {}
    late = reads.ask(net_gaps.past_limits, scope, tuple(sorted(silent)))
    found: dict[str | None, Status] = {}
    for code, (place, is_worst) in silent.items():
        kind = next((each for each in PAST_IN_A_TILE if each in late.get(code, {})), None)
        if kind is None or place in found:
            continue
        words = PAST_IN_A_TILE[kind] if is_worst else BESIDE_IN_A_TILE[kind]
        n = late[code][kind]
        found[place] = Status(tone_of_limit(-1), _(words, n=n, count=n))
    return found


def why(view: View, code: str, *beside: str) -> list[str]:
    """Return the reasons for a unit's light, the decisive one first; other late matters come last
    in one, those that `beside` says as well."""
    scope = view.scope.at(Node("unit", code))
    told = [say(reason) for reason in reads.ask(light_reasons.reasons, scope).get(code, ())]
    return [*told, *not_counted(view, code, *beside)]


def not_counted(view: View, code: str, *beside: str) -> list[str]:
    """Return what of a unit is late without an effect on its light, and what `beside` says, in one
    text; empty if nothing is."""
    scope = view.scope.at(Node("unit", code))
    late = sum(
        each.kind in BESIDE_THE_LIGHT and each.days_left(view.as_of) < 0
        for each in reads.ask(owing.owed, scope)
    )
    owed = [_("duties, letters and decisions past their limit ({n})", n=late)] if late else []
    what = _("; ").join((*owed, *beside))
    return [_("not counted in the light: {what}", what=what)] if what else []
