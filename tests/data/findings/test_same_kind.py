"""How many findings of a category are rectified is asked of the facts of their units only."""

from sqlalchemy import Engine, event

from data.findings.same_kind import KindStanding, rectified
from data.nodes import parse
from data.scope import everything
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
