"""Check the histories of findings: every action must be allowed in the state that precedes it."""

from collections.abc import Iterator

from data.intake.checks.arriving import Arriving
from data.intake.checks.prospect import Prospect
from data.ledgers.rows import Key
from data.workbook.rows import FAULTY, Fault
from models.rectification import Action, State
from models.rules.history import TRANSITIONS
from models.text import N_

MISFIT = N_(
    "{action} may not follow while the finding is “{state}”. Correct the history of {finding}."
)
BREAKS = N_(
    "After this, {action} of {day} in the history of {finding} no longer fits, as the finding is "
    "then “{state}”. Correct this row, or take the later one out first."
)


def broken_histories(prospect: Prospect) -> Iterator[Fault]:
    """The first event that does not fit, for each finding with new or changed events."""
    events = prospect.arriving.get("rectification_events")
    if events is None:
        return
    findings = {key[0] for key, _ in events.touched()}
    findings -= _unsure(events)
    kept = dict(
        prospect.kept_by("rectification_events", "finding", findings, ("action",)),
    )
    histories: dict[object, list[Key]] = {}
    for key in (*events.rows, *kept):
        if key[0] in findings:
            histories.setdefault(key[0], []).append(key)
    for history in histories.values():
        if fault := _first_misfit(events, kept, history):
            yield fault


def _unsure(events: Arriving) -> set[object]:
    """The findings with an event that cannot be ordered, so that the order of their events is
    unknown."""
    finding = events.pick("finding")
    rows = [*events.unkeyed, *(placed for placed, _ in events.repeated)]
    return {finding(values) for _, values in rows}


def _first_misfit(events: Arriving, kept: dict[Key, str], history: list[Key]) -> Fault | None:
    pick = events.pick("action")
    state: str = State.RECTIFYING
    cause: Key = None
    for key in sorted(history):
        arriving = key in events.rows
        action = pick(events.rows[key][1]) if arriving else kept[key]
        if action is FAULTY:
            return None
        if arriving and key not in events.equal:
            cause = key
        if after := TRANSITIONS[state].get(action):
            state = after
            continue
        finding, day, _ = key
        values = {
            "action": Action[action].label,
            "state": State[state].label,
            "finding": finding,
        }
        if arriving:
            return events.fault(events.rows[key], "action", MISFIT, **values)
        return events.fault(events.rows[cause], "action", BREAKS, day=day, **values)
    return None
