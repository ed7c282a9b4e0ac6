"""What a status is everywhere: a tone with its colour and shape, and the word in the language."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.charts.status_colours import SHAPES, Tone
from models.rectification import PublicStatus
from models.rules.light import Light
from models.warning import Level
from models.work import DecisionState, TaskState


@dataclass(frozen=True, slots=True)
class Status:
    """A tone and the word that says it."""

    tone: Tone
    word: str

    @property
    def text(self) -> str:
        """Shape and word, for where no colour can be shown."""
        return f"{SHAPES[self.tone]} {self.word}"


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
