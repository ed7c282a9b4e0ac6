"""Rows imported by several workbooks, changed and removed in between."""

from datetime import date
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Engine

from data.facts.derivation import derive
from data.intake.removal import remove
from data.ledgers.belonging import references_to
from data.ledgers.rows import text_of_key
from data.reference.lists import shipped
from data.store.database import writing
from models.kinds import LATEST
from models.rectification import RectificationEvent
from models.registry import BY_ID
from tests.data.contents import NOW
from tests.data.districts import UNITS, Row, Rows

EARLY, LATE = date(2026, 1, 2), date(2098, 6, 1)


ALTERNATIVES: dict[str, dict[str, tuple[Any, ...]]] = {
    "sectors": {},
    "units": {
        "sector": ("EDU", "HEALTH"),
        "kind": ("AGENCY", "SOE"),
        "subdistrict": (None, "120104002"),
        "pilot_batch": (None, 2),
        "enrolled_on": (date(2000, 1, 1),),
        "withdrawn_on": (None,),
    },
    "grid_elements": {"lapsed_on": (None,)},
    "appointments": {"until_on": (None,)},
    "institutions": {"form": ("JOINT", "INDEPENDENT"), "until_on": (None,)},
    "duties": {"done_on": (None, EARLY)},
    "reports": {"due_on": (EARLY, LATE)},
    "report_scores": {"points": (0,)},
    "projects": {
        "source": ("STATE", "CROSS", "SELF_CHECK"),
        "unit": UNITS,
        "planned_on": (EARLY,),
    },
    "content_checks": {"result": ("PROBLEM", "NORMAL"), "checked_on": (EARLY,)},
    "findings": {
        "project": (None,),
        "category": (None, "采购"),
        "severity": ("MAJOR",),
        "amount": (None, 7),
        "rect_type": ("PHASED",),
        "due_on": (LATEST,),
    },
    "rectification_events": {"amount": (None, 5), "rules_built": (None, 3)},
    "cross_reviews": {"due_on": (EARLY,), "completed_on": (None,)},
    "guidance": {"form": ("WRITTEN",)},
    "ratings": {"veto": (None, "V2"), "base_points": (0,), "rated_on": (EARLY,)},
    "assessments": {"points": (0,), "assessed_on": (EARLY,)},
    "key_tasks": {"due_on": (LATEST,)},
    "task_progress": {"percent": (0, 100)},
    "trainings": {"on_date": (EARLY, LATE)},
    "attendance": {"people": (0, 5)},
    "meetings": {"kind": ("STUDY",), "on_date": (EARLY,)},
    "decisions": {"due_on": (EARLY,), "done_on": (None,), "unit": (None, "U2")},
    "fund_projects": {"unit": UNITS, "kind": ("TWO_MAJOR",), "approved": (0, 5)},
    "fund_flows": {"amount": (0, 5000)},
    "disposals": {"unit": UNITS, "kind": ("SHELL",), "recovered": (None, 5)},
    "warnings": {"unit": UNITS, "level": ("RED", "YELLOW"), "closed_on": (None,)},
    "escalations": {"replied_on": (None,)},
}
"""By ledger and column, possible earlier values."""


LEAVES = frozenset(
    ledger
    for ledger in BY_ID
    # The events of a finding must be imported in the order of its history.
    if ledger != RectificationEvent.id() and not any(references_to(ledger))
)
"""Ledgers to which none refers and whose rows may be imported in any order."""


def keys(rows: Rows) -> list[tuple[str, str]]:
    return [
        (ledger, text_of_key(BY_ID[ledger], row))
        for ledger, found in rows.items()
        for row in found
        if ledger != "sectors"
    ]


def take_out(engine: Engine, ledger: str, key: str) -> None:
    why = {"reason": "重复录入", "account": "steward", "day": LATEST, "now": NOW}
    remove(engine, ledger, key, references=shipped(), **why)  # type: ignore[arg-type]


@st.composite
def steps(draw: st.DrawFn, rows: Rows) -> tuple[Rows, Rows, Rows]:
    """Rows stored before, then the final rows split into two workbooks."""
    earlier: Rows = {}
    half: Rows = {}
    rest: Rows = {}
    for ledger, found in rows.items():
        earlier[ledger], half[ledger], rest[ledger] = [], [], []
        for row in found:
            once = draw(st.sampled_from(["before", "before", "changed", "not yet"]))
            if once != "not yet" or ledger not in LEAVES:
                earlier[ledger].append(draw(altered(ledger, row)) if once == "changed" else row)
            (half if draw(st.booleans()) else rest)[ledger].append(row)
    if draw(st.booleans()):
        earlier["rectification_events"], earlier["escalations"] = [], []
        rest["rectification_events"] = rows.get("rectification_events", [])
        half["rectification_events"] = []
    return earlier, half, rest


@st.composite
def altered(draw: st.DrawFn, ledger: str, row: Row) -> Row:
    """`row` as it may have been before, still valid together with all others."""
    changes = {
        column: draw(st.sampled_from(values))
        for column, values in ALTERNATIVES[ledger].items()
        if draw(st.booleans())
    }
    return row | changes


def nothing_differs(engine: Engine) -> bool:
    with writing(engine) as connection:
        return not derive(connection, None, shipped()).differs
