"""Escalation (督办): the step due after a finding has been overdue for some days."""

from collections.abc import Iterable

from models.rectification import Step

LADDER: tuple[tuple[int, Step], ...] = (
    (1, Step.REMINDER),
    (31, Step.SUPERVISION),
    (91, Step.INTERVIEW),
    (181, Step.COMMITTEE),
)
"""The first day overdue on which each step is due. A circular may replace an interview."""
_GRAVITY = list(Step)


def step_by_days(overdue: int) -> Step | None:
    """The step due after this many days overdue; None if the finding is not overdue."""
    due = [step for first, step in LADDER if overdue >= first]
    return due[-1] if due else None


def next_step(overdue: int, taken: Iterable[str]) -> Step | None:
    """The step to take now; None if it or a graver one is among those `taken`.

    `taken` are the steps issued since the present time limit passed: a changed limit starts anew.
    """
    due = step_by_days(overdue)
    if due is None:
        return None
    gravest = max((_GRAVITY.index(Step(step)) for step in taken), default=-1)
    return due if gravest < _GRAVITY.index(due) else None
