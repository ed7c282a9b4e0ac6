"""How units stand with each month: how many are in, late, returned, and the files that wait."""

from collections import Counter
from collections.abc import Mapping

from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters, table
from dashboard.elements.board import Part, Region
from dashboard.elements.table import Cell
from dashboard.i18n import _
from dashboard.screens.collection import words
from data.collection.inbox import Arrival, Collected
from data.collection.periods import Period
from models.text import NOTHING


def region(found: Mapping[Period, Collected], pending: Mapping[Period, int]) -> Region:
    """Return the months as rows, the latest first, each with the link to it; `pending` are the
    files that wait by month.

    Earlier months of which no unit sent a file are left out (see `owed`).
    """
    columns = [
        table.column(_("Month"), leads=True, day=True),
        table.column(_("Due"), day=True),
        table.column(_("Units in"), number=True),
        table.column(_("Units late"), number=True),
        table.column(_("Not sent yet"), number=True),
        table.column(_("Returned"), number=True),
        table.column(_("Pending files"), number=True),
    ]
    listed = owed(found)
    rows = [_row(found[each], pending[each]) for each in sorted(listed, reverse=True)]
    return board.region(
        "by-month",
        table.table(columns, rows),
        title=_("Files by month"),
        says=_(
            "months before {month} in which no unit sent a file are left out",
            month=words.month(words.collected_month()),
        )
        if len(listed) < len(found)
        else "",
    )


def owed(found: Mapping[Period, Collected]) -> list[Period]:
    """Return the months whose files units owe: the present one and later ones, and those earlier
    ones of which any unit sent a file."""
    present = words.collected_month()
    return [
        each
        for each, collected in found.items()
        if each >= present or any(unit.line for unit in collected.units)
    ]


def late_the_longest(found: Mapping[Period, Collected], shown: Period) -> list[Part]:
    """Return how many units are late the longest, with which month, and the link to it; empty if
    that is the month `shown`, or if none is late."""
    late = [found[each] for each in owed(found) if found[each].late]
    first = min(late, key=lambda each: each.due_on, default=None)
    if first is None or first.period == shown:
        return []
    text = _(
        "late the longest: {n} units with files of {month}, due on {day}",
        n=len(first.late),
        month=words.month(first.period),
        day=first.due_on,
    )
    return [matters.piece(text, Tone.BAD, board.way("inbox", month=str(first.period)))]


def _row(found: Collected, pending: int) -> Part:
    counted = Counter(each.arrival for each in found.units)
    return table.row(
        [
            words.month(found.period),
            found.due_on.isoformat(),
            f"{found.arrived}/{len(found.units)}",
            _marked(len(found.late), Tone.BAD),
            str(counted[Arrival.MISSING] or NOTHING),
            _marked(counted[Arrival.RETURNED], Tone.WARN),
            _marked(pending, Tone.WARN),
        ],
        board.way("inbox", month=str(found.period)),
    )


def _marked(count: int, tone: Tone) -> Cell:
    """Return a number in the colour of `tone`; "—" for 0."""
    return (str(count), tone) if count else NOTHING
