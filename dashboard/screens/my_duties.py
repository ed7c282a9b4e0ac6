"""What a unit owes, by when, and what is to be done about it."""

from collections.abc import Sequence

from dashboard import formats, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, figure, matters, table
from dashboard.elements.board import Part, Region
from dashboard.elements.table import Cell
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import unit_standing
from dashboard.screens.collection import sending
from dashboard.screens.unit import why
from dashboard.status import LIGHT_TONES, Status
from dashboard.widgets import asked, downloads
from dashboard.widgets.place import look
from data import owed as owing
from data.access.permission import Action
from data.owed import Owed, OwedKind
from models.report import ReportKind
from models.rules.light import Light
from models.text import N_

SOON = 15
"""Days from which on a limit is near."""
SHOWN = 60
KINDS = {
    OwedKind.FINDING: N_("Finding"),
    OwedKind.REPORT: N_("Report"),
    OwedKind.DUTY: N_("Duty"),
    OwedKind.LETTER: N_("Letter"),
    OwedKind.DECISION: N_("Decision"),
}
TO_DO = {
    OwedKind.FINDING: N_("Rectify and submit for closure; ask for an extension before the limit"),
    OwedKind.REPORT: N_("Submit the report"),
    OwedKind.DUTY: N_("Do it and have it entered"),
    OwedKind.LETTER: N_("Reply"),
    OwedKind.DECISION: N_("Carry it out and report back"),
}


def my_duties(view: View) -> None:
    """How the own units stand, then everything owed, the earliest limit first."""
    found = reads.ask(owing.owed, view.scope)
    _files(view)
    shown = reads.made(_regions, view)
    board.board("duties-board", shown, layout="stack", look=look())
    if found:
        downloads.offer(view, lambda: _cells(view, found), title=_("My duties"), key="duties")


def _files(view: View) -> None:
    """How the own units stand with the files of the month, and the way to send one."""
    awaited = sending.awaited(view) if view.viewer.may(Action.SEND) else []
    if awaited:
        listed = board.region("files", matters.matters(awaited), name=_("Send files"))
        board.board("duties-files", [listed], layout="stack", look=look())
        asked.way(_("Send files ›"), "duties-send", tab="send")


def _regions(view: View) -> tuple[Region, ...]:
    found = reads.ask(owing.owed, view.scope)
    own = unit_standing.standings(view)
    standing = [_unit(view, each) for each in own] if len(own) <= 3 else []
    several = len(own) > 1
    counted = board.region("count", figure.figures(_counts(view, found)), title=_("What is owed"))
    listed = (
        table.table(_columns(several), [_row(view, each, several) for each in found[:SHOWN]])
        if found
        else matters.note(_("Nothing is owed on {day}.", day=view.as_of))
    )
    return (
        *standing,
        counted,
        board.region(
            "list",
            listed,
            title=_("By limit"),
            says=_("{n} in all; the earliest limit first", n=len(found)),
        ),
    )


def _unit(view: View, standing: unit_standing.UnitStanding) -> Region:
    light = standing.unit.light or Light.GREY
    shown = Status(LIGHT_TONES[light], name(light.label))
    reasons = why(view, standing.unit.code)
    onward = board.way("unit", node=f"unit:{standing.unit.code}")
    item = matters.matter(shown, standing.unit.name, "; ".join(reasons), onward=onward)
    return board.region("unit", matters.matters([item]), name=standing.unit.name)


def _counts(view: View, found: Sequence[Owed]) -> list[Part]:
    late = sum(each.days_left(view.as_of) < 0 for each in found)
    soon = sum(0 <= each.days_left(view.as_of) <= SOON for each in found)
    parts = [
        figure.figure("", str(late), says=_("past the limit"), tone=str(Tone.BAD) if late else ""),
        figure.figure(
            "",
            str(soon),
            says=_("due within {n} days", n=SOON),
            tone=str(Tone.WARN) if soon else "",
        ),
    ]
    for kind, called in KINDS.items():
        own = [each for each in found if each.kind is kind]
        over = sum(each.days_left(view.as_of) < 0 for each in own)
        of = _("{n} past the limit", n=over) if over else ""
        parts.append(figure.figure("", str(len(own)), says=_(called), of=of))
    return parts


def _columns(several: bool) -> list[Part]:
    unit = [table.column(_("Unit"))] if several else []
    return [
        table.column(_("Days left")),
        table.column(_("Kind")),
        table.column(_("About"), leads=True),
        *unit,
        table.column(_("Limit")),
        table.column(_("Original limit")),
        table.column(_("To do")),
    ]


def _row(view: View, each: Owed, several: bool) -> Part:
    cells: list[Cell] = [
        left(each.days_left(view.as_of)),
        _(KINDS[each.kind]),
        about(each),
        *([each.unit_name] if several else []),
        each.due_on.isoformat(),
        each.first_due_on.isoformat() if each.first_due_on else formats.NOTHING,
        _(TO_DO[each.kind]),
    ]
    return table.row(cells, _way(each))


def left(days: int) -> Status:
    """How many days are left until a limit, or have passed since it."""
    if days < 0:
        return Status(Tone.BAD, _("overdue by {n} days", n=-days))
    if days == 0:
        return Status(Tone.WARN, _("due today"))
    if days <= SOON:
        return Status(Tone.WARN, _("{n} days left", n=days))
    return Status(Tone.GOOD, _("{n} days left", n=days))


def about(each: Owed) -> str:
    """What is owed, in words: codes of lists by their names."""
    match each.kind:
        case OwedKind.REPORT:
            return name(ReportKind(each.what).label)
        case OwedKind.DUTY:
            return formats.listed_name("duty_items", each.what)
    return each.what


def _way(each: Owed) -> Part:
    match each.kind:
        case OwedKind.FINDING:
            return board.way("finding", finding=each.code)
        case OwedKind.LETTER:
            return board.way("letters", node=f"unit:{each.unit}")
        case OwedKind.DECISION:
            return board.way("tasks", node=f"unit:{each.unit}")
        case OwedKind.REPORT:
            return board.way("reports", node=f"unit:{each.unit}")
    return board.way("responsibilities", node=f"unit:{each.unit}")


def _cells(view: View, found: Sequence[Owed]) -> downloads.Cells:
    return {
        _("Days left"): [each.days_left(view.as_of) for each in found],
        _("Kind"): [_(KINDS[each.kind]) for each in found],
        _("About"): [about(each) for each in found],
        _("Unit"): [each.unit_name for each in found],
        _("Limit"): [each.due_on for each in found],
        _("Original limit"): [each.first_due_on for each in found],
        _("To do"): [_(TO_DO[each.kind]) for each in found],
    }
