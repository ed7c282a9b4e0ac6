"""A manager's landing: what to do about its units on the day of the head, as a list to send, and
the units, worst first; beside them what changed and what comes next."""

from collections.abc import Sequence
from datetime import timedelta

from dashboard import formats, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters, table
from dashboard.elements.board import Part, Region
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import (
    my_units_said,
    next_acts,
    open_warnings,
    unit_light,
    unit_standing,
    what_changed,
)
from dashboard.screens.rectification.ledger import status_of
from dashboard.screens.what_changed import turn_of_light
from dashboard.status import Status, of_limit, tone_of_limit
from dashboard.widgets import downloads
from dashboard.widgets.drawing import still
from dashboard.widgets.place import look
from dashboard.widgets.silence import NOT_ENTERED
from data.collection import files_owed as things_to_do
from data.findings.ledger import not_rectified
from data.findings.lines import FindingLine
from data.findings.next_limit import next_due
from data.responsibilities import in_charge
from data.to_do import ToDo, ToDoKind, ToDoList
from models.duty import PostRole
from models.rectification import State
from models.report import ReportKind
from models.text import N_, NOTHING

UNITS, LISTED, IN_FILE = 100, 50, 1000
NEXT, OPEN = 5, 9
"""The most findings whose limits come next, and the most that are not yet rectified."""
ORDER = (Tone.BAD, Tone.WARN, Tone.ONGOING, Tone.SILENT)
"""The most units, and the most things to do of one kind, on the page and in the file."""
COUNTED = {
    ToDoKind.STEP: N_("escalation steps {n}"),
    ToDoKind.ANSWER: N_("replies to ask for {n}"),
    ToDoKind.REPORT: N_("reports to ask for {n}"),
    ToDoKind.FILE: N_("returned files to ask for {n}"),
    ToDoKind.DATA: N_("units not reported {n}"),
}


@still
def my_units(view: View) -> None:
    """Draw a summary, what is to be done, then the units."""
    to_do = reads.ask(things_to_do.to_do, view.scope, LISTED)
    board.board("units-board", _regions(view, to_do), layout="sides", look=look())
    if to_do.things:
        downloads.offer(
            view,
            lambda: cells(reads.ask(things_to_do.to_do, view.scope, IN_FILE).things),
            title=_("To do"),
            key="my-units-press",
        )


def _regions(view: View, to_do: ToDoList) -> tuple[Region, ...]:
    return (
        my_units_said.sentence(view, to_do),
        board.region(
            "press",
            *_listed(view, to_do),
            title=my_units_said.title(view),
            says=_("; ").join(filter(None, (_counts(to_do), _why_masked(view, to_do)))),
            onward=board.way("rectification", tab="pressing"),
            place="main",
        ),
        board.region(
            "units",
            _units(view),
            title=_("My units"),
            says=_("the worst light first, then the longest overdue"),
            place="main",
        ),
        *_overdue(view),
        *what_changed.listed(view),
        *_comes_next(view),
        *open_warnings.listed(view, "warnings desk", "beside", names_units=True),
    )


def _overdue(view: View) -> list[Region]:
    """Return the findings not yet rectified, the longest overdue first; empty if there is none."""
    count, lines = reads.ask(not_rectified, view.scope, OPEN)
    if not lines:
        return []
    columns = [
        table.column(_("Days left")),
        table.column(_("Unit"), day=True),
        table.column(_("Finding"), leads=True),
        table.column(next_acts.heading(), card=_("Next step")),
        table.column(_("Present limit"), day=True),
    ]
    rows = [
        table.row(
            [
                _days_left(view, line),
                line.unit_name,
                line.finding.title,
                next_acts.cell(view, next_acts.of_line(view, line)) or NOTHING,
                line.standing.due.isoformat(),
            ],
            board.way("finding", finding=line.finding.code),
        )
        for line in lines
    ]
    onward = board.way("rectification", tab="ledger")
    more = [matters.note(_("{n} more ›", n=count - len(lines)), onward)] if count > OPEN else []
    return [
        board.region(
            "open desk",
            table.table(columns, rows),
            *more,
            title=_("Open findings"),
            says=_("{n} on {day}, the longest overdue first", n=count, day=view.as_of),
            onward=onward,
            place="main",
        )
    ]


def _days_left(view: View, line: FindingLine) -> Status:
    """Return the days overdue or left; the status while the finding does not wait for the unit."""
    if line.standing.state != State.RECTIFYING:
        return status_of(line)
    return of_limit(-line.days_over(view.as_of))


def _comes_next(view: View) -> list[Region]:
    """Return the open findings with the next time limits; empty if no limit is ahead."""
    ahead = reads.ask(next_due, view.scope, NEXT)
    if not ahead:
        return []
    columns = [table.column(_("Days left")), table.column(_("Finding"), leads=True)]
    rows = [
        table.row(
            [of_limit(-line.days_over(view.as_of)), f"{line.unit_name} · {line.finding.title}"],
            board.way("finding", finding=line.finding.code),
        )
        for line in ahead
    ]
    return [
        board.region(
            "next desk",
            table.table(columns, rows),
            title=_("Due next"),
            says=_("findings by their limits"),
            onward=board.way("rectification", tab="ledger"),
        )
    ]


def _counts(to_do: ToDoList) -> str:
    counted = [_(COUNTED[kind], n=n) for kind, n in to_do.counted.items() if n]
    return _(", ").join(counted)


def _why_masked(view: View, to_do: ToDoList) -> str:
    """Return why the names of principals are not in full; "" if they are, or if none is listed."""
    if view.names_in_full or not to_do.things:
        return ""
    return _("names are masked where the role may not see them")


def _listed(view: View, to_do: ToDoList) -> list[Part]:
    if not to_do.things and not my_units_said.is_entered(view):
        return [matters.note(_(NOT_ENTERED, day=view.as_of))]
    if not to_do.things:
        return [
            matters.note(
                _(
                    "On {day} no escalation step, reply, report or file is outstanding.",
                    day=view.as_of,
                )
            )
        ]
    columns = [
        table.column(_("To do")),
        table.column(_("Unit"), day=True),
        table.column(_("About"), leads=True),
        table.column(_("How long")),
        table.column(_("By when"), day=True),
        table.column(name(PostRole.PRINCIPAL.label), day=True),
    ]
    principals = reads.ask(in_charge.principals, view.scope, names_in_full=view.names_in_full)
    # The kinds are listed one after the other, so what is late the longest is brought to the top.
    worst_first = sorted(
        to_do.things, key=lambda each: (ORDER.index(_tone(each)), min(each.left or 0, 0))
    )
    shown = [
        table.table(columns, [_row(view, each, principals.get(each.unit)) for each in worst_first])
    ]
    if left_out := to_do.total - len(to_do.things):
        shown.append(matters.note(_("{n} more stand in the file.", n=left_out)))
    return shown


def _tone(each: ToDo) -> Tone:
    """Return the tone of the limit; what is waited for without one is as near as today.

    A reply is red once its last day is over and quiet until then, as among the letters; a silent
    unit is grey until something that it owes is late.
    """
    if each.kind is ToDoKind.DATA:
        return Tone.BAD if _is_over(each) else Tone.SILENT
    if each.kind is ToDoKind.ANSWER:
        return Tone.BAD if _is_over(each) else Tone.ONGOING
    return tone_of_limit(0 if each.left is None else min(each.left, 0))


def _is_over(each: ToDo) -> bool:
    return each.left is not None and each.left < 0


def _row(view: View, each: ToDo, principals: Sequence[str] | None) -> Part:
    """Return a row; `principals` are those of the unit, None if it never had one."""
    tone = _tone(each)
    long = _how_long(each)
    limit = view.as_of + timedelta(each.left) if each.left is not None else None
    return table.row(
        [
            Status(tone, _act(each)),
            each.unit_name,
            _about(each),
            (long, tone) if each.days is not None else long,
            limit.isoformat() if limit else NOTHING,
            _(formats.NOT_ENTERED)
            if principals is None
            else _(", ").join(principals) or _("nobody in post"),
        ],
        _way(each),
    )


def _act(each: ToDo) -> str:
    """Return what is to be done: the step to take, or what is to be asked for."""
    if each.kind is ToDoKind.STEP and each.step:
        return name(each.step.label)
    if each.kind is ToDoKind.ANSWER and each.step:
        return _("press for the reply to {step}", step=name(each.step.label).lower())
    return name(each.kind.label)


def _about(each: ToDo) -> str:
    if each.kind is ToDoKind.REPORT:
        return name(ReportKind(each.about).label)
    return each.about or _("nothing has come in")


def _how_long(each: ToDo) -> str:
    if each.days is None:
        return NOTHING
    if each.kind is ToDoKind.ANSWER and each.left is not None and _is_over(each):
        return _("overdue by {n} days", n=-each.left)
    if each.kind is ToDoKind.ANSWER:
        return _("{n} days without reply", n=each.days)
    if each.kind is ToDoKind.FILE:
        return _("returned {n} days ago", n=each.days)
    return _("overdue by {n} days", n=each.days)


def _way(each: ToDo) -> Part:
    if each.finding:
        return board.way("finding", finding=each.finding)
    if each.kind is ToDoKind.FILE:
        return board.way("inbox")
    page = "reports" if each.kind is ToDoKind.REPORT else "unit"
    return board.way(page, node=f"unit:{each.unit}")


def cells(things: tuple[ToDo, ...]) -> downloads.Cells:
    """Return the columns of the list to send."""
    return {
        _("To do"): [_act(each) for each in things],
        _("Unit"): [each.unit_name for each in things],
        _("About"): [_about(each) for each in things],
        _("How long"): [_how_long(each) for each in things],
        _("Since"): [each.since for each in things],
        _("Last step"): [name(each.last.label) if each.last else None for each in things],
        _("Finding code"): [each.finding or None for each in things],
    }


def _units(view: View) -> Part:
    everything = unit_standing.standings(view)
    standings = everything[:UNITS]
    if not standings:
        return matters.note(_("No unit stood in the grid here on {day}.", day=view.as_of))
    before = {unit.code: unit.light for unit in reads.units(view.before)}
    columns = unit_standing.columns()
    columns.insert(1, table.column(_("Light since {day}", day=view.since)))
    columns.append(table.column(_("Why this light"), day=True))
    why = unit_light.in_short(view.scope, [each.unit.code for each in standings if each.wants])
    rows = [
        unit_standing.row(
            each,
            turn_of_light(before.get(each.unit.code), each.unit.light),
            last=[why.get(each.unit.code, NOTHING)],
        )
        for each in standings
    ]
    rest = board.left_out(
        len(everything) - len(rows),
        board.way("coverage", tab="units"),
        _("{n} more units ›", n="{n}"),
    )
    return table.table(columns, rows, rest=rest)
