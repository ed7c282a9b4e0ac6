"""The files that units have to send, as part of what they owe: counted to today, whatever day the
view has."""

from collections.abc import Sequence

from dashboard import reads
from dashboard.elements import board, matters, table
from dashboard.elements.board import Part, Region
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens.collection import sending, words
from data.access.permission import Action
from data.collection import periods
from data.collection.files_owed import files_to_send
from data.owed import Owed

SENT = 6
"""The most files sent last that are listed."""


def to_send(view: View) -> tuple[Owed, ...]:
    """Return the files to be sent today, whatever day the view has; a freeze has none."""
    if view.frozen or not view.viewer.may(Action.SEND):
        return ()
    return reads.ask_now(files_to_send, view.now)


def region(awaited: Sequence[Part]) -> Region:
    """Return the state of the own units' files of the month, where none is to be sent."""
    onward = board.way("duties", tab="send")
    return board.region(
        "files", matters.matters(awaited), title=_("Files of the month"), onward=onward
    )


def month_of(each: Owed) -> str:
    """Return the month of a file, as what is owed."""
    return _("Files of {month}", month=words.month(periods.parse(each.what)))


def returned(each: Owed) -> list[str]:
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


def late_of(view: View, unit: str) -> str:
    """Return in words how many files of a unit are late today; "" if none is."""
    late = sum(each.days_left(view.today) < 0 for each in to_send(view) if each.unit == unit)
    return _("files late today {n}", n=late) if late else ""
