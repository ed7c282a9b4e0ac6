"""The events that lead a finding from one standing to another, with their order and days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.rectification import Action, State

CARRIED = ("amount", "rules_built", "persons_handled")
"""The columns of events whose values add up."""

BACK = {
    State.REVIEWING: Action.RETURN,
    State.SUSPENDED: Action.RESUME,
    State.CLOSED: Action.REOPEN,
}
"""The action that leads from a state back to rectifying."""
ONWARD: Mapping[State, tuple[Action, ...]] = {
    State.RECTIFYING: (),
    State.REVIEWING: (Action.SUBMIT,),
    State.CLOSED: (Action.SUBMIT, Action.CLOSE),
    State.SUSPENDED: (Action.SUSPEND,),
    State.VOIDED: (Action.VOID,),
}
"""The actions that lead from rectifying to a state."""
DIRECT: Mapping[tuple[State, State], tuple[Action, ...]] = {
    (State.REVIEWING, State.CLOSED): (Action.CLOSE,),
    (State.REVIEWING, State.VOIDED): (Action.VOID,),
    (State.SUSPENDED, State.VOIDED): (Action.VOID,),
}
"""Pairs of states (from, to) that one action joins directly, without going back to "rectifying"."""


@dataclass(slots=True)
class Step:
    """An event to enter; with `known_as_of` no day was stated, so it has the day of the snapshot.

    `inferred` events are not on the sheet, but must have happened for the sheet to be right.
    """

    action: Action
    on_date: date
    number: int = 1
    new_due_on: date | None = None
    note: str | None = None
    carried: Mapping[str, int] = field(default_factory=dict)
    known_as_of: bool = True
    inferred: bool = False

    def values(self, finding: str) -> dict[str, Any]:
        """The row of the event ledger for the finding with this code, by column id."""
        return {
            "finding": finding,
            "on_date": self.on_date,
            "number": self.number,
            "action": self.action.value,
            "new_due_on": self.new_due_on,
            "note": self.note,
            **{each: self.carried.get(each) for each in CARRIED},
        }


@dataclass(slots=True)
class Transition:
    """The state of a finding before and after the events to be made, and the days they may have.

    `first_day` to `last_day`, both included, is the range of days. `named` is the day on which the
    sheet says the state was reached, `submitted` the day of a SUBMIT before it. `numbers` are the
    highest numbers of stored events by day. With `reopen`, a closed finding is reopened on the way.
    """

    before: State
    after: State
    due: date
    first_day: date
    last_day: date
    named: date | None = None
    submitted: date | None = None
    reopen: bool = False
    new_due: date | None = None
    carried: dict[str, int] = field(default_factory=dict)
    words: str | None = None
    transfer: bool = False
    numbers: dict[date, int] = field(default_factory=dict)

    @property
    def closed(self) -> bool:
        """Whether the finding is closed and stays so."""
        return self.before is self.after is State.CLOSED


def steps(wanted: Transition) -> tuple[Step, ...]:
    """The events from the present standing to the one to be reached, in order."""
    back, onward = _route(wanted)
    moving = [Step(each, wanted.last_day, inferred=True) for each in back]
    if wanted.new_due and Action.RESUME not in back and Action.REOPEN not in back:
        moving.append(Step(Action.EXTEND, wanted.last_day))
    staying = [Step(each, wanted.last_day) for each in onward]
    for step in staying:
        # Leaving a state and returning to it is inferred; the sheet does not mention it.
        step.inferred = wanted.before is wanted.after
    if wanted.after is State.RECTIFYING and (wanted.words or wanted.carried):
        staying.append(Step(Action.PROGRESS, wanted.last_day))
    if staying:
        staying[-1].note = wanted.words
        staying[-1].carried = wanted.carried
    _date(wanted, moving, staying)
    if moving and (wanted.new_due or moving[0].action is Action.REOPEN):
        moving[-1].new_due_on = wanted.new_due or max(wanted.due, moving[-1].on_date)
    entered = [*moving, *staying]
    if wanted.transfer:
        _hand_over(wanted, entered)
    return _numbered(wanted, entered)


def _route(wanted: Transition) -> tuple[tuple[Action, ...], tuple[Action, ...]]:
    """The actions that lead back to rectifying, and those that lead on from there."""
    before, after = wanted.before, wanted.after
    needs_host = bool(wanted.carried) and before is after
    if not (wanted.reopen or wanted.new_due or needs_host):
        if before is after:
            return (), ()
        if (before, after) in DIRECT:
            return (), DIRECT[before, after]
    return (BACK[before],) if before in BACK else (), ONWARD[after]


def _date(wanted: Transition, moving: list[Step], staying: list[Step]) -> None:
    """Set the day of each step, from the last to the first."""
    day = wanted.last_day
    if wanted.named and staying and staying[-1].action is not Action.PROGRESS:
        day = min(day, max(wanted.named, wanted.first_day))
    for step in reversed(staying):
        named = wanted.named
        if wanted.submitted and step.action is Action.SUBMIT and step is not staying[-1]:
            named = wanted.submitted
            day = min(day, max(named, wanted.first_day))
        step.on_date = day
        step.known_as_of = day != named or step.action is Action.PROGRESS
    if wanted.new_due:
        # A new limit must not be earlier than the day on which it was set.
        day = min(day, wanted.new_due)
    for step in moving:
        step.on_date = day


def _hand_over(wanted: Transition, entered: list[Step]) -> None:
    if wanted.after is State.VOIDED:
        entered.insert(-1, Step(Action.TRANSFER, entered[-1].on_date))
    else:
        entered.append(Step(Action.TRANSFER, wanted.last_day))


def _numbered(wanted: Transition, entered: list[Step]) -> tuple[Step, ...]:
    numbers = dict(wanted.numbers)
    for step in entered:
        step.number = numbers[step.on_date] = numbers.get(step.on_date, 0) + 1
    return tuple(entered)
