"""One fact has one colour: every kind of fact is looked for on every page that tells it."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import clock
from dashboard.reads import cache
from models.account import Role
from models.duty import PostRole
from models.grid import Element
from models.warning import Level
from tests.dashboard.apps import open_app
from tests.data.contents import RENAMED, TODAY, kept, workbook

pytestmark = pytest.mark.usefixtures("english")
LATE_FINDING, LATE_REPORT, LATE_DUTY = 613, 617, 179
EMPTY_CHIEF, NOBODY, UNCHECKED = 619, 631, 661
"""How many days each fact has lasted: numbers by which it is known on any page."""
UNITS: list[dict[str, Any]] = [
    {"code": "E01", "name": "一中"},
    {"code": "S01", "name": "城投", "kind": "SOE", "sector": "SOE"},
    {"code": "E02", "name": "二中", "enrolled_on": TODAY - timedelta(NOBODY)},
]
HELD = [
    {"unit": unit, "role": str(role)}
    for unit in ("E01", "S01")
    for role in PostRole
    if role is not PostRole.CHIEF_AUDITOR
]
LEDGERS: dict[str, list[dict[str, Any]]] = {
    "sectors": [{}, {"code": "SOE", "name": "国资"}],
    "units": UNITS,
    "grid_elements": [
        {"unit": unit, "element": str(each)} for unit in ("E01", "S01", "E02") for each in Element
    ],
    "appointments": [
        *HELD,
        {
            "unit": "S01",
            "role": str(PostRole.CHIEF_AUDITOR),
            "until_on": TODAY - timedelta(EMPTY_CHIEF),
        },
    ],
    "findings": [
        {
            "code": "F1",
            "unit": "E01",
            "issued_on": TODAY - timedelta(700),
            "due_on": TODAY - timedelta(LATE_FINDING),
        }
    ],
    "reports": [{"unit": "E01", "due_on": TODAY - timedelta(LATE_REPORT)}],
    "duties": [{"unit": "E01", "item": "A2", "due_on": TODAY - timedelta(LATE_DUTY)}],
    "ratings": [
        {"unit": "E01", "veto": "V3"},
        {"unit": "S01", "base_points": 3500, "operation_points": 3000},
    ],
}
PAGES: tuple[tuple[Role, str, dict[str, str]], ...] = (
    (Role.LEADER, "overview", {}),
    (Role.LEADER, "coverage", {}),
    *((Role.LEADER, "responsibilities", {"tab": tab}) for tab in ("posts", "duties", "chief")),
    (Role.LEADER, "reports", {}),
    (Role.LEADER, "mechanisms", {}),
    (Role.LEADER, "mechanisms", {"tab": "chiefs"}),
    (Role.LEADER, "mechanisms", {"tab": "rating"}),
    (Role.LEADER, "rectification", {}),
    (Role.LEADER, "unit", {}),
    *(
        (Role.LEADER, "unit", {"node": f"unit:{unit['code']}", "tab": tab})
        for unit in UNITS
        for tab in ("now", "people", "audit")
    ),
    (Role.MANAGER, "my_units", {}),
    (Role.UNIT, "duties", {}),
    (Role.COMMITTEE, "letters", {"tab": "due"}),
    (Role.COMMITTEE, "briefing", {}),
)
"""Who opens which page, and what of it."""


@pytest.fixture
def district(engine, monkeypatch):
    """A district with one fact of each kind."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    kept(engine, workbook(**LEDGERS), correct=RENAMED)
    cache.forget_version()


def drawn(app: AppTest) -> Iterator[Any]:
    """What the elements of a page are sent to draw."""
    for element in app.main:
        proto = getattr(element, "proto", None)
        if getattr(proto, "component_name", "").startswith("gridlight"):
            yield json.loads(proto.json)


def coloured(node: Any) -> Iterator[tuple[str, str]]:
    """The texts in `node` that have a colour of their own, each with its tone."""
    if isinstance(node, list):
        for each in node:
            yield from coloured(each)
    if not isinstance(node, dict):
        return
    if node.get("tone") and (text := node.get("text") or node.get("word") or node.get("value")):
        yield str(text), node["tone"]
    if last := node.get("last"):
        yield node["pieces"][-1], last["tone"]
    for column, heading in enumerate(node.get("columns") or []):
        if heading.get("tone"):
            for row in node["rows"]:
                yield str(row[column]), heading["tone"]
    for each in node.values():
        yield from coloured(each)


FACTS = {
    "a finding past its limit": (LATE_FINDING, "bad", {"overview", "unit", "my_units", "duties"}),
    "a report past its limit": (LATE_REPORT, "bad", {"reports", "unit", "my_units", "duties"}),
    "a duty past its limit": (LATE_DUTY, "bad", {"responsibilities", "unit", "duties"}),
    "a vacant post": (EMPTY_CHIEF, "warn", {"coverage", "responsibilities", "mechanisms", "unit"}),
    "nobody in post": (NOBODY, "bad", {"coverage", "responsibilities", "unit"}),
    "a rating of 0A": ("0A", "bad", {"overview", "mechanisms", "unit", "my_units"}),
    "a rating below 3A": ("1A", "warn", {"overview", "mechanisms", "unit"}),
}
"""By kind of fact: what of its text tells it, its tone, and the pages that show it at least."""


@pytest.mark.parametrize("role", dict.fromkeys(role for role, *_page in PAGES), ids=str)
def test_every_kind_of_fact_has_one_colour_wherever_it_is_shown(district, sign_in_as, role):
    limits = {Role.MANAGER: {"sectors": ["EDU"]}, Role.UNIT: {"units": ["E01"]}}
    sign_in_as(role, **limits.get(role, {}))
    texts: list[tuple[str, str, str]] = []
    opened = [(page, asked) for by, page, asked in PAGES if by is role]
    for page, asked in opened:
        app = open_app(page, as_of=TODAY.isoformat(), **asked)
        assert not app.exception and not app.error, page
        texts += [(page, *each) for part in drawn(app) for each in coloured(part)]
    wrong, missing = {}, {}
    for fact, (told, tone, pages) in FACTS.items():
        found = [each for each in texts if re.search(rf"(?<!\w){told}(?!\w)", each[1])]
        wrong[fact] = sorted({each for each in found if each[2] != tone})
        shown = {page for page, *_text in found}
        missing[fact] = sorted({page for page, _asked in opened} & pages - shown)
    assert not any(wrong.values()), wrong
    assert not any(missing.values()), missing


@pytest.mark.parametrize(("level", "tone"), [(Level.RED, "bad"), (Level.YELLOW, "warn")])
def test_open_warnings_are_counted_in_the_colour_of_the_gravest(
    engine, sign_in_as, monkeypatch, level, tone
):
    warned = [{"code": "W1", "unit": "E01", "level": str(level), "rule": "W12"}]
    kept(engine, workbook(units=UNITS[:1], sectors=[{}], warnings=warned), correct=RENAMED)
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = open_app("overview", as_of=TODAY.isoformat())
    found = {tone for part in drawn(app) for text, tone in coloured(part) if "warnings" in text}
    assert found == {tone}
