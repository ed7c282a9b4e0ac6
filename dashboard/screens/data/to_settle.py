"""What a steward has to settle: files, late and silent units, rows that wait, odd rows, checks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard import clock, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters, table
from dashboard.elements.board import Part, Region
from dashboard.elements.lists import Pieces
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens.collection import months, words
from dashboard.screens.data import check_next, latest
from dashboard.status import Status
from dashboard.widgets import beginning, counted_today, sentence, tiles
from dashboard.widgets.place import look
from dashboard.widgets.silence import is_known
from data import quality
from data.collection import inbox
from data.collection.inbox import Arrival, Collected, SentLine
from data.intake import kept_warnings
from data.own_ledgers import waiting_rows
from data.quality import Check
from data.scope import Scope
from models.collection import FileState
from models.text import NOTHING

SILENT = "silent"
"""The code of the check that finds silent units."""
NAMED = 2
"""The most units that a line names."""
GRAVE = (Tone.BAD, Tone.WARN, Tone.SILENT, Tone.ONGOING)


@dataclass(frozen=True, slots=True)
class Matter:
    """A kind of thing to settle: what is to be done, what it is, how many there are, of which
    units, why it matters, who settles it, until when, and by how many days that is past today;
    `said` is its piece of the sentence, "" if it has none."""

    act: Status
    what: str
    count: int
    units: str
    why: str
    who: str
    until: date | None
    onward: Part
    days_late: int = 0
    said: str = ""


def in_words(view: View) -> None:
    """Draw a sentence of what is wanting and what waits."""
    sentence.draw(_pieces(view, _in_order(view)), "data-settle-say", as_given=True)


def to_settle(view: View) -> None:
    """Draw a list of what waits, each a way to it, above the latest imports."""
    regions = [_listed(view, _in_order(view)), latest.imports_region(view)]
    board.board("data-settle", regions, layout="sides", look=look())


def _in_order(view: View) -> list[Matter]:
    """Return what there is to settle: the longest past its limit first, then by limit."""

    def rank(each: Matter) -> tuple[int, date, int]:
        return (-each.days_late, each.until or date.max, GRAVE.index(each.act.tone))

    return sorted(_matters(view), key=rank)


def _matters(view: View) -> list[Matter]:
    """Return what there is to settle; rows and warnings of the present only if the view is."""
    listed = [*_files(view), *_late(view)]
    if not reads.looked_at():
        listed += [*_rows(view), *_odd(view)]
    return listed + [
        _of_check(view, each) for each in reads.ask(quality.checks, view.scope) if each.count
    ]


def _files(view: View) -> list[Matter]:
    """Return the files of units that wait, of whatever month."""
    scope = view.now
    waiting = reads.ask_now(inbox.sent_files, scope, None, (FileState.SENT,))
    if not waiting:
        return []
    since = min(clock.local(each.sent_at).date() for each in waiting)
    why = _("the first since {day}", day=since)
    if faulty := sum(not each.clean for each in waiting):
        why = _("the first since {day}; {n} with something to look at", day=since, n=faulty)
    return [
        Matter(
            Status(Tone.WARN, _("take in or return")),
            _("Pending files in the inbox"),
            len(waiting),
            _names([each.unit_name for each in waiting]),
            why,
            _(check_next.STEWARD),
            view.today,
            board.way("inbox", month=_month(waiting)),
            said=_("pending files {n}", n=len(waiting)),
        )
    ]


def _month(waiting: Sequence[SentLine]) -> str | None:
    """Return the earliest month of these files; None without one."""
    return min((each.period for each in waiting), default=None)


def _late(view: View) -> list[Matter]:
    """Return the units whose files are late, by month."""
    return [
        Matter(
            Status(Tone.BAD, _("ask for files")),
            _("Units late with their files of {month}", month=words.month(each.period)),
            len(each.late),
            _names([unit.unit_name for unit in each.late]),
            _remind(each),
            _(check_next.STEWARD),
            each.due_on,
            board.way("inbox", month=str(each.period)),
            max(unit.days_late for unit in each.late),
            months.said_late(each),
        )
        for each in months.late(months.standings(view.now))
    ]


def _remind(found: Collected) -> str:
    """Return how the units late with a month are asked for files, and how many were returned."""
    if returned := sum(each.arrival is Arrival.RETURNED for each in found.late):
        return _("remind each by a letter; {n} returned", n=returned)
    return _("remind each by a letter")


def _rows(view: View) -> list[Matter]:
    rows = reads.ask_now(waiting_rows.waiting_rows, view.scope)
    if not rows:
        return []
    return [
        Matter(
            Status(Tone.WARN, _("answer")),
            _("Pending rows"),
            len(rows),
            _names([each.unit_name or NOTHING for each in rows]),
            _("They count nowhere until they are answered."),
            _(check_next.STEWARD),
            view.today,
            board.way("data", tab="quality"),
            said=_("pending rows {n}", n=len(rows)),
        )
    ]


def _odd(view: View) -> list[Matter]:
    warnings = reads.ask_now(kept_warnings.unconfirmed, view.scope)
    if not warnings:
        return []
    return [
        Matter(
            Status(Tone.WARN, _("confirm")),
            _("Anomalies"),
            len(warnings),
            _names([each.unit_name or NOTHING for each in warnings]),
            _("They count, and nobody has said that they are right."),
            _(check_next.STEWARD),
            view.today,
            board.way("data", tab="quality"),
            said=_("anomalies {n}", n=len(warnings)),
        )
    ]


def _of_check(view: View, check: Check) -> Matter:
    """Return what a check finds: the units mend it, and the steward presses for it once its limit
    is past, in red; of silent units, which are grey until then, the steward asks from the first."""
    done = check_next.of(view, check)
    until = done.until if done else None
    days_late = check_next.days_late(view, check, until)
    by_units = check_next.is_for_units(check)
    if check.code == SILENT:
        act = Status(Tone.BAD if days_late else Tone.SILENT, _("ask for data"))
    elif days_late:
        act = Status(Tone.BAD, _("press for corrections") if by_units else _("complete or correct"))
    else:
        act = Status(Tone.ONGOING, _("complete or correct"))
    presses = by_units and (check.code == SILENT or days_late > 0)
    return Matter(
        act,
        _(check.title),
        check.count,
        _names([each.unit_name for each in check.rows], whole=check.count == len(check.rows)),
        _(check.why),
        _(check_next.STEWARD) if presses or not done else done.who,
        until,
        board.way("data", tab="quality", check=check.code),
        days_late,
    )


def _names(names: Sequence[str], *, whole: bool = True) -> str:
    """Return the first of these names, and how many more there are, if all are given."""
    distinct = list(dict.fromkeys(names))
    first = _(", ").join(distinct[:NAMED])
    left = len(distinct) - NAMED
    if left > 0 and whole:
        return _("{units} and {n} more", units=first, n=left)
    return first if left <= 0 else _("{units} and others", units=first)


def _pieces(view: View, found: Sequence[Matter]) -> list[Part]:
    """Return whether the data are complete, then what else there is to settle, which is of today
    whatever day the view has."""
    of_today = [matters.piece(each.said, each.act.tone, each.onward) for each in found if each.said]
    pieces = [*complete(view), *(counted_today.named_today(view) if of_today else ()), *of_today]
    if any(each["change"] for each in pieces):
        pieces.append(tiles.said_against(view))
    return pieces or [_nothing(view)]


def complete(view: View) -> list[Part]:
    """Return that the data are complete, or how many units and rows are wanting and how many rows
    more than on the day of comparison; empty if nothing is known."""
    silent, rows = _wanting(view.scope)
    units = len(reads.units(view.scope))
    wanting = []
    if silent:
        wanting.append(_("{n} of {all} units have not reported anything", n=silent, all=units))
    if rows:
        wanting.append(_("rows to complete or correct: {n}", n=rows))
    if not wanting and not is_known(view, "required"):
        return []
    if not wanting:
        return [matters.piece(_("complete: all {n} units have data, no gaps", n=units), Tone.GOOD)]
    text = _("not complete: {wanting}", wanting=_(", ").join(wanting))
    onward = board.way("data", tab="quality")
    return [matters.piece(text, Tone.BAD, onward, _change(view, rows))]


def _wanting(scope: Scope) -> tuple[int, int]:
    """Return the number of units with no data, and of rows to complete or correct."""
    checks = reads.ask(quality.checks, scope)
    silent = sum(each.count for each in checks if each.code == SILENT)
    return silent, sum(each.count for each in checks) - silent


def _change(view: View, rows: int) -> Part | None:
    """Return how many rows more are to be completed or corrected than on the day of comparison;
    None if they are as many, or there was no data then."""
    earlier = beginning.readings_before(view).get("required")
    if earlier is None or not earlier.known:
        return None
    before = _wanting(view.before)[1]
    if rows == before:
        return None
    return tiles.counted_change(view, rows, before, more_is_good=False)


def _nothing(view: View) -> Part:
    if is_known(view, "required"):
        return matters.piece(_("nothing pending, no gaps, no anomalies"), Tone.GOOD)
    return matters.piece(_("nothing has come in so far"), Tone.SILENT)


def _listed(view: View, found: Sequence[Matter]) -> Region:
    columns = [
        table.column(_("To do")),
        table.column(_("About"), leads=True),
        table.column(_("How many"), number=True),
        table.column(_("Units concerned"), names=True),
        table.column(_("By whom · by when")),
        table.column(_("Remarks")),
    ]
    rows = [
        table.row(
            [
                each.act,
                each.what,
                (str(each.count), Tone.BAD) if each.days_late else str(each.count),
                each.units,
                _by_whom(each),
                each.why,
            ],
            each.onward,
        )
        for each in found
    ]
    none = (
        _("What is entered has no gaps and no anomalies.")
        if is_known(view, "required")
        else _("Nothing has come in so far.")
    )
    return board.region(
        "settle",
        table.table(columns, rows) if rows else matters.note(none),
        title=_("To settle"),
        says=_("the longest past its limit first; click one to see it"),
        onward=board.way("data", tab="quality"),
        place="over",
    )


def _by_whom(matter: Matter) -> Pieces:
    """Return who settles a matter and until when; in red for how long that is past."""
    return check_next.by_whom((matter.who,), matter.until, matter.days_late)
