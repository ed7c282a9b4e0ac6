"""The flow of findings adds up, at any node and over any period."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from data.findings.flows import Flow, flows
from data.nodes import group_nodes, parse
from data.scope import Scope
from data.store.database import reading
from tests.data import districts
from tests.data.contents import kept, net, workbook
from tests.data.districts import UNITS, few
from tests.data.figures.taken_in import taken_in

NODES = ("district", "sector:EDU", "kind:SOE", "batch:1", "unit:U1")


@few(8)
@given(data=st.data())
def test_the_flow_balances_at_every_node_over_several_periods(data: st.DataObject) -> None:
    rows = data.draw(districts.districts("findings"))
    days = tuple(sorted({data.draw(districts.days(rows)) for _ in range(4)}))
    with taken_in(rows) as connection:
        for node in [*group_nodes(connection), *(f"unit:{each}" for each in UNITS)]:
            found = flows(connection, Scope(parse(node), days[-1]), days)
            assert all(map(balanced, found))
            assert len(found) == len(days) - 1


@few(5)
@given(data=st.data())
def test_one_period_flows_as_its_parts_do(data: st.DataObject) -> None:
    rows = data.draw(districts.districts("findings"))
    days = tuple(sorted({data.draw(districts.days(rows)) for _ in range(3)}))
    with taken_in(rows) as connection:
        scope = Scope(parse("district"), days[-1])
        parts = flows(connection, scope, days)
        for whole in flows(connection, scope, (days[0], days[-1])):
            assert whole.closed == sum(each.closed for each in parts)
            assert whole.new == sum(each.new for each in parts)
            assert (whole.opening, whole.closing) == (parts[0].opening, parts[-1].closing)


@few(5)
@given(data=st.data())
def test_the_flow_of_a_limited_viewer_is_that_of_the_units_seen(data: st.DataObject) -> None:
    rows = data.draw(districts.districts("findings"))
    days = tuple(sorted({data.draw(districts.days(rows)) for _ in range(2)}))
    with taken_in(rows) as connection:
        limited = Scope(parse("district"), days[-1], units=frozenset({"U1"}))
        alone = Scope(parse("unit:U1"), days[-1])
        assert flows(connection, limited, days) == flows(connection, alone, days)


def test_what_happened_on_the_first_day_belongs_to_the_opening(engine) -> None:
    first, last = date(2026, 1, 10), date(2026, 3, 1)
    events = [
        {"on_date": date(2026, 2, 1), "action": "CLOSE"},
        {"on_date": date(2026, 3, 1), "action": "REOPEN", "new_due_on": date(2026, 4, 1)},
    ]
    findings = [{}, {"code": "F2", "issued_on": first + timedelta(1)}]
    kept(engine, workbook(**net("U1"), findings=findings, rectification_events=events))
    with reading(engine) as connection:
        (flow,) = flows(connection, Scope(parse("district"), last), (first, last))
    assert flow == Flow(first, last, opening=1, new=1, reopened=1, closed=1, voided=0, closing=2)


def balanced(flow: Flow) -> bool:
    came, went = flow.new + flow.reopened, flow.closed + flow.voided
    return flow.opening + came - went == flow.closing
