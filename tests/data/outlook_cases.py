"""Findings to learn from: limits that passed, missed in one unit and met in the other."""

from datetime import timedelta
from typing import Any

from tests.data.contents import TODAY

AHEAD = TODAY + timedelta(20)
TYPES = {"E01": "PHASED", "S01": "IMMEDIATE"}
"""By unit, the type of its findings."""
CLOSED_AFTER = {"E01": 15, "S01": -2}
"""By unit, how many days after the limit its findings are closed."""


def limits(each: int, types: dict[str, str] = TYPES) -> dict[str, list[dict[str, Any]]]:
    """Ledgers with `each` closed findings of each unit, and one of each with its limit ahead."""
    past = [_past(number, unit, kind) for unit, kind in types.items() for number in range(each)]
    ahead = [
        {"code": f"{unit}-next", "unit": unit, "rect_type": kind, "amount": 500}
        | {"issued_on": TODAY, "due_on": AHEAD}
        for unit, kind in types.items()
    ]
    events = [
        {
            "finding": finding["code"],
            "on_date": finding["due_on"] + timedelta(CLOSED_AFTER[finding["unit"]]),
            "action": "CLOSE",
        }
        for finding in past
    ]
    ledgers: dict[str, list[dict[str, Any]]] = {"findings": [*past, *ahead]}
    return ledgers | ({"rectification_events": events} if events else {})


def _past(number: int, unit: str, kind: str) -> dict[str, Any]:
    issued_on = TODAY - timedelta(100 + 8 * number)
    return {
        "code": f"{unit}-{number}",
        "unit": unit,
        "rect_type": kind,
        "issued_on": issued_on,
        "due_on": issued_on + timedelta(40),
    }
