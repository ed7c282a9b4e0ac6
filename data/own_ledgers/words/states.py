"""The state of a finding from two words: its progress, and whether it was closed."""

from enum import StrEnum

from data.own_ledgers.words.stated import State


class Contradiction(StrEnum):
    """Two words that contradict each other."""

    CLOSED_BUT_NOT_DONE = "CLOSED_BUT_NOT_DONE"
    CLOSED_BUT_IN_PROGRESS = "CLOSED_BUT_IN_PROGRESS"
    SUBMITTED_BUT_NOT_DONE = "SUBMITTED_BUT_NOT_DONE"
    CLOSED_BUT_NOT_CLOSED = "CLOSED_BUT_NOT_CLOSED"


SUBMITTED, CLOSED, OPEN = "SUBMITTED", "CLOSED", "OPEN"


def state_of(how_far: str | None, closure: str | None) -> State | Contradiction:
    """The state given by both words together.

    `how_far` is NONE, PROGRESS, DONE, SUBMIT, CLOSE, TRANSFER or None if the sheet does not say;
    `closure` is OPEN, SUBMITTED, CLOSED or None.
    """
    if closure == CLOSED:
        if how_far == "NONE":
            return Contradiction.CLOSED_BUT_NOT_DONE
        if how_far == "PROGRESS":
            return Contradiction.CLOSED_BUT_IN_PROGRESS
        return State.CLOSE
    if how_far == "CLOSE":
        return Contradiction.CLOSED_BUT_NOT_CLOSED if closure == OPEN else State.CLOSE
    if how_far == "TRANSFER":
        return State.TRANSFER
    if closure == SUBMITTED:
        return Contradiction.SUBMITTED_BUT_NOT_DONE if how_far == "NONE" else State.SUBMIT
    match how_far:
        case "DONE" | "SUBMIT":
            return State.SUBMIT
        case "PROGRESS":
            return State.PROGRESS
        case _:
            return State.NONE
