"""Fund projects, their months and warnings say what the figures say."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.money import funds
from data.money.funds import FundFilter
from data.nodes import group_nodes, parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from models.days import month_ends
from models.rules.fund import AGES
from tests.data import districts
from tests.data.contents import TODAY, kept, net, workbook
from tests.data.districts import UNITS, few
from tests.data.figures.taken_in import taken_in

CATALOGUE = catalogue(shipped())
ALL = 1_000
DISTRICT = Scope(parse("district"), TODAY)
WAN = 1_000_000


def flow(
    project: str, on_date: date, stage: str, amount: int, number: int = 1
) -> dict[str, object]:
    return {
        "project": project,
        "on_date": on_date,
        "stage": stage,
        "amount": amount,
        "number": number,
    }


def project(code: str, **about: object) -> dict[str, object]:
    return {"code": code, "name": f"项目{code}", "finish_on": None} | about


@few(4)
@given(data=st.data())
def test_projects_add_up_to_the_figures_at_every_node(data: st.DataObject) -> None:
    rows = data.draw(districts.districts("funds"))
    day = data.draw(districts.days(rows))
    with taken_in(rows) as connection:
        for node in [*group_nodes(connection), *(f"unit:{each}" for each in UNITS)]:
            scope = Scope(parse(node), day)
            found = funds.projects(connection, scope, FundFilter(), ALL)
            figures = read(connection, scope, CATALOGUE)
            sums = {
                "fund_approved": sum(line.approved for line in found.worst),
                "fund_disbursed": sum(line.disbursed for line in found.worst),
                "fund_spent": sum(line.spent for line in found.worst),
                "fund_idle": sum(found.lying[1:]),
            }
            assert sums == {name: figures[name].numerator for name in sums}


@few(3)
@given(data=st.data())
def test_months_add_up_to_what_was_disbursed_and_spent_in_them(data: st.DataObject) -> None:
    rows = data.draw(districts.districts("funds"))
    day = data.draw(districts.days(rows))
    with taken_in(rows) as connection:
        for node in ("district", "unit:U1"):
            scope = Scope(parse(node), day)
            months = funds.monthly(connection, scope, tuple(month_ends(day, 3)))
            before = read(connection, scope.on(months[0].since), CATALOGUE)
            now = read(connection, scope, CATALOGUE)
            for name in ("disbursed", "spent"):
                moved = now[f"fund_{name}"].numerator - before[f"fund_{name}"].numerator
                assert sum(getattr(month, name) for month in months) == moved


@few(3)
@given(data=st.data())
def test_a_warning_is_counted_once_for_each_that_stands(data: st.DataObject) -> None:
    rows = data.draw(districts.districts("funds"))
    day = data.draw(districts.days(rows))
    with taken_in(rows) as connection:
        scope = Scope(parse("district"), day)
        found = funds.warnings(connection, scope, ALL)
        assert sum(found.counted.values()) == len(found.lines)
        of_funds = {"W01", "W02", "W03", "W08"}
        assert set(found.counted) <= of_funds


def test_rates_of_a_kind_are_those_of_its_projects(engine):
    projects = [project("A", kind="TWO_NEW", approved=400), project("B", kind="OTHER")]
    flows = [flow("A", date(2026, 2, 1), "DISBURSED", 200), flow("A", TODAY, "SPENT", 50)]
    kept(engine, workbook(**net(), fund_projects=projects, fund_flows=flows))
    with reading(engine) as connection:
        found = funds.by_kind(connection, DISTRICT)
    assert found["disbursement_rate:TWO_NEW"].text == "50.0%"
    assert found["spending_rate:TWO_NEW"].text == "25.0%"
    assert found["spending_rate:OTHER"].text == "—"


def test_money_beyond_the_allowed_comes_first_then_idle_money(engine):
    projects = [project(code, approved=1_000) for code in ("A", "B", "C", "D")]
    flows = [
        flow("A", date(2026, 6, 1), "DISBURSED", 900),
        flow("B", date(2026, 1, 10), "DISBURSED", 100),
        flow("C", date(2026, 6, 1), "DISBURSED", 1_003),
        flow("D", date(2026, 6, 1), "DISBURSED", 10),
        flow("D", date(2026, 6, 2), "SPENT", 15),
    ]
    kept(engine, workbook(**net(), fund_projects=projects, fund_flows=flows))
    with reading(engine) as connection:
        found = funds.projects(connection, DISTRICT, FundFilter(), ALL)
    assert [line.code for line in found.worst] == ["D", "C", "B", "A"]
    assert [(line.code, line.overspent, line.overdrawn) for line in found.beyond] == [
        ("D", 5, 0),
        ("C", 0, 3),
    ]


def test_what_comes_later_is_not_known_yet(engine):
    projects = [project("A"), project("B", approved_on=date(2026, 6, 1))]
    flows = [flow("A", date(2026, 2, 1), "DISBURSED", 5), flow("A", TODAY, "DISBURSED", 7)]
    kept(engine, workbook(**net(), fund_projects=projects, fund_flows=flows))
    with reading(engine) as connection:
        found = funds.projects(connection, DISTRICT.on(date(2026, 5, 31)), FundFilter(), ALL)
    assert [(line.code, line.disbursed) for line in found.worst] == [("A", 5)]


def test_a_project_is_past_its_completion_while_money_is_unspent(engine):
    finish_on = date(2026, 6, 29)
    projects = [project(code, approved=100, finish_on=finish_on) for code in ("A", "B")]
    flows = [flow("A", date(2026, 2, 1), stage, 100) for stage in ("DISBURSED", "SPENT")]
    kept(engine, workbook(**net(), fund_projects=projects, fund_flows=flows))
    with reading(engine) as connection:
        on_the_day = funds.projects(connection, DISTRICT.on(finish_on), FundFilter(), ALL)
        after = funds.projects(connection, DISTRICT, FundFilter(), ALL)
    assert on_the_day.past_finish == 0
    assert [line.code for line in after.worst if line.past_finish(TODAY)] == ["B"]


def test_a_search_finds_by_name_code_unit_and_kind(engine):
    projects = [project("A", kind="TWO_NEW"), project("B", unit="U2", kind="OTHER")]
    kept(engine, workbook(**net(), fund_projects=projects))
    with reading(engine) as connection:

        def codes(**wanted: str) -> list[str]:
            found = funds.projects(connection, DISTRICT, FundFilter(**wanted), ALL)
            return sorted(line.code for line in found.worst)

        assert codes(text="项目a") == ["A"]
        assert codes(text=" U2 ") == ["B"]
        assert codes(kind="TWO_NEW") == ["A"]
        assert codes(text="%") == []


def test_a_limited_viewer_sees_the_own_projects_only(engine):
    projects = [project("A", approved=10), project("B", unit="U2")]
    late = date(2026, 1, 10)
    flows = [flow(code, late, "SPENT", 5) for code in ("A", "B")]
    kept(engine, workbook(**net(), fund_projects=projects, fund_flows=flows))
    mine = Scope(parse("district"), TODAY, units=frozenset({"U1"}))
    with reading(engine) as connection:
        found = funds.projects(connection, mine, FundFilter(), ALL)
        warned = funds.warnings(connection, mine, ALL)
        month = funds.monthly(connection, mine, (date(2025, 12, 31), TODAY))
    assert [line.code for line in (*found.worst, *found.largest, *found.beyond)] == ["A"] * 3
    assert {warning.project.code for warning in warned.lines} == {"A"}
    assert month[0].spent == 5


def test_a_warning_names_its_rule_and_since_when_it_stands(engine):
    projects = [project("A", approved=1_000, approved_on=date(2026, 1, 10))]
    flows = [flow("A", date(2026, 6, 1), "SPENT", 5)]
    kept(engine, workbook(**net(), fund_projects=projects, fund_flows=flows))
    with reading(engine) as connection:
        found = funds.warnings(connection, DISTRICT, ALL)
    assert found.counted == {"W03": 1, "W01": 1}
    assert [(each.rule, each.since) for each in found.lines] == [
        ("W03", date(2026, 6, 1)),
        ("W01", date(2026, 3, 11)),
    ]


def test_no_more_is_named_than_asked_for(engine):
    kept(engine, workbook(**net(), fund_projects=[project(code) for code in "ABC"]))
    with reading(engine) as connection:
        found = funds.projects(connection, DISTRICT, FundFilter(), 2)
    assert (found.count, len(found.worst), len(found.lying)) == (3, 2, len(AGES))
