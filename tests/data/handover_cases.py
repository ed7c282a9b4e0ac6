"""A unit with a handover: persons who came and went, and something open of every kind."""

from datetime import date, timedelta
from typing import Any

from tests.data.contents import LONG_AGO, TODAY

CHANGE = TODAY - timedelta(20)


def ago(days: int) -> date:
    return TODAY - timedelta(days)


PEOPLE: list[dict[str, Any]] = [
    {"name": "张三", "role": "PRINCIPAL", "from_on": LONG_AGO, "until_on": CHANGE},
    {"name": "李四", "role": "PRINCIPAL", "from_on": CHANGE},
    {"name": "王五", "role": "AUDITOR", "from_on": LONG_AGO, "until_on": ago(100)},
]
FINDINGS: list[dict[str, Any]] = [
    {"code": "A1", "due_on": ago(30), "issued_on": ago(90), "amount": 1_000_000, "title": "甲事"},
    {"code": "A2", "due_on": ago(10), "issued_on": ago(90), "title": "乙事"},
    {"code": "A3", "due_on": ago(40), "issued_on": ago(90), "title": "丙事"},
    {"code": "A4", "due_on": ago(40), "issued_on": ago(90), "title": "丁事"},
    {"code": "B1", "unit": "U2", "due_on": ago(40), "issued_on": ago(90)},
]
EVENTS: list[dict[str, Any]] = [
    {"finding": "A1", "on_date": ago(50), "action": "PROGRESS", "amount": 400_000},
    {"finding": "A3", "on_date": ago(45), "action": "SUBMIT"},
    {"finding": "A4", "on_date": ago(45), "action": "CLOSE"},
]
MONEY: dict[str, Any] = {
    "fund_projects": [
        {"code": "B1", "approved": 900, "approved_on": ago(300)},
        {"code": "B2", "approved": 500, "approved_on": ago(300)},
    ],
    "fund_flows": [
        {"project": "B1", "stage": "DISBURSED", "amount": 900, "on_date": ago(200)},
        {"project": "B1", "stage": "SPENT", "amount": 300, "on_date": ago(150)},
        {"project": "B2", "stage": "DISBURSED", "amount": 500, "on_date": ago(200)},
        {"project": "B2", "stage": "SPENT", "amount": 500, "on_date": ago(150)},
    ],
}


LEDGERS: dict[str, Any] = dict(
    sectors=[{}, {"code": "HEALTH"}],
    units=[{"name": "第一单位"}, {"code": "U2", "sector": "HEALTH"}],
    appointments=PEOPLE,
    findings=FINDINGS,
    rectification_events=EVENTS,
    reports=[
        {"kind": "PLAN", "due_on": ago(50)},
        {"kind": "SUMMARY", "due_on": TODAY + timedelta(5)},
        {"kind": "RECT_REPORT", "due_on": TODAY + timedelta(60)},
        {"kind": "AUDIT_REPORT", "due_on": ago(50), "submitted_on": ago(5)},
    ],
    duties=[
        {"item": "P1", "due_on": ago(30), "done_on": ago(31)},
        {"item": "P2", "due_on": ago(30)},
    ],
    meetings=[{"on_date": ago(60)}],
    decisions=[
        {"number": 1, "unit": "U1", "due_on": ago(15)},
        {"number": 2, "unit": "U1", "due_on": ago(15), "done_on": ago(16)},
        {"number": 3, "unit": "U2", "due_on": ago(15)},
    ],
    **MONEY,
)
