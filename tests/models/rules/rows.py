"""Ledger rows with a value in every required column, and counts of their facts."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from models.audit import ContentCheck, Project
from models.days import Span, union
from models.fund import FundFlow, FundProject
from models.grid import Unit
from models.mechanism import Rating
from models.rectification import Escalation, Finding, RectificationEvent
from models.report import Report, ReportScore
from models.rules.fact import Fact
from models.rules.history import stretches
from models.rules.rectification import facts_of_finding
from models.rules.warning import Rules

START, DAY = date(2025, 1, 1), timedelta(1)
ALWAYS = Span(START)
ISSUED, DUE = date(2026, 1, 10), date(2026, 3, 10)
ALL_RULES = Rules(
    {
        "W01": 60,
        "W02": 90,
        "W03": 0,
        "W08": 30,
        "W15": 45,
        "W17": 0,
        "W18": 3,
        "W19": 100,
        "W20": 2,
        "W21": 60,
    },
    dict.fromkeys(["W01", "W02", "W08", "W15", "W17", "W19", "W21"], "YELLOW")
    | dict.fromkeys(["W03", "W18", "W20"], "RED"),
)
GRADES = ((9500, "5A"), (9000, "4A"), (8000, "3A"), (7000, "2A"), (6000, "1A"), (0, "0A"))


def unit(**values: Any) -> Unit:
    return Unit(**{"code": "U1", "kind": "AGENCY", "sector": "EDU", "enrolled_on": START} | values)


def report(**values: Any) -> Report:
    return Report(
        **{"unit": "U1", "year": 2025, "kind": "PLAN", "number": 1, "due_on": START} | values
    )


def score(reviewer: str, dimension: str, points: int, scored_on: date) -> ReportScore:
    return ReportScore(
        reviewer=reviewer, dimension=dimension, points=points, scored_on=scored_on, unit="U1"
    )


def project(**values: Any) -> Project:
    return Project(**{"code": "P1", "unit": "U1", "source": "STATE", "planned_on": START} | values)


def check(project: str, result: str, checked_on: date, item: str = "FS01") -> ContentCheck:
    return ContentCheck(project=project, item=item, result=result, checked_on=checked_on)


def finding(**values: Any) -> Finding:
    return Finding(
        **{
            "code": "F1",
            "unit": "U1",
            "severity": "ORDINARY",
            "rect_type": "IMMEDIATE",
            "issued_on": ISSUED,
            "due_on": DUE,
        }
        | values
    )


def event(on_date: date, action: str, **values: Any) -> RectificationEvent:
    return RectificationEvent(
        **{"finding": "F1", "on_date": on_date, "number": 1, "action": action} | values
    )


def events(*named: tuple[date, str] | tuple[date, str, date]) -> list[RectificationEvent]:
    """Events in the given order: a day, an action, and perhaps a new time limit."""
    return [
        event(on_date, action, number=number, new_due_on=new[0] if new else None)
        for number, (on_date, action, *new) in enumerate(named, start=1)
    ]


def letter(issued_on: date, **values: Any) -> Escalation:
    return Escalation(**{"finding": "F1", "step": "REMINDER", "issued_on": issued_on} | values)


def fund(approved: int = 1000, **values: Any) -> FundProject:
    return FundProject(
        **{"code": "B1", "kind": "OTHER", "unit": "U1", "approved_on": START, "approved": approved}
        | values
    )


def flow(on_date: date, stage: str, amount: int, number: int = 1) -> FundFlow:
    return FundFlow(project="B1", on_date=on_date, stage=stage, amount=amount, number=number)


def rating(points: int, rated_on: date, **values: Any) -> Rating:
    return Rating(
        **{"unit": "U1", "year": 2025, "rated_on": rated_on, "operation_points": 0} | values,
        base_points=points,
    )


def facts_about(
    of: Finding, history: Iterable[RectificationEvent] = (), letters: Iterable[Escalation] = ()
) -> list[Fact]:
    """The facts of a finding from a state audit."""
    known = list(history)
    return list(facts_of_finding(of, "STATE", stretches(of, known), known, letters))


def count(facts: Iterable[Fact], measure: str, day: date, bucket: str = "") -> int:
    """How many facts of `measure` are alive on `day`, in `bucket` if one is given."""
    return len(values(facts, measure, day, bucket))


def values(facts: Iterable[Fact], measure: str, day: date, bucket: str = "") -> list[int]:
    return [
        fact.value
        for fact in facts
        if fact.measure == measure
        and day in fact.span
        and (not bucket or bucket in fact.bucket.split("/"))
    ]


def days(facts: Iterable[Fact], measure: str, bucket: str = "") -> list[Span]:
    """The days on which a fact of `measure` is alive, as few spans."""
    return union(
        fact.span
        for fact in facts
        if fact.measure == measure and (not bucket or bucket in fact.bucket.split("/"))
    )
