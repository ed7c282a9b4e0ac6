"""The inbox: how many units have sent their files, the files to be settled, the units that are not
in."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import address, formats, identity, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters, table
from dashboard.elements.board import Part, Region
from dashboard.elements.room import room
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.markdown import told
from dashboard.reads import cache
from dashboard.screens.collection import (
    counts,
    months,
    not_in,
    previewing,
    receipts,
    reminding,
    settled_last,
    words,
)
from dashboard.status import Status
from dashboard.widgets import asked, buttons, counted_today, downloads, sentence
from dashboard.widgets.drawing import heading
from dashboard.widgets.panels import panel
from dashboard.widgets.place import look
from data.access.permission import Action
from data.collection import inbox, periods, reminders, same_day, settling
from data.collection.inbox import Collected, SentLine, UnitStanding
from data.collection.periods import Period
from data.collection.refusals import CollectionRefusedError
from data.collection.settling import Settled
from data.responsibilities import in_charge
from data.scope import Scope
from models.collection import FileState
from models.text import NOTHING

RECEIPT = "inbox-receipt"
SHOWN = 200
SETTLED = 10
"""The most files settled last that are listed."""
COUNTS_HEIGHT = 100
"""Height in pixels of a card of counts."""


def inbox_page(view: View) -> None:
    """Draw who is late with which month, the longest first; for the month chosen, at first the one
    that is late the longest, the units that are not in above the files that wait, those of other
    months last; beside them the letters and what became of all files; last how each month stands.
    """
    receipts.show(RECEIPT)
    scope = view.now
    by_month, pending = months.standings(scope, address.of_page("month")), months.pending(scope)
    late = months.late(by_month)
    period = _period(by_month, pending, late)
    unsent = months.unsent(scope, by_month)
    found = by_month[period]
    waiting = reads.ask_now(inbox.sent_files, scope, period, (FileState.SENT,), SHOWN)
    count, others = reads.ask_now(inbox.waiting_of_other_months, scope, period, SHOWN)
    files, in_all = (*waiting, *others), len(waiting) + count
    if not found.units and not files:
        st.info(_("No unit stands in the grid here, so no file is awaited."))
        return
    said = _in_words(view, by_month, late, unsent, files, in_all)
    board.board("inbox-board", [said], layout="stack", look=look())
    is_owed = period in months.owed(by_month)
    units, beside = st.columns([3, 2], gap="small")
    with units:
        if found.units and is_owed:
            _not_in(view, found)
        elif found.units:
            _unsent(found)
        else:
            st.info(_("No unit stood in the grid when these files were due, so none is awaited."))
        _waiting(waiting, others, in_all, may_settle(view))
        if found.arrived:
            label = _("Units that are in: {n} of {all}", n=found.arrived, all=len(found.units))
            with st.expander(label):
                board.board("inbox-in", [_arrived(found)], layout="stack", look=look())
    with beside:
        if found.late and is_owed and view.frozen is None and reminders.may_remind(view.viewer):
            with panel():
                reminding.section(view, found)
        _all_months(view, scope, in_all, files)
        if settled := settled_last.region(scope, SETTLED):
            board.board("inbox-settled", [settled], layout="sides", look=look())
    board.board(
        "inbox-months", [months.region(by_month, pending, unsent)], layout="stack", look=look()
    )


def _period(
    by_month: Mapping[Period, Collected], pending: Mapping[Period, int], late: Sequence[Collected]
) -> Period:
    """Draw the choice of a month and return it: unless somebody chooses, the one that is late the
    longest, else the one that is collected."""
    by_code = {str(each): each for each in by_month}
    owed = months.owed(by_month)
    names = {
        code: _month_in_short(by_month[each], pending[each], is_owed=each in owed)
        for code, each in by_code.items()
    }
    usual = late[0].period if late else words.collected_month()
    return by_code[asked.pick("month", _("Month"), names, usual=str(usual))]


def _month_in_short(found: Collected, pending: int, *, is_owed: bool) -> str:
    """Return a month as it is chosen, with the units that are late and the files that wait, else
    with how many units are in, or that none sent a file of an earlier month (`is_owed`)."""
    counts = [
        *([_("late {n}", n=len(found.late))] if found.late and is_owed else []),
        *([_("{n} pending", n=pending)] if pending else []),
    ]
    if not counts and not is_owed:
        counts = [_("no files")]
    elif not counts:
        counts = [_("{n}/{all} in", n=found.arrived, all=len(found.units))]
    month = words.month_in_short(found.period)
    return _("{month} ({counts})", month=month, counts=_(", ").join(counts))


def _all_months(view: View, scope: Scope, in_all: int, files: Sequence[SentLine]) -> None:
    since = reads.ask_now(inbox.settled_since, scope, view.since)
    with room(COUNTS_HEIGHT, "inbox-all-months"):
        region = counts.of_all_months(view, since, in_all, files)
        board.board("inbox-all-months", [region], layout="stack", look=look())


def _not_in(view: View, found: Collected) -> None:
    """Draw which units are not in with the month, and what is to be done about each."""
    principals = reads.ask_now(in_charge.principals, view.now, names_in_full=view.names_in_full)
    last = reads.ask_now(reminders.reminded, found.period)
    all_units = bool(asked.choice(not_in.LISTED, {"all": ""}))
    region = not_in.region(view, found, last, principals, all_units=all_units)
    with panel():
        with room(COUNTS_HEIGHT, "inbox-not-in"):
            board.board("inbox-not-in", [region], layout="stack", look=look())
        if found.late and view.viewer.may(Action.EXPORT):
            downloads.offer(view, lambda: _cells(found), title=_("Not in"), key="inbox-late")


def _unsent(found: Collected) -> None:
    """Draw that no unit sent a file of an earlier month, and why none is late with it."""
    region = board.region(
        "unsent",
        matters.note(months.why_not_late([found.period])),
        title=_("No unit sent a file"),
        says=_("files of {month}, due on {day}", month=words.month(found.period), day=found.due_on),
    )
    board.board("inbox-unsent", [region], layout="stack", look=look())


def may_settle(view: View) -> bool:
    """Return whether the viewer may take in and return files and the view is not a freeze."""
    return view.viewer.may(Action.IMPORT) and view.frozen is None


def _in_words(
    view: View,
    by_month: Mapping[Period, Collected],
    late: Sequence[Collected],
    unsent: Sequence[Period],
    files: Sequence[SentLine],
    in_all: int,
) -> Region:
    """Return with which months units are late, which files wait, which months have none, how the
    month that is collected stands against an earlier one, and the day of it where the head names
    that of a freeze."""
    pieces = [
        matters.piece(months.said_late(each), Tone.BAD, _way(each.period)) for each in late
    ] or [
        # Of months of which nothing came, nobody is counted as late: that is no good news.
        matters.piece(_("no unit is late"), Tone.SILENT if unsent else Tone.GOOD)
    ]
    if in_all:
        pieces.append(_pending(files, in_all))
    now = by_month[words.collected_month()]
    text = _(
        "{month}: {n} of {all} units in, due on {day}",
        month=words.month(now.period),
        n=now.arrived,
        all=len(now.units),
        day=now.due_on,
    )
    pieces.append(matters.piece(text, onward=_way(now.period)))
    if unsent:
        pieces.append(matters.piece(months.said_unsent(unsent), Tone.SILENT))
    pieces += _against_earlier(view.now, now, by_month)
    pieces += counted_today.ruled_by_today(view)
    return sentence.region(pieces)


def _way(period: Period) -> Part:
    return board.way("inbox", month=str(period))


def _pending(files: Sequence[SentLine], in_all: int) -> Part:
    """Return how many files wait; and of which month, with the link to it, if all are of one."""
    months = {each.period for each in files}
    if len(months) != 1:
        return matters.piece(_("pending files {n}", n=in_all), Tone.WARN)
    of = periods.parse(*months)
    text = _("pending files of {month}: {n}", month=words.month(of), n=in_all)
    return matters.piece(text, Tone.WARN, _way(of))


def _against_earlier(
    scope: Scope, found: Collected, by_month: Mapping[Period, Collected]
) -> list[Part]:
    """Return the quiet piece that holds the units that are in with the month against those that
    were, on the same working day, with the last one before it of which any unit sent a file; empty
    if none was by then."""
    earlier = [
        each
        for each, collected in by_month.items()
        if each < found.period and any(unit.line for unit in collected.units)
    ]
    if not earlier:
        text = _("no earlier month was sent that this one could be compared with")
        return [matters.piece(text, aside=True)]
    last = max(earlier)
    day = same_day.in_earlier_month(last, found.period, scope.as_of, reads.references())
    before = reads.ask_now(inbox.collected, scope.on(day), last)
    if not before.arrived:
        return []
    text = _(
        "with {month}, after as many working days ({day}), {before} units were in",
        month=words.month(last),
        day=day,
        before=before.arrived,
    )
    return [matters.piece(text, aside=True)]


def _waiting(
    waiting: tuple[SentLine, ...], others: tuple[SentLine, ...], in_all: int, settles: bool
) -> None:
    """Draw the files of the month that wait, and below them those of other months, each list with
    its button."""
    if not waiting and not others:
        note = matters.note(_("No file is pending."))
        nothing = board.region("waiting", note, title=_("To be taken in or returned"))
        board.board("inbox-waiting", [nothing], layout="stack", look=look())
        return
    click = [_("a click shows what it would do")] if settles else []
    if waiting:
        listed = _table(_worst_first(waiting), settles, names_month=False)
        says = _("; ").join((_("{n} files", n=len(waiting)), *click))
        region = board.region("waiting", listed, name=_("To be taken in or returned"), plain=True)
        _files(region, _("To be taken in or returned"), says, waiting if settles else ())
    if others:
        parts = [_table(_worst_first(others), settles, names_month=True)]
        count = in_all - len(waiting)
        if left_out := count - len(others):
            parts.append(matters.note(_("{n} more pending.", n=left_out)))
        says = _("; ").join((_("{n} files", n=count), *(click if not waiting else ())))
        title = _("Other months: to be taken in or returned")
        region = board.region("waiting-before", *parts, name=title, plain=True)
        first = [each for each in others if each.period == others[0].period]
        _files(region, title, says, first if settles and not waiting else ())


def _files(region: Region, title: str, says: str, taken_together: Sequence[SentLine]) -> None:
    """Draw a list of files; in its heading, so that it is seen however many wait, the button that
    takes in the clean ones of `taken_together`, if there are any."""
    with panel():
        with st.container(horizontal=True, vertical_alignment="center"):
            heading(title, says)
            if taken_together:
                _take_clean(taken_together, is_main=region["area"] == "waiting")
        board.board(f"inbox-{region['area']}", [region], layout="stack", look=look())


def _table(files: Sequence[SentLine], settles: bool, *, names_month: bool) -> Part:
    """Return files as rows; what is to be done with each, if the viewer may do it."""
    columns = [
        table.column(_("What was found")),
        *([table.column(_("To do"))] if settles else []),
        table.column(_("Unit"), leads=True, day=True),
        *([table.column(_("Month"), day=True)] if names_month else []),
        table.column(_("File")),
        table.column(_("Sent at")),
        table.column(_("Rows")),
    ]
    rows = [_file_row(each, settles, names_month=names_month) for each in files]
    return table.table(columns, rows)


def _arrived(found: Collected) -> Region:
    columns = [
        table.column(_("Status")),
        table.column(_("Unit"), leads=True),
        table.column(_("File")),
        table.column(_("Sent at")),
    ]
    arrived = [each for each in found.units if each.is_in]
    return board.region(
        "arrived",
        table.table(columns, [_row_arrived(each) for each in arrived[:SHOWN]]),
        name=_("Units that are in"),
        plain=True,
    )


def _worst_first(waiting: tuple[SentLine, ...]) -> list[SentLine]:
    """Return the files with the most faults first, the clean ones last."""
    return sorted(waiting, key=lambda each: (each.clean, -each.faults))


def _file_row(line: SentLine, settles: bool, *, names_month: bool) -> Part:
    tone, act = Tone.WARN, _("look at it")
    if line.faults:
        tone, act = Tone.BAD, _("return it")
    elif line.clean:
        tone, act = Tone.GOOD, _("take it in")
    return table.row(
        [
            Status(tone, formats.found_by_check(line)),
            *([act] if settles else []),
            line.unit_name,
            *([period_of(line)] if names_month else []),
            line.file_name,
            words.moment(line),
            words.rows(line),
        ],
        board.way("sent", file=str(line.number)),
    )


def _row_arrived(each: UnitStanding) -> Part:
    line = each.line
    return table.row(
        [
            words.arrival(each.arrival),
            each.unit_name,
            line.file_name if line else NOTHING,
            words.moment(line) if line else NOTHING,
        ],
        not_in.onward(each),
    )


def _take_clean(waiting: Sequence[SentLine], *, is_main: bool) -> None:
    """Draw the button that takes in the clean ones of files of one month: the main action if it is
    the month chosen, otherwise a quiet one that names the month."""
    period = periods.parse(waiting[0].period)
    clean = sum(each.clean for each in waiting)
    label = _("Take in all that are clean ({n})", n=clean)
    if not is_main:
        label = _("Take in all of {month} that are clean ({n})", month=words.month(period), n=clean)
    pressed = st.button(
        label,
        type=buttons.main_button_type() if is_main else "secondary",
        key="inbox-take-clean",
        disabled=not clean,
    )
    if not pressed:
        return
    try:
        with st.spinner(_("Taking in the files")):
            done = settling.take_in_clean(
                cache.engine(), identity.require_viewer(), period, previewing.circumstances()
            )
    except CollectionRefusedError as refused:
        st.error(told(refused.sentence))
        return
    cache.forget_version()
    taken = sum(not each.refused for each in done)
    lines = [_("Taken in: {n} of {of} files.", n=taken, of=len(done)), *map(settled_line, done)]
    receipts.write(RECEIPT, lines, good=taken == len(done))
    st.rerun()


def settled_line(done: Settled) -> str:
    """Return a line that says what was done with one file."""
    file = {"unit": done.line.unit_name, "file": done.line.file_name}
    if done.refused:
        return _("{unit}, “{file}”: refused after all; it waits on.", **file)
    number = done.checked.taken.number
    if number is None:
        return _("{unit}, “{file}”: nothing changed, every row is equal to what is kept.", **file)
    return _("{unit}, “{file}”: taken in as import {number}.", number=number, **file)


def _cells(found: Collected) -> downloads.Cells:
    return {
        _("Unit"): [each.unit_name for each in found.late],
        _("Status"): [words.arrival(each.arrival).word for each in found.late],
        _("Month"): [words.month(found.period) for _each in found.late],
        _("Due"): [found.due_on for _each in found.late],
        _("Days late"): [each.days_late for each in found.late],
    }


def period_of(line: SentLine) -> str:
    """Return the month of a file."""
    return words.month(periods.parse(line.period))
