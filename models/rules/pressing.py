"""The ladder of pressing (督办): which step a finding is due for by the days it is overdue."""

from collections.abc import Iterable

from models.rectification import Step

LADDER: tuple[tuple[int, Step], ...] = (
    (1, Step.REMINDER),
    (31, Step.SUPERVISION),
    (91, Step.INTERVIEW),
    (181, Step.COMMITTEE),
)
"""From which day overdue on a step is due. An interview may as well be a circular."""
_GRAVITY = list(Step)


def step_by_days(overdue: int) -> Step | None:
    """The step that belongs to so many days overdue; None for what is not."""
    due = [step for first, step in LADDER if overdue >= first]
    return due[-1] if due else None


def next_step(overdue: int, taken: Iterable[str]) -> Step | None:
    """The step that ought to be taken now; None when it or a graver one was `taken` already.

    `taken` are the steps issued since the present time limit passed: what pressed a finding
    before its limit was moved has been answered by the new limit.
    """
    due = step_by_days(overdue)
    if due is None:
        return None
    gravest = max((_GRAVITY.index(Step(step)) for step in taken), default=-1)
    return due if gravest < _GRAVITY.index(due) else None
