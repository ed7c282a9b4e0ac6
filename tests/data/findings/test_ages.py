"""Open findings by age: the edges of the spans, and only what stands open."""

from datetime import date, timedelta

from data.findings.ages import ages
from data.nodes import parse
from data.scope import Scope
from data.store.database import reading
from tests.data.contents import TODAY, kept, net, workbook


def test_open_findings_are_counted_by_the_days_since_their_issue(engine) -> None:
    days = (0, 30, 31, 90, 91, 180, 181, 365, 366, 900)
    findings = [
        {"code": f"F{age}", "issued_on": TODAY - timedelta(age), "due_on": date(2026, 12, 31)}
        for age in days
    ]
    closed = [{"finding": "F900", "on_date": date(2026, 2, 1), "action": "CLOSE"}]
    kept(engine, workbook(**net("U1"), findings=findings, rectification_events=closed))
    with reading(engine) as connection:
        assert ages(connection, Scope(parse("district"), TODAY)) == {
            "0-30": 2,
            "31-90": 2,
            "91-180": 2,
            "181-365": 2,
            "366+": 1,
        }
        nobody = Scope(parse("district"), TODAY, units=frozenset())
        assert sum(ages(connection, nobody).values()) == 0
