"""A manager's units, the worst first, and the findings to press for today, as a list to send."""

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters, table
from dashboard.elements.board import Part, Region
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import unit_standing
from dashboard.screens.overview import summary
from dashboard.status import Status
from dashboard.widgets import downloads
from dashboard.widgets.drawing import still
from dashboard.widgets.place import look
from data.findings import pressing
from data.findings.pressing import Due
from models.rectification import Step
from models.text import NOTHING

UNITS, PRESSED = 100, 50
LONG = 180


@still
def my_units(view: View) -> None:
    """Draw a summary, the units, then the findings that are due for a step."""
    board.board("units-board", _regions(view), layout="stack", look=look())
    due_findings = reads.ask(pressing.to_press, view.scope, PRESSED)
    if due_findings.gravest:
        downloads.offer(
            view,
            lambda: _cells(view, due_findings.gravest),
            title=_("To press for"),
            key="my-units-press",
        )


def _regions(view: View) -> tuple[Region, ...]:
    standings_of_units = unit_standing.standings(view)
    listed = [unit_standing.row(each) for each in standings_of_units[:UNITS]]
    units = (
        table.table(unit_standing.columns(), listed)
        if listed
        else matters.note(_("No unit stood in the grid here on {day}.", day=view.as_of))
    )
    return (
        summary.sentence(view),
        board.region(
            "press",
            _pressed(view),
            title=_("To press for today"),
            says=_("findings due for the next step, the gravest first"),
            onward=board.way("rectification", tab="pressing"),
        ),
        board.region(
            "units",
            units,
            title=_("My units"),
            says=_("the worst light first, then the longest overdue"),
        ),
    )


def _pressed(view: View) -> Part:
    due_findings = reads.ask(pressing.to_press, view.scope, PRESSED)
    if not due_findings.gravest:
        return matters.note(_("Nothing is due for a step on {day}.", day=view.as_of))
    columns = [
        table.column(_("Next step")),
        table.column(_("Finding"), leads=True),
        table.column(_("Unit")),
        table.column(_("Overdue"), number=True),
        table.column(_("Limit")),
        table.column(_("Last step")),
    ]
    return table.table(columns, [_row(view, each) for each in due_findings.gravest])


def _row(view: View, due: Due) -> Part:
    days = due.line.days_over(view.as_of)
    grave = due.step in (Step.INTERVIEW, Step.CIRCULAR, Step.COMMITTEE)
    return table.row(
        [
            Status(Tone.BAD if grave else Tone.WARN, name(due.step.label)),
            due.line.finding.title,
            due.line.unit_name,
            (_("{n} days", n=days), Tone.BAD if days > LONG else Tone.WARN),
            due.line.standing.due.isoformat(),
            f"{name(due.last.label)} {due.last_on}" if due.last else NOTHING,
        ],
        board.way("finding", finding=due.line.finding.code),
    )


def _cells(view: View, due_findings: tuple[Due, ...]) -> downloads.Cells:
    return {
        _("Next step"): [name(due.step.label) for due in due_findings],
        _("Unit"): [due.line.unit_name for due in due_findings],
        _("Finding"): [due.line.finding.title for due in due_findings],
        _("Overdue (days)"): [due.line.days_over(view.as_of) for due in due_findings],
        _("Limit"): [due.line.standing.due for due in due_findings],
        _("Finding code"): [due.line.finding.code for due in due_findings],
    }
