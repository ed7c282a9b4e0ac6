"""Statuses: a tone, which has a colour and a shape, and a word in the language in use."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.charts.status_colours import OF_FINDINGS, ON_LIGHT, SHAPES, Shade, Tone
from dashboard.i18n import _, name
from data.workbook.outgoing.writing import Filled
from models.disposal import DisposalState
from models.rectification import PublicStatus, State
from models.rules.light import Light
from models.rules.rectification import DUE_SOON_DAYS
from models.rules.trust import Trust
from models.text import N_
from models.warning import Level
from models.work import DecisionState, TaskState

MARKDOWN_COLOURS: Mapping[Tone, str] = {
    Tone.BAD: "red",
    Tone.WARN: "orange",
    Tone.SILENT: "gray",
    Tone.ONGOING: "blue",
    Tone.GOOD: "green",
}
"""The name in Streamlit's Markdown for the colour of each tone."""


@dataclass(frozen=True, slots=True)
class Status:
    """A tone and the word for it; `own_sign` tells it from others of the same tone.

    One that is `quiet` asks for nothing: on a page it is drawn without a fill.
    """

    tone: Tone
    word: str
    own_sign: str = ""
    quiet: bool = False

    @property
    def sign(self) -> str:
        """Its own sign, else the shape of the tone."""
        return self.own_sign or SHAPES[self.tone]

    @property
    def text(self) -> str:
        """The shape and the word, where no colour can be shown."""
        return f"{self.sign} {self.word}"

    @property
    def coloured(self) -> str:
        """The shape and the word as coloured Markdown, for headings."""
        return f":{MARKDOWN_COLOURS[self.tone]}[{self.text}]"

    @property
    def shade(self) -> Shade:
        """The colours on paper, for cells of tables in documents."""
        return ON_LIGHT[self.tone]

    @property
    def cell(self) -> Filled:
        """A workbook cell with the shape and the word on the tone's colour."""
        return Filled(self.text, self.shade.fill, self.shade.on_fill)


LIGHT_TONES: Mapping[Light, Tone] = {
    Light.RED: Tone.BAD,
    Light.YELLOW: Tone.WARN,
    Light.GREY: Tone.SILENT,
    Light.GREEN: Tone.GOOD,
}
LEVEL_TONES: Mapping[Level, Tone] = {Level.RED: Tone.BAD, Level.YELLOW: Tone.WARN}
PUBLIC_TONES: Mapping[PublicStatus | None, Tone] = {
    **{status: OF_FINDINGS[status] for status in PublicStatus},
    None: Tone.SILENT,
}
TASK_TONES: Mapping[TaskState, Tone] = {
    TaskState.LATE: Tone.BAD,
    TaskState.BEHIND: Tone.WARN,
    TaskState.ONGOING: Tone.ONGOING,
    TaskState.NOT_BEGUN: Tone.SILENT,
    TaskState.DONE: Tone.GOOD,
}
DECISION_TONES: Mapping[DecisionState, Tone] = {
    DecisionState.OVERDUE: Tone.BAD,
    DecisionState.OPEN: Tone.ONGOING,
    DecisionState.DONE_LATE: Tone.GOOD,
    DecisionState.DONE_IN_TIME: Tone.GOOD,
}
DISPOSAL_TONES: Mapping[DisposalState, Tone] = {
    DisposalState.LATE: Tone.BAD,
    DisposalState.ONGOING: Tone.ONGOING,
    DisposalState.DONE: Tone.GOOD,
}
WAITING: Mapping[State, str] = {State.REVIEWING: "◈", State.SUSPENDED: "◇"}
"""The signs of states that are in progress although nobody rectifies: under review, suspended."""
PARTLY = N_("partly entered")
VETOED = "0A"
LOW = ("1A", "2A")
"""The grades below the required 3A."""


def tone_of_limit(days_left: int) -> Tone:
    """The tone of an open time limit, the same for everything that has one.

    It is red once the limit is over, by however few days, yellow from `DUE_SOON_DAYS` before it,
    and quiet until then. How long something is late is said in days, never by the colour.
    """
    if days_left < 0:
        return Tone.BAD
    return Tone.WARN if days_left <= DUE_SOON_DAYS else Tone.GOOD


def of_limit(days_left: int) -> Status:
    """The status of an open time limit: days left, or days overdue."""
    tone = tone_of_limit(days_left)
    if days_left < 0:
        return Status(tone, _("overdue by {n} days", n=-days_left))
    if days_left == 0:
        return Status(tone, _("due that day"))
    return Status(tone, _("{n} days left", n=days_left))


def of_light(light: Light | None) -> Status:
    """The status of a light; None stands for a unit outside the grid."""
    if light is None:
        return Status(Tone.SILENT, _("not in the grid"))
    return Status(LIGHT_TONES[light], name(light.label))


def of_level(level: Level) -> Status:
    """The status of a warning's level."""
    return Status(LEVEL_TONES[level], name(level.label))


def of_finding(status: PublicStatus | None, state: State | None = None) -> Status:
    """The status of a finding, with its state where that says more; None stands for voided."""
    if status is None:
        return Status(Tone.SILENT, name(State.VOIDED.label))
    sign = WAITING.get(state, "") if state else ""
    more = f" · {name(state.label)}" if state and sign else ""
    return Status(PUBLIC_TONES[status], f"{name(status.label)}{more}", sign)


def why_no_days(status: PublicStatus | None, state: State, days_over: int) -> str:
    """Why no days are counted for a finding whose limit passed `days_over` days ago; "" if they
    are, or if the limit has not passed."""
    if status is not PublicStatus.IN_PROGRESS or days_over <= 0:
        return ""
    if state is State.SUSPENDED:
        return _("suspended")
    return _("under review")


def of_decision(state: DecisionState) -> Status:
    """The status of a decision of a meeting."""
    return Status(DECISION_TONES[state], name(state.label))


def of_task(state: TaskState, word: str = "") -> Status:
    """The status of a key task; `word` replaces the default word, to add days."""
    return Status(TASK_TONES[state], word or name(state.label), quiet=state is TaskState.ONGOING)


def of_disposal(state: DisposalState) -> Status:
    """The status of a disposal."""
    return Status(DISPOSAL_TONES[state], name(state.label))


def of_grade(grade: str, word: str = "") -> Status:
    """The status of a rating from 0A to 5A: vetoed red, below 3A yellow, unrated grey."""
    tones = {VETOED: Tone.BAD, **dict.fromkeys(LOW, Tone.WARN)}
    rated = len(grade) == 2 and grade.endswith("A")
    return Status(tones.get(grade, Tone.GOOD if rated else Tone.SILENT), word or grade)


def trust_word(trust: Trust) -> str:
    """The word beside a figure of whose ledger only some units have entered rows, else "".

    A figure without any entries is shown as not entered; one that is complete needs no word.
    """
    return _(PARTLY) if trust is Trust.PARTIAL else ""
