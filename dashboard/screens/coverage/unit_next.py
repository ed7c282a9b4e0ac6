"""What is to be done next about units that are not green, from what decides their light."""

from collections.abc import Mapping, Sequence

from dashboard import act_words, reads
from dashboard.act_words import ToBeDone
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens import next_acts
from dashboard.screens.mechanisms import warning_next
from data.coverage import light_reasons
from data.figures.units import UnitLine
from data.findings import most_pressing
from data.mechanisms import warning_signals
from models.text import Sentence

OF_FINDINGS = (light_reasons.OVERDUE_LONG, light_reasons.OVERDUE_SHORT, light_reasons.DUE_SOON)
BY_UNIT = {
    light_reasons.SILENT: act_words.REPORT,
    light_reasons.LATE_REPORTS: act_words.HAND_IN,
}
OF_WARNINGS = (light_reasons.RED_WARNINGS, light_reasons.YELLOW_WARNINGS)


def of(view: View, units: Sequence[tuple[UnitLine, Sentence]]) -> list[ToBeDone | None]:
    """Return for each unit, with the decisive reason for its light, what presses most; None if no
    rule says it."""
    late = tuple(unit.code for unit, why in units if why.message in OF_FINDINGS)
    findings = reads.ask(most_pressing.most_pressing, view.scope, late) if late else {}
    warned = _of_warnings(view, [unit.code for unit, why in units if why.message in OF_WARNINGS])
    departments = next_acts.departments(unit.code for unit, _why in units)
    done: list[ToBeDone | None] = []
    for unit, why in units:
        if why.message in BY_UNIT:
            done.append(next_acts.by_next_meeting(view, _(BY_UNIT[why.message]), _("the unit")))
        elif why.message == light_reasons.MISSING:
            what = _(act_words.PUT_IN_PLACE)
            done.append(next_acts.by_next_meeting(view, what, departments.get(unit.code, "")))
        elif why.message in OF_WARNINGS:
            done.append(warned.get(unit.code))
        else:
            line = findings.get(unit.code)
            done.append(next_acts.of_line(view, line) if line else None)
    return done


def _of_warnings(view: View, units: Sequence[str]) -> Mapping[str, ToBeDone]:
    """Return what the gravest open warning of each unit asks for."""
    if not units:
        return {}
    gravest = reads.ask(warning_signals.gravest_by_unit, view.scope, tuple(units))
    done = warning_next.of(view, list(gravest.values()))
    return dict(zip(gravest, done, strict=True))
