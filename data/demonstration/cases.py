"""A finding of the demonstration while its history is written: its fate, and its events."""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from typing import Any

from models.rectification import Action, RectType


class Ending(Enum):
    """The state of a finding on the last day."""

    BY_CHANCE = auto()
    OVERDUE = auto()
    OPEN = auto()
    STALE = auto()
    UNDER_REVIEW = auto()
    SUSPENDED = auto()
    REOPENED = auto()


class Fate(Enum):
    """What happens to a finding in its history."""

    PLAIN = auto()
    AT_ONCE = auto()
    RETURNED = auto()
    EXTENDED = auto()
    EXTENDED_TWICE = auto()
    PAUSED = auto()
    TRANSFERRED = auto()
    REOPENED = auto()
    VOIDED = auto()


FATES = (
    (Fate.PLAIN,) * 25
    + (Fate.AT_ONCE,) * 3
    + (Fate.RETURNED,) * 6
    + (Fate.EXTENDED,) * 5
    + (Fate.EXTENDED_TWICE,) * 2
    + (Fate.PAUSED,) * 2
    + (Fate.TRANSFERRED,) * 2
    + (Fate.REOPENED,) * 3
    + (Fate.VOIDED,) * 2
)
"""What happens to fifty findings."""


@dataclass(slots=True)
class Case:
    """A finding under construction; `due_on` moves with its history, `left` is money in 分."""

    code: str
    rect_type: RectType
    issued_on: date
    due_on: date
    left: int
    ending: Ending
    fate: Fate
    extended: int
    quality: float
    events: list[dict[str, Any]] = field(default_factory=list)

    @property
    def day(self) -> date:
        """The day of the last event, or of the issue."""
        last: date = self.events[-1]["on_date"] if self.events else self.issued_on
        return last

    def add(self, action: Action, day: date, **values: Any) -> None:
        """Add an event, not before the last one."""
        on_date = max(day, self.day)
        number = 1 + sum(each["on_date"] == on_date for each in self.events)
        self.events.append({"on_date": on_date, "number": number, "action": action, **values})
        if values.get("new_due_on"):
            self.due_on = values["new_due_on"]

    def pay(self, share: float) -> int | None:
        """Pay a share of the money still to be put right, in whole 元."""
        part = int(self.left * share) // 100 * 100
        self.left -= part
        return part or None
