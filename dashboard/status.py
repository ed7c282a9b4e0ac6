"""What a status is everywhere: a tone with its colour and shape, and the word in the language."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.charts.status_colours import ON_LIGHT, SHAPES, Shade, Tone
from dashboard.i18n import _, name
from data.workbook.writing import Filled
from models.disposal import DisposalState
from models.rectification import PublicStatus, State
from models.rules.light import Light
from models.warning import Level
from models.work import DecisionState, TaskState

MARKDOWN_COLOURS: Mapping[Tone, str] = {
    Tone.BAD: "red",
    Tone.WARN: "orange",
    Tone.SILENT: "gray",
    Tone.ONGOING: "blue",
    Tone.GOOD: "green",
}
"""By tone, the colour of the theme by which Markdown calls it."""


@dataclass(frozen=True, slots=True)
class Status:
    """A tone and the word that says it."""

    tone: Tone
    word: str

    @property
    def sign(self) -> str:
        """The shape alone."""
        return SHAPES[self.tone]

    @property
    def text(self) -> str:
        """Shape and word, for where no colour can be shown."""
        return f"{self.sign} {self.word}"

    @property
    def coloured(self) -> str:
        """Shape and word in the colour of the tone, as Markdown of a heading."""
        return f":{MARKDOWN_COLOURS[self.tone]}[{self.text}]"

    @property
    def shade(self) -> Shade:
        """The colours on paper: what a table in a document fills a cell with."""
        return ON_LIGHT[self.tone]

    @property
    def cell(self) -> Filled:
        """As a cell of a workbook: shape and word on the colour of the tone."""
        return Filled(self.text, self.shade.fill, self.shade.on_fill)


LIGHT_TONES: Mapping[Light, Tone] = {
    Light.RED: Tone.BAD,
    Light.YELLOW: Tone.WARN,
    Light.GREY: Tone.SILENT,
    Light.GREEN: Tone.GOOD,
}
LEVEL_TONES: Mapping[Level, Tone] = {Level.RED: Tone.BAD, Level.YELLOW: Tone.WARN}
PUBLIC_TONES: Mapping[PublicStatus | None, Tone] = {
    PublicStatus.UNRECTIFIED: Tone.BAD,
    PublicStatus.IN_PROGRESS: Tone.ONGOING,
    PublicStatus.RECTIFIED: Tone.GOOD,
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
VETOED = "0A"
LOW = ("1A", "2A")
"""Grades below the one that is asked for, 3A."""


def of_light(light: Light | None) -> Status:
    """A light; a unit outside the grid has none."""
    if light is None:
        return Status(Tone.SILENT, _("not in the grid"))
    return Status(LIGHT_TONES[light], name(light.label))


def of_level(level: Level) -> Status:
    """The level of a warning."""
    return Status(LEVEL_TONES[level], name(level.label))


def of_finding(status: PublicStatus | None, state: State | None = None) -> Status:
    """A public status, with the state where it says more; None is voided."""
    if status is None:
        return Status(Tone.SILENT, name(State.VOIDED.label))
    more = f" · {name(state.label)}" if state in (State.REVIEWING, State.SUSPENDED) else ""
    return Status(PUBLIC_TONES[status], f"{name(status.label)}{more}")


def of_decision(state: DecisionState) -> Status:
    """How a decision of a meeting stands."""
    return Status(DECISION_TONES[state], name(state.label))


def of_task(state: TaskState, word: str = "") -> Status:
    """How a key task stands; `word` says it with days."""
    return Status(TASK_TONES[state], word or name(state.label))


def of_disposal(state: DisposalState) -> Status:
    """How a disposal stands."""
    return Status(DISPOSAL_TONES[state], name(state.label))


def of_grade(grade: str, word: str = "") -> Status:
    """A grade of the 0-5A rating: a veto is red, below 3A yellow, unrated grey."""
    tones = {VETOED: Tone.BAD, **dict.fromkeys(LOW, Tone.WARN)}
    rated = len(grade) == 2 and grade.endswith("A")
    return Status(tones.get(grade, Tone.GOOD if rated else Tone.SILENT), word or grade)
