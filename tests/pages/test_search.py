"""The page of what a search finds, as different people see it."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard import clock
from dashboard.reads import cache
from dashboard.screens import search, searchable
from models.account import Role
from tests.dashboard.apps import open_app
from tests.dashboard.signed_in import SignIn
from tests.data.contents import TODAY, kept, workbook
from tests.pages.tables import click_row, lists
from tests.pages.tiles import areas, regions

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def full(engine: Engine) -> Engine:
    kept(
        engine,
        workbook(
            unit_names=[{"unit": "E01", "name": "实验*小学*", "kind": "SHORT"}],
            appointments=[{"unit": "E01", "name": "王实验", "role": "PRINCIPAL"}],
            findings=[
                {"code": "A1", "unit": "E01", "title": "实验室采购未招标"},
                {"code": "A2", "unit": "S01", "title": "实验经费挪用"},
            ],
        ),
    )
    cache.forget_version()
    return engine


def found(text: str, **asked: str) -> AppTest:
    return open_app("search", q=text, as_of=clock.today().isoformat(), **asked)


def column(app: AppTest, heading: str) -> list[str]:
    """The cells below `heading`, of all tables that have it."""
    return [cell for each in lists(app) for cell in each.value.get(heading, [])]


def test_units_findings_and_persons_are_found_by_one_word(full: Engine, sign_in_as: SignIn) -> None:
    sign_in_as(Role.COMMITTEE)
    app = found("实验")
    assert column(app, "Other names") == ["实验*小学*"]
    assert column(app, "Finding") == ["实验室采购未招标", "实验经费挪用"]
    assert column(app, "Name of the person") == ["王实验"]
    said = [each.value.replace("\\", "") for each in app.caption]
    assert "“实验”: units 1, findings 2, persons 1" in said
    assert column(app, "Light")[0], "a unit stands with its light"
    assert column(app, "Light of the unit") == column(app, "Light")


def test_a_search_covers_all_that_may_be_seen_whatever_node_is_looked_at(
    full: Engine, sign_in_as: SignIn
) -> None:
    sign_in_as(Role.LEADER)
    app = found("实验", node="unit:S01")
    titles = column(app, "Finding")
    assert titles == ["实验室采购未招标", "实验经费挪用"]


def test_a_unit_finds_nothing_of_others(full: Engine, sign_in_as: SignIn) -> None:
    sign_in_as(Role.UNIT, units=["S01"])
    app = found("实验")
    titles = column(app, "Finding")
    assert titles == ["实验经费挪用"]


def test_what_is_not_there_is_said(full: Engine, sign_in_as: SignIn) -> None:
    sign_in_as(Role.LEADER)
    app = found("*没有*")
    assert "Nothing was found for “*没有*”." in app.info[0].value.replace("\\", "")
    # Below stands what can be found.
    assert "search-text" in [each.key for each in app.text_input]
    assert [what for what, _searched in examples(app)][0] == "单位E01"


def test_the_box_shows_what_was_looked_for(full: Engine, sign_in_as: SignIn) -> None:
    sign_in_as(Role.LEADER)
    assert found("实验").text_input("frame-search").value == "实验"


def test_the_box_of_any_page_leads_to_what_it_finds(full: Engine, sign_in_as: SignIn) -> None:
    sign_in_as(Role.LEADER)
    app = open_app("rectification", as_of=TODAY.isoformat())
    app = app.text_input("frame-search").set_value("实验").run()
    assert app.title[0].value == "What was found?"


def examples(app: AppTest) -> list[tuple[str, list[str]]]:
    """What the page offers to search for: the first cell of each row, with what it searches."""
    return [
        (str(each.value.iloc[0, 0]), [way["asked"]["q"] for way in each.part["ways"]])
        for each in lists(app)
    ]


def test_without_a_text_the_page_says_what_can_be_found_with_examples_that_search(
    full: Engine, sign_in_as: SignIn
) -> None:
    sign_in_as(Role.COMMITTEE)
    app = found("")
    assert app.title[0].value == "What do you look for?"
    shown = " ".join(each.value for each in app.markdown)
    for kind in (
        "**Units** by any name",
        "**Findings** by title, code",
        "**Persons in post** by name; principals, the worst first",
    ):
        assert kind in shown.replace(":gray[", "")
    assert [what for what, _searched in examples(app)] == ["单位E01", "实验室采购未招标", "王实验"]
    assert examples(app)[1][1] == ["A1", "A2"], "a finding is searched by its code"
    # Each says where it is red and what is next; the codes give way where there is no room.
    units, findings, persons = lists(app)
    assert "Why this light" in units.value and "Light of the unit" in persons.value
    steps = findings.value["Next step · by whom · by when"]
    assert all(str(each).count(" · ") >= 1 for each in steps)
    for listed, code in ((units, "Unit code"), (findings, "Finding code")):
        assert [each["name"] for each in listed.part["columns"] if each["spare"]] == [code]
    app = click_row(app, "search-example-findings", 1)
    assert column(app, "Finding") == ["实验经费挪用"]
    assert app.title[0].value == "What was found?"


def test_without_a_text_the_page_says_what_is_warned_of_wherever_the_viewer_may_look(
    full: Engine, sign_in_as: SignIn
) -> None:
    warning = {"code": "W1", "unit": "E01", "raised_on": clock.today() - timedelta(9)}
    kept(full, workbook(warnings=[warning]))
    cache.forget_version()
    sign_in_as(Role.COMMITTEE)
    shown = regions(found("", node="unit:S01"))
    (table, *_more) = shown["warnings"]["parts"]
    assert any("单位E01" in str(row["cells"]) for row in table["rows"]), "of all units"


def test_examples_say_how_many_there_are_and_lead_to_all(
    full: Engine, sign_in_as: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searchable, "EXAMPLES", 1)
    monkeypatch.setattr(searchable, "NAMED", 1)
    sign_in_as(Role.COMMITTEE)
    app = found("")
    said = " ".join(each.value for each in app.markdown)
    assert "by any name or code; the worst 1 of 2, click an example" in said
    assert "category or unit; the worst 1 of 2, click an example" in said
    # One principal is entered, so nothing more is there of persons.
    assert "by name; principals, the worst first, click an example" in said
    assert to_all(app) == [
        ("all 2 ›", "coverage", {"tab": "units"}),
        ("all 2 ›", "rectification", {"tab": "ledger"}),
    ]


def to_all(app: AppTest) -> list[tuple[str, str, dict[str, str]]]:
    """What leads to all of a list: its text, its page and what it asks for."""
    return [
        (part["text"], part["way"]["to"], part["way"]["asked"])
        for element in app.main
        if areas(element) == ["all"]
        for part in json.loads(element.proto.json)["regions"][0]["parts"]
    ]


def test_more_findings_than_are_shown_lead_to_all_of_them(
    full: Engine, sign_in_as: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST", 1)
    sign_in_as(Role.LEADER)
    app = found("实验")
    assert any("1 of 2, the worst first" in each.value for each in app.markdown)
    assert to_all(app) == [("all 2 ›", "rectification", {"tab": "ledger", "text": "实验"})]


def test_the_box_of_the_page_searches(full: Engine, sign_in_as: SignIn) -> None:
    sign_in_as(Role.LEADER)
    app = found("").text_input("search-text").set_value("经费").run()
    assert column(app, "Finding") == ["实验经费挪用"]


def test_examples_are_only_what_the_viewer_may_see(full: Engine, sign_in_as: SignIn) -> None:
    sign_in_as(Role.MANAGER, sectors=["SOE"])
    app = found("")
    assert column(app, "Finding") == ["实验经费挪用"]
    assert set(column(app, "Unit")) == {"单位S01"}
    assert not any("Persons in post" in each.value for each in app.markdown), "names are masked"
