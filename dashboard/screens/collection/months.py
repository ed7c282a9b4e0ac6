"""How units stand with each month: how many are in, late, returned, and the files that wait."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters, table
from dashboard.elements.board import Part, Region
from dashboard.elements.table import Cell
from dashboard.i18n import _
from dashboard.screens.collection import words
from data.collection import inbox, periods
from data.collection.inbox import Arrival, Collected
from data.collection.periods import Period
from data.scope import Scope
from models.collection import FileState
from models.text import NOTHING


def region(
    found: Mapping[Period, Collected], pending: Mapping[Period, int], unsent: Sequence[Period]
) -> Region:
    """Return the months as rows in the order of their choice, each with the link to it; `pending`
    are the files that wait by month.

    Of the earlier months of which no unit sent a file, `unsent`, a line below says why no unit is
    late with them.
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
    rows = [_row(found[each], pending[each]) for each in sorted(owed(found))]
    why = [matters.note(why_not_late(unsent))] if unsent else []
    return board.region("by-month", table.table(columns, rows), *why, title=_("Files by month"))


def unsent(scope: Scope, found: Mapping[Period, Collected]) -> list[Period]:
    """Return the months of which no unit sent a file, from the first of a year of which one did to
    the one that is collected, in the order of time; `found` are the `standings`."""
    now, kept = words.collected_month(), set(owed(found))
    sent = [
        each
        for each in reads.ask_now(inbox.months_sent, scope)
        if each in kept or each not in found
    ]
    first = max(min(sent, default=now), Period(now.year - 1, now.month))
    return [each for each in _from(first, now) if each not in sent]


def _from(first: Period, end: Period) -> Iterator[Period]:
    """Yield the months from `first` to the one before `end`."""
    while first < end:
        yield first
        first = first.after


def said_unsent(unsent: Sequence[Period]) -> str:
    """Return in words that no unit sent a file of these months, and that none is late."""
    return _("no files of {months}, not counted as late", months=_in_stretches(unsent))


def why_not_late(unsent: Sequence[Period]) -> str:
    """Return why no unit is late with the files of months of which none sent any."""
    return _(
        "No unit sent a file of {months}. Files of a month count as asked for once a unit has sent"
        " one, so no unit counts as late with them.",
        months=_in_stretches(unsent),
    )


def _in_stretches(months: Sequence[Period]) -> str:
    """Return months as text, those that follow one another from the first to the last."""
    stretches: list[list[Period]] = []
    for each in months:
        if stretches and stretches[-1][-1].after == each:
            stretches[-1].append(each)
        else:
            stretches.append([each])
    return _(", ").join(
        words.month(each[0])
        if len(each) == 1
        else _("{first} to {last}", first=words.month(each[0]), last=words.month(each[-1]))
        for each in stretches
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


def standings(scope: Scope, chosen: str = "") -> dict[Period, Collected]:
    """Return how units stand on the day of `scope` with the last months, with those whose files
    wait, with those of a year with which units are late, and with the one `chosen` (2026-03) if any
    unit sent a file of it; in the order of time."""
    sent, now = reads.ask_now(inbox.months_sent, scope), words.collected_month()
    shown = {*pending(scope), *words.months(), *(each for each in sent if str(each) == chosen)}
    of_a_year = {each for each in sent if each >= Period(now.year - 1, now.month)}
    found = {
        each: reads.ask_now(inbox.collected, scope, each) for each in sorted(shown | of_a_year)
    }
    return {each: collected for each, collected in found.items() if each in shown or collected.late}


def pending(scope: Scope) -> Counter[Period]:
    """Return the number of files that wait by month."""
    waiting = reads.ask_now(inbox.sent_files, scope, None, (FileState.SENT,))
    return Counter(periods.parse(each.period) for each in waiting)


def late(found: Mapping[Period, Collected]) -> list[Collected]:
    """Return the months with whose files units are late, the longest late first."""
    listed = [found[each] for each in owed(found) if found[each].late]
    return sorted(listed, key=lambda each: each.due_on)


def said_late(found: Collected) -> str:
    """Return how many units are late with a month, and for how long, in words."""
    return _(
        "files of {month}: {n} units late, by {days} days",
        month=words.month(found.period),
        n=len(found.late),
        days=max(each.days_late for each in found.late),
    )


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
