"""How files of the inbox are told everywhere: their status, what was found, their month."""

from collections.abc import Mapping

from dashboard import clock
from dashboard.charts.status_colours import Tone
from dashboard.i18n import _, name
from dashboard.status import Status
from data.collection.inbox import Arrival, SentLine
from data.collection.periods import Period, collected_on, month_of
from models.collection import FileState
from models.text import N_

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
    Arrival.SENT: (Tone.ONGOING, N_("in, waits")),
    Arrival.TAKEN_IN: (Tone.GOOD, N_("taken in")),
}


def state(line: SentLine) -> Status:
    """What became of a file."""
    return Status(STATE_TONES[line.state], name(line.state.label))


def arrival(arrival: Arrival) -> Status:
    """How a unit stands in a month."""
    tone, word = ARRIVALS[arrival]
    return Status(tone, _(word))


def rows(line: SentLine) -> str:
    """How many rows it brings."""
    return _("{new} new, {changed} changed", new=line.rows("new"), changed=line.rows("changed"))


def moment(line: SentLine) -> str:
    """When it was sent."""
    return f"{clock.local(line.sent_at):%Y-%m-%d %H:%M}"


def month(period: Period) -> str:
    """The month, as a reader writes it."""
    return _("{year}-{month}", year=period.year, month=f"{period.month:02}")


def months() -> list[Period]:
    """The months that can be looked at: the one collected today first, the running one last."""
    today = clock.today()
    first = collected_on(today)
    return [first, first.before, first.before.before, month_of(today)]
