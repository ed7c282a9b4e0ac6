"""What is to be done next about open warnings, by whom and until when."""

from collections.abc import Sequence

from dashboard import act_words, reads
from dashboard.act_words import ToBeDone
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens import next_acts
from data.figures.lines import Line
from data.findings import lines as finding_lines
from data.mechanisms import warning_signals
from models.rectification import Finding
from models.warning import Warning as WarningSignal


def of(view: View, warnings: Sequence[Line]) -> list[ToBeDone]:
    """Return for each warning what presses most: of one about a finding the act about the finding,
    else to verify or deal with it before the committee meets."""
    codes = tuple(sorted({line.row.key for line in warnings if line.ledger is Finding}))
    found = reads.ask(finding_lines.lines_of, view.scope, codes) if codes else ()
    findings = {each.finding.code: next_acts.of_line(view, each) for each in found}
    departments = next_acts.departments(line.row.unit for line in warnings)

    def settled(line: Line) -> ToBeDone:
        who = departments.get(line.row.unit, "")
        return next_acts.by_next_meeting(view, _what(view, line), who)

    return [
        (findings.get(line.row.key) if line.ledger is Finding else None) or settled(line)
        for line in warnings
    ]


def _what(view: View, line: Line) -> str:
    """Return what a warning asks for by its rule; one that a unit's own system raised is verified
    first."""
    if line.ledger is WarningSignal:
        verified_on = line.values.get("verified_on")
        if verified_on is None or verified_on > view.as_of:
            return _(act_words.VERIFY)
    return act_words.of_warning(warning_signals.rule_of(line))
