"""Everything that a unit owes, with its time limit and what is to be done, counted to today."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, figure, matters, table
from dashboard.elements.board import Part, Region
from dashboard.elements.table import Cell
from dashboard.formats import NOT_ENTERED
from dashboard.frame.view import View, day_of_links
from dashboard.i18n import _, name
from dashboard.markdown import dotted
from dashboard.screens import files_owed as files
from dashboard.screens import open_warnings, unit, unit_now, unit_standing, what_changed
from dashboard.screens.collection import sending
from dashboard.screens.owed_words import (
    KINDS,
    LEDGERS,
    about,
    any_entered,
    is_entered,
    to_do,
    way,
    who,
)
from dashboard.screens.unit_light import why
from dashboard.status import LIGHT_TONES, Status, of_limit
from dashboard.widgets import lists, tiles
from dashboard.widgets.drawing import still
from dashboard.widgets.lists import Column, Kind
from dashboard.widgets.place import look
from dashboard.widgets.silence import text_if_empty
from data import owed as owing
from data.access.permission import Action
from data.nodes import Node
from data.owed import Owed, OwedKind
from data.scope import Scope
from models.rules.light import Light
from models.rules.rectification import DUE_SOON_DAYS
from models.text import NOTHING

SOON = DUE_SOON_DAYS
"""A time limit is near if it is at most so many days ahead."""
SHOWN = 60
PRESSING = 5
"""The most things late or due soon that are told with what is to be done, above the others."""
UNITS = 3
"""The most own units whose lights are shown."""


def my_duties(view: View) -> None:
    """Draw a summary of what is late, everything owed by time limit, and the state of the own
    units."""
    owed = _all_owed(view)
    awaited = sending.awaited(view) if view.viewer.may(Action.SEND) else []
    is_file_owed = any(each.kind is OwedKind.FILE for each in owed)
    shown = [
        *reads.made(_owed_regions, view, owed),
        *([files.region(awaited)] if awaited and not is_file_owed else ()),
        *reads.made(_own_regions, view, owed),
        *(files.sent_last(view) if awaited else ()),
    ]
    own = unit_standing.standings(view)
    differs = day_of_links() != view.as_of
    if differs:
        shown = board.of_day(shown, view.as_of)
    board.board("duties-board", shown, layout="sides", look=look())
    if len(own) == 1:
        _figures(_of_unit(view, own[0]), differs)
    if owed:
        lists.download(view, columns(view), lambda: owed, title=_("My duties"), key="duties")


def _owed(scope: Scope) -> tuple[Owed, ...]:
    """Return all that is owed on the day of `scope` but files."""
    return reads.ask(owing.owed, scope)


def _all_owed(view: View) -> tuple[Owed, ...]:
    """Return all that is owed, files included, the earliest limit first; a reminder of a file that
    is owed adds nothing to it."""
    to_send = files.to_send(view)
    owed_files = {(each.unit, each.what) for each in to_send}
    others = (each for each in _owed(view.scope) if (each.unit, each.period) not in owed_files)
    return owing.in_order((*others, *to_send))


@still
def _figures(view: View, differs: bool) -> None:
    """Draw the figures by which the unit is judged, as its own page has them; their links ask for
    the day of `view` where the day of the head differs."""
    figures = [tiles.tile(view, each) for each in unit.FIGURES]
    shown = board.of_day(figures, view.as_of) if differs else figures
    tiles.row_of_tiles("duties-figures", shown)


def _owed_regions(view: View, owed: tuple[Owed, ...]) -> tuple[Region, ...]:
    several = len(reads.units(view.scope)) > 1
    pressing = [each for each in owed if each.days_left(view.as_of) <= SOON][:PRESSING]
    further = owed[len(pressing) : SHOWN]
    said = board.region(
        "say",
        matters.sentence(_said(view, owed)),
        name=_("In one sentence"),
        plain=True,
        place="over",
    )
    regions = [said]
    if pressing:
        listed = matters.matters([_pressing(view, each, several) for each in pressing])
        order = _("the earliest limit first")
        regions.append(
            board.region("first", listed, title=_("To do first"), says=order, place="main")
        )
    if further:
        n = len(owed) - len(pressing)
        total = (
            _("{n} further, the earliest limit first", n=n)
            if pressing
            else _("{n} in all, the earliest limit first", n=n)
        )
        regions.append(
            board.region(
                "list",
                _table(view, further, several),
                *_beyond(len(owed)),
                title=_("By limit"),
                says=total,
                place="main",
            )
        )
    if not owed:
        nothing = _("Nothing is owed on {day}.", day=view.as_of)
        note = matters.note(text_if_empty(view, "required", nothing))
        regions.append(board.region("list", note, title=_("By limit"), place="main"))
    return tuple(regions)


def _pressing(view: View, each: Owed, several: bool) -> Part:
    """Return something late or due soon: its kind and limit, what is to be done, and its link."""
    left = of_limit(each.days_left(view.as_of))
    moved = [_("originally {day}", day=each.first_due_on)] if each.first_due_on else []
    return matters.matter(
        left,
        _what(each),
        _("; ").join((*moved, *files.returned(each))),
        act=dotted(
            (
                _("Next: {what}", what=to_do(each)),
                who(view, each),
            )
        ),
        whose=each.unit_name if several else "",
        mark=_(KINDS[each.kind]),
        days=(_("due on {day}", day=each.due_on), left.tone),
        onward=way(each),
    )


def _what(each: Owed) -> str:
    """Return what is owed in words, without why a file was returned."""
    return files.month_of(each) if each.kind is OwedKind.FILE else about(each)


def _beyond(owed: int) -> list[Part]:
    """Return how many things owed are in the file alone; empty if all are listed."""
    left_out = owed - SHOWN
    return [matters.note(_("{n} more stand in the file.", n=left_out))] if left_out > 0 else []


def _own_regions(view: View, owed: tuple[Owed, ...]) -> tuple[Region, ...]:
    own = unit_standing.standings(view)
    return (
        *([_lights(view, own[:UNITS])] if own else ()),
        *what_changed.listed(view, "changed desk"),
        board.region(
            "count",
            figure.figures(_counts(view, owed)),
            *_not_owed(view, owed),
            title=_("What is owed, by kind"),
            says=_("{n} in all", n=len(owed)) if owed else "",
        ),
        *open_warnings.listed(view, "warnings spare", names_units=len(own) > 1),
        *(unit_now.ahead(_of_unit(view, own[0])) if len(own) == 1 else ()),
    )


def _of_unit(view: View, standing: unit_standing.UnitStanding) -> View:
    """Return the view of one of the viewer's units."""
    return replace(view, scope=view.scope.at(Node("unit", standing.unit.code)))


def _said(view: View, owed: Sequence[Owed]) -> list[Part]:
    """Return the summary: whose it is, how much is late and for how long, how much is near, and
    what comes next."""
    not_entered = [_(KINDS[kind]) for kind in LEDGERS if not is_entered(view, kind)]
    unknown = (
        [
            matters.piece(
                _("nothing entered so far: {kinds}", kinds=_(", ").join(not_entered)), Tone.SILENT
            )
        ]
        if not_entered
        else []
    )
    whose = _whose(view)
    if not owed:
        nothing = [matters.piece(_("Nothing is owed on {day}.", day=view.as_of))]
        return [*whose, *(unknown or nothing)]
    late = [each for each in owed if each.days_left(view.as_of) < 0]
    ahead = [each for each in owed if each.days_left(view.as_of) >= 0]
    return [
        *whose,
        _late(view, late, calm=not unknown),
        *_ahead(view, ahead),
        *what_changed.counted(view),
        *unknown,
        tiles.said_against(view),
    ]


def _whose(view: View) -> list[Part]:
    """Return the name of the own unit, or of each of a few, with the link to it."""
    own = unit_standing.standings(view)
    return [
        matters.named(each.unit.name, board.way("unit", node=f"unit:{each.unit.code}"))
        for each in own[:UNITS]
    ]


def _late(view: View, late: Sequence[Owed], *, calm: bool) -> Part:
    """Return how much is past its limit, and what for the longest; green if nothing is and it is
    `calm`."""
    change = _change(view, late)
    if not late:
        tone = Tone.GOOD if calm else None
        return matters.piece(_("nothing is past its limit"), tone, None, change)
    text = _(
        "past the limit {n}, the longest by {days} days: {what}",
        n=len(late),
        days=-late[0].days_left(view.as_of),
        what=_what(late[0]),
    )
    return matters.piece(text, Tone.BAD, way(late[0]), change)


def _ahead(view: View, ahead: Sequence[Owed]) -> list[Part]:
    """Return how much is due soon and what is due next: the thing itself, or how many things on
    that day; empty if no limit is ahead."""
    if not ahead:
        return []
    day = ahead[0].due_on
    first = [each for each in ahead if each.due_on == day]
    text, onward = _("next {day}: {n} things", day=day, n=len(first)), None
    if len(first) == 1:
        text, onward = _("next {day}: {what}", day=day, what=_what(first[0])), way(first[0])
    soon = sum(each.days_left(view.as_of) <= SOON for each in ahead)
    if not soon:
        return [matters.piece(text, None, onward)]
    near = _("due within {n} days: {count}", n=SOON, count=soon)
    return [matters.piece(_(", ").join((near, text)), Tone.WARN, onward)]


def _change(view: View, late: Sequence[Owed]) -> Part | None:
    """Return how much more is late than on the day of comparison, but for files, whose state of
    that day is not kept; None if it is as much."""
    day = view.before.as_of
    now = sum(each.kind is not OwedKind.FILE for each in late)
    before = sum(each.days_left(day) < 0 for each in _owed(view.before))
    return tiles.counted_change(view, now, before, more_is_good=False) if now != before else None


def _lights(view: View, own: Sequence[unit_standing.UnitStanding]) -> Region:
    """Return the lights of own units with their reasons, and what is late without an effect on
    them."""
    listed = []
    for standing in own:
        light = standing.unit.light or Light.GREY
        late = files.late_of(view, standing.unit.code)
        reasons = why(view, standing.unit.code, *([late] if late else ()))
        listed.append(
            matters.matter(
                Status(LIGHT_TONES[light], name(light.label)),
                standing.unit.name,
                _("; ").join(reasons),
                onward=board.way("unit", node=f"unit:{standing.unit.code}"),
            )
        )
    return board.region("unit", matters.matters(listed), title=_("Light and why"))


def _counts(view: View, owed: Sequence[Owed]) -> list[Part]:
    """Return how many things of each kind are owed, and how many of them are late, in red; the
    first number is red too if all are."""
    parts = []
    for kind, called in _kinds(view):
        own = [each for each in owed if each.kind is kind]
        if not is_entered(view, kind):
            parts.append(
                figure.figure("", NOTHING, says=_(called), of=_(NOT_ENTERED), tone=tiles.UNKNOWN)
            )
        elif own:
            over = sum(each.days_left(view.as_of) < 0 for each in own)
            of = _("{n} past the limit", n=over) if over else ""
            late = str(Tone.BAD) if over else ""
            tone = late if over == len(own) else ""
            parts.append(
                figure.figure("", str(len(own)), says=_(called), of=of, tone=tone, of_tone=late)
            )
    return parts


def _not_owed(view: View, owed: Sequence[Owed]) -> list[Part]:
    """Return a line with the kinds of which nothing is owed; empty if there is none, or if
    nothing was ever entered."""
    if not owed and not any_entered(view):
        return []
    owed_kinds = {each.kind for each in owed}
    none = [
        _(called)
        for kind, called in _kinds(view)
        if kind not in owed_kinds and is_entered(view, kind)
    ]
    return [matters.note(_("none owed: {kinds}", kinds=_(", ").join(none)))] if none else []


def _kinds(view: View) -> list[tuple[OwedKind, str]]:
    """Return the kinds of what is owed with their names; files only to who sends them."""
    sends = view.viewer.may(Action.SEND) and not view.frozen
    return [(kind, called) for kind, called in KINDS.items() if sends or kind is not OwedKind.FILE]


def _table(view: View, owed: Sequence[Owed], several: bool) -> Part:
    moved = any(each.first_due_on for each in owed)
    needless = {"unit": not several, "original": not moved}
    shown = [each for each in columns(view) if each.screen and not needless.get(each.id)]
    return table.table(
        [
            table.column(
                each.heading,
                day=each.kind is Kind.DAY or each.id == "who",
                leads=each.id == "about",
            )
            for each in shown
        ],
        [table.row([_cell(column, each) for column in shown], way(each)) for each in owed],
    )


def _cell(column: Column[Owed], owed: Owed) -> Cell:
    value = column.value(owed)
    if column.kind is Kind.DAY:
        return value.isoformat() if isinstance(value, date) else NOTHING
    return value if isinstance(value, Status) else str(value)


def columns(view: View) -> list[Column[Owed]]:
    """Return the columns of what is owed, for the screen and the workbook."""

    def days(owed: Owed) -> int:
        return owed.days_left(view.as_of)

    return [
        Column("left", _("Days left"), lambda each: of_limit(days(each)), Kind.STATUS, file=False),
        Column("days", _("Days left"), days, Kind.WHOLE, screen=False),
        Column("kind", _("Kind"), lambda each: _(KINDS[each.kind])),
        Column("about", _("About"), about, width="large"),
        Column("unit", _("Unit"), lambda each: each.unit_name),
        Column("limit", _("Limit"), lambda each: each.due_on, Kind.DAY),
        Column("original", _("Original limit"), lambda each: each.first_due_on, Kind.DAY),
        Column("to_do", _("To do"), to_do),
        Column("who", _("By whom"), lambda each: who(view, each)),
    ]
