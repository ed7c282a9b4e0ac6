"""A stated finding in the form that the rules compare, and the events that follow from it."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from data.own_ledgers.entering.rows_to_enter import kept_form, place
from data.own_ledgers.entering.taking_sheet import TakingSheet
from data.own_ledgers.words import stated as own
from data.own_ledgers.words.stated import Limit, StatedRow
from models.rectification import Action, Finding, State
from models.rules.snapshot import Outcome, Stated

STATES = {
    own.State.NONE: State.RECTIFYING,
    own.State.PROGRESS: State.RECTIFYING,
    own.State.SUBMIT: State.REVIEWING,
    own.State.CLOSE: State.CLOSED,
}
GUARDED = ("unit", "issued_on", "amount", "severity", "rect_type")


def enter_events(taking: TakingSheet, row: StatedRow, code: str, outcome: Outcome) -> None:
    """Add the events of a comparison to the rows to enter."""
    for step in outcome.events:
        values = step.values(code)
        if step.action is Action.TRANSFER and values["note"] is None:
            values["note"] = row.words.get(own.TRANSFERRED)
        key = taking.to_enter.put("rectification_events", place(row), values)
        words = row.words.get(own.STATE_ON)
        if step.known_as_of or words:
            taking.to_enter.marks["rectification_events", key, "on_date"] = (taking.as_of, words)


def due(limit: Limit, issued: date) -> date | None:
    """The day of a time limit for a finding issued on `issued`; None if it gives no day."""
    if limit.on is not None:
        return limit.on
    if limit.days_from_issue is not None:
        return issued + timedelta(limit.days_from_issue)
    return None


def as_stated(
    row: StatedRow,
    finding: Finding,
    as_of: date,
    *,
    guarded: bool,
    rectified: object,
    unit: str | None = None,
) -> Stated:
    """The state of `finding` according to a stated row, for comparison with the stored one.

    `rectified` is the money put right so far, in 万元, or `ALL`. With `guarded` the originally
    entered values are compared too, as far as the sheet itself gives them, and the code of its
    `unit`.
    """
    values = row.values
    state = values.get(own.STATE)
    unsaid = row.assumed | row.known_as_of
    limit = None if own.LIMIT in row.assumed else values.get(own.LIMIT)
    kept = kept_form(Finding, values) | {"unit": finding.unit}
    columns = {
        each: kept[each] for each in GUARDED if guarded and each in kept and each not in unsaid
    }
    if unit is not None:
        columns["unit"] = unit
    return Stated(
        as_of,
        STATES.get(state) if state else None,
        values.get(own.STATE_ON),
        values.get(own.SUBMITTED_ON),
        due(limit, finding.issued_on) if limit else None,
        totals(row, finding, rectified),
        None if state is own.State.NONE else values.get(own.PROGRESS),
        bool(values.get(own.TRANSFERRED)) or state is own.State.TRANSFER,
        columns,
    )


def totals(row: StatedRow, finding: Finding, rectified: object) -> dict[str, int]:
    """The sheet's amounts for one finding, by the id of their column."""
    found = {}
    if rectified == own.ALL:
        found["amount"] = finding.amount or 0
    elif isinstance(rectified, Decimal):
        found["amount"] = kept_form(Finding, {"amount": rectified})["amount"]
    for column in (own.RULES, own.PERSONS):
        if isinstance(row.values.get(column), int):
            found[column] = row.values[column]
    return found


def told_values(said: Mapping[str, Any]) -> dict[str, Any]:
    """The remembered values of a finding, with days as `date` again."""
    return {
        name: date.fromisoformat(value) if name in ("limit", "finding.issued_on") else value
        for name, value in said.items()
    }
