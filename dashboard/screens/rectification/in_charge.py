"""Who was in charge of a finding when it was issued, when it fell due and today; who made it
late."""

from dashboard import reads
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens.responsibilities.late import said_of_days
from dashboard.widgets.drawing import heading
from dashboard.widgets.tables import table
from data.findings.lines import FindingLine
from data.responsibilities.in_charge import in_charge
from models.rectification import State
from models.text import NOTHING


def who_was_in_charge(view: View, line: FindingLine) -> None:
    """Draw a table of the unit's two responsible subjects at the finding's three dates."""
    finding, standing = line.finding, line.standing
    late = standing.state == State.RECTIFYING and standing.due < view.as_of
    found = reads.ask(
        in_charge,
        view.scope,
        finding.unit,
        begun_on=finding.issued_on,
        due=standing.due,
        late_on=view.as_of if late else None,
        names_in_full=view.names_in_full,
    )
    if not found:
        return
    heading(
        _("Who was in charge"),
        _("when it was issued, when it fell due, and on {day}", day=view.as_of),
    )
    columns = {
        _("Responsible subject"): [name(each.role.label) for each in found],
        _("Issued {day}", day=finding.issued_on): [_names(each.at_begin) for each in found],
        _("Due {day}", day=standing.due): [_names(each.at_due) for each in found],
        _("On {day}", day=view.as_of): [_names(each.on_day) for each in found],
    }
    if late:
        columns[_("Days overdue under whom")] = [said_of_days(each.late) for each in found]
    table(columns, key="finding-in-charge", says=_("Who was in charge"))


def _names(names: tuple[str, ...] | None) -> str:
    """Return the names of those in post; "—" for a future day, and a word for a vacant post."""
    if names is None:
        return NOTHING
    return _(", ").join(names) or _("nobody in post")
