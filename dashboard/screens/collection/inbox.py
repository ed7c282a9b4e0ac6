"""The inbox: how many units have sent their files, the files to be settled, the units that are not
in."""

import streamlit as st

from dashboard import clock, formats, identity, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, figure, matters, table
from dashboard.elements.board import Part, Region
from dashboard.elements.room import room
from dashboard.frame.view import View
from dashboard.i18n import _, name, say
from dashboard.reads import cache
from dashboard.screens.collection import not_in, previewing, receipts, reminding, words
from dashboard.status import Status
from dashboard.widgets import asked, buttons, counted_today, downloads
from dashboard.widgets.place import look
from data.access.permission import Action
from data.collection import inbox, periods, reminders, settling
from data.collection.inbox import Arrival, Collected, SentLine, UnitStanding
from data.collection.periods import Period
from data.collection.refusals import CollectionRefusedError
from data.collection.settling import Settled
from data.scope import Scope
from models.collection import FileState
from models.text import NOTHING

RECEIPT = "inbox-receipt"
SHOWN = 200
COUNTS_HEIGHT = 190
"""Height in pixels of the summary and the counts."""


def inbox_page(view: View) -> None:
    """Draw the month, the counts, the main action, the files that wait, the units that are not in
    with letters to them, and those that are."""
    receipts.show(RECEIPT)
    by_code = {str(each): each for each in words.months()}
    names = {code: words.month(each) for code, each in by_code.items()}
    period = by_code[asked.pick("month", _("Month"), names, usual=str(words.collected_month()))]
    scope = today(view.scope)
    found = reads.ask_now(inbox.collected, scope, period)
    waiting = reads.ask_now(inbox.sent_files, scope, period, (FileState.SENT,), SHOWN)
    count, others = reads.ask_now(inbox.waiting_of_other_months, scope, period, SHOWN)
    of_other_months = _("files of other months that wait {n}", n=count) if count else ""
    if not found.units:
        st.info(_("No unit stands in the grid here, so no file is awaited."))
        return
    settles = may_settle(view)
    with room(COUNTS_HEIGHT, "inbox"):
        counts = [_in_words(view, scope, found, waiting, of_other_months), _count(found, waiting)]
        board.board("inbox-board", counts, layout="stack", look=look())
    # Without a file the units that are not in are what is to be seen to, and take the width.
    files, units = st.columns(
        [3, 2] if waiting or others or found.arrived else [1, 3], gap="medium"
    )
    with files:
        # The main action stands above the files, so that it is seen however many wait.
        if settles and waiting:
            _take_clean(period, waiting)
        region = _waiting(waiting, others, of_other_months, settles)
        board.board("inbox-waiting", [region], layout="stack", look=look())
        if found.arrived:
            label = _("Units that are in: {n} of {all}", n=found.arrived, all=len(found.units))
            with st.expander(label):
                board.board("inbox-in", [_arrived(found)], layout="stack", look=look())
    with units:
        _late(view, found, period)


def _late(view: View, found: Collected, period: Period) -> None:
    """Draw the units that are not in, the letters to them, and the list as a file."""
    if found.arrived < len(found.units):
        last = reads.ask_now(reminders.reminded, period)
        board.board("inbox-not-in", [not_in.region(found, last)], layout="stack", look=look())
    if found.late and view.frozen is None and reminders.may_remind(view.viewer):
        reminding.section(view, found)
    if found.late and view.viewer.may(Action.EXPORT):
        downloads.offer(view, lambda: _cells(found), title=_("Not in"), key="inbox-late")


def today(scope: Scope) -> Scope:
    """Return the same scope as of today: files are settled in the present, whatever day the view
    has."""
    return scope.on(clock.today()).as_frozen(None)


def may_settle(view: View) -> bool:
    """Return whether the viewer may take in and return files and the view is not a freeze."""
    return view.viewer.may(Action.IMPORT) and view.frozen is None


def _in_words(
    view: View,
    scope: Scope,
    found: Collected,
    waiting: tuple[SentLine, ...],
    of_other_months: str,
) -> Region:
    """Return who is late and what waits of the month, and below it what came in since the day of
    comparison, of whatever month.

    Each line names what it counts, and only the line of the month is coloured.
    """
    pieces = [matters.piece(_("Files of {month}:", month=words.month(found.period)))]
    if found.late:
        days = max(each.days_late for each in found.late)
        text = _("units late {n}, by {days} days", n=len(found.late), days=days)
        pieces.append(matters.piece(text, Tone.BAD))
    else:
        pieces.append(matters.piece(_("no unit is late"), Tone.GOOD))
    if waiting:
        text = _("files that wait {n}", n=len(waiting))
        pieces.append(matters.piece(text, Tone.WARN))
    if of_other_months:
        pieces.append(matters.piece(of_other_months, Tone.WARN))
    since = reads.ask_now(inbox.settled_since, scope, view.since)
    came = sum(since.values())
    changed = [
        *_late_before(scope, found),
        matters.piece(_("Since {day}, files of all months: {n}", day=view.since, n=came)),
    ]
    if came:
        changed += [
            matters.piece(f"{name(state.label)} {since[state]}")
            for state in (FileState.TAKEN_IN, FileState.RETURNED)
        ]
    return board.region(
        "say",
        matters.sentence(pieces),
        matters.sentence(changed),
        *counted_today.files_by_today(view),
        name=_("In one sentence"),
        plain=True,
    )


def _late_before(scope: Scope, found: Collected) -> list[Part]:
    """Return how many units are late with the month, held against the month before it."""
    earlier = found.period.before
    before = len(reads.ask_now(inbox.collected, scope, earlier).late)
    now, month = len(found.late), words.month(earlier)
    if now == before:
        return [matters.piece(_("as many units are late as with {month}", month=month))]
    text = _("units late: {before} with {month}, {now} now", before=before, month=month, now=now)
    return [matters.piece(text, Tone.BAD if now > before else Tone.GOOD)]


def _count(found: Collected, waiting: tuple[SentLine, ...]) -> Region:
    return board.region(
        "count",
        figure.figures(_counts(found, waiting)),
        title=_("Files of {month}", month=words.month(found.period)),
        says=_("due on {day}", day=found.due_on),
    )


def _waiting(
    waiting: tuple[SentLine, ...],
    others: tuple[SentLine, ...],
    of_other_months: str,
    settles: bool,
) -> Region:
    """Return the files of the month that wait, and below them those of other months."""
    parts = [
        _table(waiting, settles) if waiting else matters.note(_("No file of this month waits."))
    ]
    if others:
        parts += [matters.note(of_other_months), _table(others, settles)]
    says = _("a click shows what it would do") if settles else ""
    return board.region("waiting", *parts, title=_("To be taken in or returned"), says=says)


def _table(files: tuple[SentLine, ...], settles: bool) -> Part:
    """Return files as rows; what is to be done with each, if the viewer may do it."""
    columns = [
        table.column(_("What was found")),
        *([table.column(_("To do"))] if settles else []),
        table.column(_("Unit"), leads=True, day=True),
        table.column(_("File")),
        table.column(_("Sent at")),
        table.column(_("Rows")),
    ]
    return table.table(columns, [_file_row(each, settles) for each in _worst_first(files)])


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


def _counts(found: Collected, waiting: tuple[SentLine, ...]) -> list[Part]:
    late = len(found.late)
    counted = {each: 0 for each in Arrival}
    for each in found.units:
        counted[each.arrival] += 1
    returned, missing = counted[Arrival.RETURNED], counted[Arrival.MISSING]
    of = _("of {n} units", n=len(found.units))
    faulty = sum(not each.clean for each in waiting)
    parts = [
        figure.figure("", str(found.arrived), says=_("Units that are in"), of=of),
        figure.figure("", str(late), says=_("Units late"), tone=str(Tone.BAD) if late else ""),
        figure.figure(
            "", str(returned), says=_("Returned"), tone=str(Tone.WARN) if returned else ""
        ),
        figure.figure(
            "",
            str(len(waiting)),
            says=_("Files that wait"),
            of=_("{n} with something to look at", n=faulty) if faulty else "",
        ),
        figure.figure("", str(counted[Arrival.TAKEN_IN]), says=_("Files taken in")),
    ]
    if missing:
        parts.insert(2, figure.figure("", str(missing), says=_("Not sent yet")))
    return parts


def _worst_first(waiting: tuple[SentLine, ...]) -> list[SentLine]:
    """Return the files with the most faults first, the clean ones last."""
    return sorted(waiting, key=lambda each: (each.clean, -each.faults))


def _file_row(line: SentLine, settles: bool) -> Part:
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


def _take_clean(period: Period, waiting: tuple[SentLine, ...]) -> None:
    clean = sum(each.clean for each in waiting)
    pressed = st.button(
        _("Take in all that are clean ({n})", n=clean),
        type=buttons.main_button_type(),
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
        st.error(say(refused.sentence))
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
