"""The page of major funds, as different people see it."""

from datetime import date

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard.markdown import dotted
from dashboard.reads import cache
from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from models.account import Role
from tests.dashboard.apps import open_app
from tests.dashboard.signed_in import SignIn
from tests.data.contents import RENAMED, TODAY, kept, workbook
from tests.pages.chart_rows import rows
from tests.pages.tables import lists
from tests.pages.tiles import said, shown_figures

pytestmark = pytest.mark.usefixtures("english")

DAY = TODAY.isoformat()
WAN = 1_000_000
NEXT = "Next step · by whom · by when"


def flow(project: str, on_date: date, stage: str, amount: int) -> dict[str, object]:
    return {"project": project, "on_date": on_date, "stage": stage, "amount": amount * WAN}


@pytest.fixture
def full(engine: Engine) -> Engine:
    """The database with a project of each unit and one that spent too much."""
    about = {"approved": 1_000 * WAN, "approved_on": date(2025, 7, 1)}
    content = workbook(
        fund_projects=[
            {"code": "A", "name": "管网*改造*", "unit": "E01", "kind": "TWO_NEW"} | about,
            {"code": "B", "name": "校舍加固", "unit": "S01", "kind": "OTHER"}
            | about
            | {"finish_on": date(2026, 6, 1)},
            {"code": "C", "name": "设备更新", "unit": "E01", "kind": "OTHER"} | about,
        ],
        fund_flows=[
            flow("A", date(2025, 8, 1), "DISBURSED", 400),
            flow("A", date(2026, 6, 20), "SPENT", 100),
            flow("B", date(2026, 6, 1), "DISBURSED", 200),
            flow("C", date(2026, 5, 1), "DISBURSED", 350),
            flow("C", date(2026, 5, 2), "SPENT", 360),
        ],
    )
    kept(engine, content)
    cache.forget_version()
    return engine


def drawn(**query: str) -> AppTest:
    return open_app("funds", **{"as_of": DAY} | query)


def column(app: AppTest, heading: str, beside: str = "") -> list[object]:
    """The cells below `heading` in the one table that has it (and `beside`)."""
    (table,) = (
        each.value
        for each in lists(app)
        if heading in each.value and (not beside or beside in each.value)
    )
    return list(table[heading])


@pytest.fixture
def chinese(english: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The installation speaks Chinese."""
    monkeypatch.setenv("GRIDLIGHT_LANGUAGE", "zh_CN")


@pytest.mark.usefixtures("either_language")
def test_an_empty_database_says_what_to_take_in(sign_in_as: SignIn) -> None:
    sign_in_as(Role.LEADER)
    app = drawn()
    assert not app.exception and not app.error
    assert len(app.info) == 2 and not lists(app)


@pytest.mark.usefixtures("either_language")
def test_the_page_is_drawn_of_a_full_database(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    charts = {"wanting": 2, "projects": 0, "course": 2}
    for tab, number in charts.items():
        app = drawn(tab=tab)
        assert not app.exception
        assert len(app.get("vega_lite_chart")) == number


def test_a_unit_and_a_day_long_ago_are_drawn(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    for query in ({"node": "unit:S01"}, {"as_of": "2001-01-01"}):
        assert not drawn(**query).exception


def test_a_day_long_ago_leads_to_the_latest_day_of_the_data(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = drawn(as_of="2001-01-01")
    assert "Choose a later day." in app.info[0].value
    app.button(key="funds-latest").click().run()
    assert shown_figures(app) and not app.info


@pytest.mark.usefixtures("chinese")
def test_the_figures_shown_are_those_of_the_catalogue(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    shown = {metric.label: metric.value for metric in shown_figures(drawn())}
    with reading(full) as connection:
        found = read(connection, Scope(parse("district"), TODAY), catalogue(shipped()))
    said = {"拨付率": "disbursement_rate", "使用率": "spending_rate", "滞留资金": "fund_idle"}
    assert {label: shown[label] for label in said} == {
        label: found[name].text for label, name in said.items()
    }


def test_english_counts_millions_of_yuan(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    app = drawn(tab="projects")
    metrics = {metric.label: metric for metric in shown_figures(app)}
    assert metrics["Funds approved"].value == "30.00 million yuan"
    assert metrics["Idle funds"].delta.endswith("million yuan")
    assert column(app, "Approved", "Code") == [10.0, 10.0, 10.0]


@pytest.mark.usefixtures("chinese")
def test_chinese_counts_units_of_10_000_yuan(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    assert column(drawn(tab="projects"), "批复", "编码") == [1000.0, 1000.0, 1000.0]


def test_a_sentence_says_what_is_overspent_idle_and_past_completion(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    assert said(drawn(tab="projects"))[:3] == [
        ("overspent by 0.10 million yuan: 设备更新", "bad", {"to": "unit", "node": "unit:E01"}),
        (
            "the most idle money 3.00 million yuan: 管网*改造*",
            "warn",
            {"to": "list", "figure": "fund_idle"},
        ),
        (
            "projects past completion with money unspent 1",
            "warn",
            {"to": "funds", "tab": "wanting"},
        ),
    ]


def test_a_kind_of_fund_of_which_more_is_spent_than_disbursed_is_red_and_idle_money_yellow(
    sign_in_as: SignIn, full: Engine
) -> None:
    content = workbook(
        fund_projects=[
            {"code": "D", "name": "超支", "approved": 900 * WAN, "approved_on": date(2025, 7, 1)}
            | {"unit": "E01", "kind": "TWO_MAJOR"}
        ],
        fund_flows=[
            flow("D", date(2026, 5, 1), "DISBURSED", 100),
            flow("D", date(2026, 5, 2), "SPENT", 103),
        ],
    )
    kept(full, content)
    cache.forget_version()
    sign_in_as(Role.LEADER)
    (rates,) = (each.part for each in lists(drawn(tab="course")))
    spent = [row[2] for row in rates["rows"]]
    assert {"text": "103.0%", "tone": "bad"} in spent
    assert [each for each in spent if isinstance(each, dict)] == [{"text": "103.0%", "tone": "bad"}]
    assert [column["tone"] for column in rates["columns"]] == ["", "", "", "warn"]


def test_a_card_of_a_phone_says_first_what_is_idle_of_a_project_and_how_much_is_spent(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    (listed,) = (each.part for each in lists(drawn(tab="projects")))
    cards = {each["name"]: each["card"] for each in listed["columns"] if each["card"]}
    assert cards == {
        "Unit": "{n}",
        NEXT: "Next: {n}",
        "Idle": "idle {n}",
        "Spending rate": "spending rate {n}",
    }


def test_the_worst_project_comes_first_with_its_mark(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    app = drawn(tab="projects")
    assert column(app, "Code") == ["C", "A", "B"]
    assert column(app, "Mark") == ["● spent beyond disbursed", None, "▲ past completion"]


def test_what_is_idle_or_overspent_says_what_is_next_by_whom_and_by_when(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    # Without a meeting and a competent department in the ledgers nothing is said of them.
    assert column(drawn(tab="projects"), NEXT) == [
        "Account for the overspending, and correct it",
        "Spend or return the idle money",
        "Report on completion, and settle the unspent money",
    ]
    meeting = {"code": "M9", "name": "第九次会议", "on_date": date(2026, 7, 30)}
    kept(full, workbook(sectors=[{"lead": "区教育局"}], meetings=[meeting]), correct=RENAMED)
    cache.forget_version()
    assert column(drawn(tab="projects"), NEXT)[:2] == [
        "Account for the overspending, and correct it · 区教育局 · by 2026-07-30",
        "Spend or return the idle money · 区教育局 · by 2026-07-30",
    ]
    app = drawn()
    assert set(column(app, NEXT, "At present")) == {
        "Account for the overspending, and correct it · 区教育局 · by 2026-07-30",
        "Disburse what was approved · by 2026-07-30",
    }
    told = ("Next: Spend or return the idle money", "Competent departments", "by 2026-07-30")
    assert dotted(told) in [each.value for each in app.caption]


def test_codes_of_projects_are_not_broken_into_lines(sign_in_as: SignIn, full: Engine) -> None:
    about = {"approved": 9 * WAN, "approved_on": date(2025, 7, 1), "kind": "OTHER"}
    coded = [{"code": f"ZJ-{at}-1", "name": "排水", "unit": "E01"} | about for at in range(2)]
    kept(full, workbook(fund_projects=coded))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    (listed,) = (each.part for each in lists(drawn(tab="projects", text="排水")))
    (code,) = [each for each in listed["columns"] if each["name"] == "Code"]
    assert (code["kind"], code["spare"]) == ("code", True)
    assert listed["columns"][listed["lead"]]["name"] == "Project"


def test_a_warning_says_the_share_and_of_what_it_is(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    app = drawn()
    told = dict(zip(column(app, "Rule"), column(app, "At present"), strict=True))
    assert {str(rule)[:5]: text for rule, text in told.items()} == {
        "Spent": "102.8% of disbursed is spent",
        "Slow ": "20.0% of approved is disbursed",
    }


def test_projects_of_the_same_name_are_told_apart_by_their_code(
    sign_in_as: SignIn, full: Engine
) -> None:
    same = {"name": "校舍加固", "approved": 9 * WAN, "approved_on": date(2026, 6, 20)}
    kept(full, workbook(fund_projects=[{"code": "D", "unit": "E01", "kind": "OTHER"} | same]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    assert set(column(drawn(), "Project", "Rule")) == {"设备更新", "校舍加固 B"}


def test_every_project_of_the_chart_has_its_name_and_the_worst_is_on_top(
    sign_in_as: SignIn, full: Engine
) -> None:
    about = {"approved": 1_000 * WAN, "approved_on": date(2025, 7, 1), "unit": "E01"}
    ahead = {"code": "D", "name": "排水", "kind": "OTHER", "finish_on": date(2026, 12, 1)} | about
    kept(full, workbook(fund_projects=[ahead]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    assert rows(drawn(), "name", "state", "text", "code") == [
        ("校舍加固", "PAST", "0.0% · 29 days past", "B"),
        ("排水", "ONGOING", "0.0% · planned 2026-12-01", "D"),
    ]


@pytest.mark.usefixtures("chinese")
def test_a_sum_is_in_yi_from_one_yi_on_and_both_sides_of_a_share_are_in_the_unit_of_the_whole(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    shown = {metric.label: metric for metric in shown_figures(drawn())}
    assert (shown["批复金额"].value, shown["拨付率"].of) == ("3000.00万元", "950.00 / 3000.00万元")
    large = {"approved": 17_000 * WAN, "approved_on": date(2025, 7, 1), "unit": "E01"}
    kept(full, workbook(fund_projects=[large | {"code": "D", "name": "排水", "kind": "OTHER"}]))
    cache.forget_version()
    app = drawn()
    shown = {metric.label: metric for metric in shown_figures(app)}
    assert (shown["批复金额"].value, shown["拨付率"].of) == ("2.00亿元", "0.10 / 2.00亿元")
    assert [text for text, _tone, _way in said(app)][:2] == [
        "超额10.00万元：设备更新",
        "滞留最多300.00万元：管网*改造*",
    ]
    # Of a column or a chart, which is compared from row to row, all sums are in one unit.
    assert column(app, "滞留金额（万元）") == [300.0]
    app = drawn(tab="course")
    texts = {each[0] for each in rows(app, "text", "stage") if each[1] == "APPROVED"}
    assert "19000.00" in texts and len(texts) > 1 and not any("元" in each for each in texts)
    assert any("各类资金累计金额，单位：万元" in each.value for each in app.markdown)


def test_idle_money_is_as_yellow_in_its_tile_as_in_the_sentence(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    idle = next(
        each for each in shown_figures(drawn()) if "fund_idle" in (each.asked or {}).values()
    )
    assert idle.tone == "warn"


def test_a_project_beyond_its_limit_is_drawn_by_the_share_that_exceeds_it(
    sign_in_as: SignIn, full: Engine
) -> None:
    about = {"approved_on": date(2025, 7, 1), "unit": "E01", "kind": "OTHER"}
    planned = about | {"finish_on": date(2026, 12, 1)}
    content = workbook(
        fund_projects=[
            planned | {"code": "D", "name": "超支", "approved": 1_000 * WAN},
            planned | {"code": "F", "name": "超拨", "approved": 200 * WAN},
        ],
        fund_flows=[
            flow("D", date(2026, 5, 1), "DISBURSED", 600),
            flow("D", date(2026, 5, 2), "SPENT", 636),
            flow("F", date(2026, 5, 1), "DISBURSED", 250),
            flow("F", date(2026, 5, 2), "SPENT", 100),
        ],
    )
    kept(full, content)
    cache.forget_version()
    sign_in_as(Role.LEADER)
    assert rows(drawn(), "code", "state", "value", "text") == [
        ("D", "BEYOND", 1.06, "106.0% of disbursed is spent · planned 2026-12-01"),
        ("F", "BEYOND", 1.25, "125.0% of approved is disbursed · planned 2026-12-01"),
        ("B", "PAST", 0.0, "0.0% · 29 days past"),
    ]


def test_projects_past_their_planned_completion_stand_by_name_with_what_is_unspent(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = drawn()
    assert column(app, "Days past") == [(TODAY - date(2026, 6, 1)).days]
    assert column(app, "Unspent, million yuan") == [10.0]
    # Its money is not idle, so that completion is asked about.
    assert column(app, NEXT, "Days past") == ["Report on completion, and settle the unspent money"]
    headings = "".join(each.value for each in app.markdown)
    assert headings.index("Past their planned completion") < headings.index("idle for 90 days")


def test_the_project_that_is_past_its_completion_the_longest_stands_first(
    sign_in_as: SignIn, full: Engine
) -> None:
    about = {"approved": 9 * WAN, "approved_on": date(2025, 7, 1), "unit": "E01", "kind": "OTHER"}
    ended = {"code": "D", "name": "排水", "finish_on": date(2026, 3, 1)} | about
    kept(full, workbook(fund_projects=[ended]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = drawn()
    assert column(app, "Project", "Days past") == ["排水", "校舍加固"]
    assert column(app, "Days past") == [121, 29]
    (past,) = (each for each in lists(app) if "Days past" in each.value)
    assert [each["tone"] for each in past.part["columns"] if each["name"] == "Days past"] == [
        "warn"
    ]


def test_warnings_are_listed_with_their_conditions_in_words(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = drawn()
    rules = column(app, "Rule")
    assert str(rules[0]).startswith("Spent beyond what was disbursed")
    assert "less than 30% disbursed" in str(rules[1])
    assert column(app, "Days open") == [59, (TODAY - date(2025, 8, 30)).days]
    (warned,) = (each for each in lists(app) if "Days open" in each.value)
    at = list(warned.value).index("Days open")
    assert [row[at]["tone"] for row in warned.part["rows"]] == warned.tones("Level")
    assert column(app, "Planned completion", "Days open") == [None, date(2026, 6, 1)]


def test_idle_money_is_listed_by_project_the_most_first(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    idle = column(drawn(), "Idle, million yuan")
    assert idle and idle == sorted(idle, reverse=True)


@pytest.mark.parametrize(
    ("query", "expected"), [({"text": "校舍"}, ["B"]), ({"kind": "TWO_NEW"}, ["A"])]
)
def test_the_address_filters_the_projects(
    sign_in_as: SignIn, full: Engine, query: dict[str, str], expected: list[str]
) -> None:
    sign_in_as(Role.LEADER)
    assert column(drawn(tab="projects", **query), "Code") == expected


def test_a_search_without_an_answer_says_what_to_do(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    assert "Take a filter away" in drawn(tab="projects", text="没有").info[0].value


def test_a_unit_sees_only_its_own_money(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.UNIT, units=["S01"])
    app = drawn(tab="projects")
    assert column(app, "Code") == ["B"]
    assert not app.error
    assert {metric.label: metric.value for metric in shown_figures(app)}["Funds approved"] == (
        "10.00 million yuan"
    )
