"""The words for files of the inbox, used by all its pages: status, number of rows, month."""

from collections.abc import Mapping

from dashboard import clock
from dashboard.charts.status_colours import Tone
from dashboard.i18n import _, name
from dashboard.status import Status
from data.collection.inbox import Arrival, SentLine
from data.collection.periods import Period, collected_on, month_of
from models.collection import FileState
from models.text import N_, Label

STATE_TONES: Mapping[FileState, Tone] = {
    FileState.SENT: Tone.ONGOING,
    FileState.RETURNED: Tone.WARN,
    FileState.TAKEN_IN: Tone.GOOD,
    FileState.WITHDRAWN: Tone.SILENT,
}
ARRIVALS: Mapping[Arrival, tuple[Tone, str]] = {
    Arrival.LATE: (Tone.BAD, N_("late")),
    Arrival.RETURNED: (Tone.WARN, N_("returned")),
    Arrival.MISSING: (Tone.SILENT, N_("not sent yet")),
    Arrival.SENT: (Tone.ONGOING, N_("received, pending")),
    Arrival.TAKEN_IN: (Tone.GOOD, N_("taken in")),
}


def state(line: SentLine) -> Status:
    """Return the status of a file."""
    return Status(STATE_TONES[line.state], name(line.state.label))


def arrival(arrival: Arrival) -> Status:
    """Return the status of a unit in a month."""
    tone, word = ARRIVALS[arrival]
    return Status(tone, _(word))


def rows(line: SentLine) -> str:
    """Return how many rows a file adds and changes, as text, without what is 0."""
    new, changed = line.rows("new"), line.rows("changed")
    if new and changed:
        return _("{new} new, {changed} changed", new=new, changed=changed)
    if new:
        return _("{n} new", n=new)
    return _("{n} changed", n=changed) if changed else _("no change")


def moment(line: SentLine) -> str:
    """Return when a file was sent, as text."""
    return f"{clock.local(line.sent_at):%Y-%m-%d %H:%M}"


def day(line: SentLine) -> str:
    """Return the day on which a file was sent, as text."""
    return f"{clock.local(line.sent_at):%Y-%m-%d}"


def month(period: Period) -> str:
    """Return a month as text."""
    return _("{year}-{month}", year=period.year, month=f"{period.month:02}")


def month_in_short(period: Period) -> str:
    """Return a month as text, without its year where that is clear today."""
    today = month_of(clock.today())
    back = (today.year - period.year) * 12 + today.month - period.month
    if 0 <= back < 12:
        return name(Label(f"{period.month}月", str(period)))
    return month(period)


def months() -> list[Period]:
    """Return the months to choose from, in the order of time; the current one is the last."""
    collected = collected_month()
    return [collected.before.before, collected.before, collected, month_of(clock.today())]


def collected_month() -> Period:
    """Return the month that is collected today, which is chosen unless somebody chooses."""
    return collected_on(clock.today())
