"""The files that units have to send, as part of what they owe: counted to today, whatever day the
view has."""

from collections.abc import Sequence

from dashboard import clock, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters, table
from dashboard.elements.board import Part, Region
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens.collection import sending, words
from dashboard.screens.owed_words import MEND, TO_DO
from dashboard.status import of_limit
from data.access.permission import Action
from data.collection import periods
from data.collection.files_owed import files_to_send
from data.owed import Owed, OwedKind

SENT = 6
"""The most files sent last that are listed."""


def to_send(view: View) -> tuple[Owed, ...]:
    """Return the files to be sent today, whatever day the view has; a freeze has none."""
    if view.frozen or not view.viewer.may(Action.SEND):
        return ()
    return reads.ask_now(files_to_send, view.scope.on(clock.today()).as_frozen(None))


def days_left(view: View, owed: Owed) -> int:
    """Return the days until a limit, from the day of the view; of a file, from today."""
    return owed.days_left(clock.today() if owed.kind is OwedKind.FILE else view.as_of)


def region(view: View, awaited: Sequence[Part]) -> list[Region]:
    """Return the files to be sent today, each with its limit; if there is none, the state of the
    own units' files of the month."""
    onward = board.way("duties", tab="send")
    unsent = to_send(view)
    several = len({each.unit for each in unsent}) > 1
    listed = [
        matters.matter(
            of_limit(days_left(view, each)),
            _("Files of {month}", month=words.month(periods.parse(each.what))),
            _("; ").join((_("due on {day}", day=each.due_on), *_returned(each))),
            act=_(MEND if each.returned else TO_DO[each.kind]),
            whose=each.unit_name if several else "",
            onward=onward,
        )
        for each in unsent
    ]
    says = [_("files to send: {n}", n=len(unsent))] if unsent else []
    if clock.today() != view.as_of:
        says.append(_("counted to today, {day}", day=clock.today()))
    return [
        board.region(
            "files",
            matters.matters(listed or awaited),
            title=_("Send files"),
            says=_("; ").join(says),
            onward=onward,
        )
    ]


def _returned(each: Owed) -> list[str]:
    """Return when and why a file was returned; empty if it was not."""
    if each.returned is None:
        return []
    day, reason = each.returned.on, each.returned.reason
    return [_("returned on {day}: {reason}", day=day, reason=reason)]


def sent_last(view: View) -> list[Region]:
    """Return what became of the files sent last; empty if none was ever sent."""
    lines = sending.sent_last(view, SENT)
    if not lines:
        return []
    columns = [
        table.column(_("Status")),
        table.column(_("Month"), day=True),
        table.column(_("File"), leads=True),
        table.column(_("Sent at"), day=True),
    ]
    rows = [
        table.row(
            [
                words.state(line),
                words.month(periods.parse(line.period)),
                line.file_name,
                words.moment(line),
            ],
            board.way("sent", file=str(line.number)),
        )
        for line in lines
    ]
    return [
        board.region(
            "sent spare",
            table.table(columns, rows),
            title=_("Files sent last"),
            says=_(
                "the last: {month}, {state}",
                month=words.month(periods.parse(lines[0].period)),
                state=words.state(lines[0]).word.lower(),
            ),
            onward=board.way("duties", tab="send"),
        )
    ]


def late(view: View) -> list[Part]:
    """Return how many files are late today, with the link to send them; empty if none is."""
    text = late_of(view)
    return [matters.piece(text, Tone.BAD, board.way("duties", tab="send"))] if text else []


def late_of(view: View, unit: str | None = None) -> str:
    """Return in words how many files (of one `unit`, if given) are late today, with the day where
    that is not the day of the page; "" if none is."""
    n = sum(
        days_left(view, each) < 0 for each in to_send(view) if unit is None or each.unit == unit
    )
    if n and clock.today() != view.as_of:
        return _("files late {n} (today, {day})", day=clock.today(), n=n)
    return _("files late today {n}", n=n) if n else ""
