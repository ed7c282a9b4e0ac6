"""How many findings of a category are rectified is asked of the facts of their units only; like
titles are looked for in the one unit."""

from datetime import timedelta

from sqlalchemy import Engine, event

from data.findings.same_kind import KindStanding, of_like_title, rectified
from data.nodes import parse
from data.scope import Scope, everything
from data.store.database import reading
from tests.data.contents import TODAY, kept, net, workbook


def test_only_facts_of_the_units_of_the_findings_are_read(engine: Engine) -> None:
    findings = [{"code": f"F{at}", "unit": f"U{at}", "category": "采购"} for at in (1, 2)]
    kept(engine, workbook(**net("U1", "U2"), findings=findings))
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *of: asked.append(of[2]))
    with reading(engine) as connection:
        del asked[:]
        found = rectified(connection, everything(parse("district"), TODAY), ["采购"])
    assert found == {"采购": KindStanding(2, 0)}
    [statement] = [each for each in asked if "facts" in each]
    assert statement.count("facts.unit = findings.unit") == 2


def test_findings_of_like_title_are_those_of_the_unit_issued_by_the_day(engine: Engine) -> None:
    title = "重大事项决策会议记录缺失"
    findings = [
        {"code": "F1", "title": title, "issued_on": TODAY - timedelta(10)},
        {"code": "F2", "title": f"2025年{title}", "issued_on": TODAY - timedelta(400)},
        {"code": "F3", "title": title, "issued_on": TODAY - timedelta(30)},
        {"code": "F4", "title": "采购项目验收资料不完整", "issued_on": TODAY - timedelta(30)},
        {"code": "F5", "title": title, "issued_on": TODAY - timedelta(20)},
        {"code": "F6", "title": title, "issued_on": TODAY - timedelta(20), "unit": "U2"},
        {"code": "F7", "title": title, "issued_on": TODAY},
    ]
    due = {"due_on": TODAY + timedelta(60)}
    voided = [{"finding": "F5", "on_date": TODAY - timedelta(5), "action": "VOID"}]
    content = workbook(
        **net("U1", "U2"),
        findings=[due | each for each in findings],
        rectification_events=voided,
    )
    kept(engine, content)
    yesterday = everything(parse("unit:U2"), TODAY - timedelta(1))
    with reading(engine) as connection:
        found = of_like_title(connection, yesterday, "F1")
        assert [each.finding.code for each in found] == ["F3", "F2"]
        reach = Scope(parse("district"), TODAY, units=frozenset({"U2"}))
        assert of_like_title(connection, reach, "F1") == ()
        assert of_like_title(connection, yesterday, "none") == ()
