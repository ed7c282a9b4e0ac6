"""The page of clearing and revitalising, as different people see it."""

from datetime import date

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard.reads import cache
from dashboard.screens import disposals_listed
from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from models.account import Role
from models.disposal import DisposalKind
from tests.dashboard.apps import open_app
from tests.dashboard.signed_in import SignIn
from tests.data.contents import RENAMED, TODAY, kept, workbook
from tests.pages.chart_rows import rows
from tests.pages.tables import lists
from tests.pages.tiles import regions, shown_figures

pytestmark = pytest.mark.usefixtures("english")

DAY = TODAY.isoformat()
WAN = 1_000_000
NOTHING = {"done_on": None, "method": None, "recovered": None, "value": None}


@pytest.fixture
def full(engine: Engine) -> Engine:
    """The database with what two units found: late, open and done."""
    done = {"done_on": date(2026, 5, 1), "method": "REVITALISE", "recovered": 300 * WAN}
    content = workbook(
        disposals=[
            NOTHING | {"code": "A", "unit": "E01", "due_on": date(2026, 6, 1), "value": 500 * WAN},
            NOTHING | {"code": "B", "unit": "S01", "kind": "IDLE_POST", "quantity": 8},
            NOTHING | {"code": "C", "unit": "E01", "kind": "IDLE_ASSET"} | done,
        ],
    )
    kept(engine, content)
    cache.forget_version()
    return engine


def drawn(**query: str) -> AppTest:
    return open_app("disposals", **{"as_of": DAY} | query)


def column(app: AppTest, heading: str) -> list[object]:
    """The cells below `heading`, which stands on one of the tables."""
    (table,) = (each.value for each in lists(app) if heading in each.value)
    return list(table[heading])


@pytest.mark.usefixtures("either_language")
def test_an_empty_database_says_what_to_take_in(sign_in_as: SignIn) -> None:
    sign_in_as(Role.LEADER)
    app = drawn()
    assert not app.exception and not app.error
    assert len(app.info) == 2 and not lists(app)


@pytest.mark.usefixtures("either_language")
def test_the_page_is_drawn_of_a_full_database(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    for tab, charts in {"list": 0, "course": 3}.items():
        app = drawn(tab=tab)
        assert not app.exception and not app.error
        assert len(app.get("vega_lite_chart")) == charts


def test_a_unit_and_a_day_long_ago_are_drawn(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    for query in ({"node": "unit:S01"}, {"as_of": "2001-01-01"}):
        assert not drawn(**query).exception


def test_the_figures_shown_are_those_of_the_catalogue(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    shown = {metric.label: metric.value for metric in shown_figures(drawn())}
    figures = catalogue(shipped())
    with reading(full) as connection:
        found = read(connection, Scope(parse("district"), TODAY), figures)
    for name in ("disposal_rate", "disposals_late", "posts_recovered"):
        assert shown[figures[name].name] == found[name].text
    assert shown["Value still to be dealt with"] == "5.00 million yuan"


def test_each_of_the_seven_kinds_has_its_rate_with_its_denominator(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    rates = column(drawn(tab="course"), "Done of found")
    assert len(rates) == len(DisposalKind)
    assert rates[list(DisposalKind).index(DisposalKind.IDLE_ASSET)] == "100.0% (1/1)"


def test_the_longest_late_comes_first(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    app = drawn()
    assert column(app, "Code") == ["A", "B", "C"]
    assert column(app, "Days late")[0] == 29


@pytest.mark.parametrize(
    ("query", "expected"),
    [({"state": "DONE"}, ["C"]), ({"kind": "IDLE_POST"}, ["B"]), ({"text": "e01"}, ["A", "C"])],
)
def test_the_address_filters_the_list(
    sign_in_as: SignIn, full: Engine, query: dict[str, str], expected: list[str]
) -> None:
    sign_in_as(Role.LEADER)
    assert column(drawn(**query), "Code") == expected


def test_a_search_without_an_answer_says_what_to_do(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    assert "Take a filter away" in drawn(text="没有").info[0].value


def test_a_unit_sees_only_its_own(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.UNIT, units=["S01"])
    app = drawn()
    assert column(app, "Code") == ["B"]
    assert {metric.label: metric.value for metric in shown_figures(app)}["Disposal rate"] == "0.0%"


def test_each_disposal_stands_with_the_sign_of_its_state(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    assert column(drawn(), "Standing") == ["● Late", "◆ In progress", "■ Done"]


def test_a_sentence_says_what_is_late_and_which_is_late_the_longest(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    pieces = regions(drawn())["say"]["parts"][0]["pieces"]
    assert [(each["text"], each["tone"]) for each in pieces] == [
        ("late disposals 1", "bad"),
        ("longest 29 days: 空壳", "bad"),
        ("changes against 2026-05-31", ""),
    ]


@pytest.mark.parametrize(
    ("since", "marks"), [("2026-05-31", {"newly overdue"}), ("2026-06-25", set())]
)
def test_what_is_new_since_the_day_of_comparison_is_marked(
    sign_in_as: SignIn, full: Engine, since: str, marks: set[str]
) -> None:
    sign_in_as(Role.LEADER)
    (listed,) = (each.value for each in lists(drawn(since=since)) if "Days late" in each.value)
    assert {each for each in listed.get(f"Since {since}", ()) if each} == marks


def test_a_card_of_a_phone_says_how_late_whose_and_by_when(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    (table,) = (each.part for each in lists(drawn()) if "Days late" in each.value)
    assert {each["name"]: each["card"] for each in table["columns"] if each["card"]} == {
        "Days late": "late by {n} days",
        "Unit": "{n}",
        "Since 2026-05-31": "{n}",
        "Next step · by whom · by when": "Next: {n}",
        "Time limit": "due {n}",
    }


def test_what_is_not_done_says_what_is_next_by_whom_and_by_when(
    sign_in_as: SignIn, full: Engine
) -> None:
    meeting = {"code": "M9", "name": "第九次会议", "on_date": date(2026, 7, 30)}
    kept(full, workbook(sectors=[{"lead": "区教育局"}], meetings=[meeting]), correct=RENAMED)
    cache.forget_version()
    sign_in_as(Role.LEADER)
    (due_on,) = [limit for code, limit in _limits(drawn()) if code == "B"]
    # What is late is done by the next meeting, what is not by its limit; of what is done nothing.
    assert column(drawn(), "Next step · by whom · by when") == [
        "Complete the disposal · 区教育局 · by 2026-07-30",
        f"Complete the disposal · by {due_on}",
        None,
    ]
    done = {heading for each in lists(drawn(state="DONE")) for heading in each.value}
    assert "Next step · by whom · by when" not in done


def _limits(app: AppTest) -> list[tuple[object, object]]:
    return list(zip(column(app, "Code"), column(app, "Time limit"), strict=True))


def test_what_only_done_disposals_have_is_left_out_where_none_is_done(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    (table,) = (each.value for each in lists(drawn(state="LATE")) if "Value found" in each.value)
    assert not {"Recovered", "Way", "Done on"} & set(table)


def test_each_sum_of_the_page_is_in_yi_from_one_yi_on(
    sign_in_as: SignIn, full: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = NOTHING | {"code": "D", "unit": "E01", "value": 2_000_000 * WAN}
    kept(full, workbook(disposals=[large]))
    cache.forget_version()
    monkeypatch.setenv("GRIDLIGHT_LANGUAGE", "zh_CN")
    sign_in_as(Role.LEADER)
    app = drawn()
    shown = {metric.label: metric.value for metric in shown_figures(app)}
    assert (shown["盘活金额"], shown["待处置价值"]) == ("300.00万元", "200.05亿元")
    (listed,) = (each.value for each in lists(app))
    assert sorted(listed["价值"].dropna()) == [500.0, 2_000_000.0]


def test_until_when_stands_beside_how_late_and_filters_are_named_in_their_fields(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = drawn()
    (listed,) = (each.value for each in lists(app))
    assert list(listed)[:5] == ["Standing", "Days late", "Time limit", "What it is", "Unit"]
    fields = {each.label: each.placeholder for each in (*app.selectbox, *app.text_input)}
    assert fields["Look for"] == "Look for: Part of a name, code or unit"
    assert fields["Standing"] == "Standing: any"


def test_value_and_what_was_recovered_stand_apart(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    (table,) = (each.value for each in lists(drawn()) if "Value found" in each.value)
    assert list(table["Value found"].dropna()) == [5.0]
    assert list(table["Recovered"].dropna()) == [3.0]


def test_what_was_found_stands_above_what_was_cleared(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    shown = rows(drawn(tab="course"), "month", "series", "value")
    assert {series: value for month, series, value in shown if month == TODAY} == {
        "FOUND": 3,
        "DONE": 1,
    }


def test_the_worst_are_shown_first_and_all_when_asked_for(
    sign_in_as: SignIn, full: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in_as(Role.LEADER)
    monkeypatch.setattr(disposals_listed, "FIRST", 1)
    app = drawn()
    assert column(app, "Code") == ["A"]
    assert column(app.button(key="disposals-all").click().run(), "Code") == ["A", "B", "C"]
