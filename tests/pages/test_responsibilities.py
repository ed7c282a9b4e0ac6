"""The page of the two responsible subjects: figures, gaps, persons with and without their names."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pandas as pd
import pytest
from docx import Document
from sqlalchemy import Engine, select
from sqlmodel import col
from streamlit.testing.v1 import AppTest

from dashboard.reads import cache
from dashboard.screens.responsibilities import handover
from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from models.account import Role
from models.duty import PostRole
from models.grid import Unit
from tests.dashboard.apps import open_app
from tests.data.contents import RENAMED, TODAY, kept, workbook
from tests.pages.chart_rows import rows
from tests.pages.tables import lists
from tests.pages.tiles import said, shown_figures

pytestmark = pytest.mark.usefixtures("english")

DAY = TODAY.isoformat()
NOTHING_YET = date(2001, 1, 1).isoformat()
TABS = ("posts", "duties", "late", "people", "institutions", "chief")
LEFT = TODAY - timedelta(70)
LEDGERS: dict[str, list[dict[str, Any]]] = {
    "units": [
        {"code": "E01", "name": "一中"},
        {"code": "S01", "name": "城投", "kind": "SOE", "sector": "SOE"},
    ],
    "appointments": [
        {"unit": "E01", "name": "欧阳明", "role": "PRINCIPAL"},
        {"unit": "E01", "name": "欧阳明", "role": "GROUP_LEADER"},
        {"unit": "E01", "name": "赵四", "role": "AUDITOR", "full_time": True},
        {"unit": "S01", "name": "钱七", "role": "PRINCIPAL"},
        {"unit": "S01", "name": "孙八", "role": "CHIEF_AUDITOR", "until_on": LEFT},
    ],
    "institutions": [{"unit": "E01", "form": "JOINT"}],
    "duties": [
        {"unit": "E01", "item": "P1", "due_on": date(2026, 3, 31), "done_on": date(2026, 3, 1)},
        {"unit": "E01", "item": "P1", "due_on": date(2026, 4, 30), "done_on": date(2026, 5, 9)},
        {"unit": "S01", "item": "A1", "due_on": date(2026, 5, 1)},
        {"unit": "S01", "item": "A2", "due_on": date(2026, 7, 10)},
    ],
}


@pytest.fixture
def staffed(engine: Engine) -> Engine:
    """The database with two units that have gaps."""
    kept(engine, workbook(**LEDGERS), correct=RENAMED)
    cache.forget_version()
    return engine


def drawn(tab: str, **asked: str) -> AppTest:
    return open_app("responsibilities", as_of=DAY, tab=tab, **asked)


def table(app: AppTest, heading: str) -> pd.DataFrame:
    """The table with the column `heading`."""
    (found,) = (each.value for each in lists(app) if heading in each.value)
    return found


@pytest.mark.parametrize(
    ("lang", "day"), [("zh_CN", DAY), ("en", DAY), ("zh_CN", NOTHING_YET)], ids=str
)
@pytest.mark.parametrize("tab", TABS)
def test_every_part_draws_in_both_languages_and_without_data(
    monkeypatch, sign_in_as, staffed, lang, tab, day
):
    monkeypatch.setenv("GRIDLIGHT_LANGUAGE", lang)
    sign_in_as(Role.LEADER)
    app = open_app("responsibilities", tab=tab, as_of=day)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("node", ["district", "unit:S01"])
def test_tiles_show_the_figures(sign_in_as, staffed, node):
    sign_in_as(Role.LEADER)
    app = drawn("posts", node=node)
    with reading(staffed) as connection:
        found = read(connection, Scope(parse(node), TODAY), catalogue(shipped()))
    keys = (
        "dual_responsibility",
        "institution_rate",
        "group_rate",
        "chief_auditor_rate",
        "duty_rate",
        "duty_on_time",
    )
    assert [metric.value for metric in shown_figures(app)] == [found[key].text for key in keys]


def test_filled_posts_are_counted_by_kind_of_unit(sign_in_as, staffed):
    sign_in_as(Role.LEADER)
    cells = rows(drawn("posts"), "code", "kind", "text")
    assert ("PRINCIPAL", "District state firm", "1/1") in cells
    assert ("CHIEF_AUDITOR", "District state firm", "0/1") in cells
    assert ("CHIEF_AUDITOR", "Party or government body", "—") in cells


def test_an_empty_post_is_shown_with_the_day_since_when(sign_in_as, staffed):
    sign_in_as(Role.LEADER)
    gaps = table(drawn("posts", post="CHIEF_AUDITOR"), "Empty posts")
    assert gaps.values.tolist() == [
        ["城投", "▲ partly empty", 70, "Chief auditor", "District state firm", LEFT]
    ]


def test_posts_that_fell_empty_on_different_days_say_each(sign_in_as, staffed):
    sign_in_as(Role.LEADER)
    gaps = table(drawn("posts"), "Empty posts").set_index("Unit")
    assert f"Chief auditor since {LEFT}" in gaps["Empty posts"]["城投"]
    assert "since" not in gaps["Empty posts"]["一中"]


def test_a_unit_with_nobody_in_post_is_counted_in_the_heading(sign_in_as, engine):
    nobody = {"units": [*LEDGERS["units"], {"code": "E02", "name": "二中"}]}
    kept(engine, workbook(**LEDGERS | nobody), correct=RENAMED)
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = drawn("posts")
    gaps = table(app, "Empty posts").set_index("Unit")
    assert gaps["Empty posts"]["二中"] == "all 7 posts"
    assert list(gaps["Standing"]) == ["● nobody at all", "▲ partly empty", "▲ partly empty"]
    assert any("Units with nobody in post: 1" in each.value for each in app.markdown)


def test_the_table_of_sectors_names_its_lowest_cell_and_begins_with_that_sector(sign_in_as, engine):
    more = [{"code": "E02", "name": "二中"}, {"code": "E03", "name": "三中"}]
    ledgers = {
        **LEDGERS,
        "units": [*LEDGERS["units"], *more],
        "appointments": [
            {"unit": unit, "name": "钱七", "role": role}
            for unit in ("E01", "E02", "E03", "S01")
            for role in PostRole
            if unit == "S01" or (unit != "E03" and role != PostRole.CHIEF_AUDITOR)
        ],
        "institutions": [{"unit": unit, "form": "INDEPENDENT"} for unit in ("E01", "S01")],
        "duties": [],
    }
    kept(engine, workbook(**ledgers), correct=RENAMED)
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = drawn("posts")
    cells = rows(app, "sector", "element", "text")
    assert cells[1] == ("EDU 3", "Institution", "33.3%")
    titles = "".join(each.value for each in app.markdown)
    assert "Share of its units\\: lowest in EDU · Institution" in titles


def test_a_unit_with_empty_posts_counts_from_the_first(sign_in_as, staffed):
    sign_in_as(Role.LEADER)
    with reading(staffed) as connection:
        enrolled = connection.scalar(select(col(Unit.enrolled_on)).where(col(Unit.code) == "S01"))
    unit = table(drawn("posts"), "Empty posts").set_index("Unit").loc["城投"]
    assert (unit["Empty since"], unit["Days empty"]) == (enrolled, (TODAY - enrolled).days)
    assert enrolled < LEFT


def test_beside_empty_posts_stands_the_department_that_answers_for_the_unit(sign_in_as, staffed):
    sign_in_as(Role.LEADER)
    assert "Competent department" not in table(drawn("posts"), "Empty posts")
    sectors = [{"code": "SOE", "name": "国资", "lead": "国资委"}, {"code": "EDU", "name": "教育"}]
    kept(staffed, workbook(sectors=sectors), correct=RENAMED)
    cache.forget_version()
    gaps = table(drawn("posts"), "Empty posts").set_index("Unit")
    assert gaps["Competent department"]["城投"] == "国资委"


def test_empty_posts_are_to_be_filled_before_the_next_meeting(sign_in_as, staffed):
    sign_in_as(Role.LEADER)
    assert "Fill by" not in table(drawn("posts"), "Empty posts")
    next_on = TODAY + timedelta(17)
    kept(staffed, workbook(meetings=[{"code": "M9", "name": "第九次会议", "on_date": next_on}]))
    cache.forget_version()
    app = drawn("posts")
    (gaps,) = (each for each in lists(app) if "Fill by" in each.value)
    assert set(gaps.value["Fill by"]) == {next_on}
    assert "fill by {n}" in [each["card"] for each in gaps.part["columns"]]
    assert any("fill and report before the next meeting" in each.value for each in app.markdown)


@pytest.mark.parametrize(
    ("role", "grants", "name"),
    [(Role.LEADER, {}, "欧阳明"), (Role.MANAGER, {"sectors": ["EDU"]}, "欧＊＊")],
)
def test_names_are_in_full_only_for_who_may_see_them(sign_in_as, staffed, role, grants, name):
    sign_in_as(role, **grants)
    people = table(drawn("people", post="PRINCIPAL"), "Name of the person")
    assert name in list(people["Name of the person"])


def test_the_chief_auditor_is_masked_as_well(sign_in_as, staffed):
    sign_in_as(Role.MANAGER, sectors=["SOE"])
    before = (LEFT - timedelta(1)).isoformat()
    app = open_app("responsibilities", as_of=before, tab="chief")
    assert list(table(app, "Chief auditor")["Chief auditor"]) == ["孙＊"]


def test_both_sides_of_a_share_by_weight_say_so(sign_in_as, staffed):
    sign_in_as(Role.LEADER)
    shown = {metric.label: metric for metric in shown_figures(drawn("duties"))}
    assert shown["Duties done"].of.startswith("weight ")


def test_who_holds_several_posts_is_marked(sign_in_as, staffed):
    sign_in_as(Role.LEADER)
    people = table(drawn("people", node="unit:E01"), "Holds also")
    assert list(people["Holds also"]) == ["Group leader", None, "Principal"]
    assert list(people["Full time"]) == ["—", "yes", "—"]


def test_duties_are_counted_as_done_in_time_late_and_not_the_least_done_first(sign_in_as, staffed):
    sign_in_as(Role.LEADER)
    numbers = table(drawn("duties"), "Done late").set_index("Duty")
    counted = numbers[["Owed", "Done in time", "Done late", "Not done"]].values.tolist()
    assert counted == [[1, 0, 0, 1], [2, 1, 1, 0]]


@pytest.mark.parametrize(
    ("which", "heading", "days"),
    [("overdue", "Days overdue", [60]), ("ahead", "Days left", [10])],
)
def test_open_duties_are_listed_by_their_day(sign_in_as, staffed, which, heading, days):
    sign_in_as(Role.LEADER)
    assert list(table(drawn("duties", duties=which), heading)[heading]) == days


def test_units_without_an_institution_stand_first(sign_in_as, staffed):
    sign_in_as(Role.LEADER)
    found = table(drawn("institutions"), "The group lacks")
    assert found[["Unit", "Institution", "In the group"]].values.tolist() == [
        ["城投", "none", "0/5"],
        ["一中", "Joint office", "1/5"],
    ]


def test_a_chief_auditor_missing_for_too_long_is_marked(sign_in_as, staffed):
    sign_in_as(Role.LEADER)
    app = drawn("chief")
    assert "1 of 1 post empty" in "".join(each.value for each in app.markdown)
    (post,) = table(app, "Days empty").to_dict("records")
    assert (post["Chief auditor"], post["Days empty"]) == ("post empty", 70)
    assert post["Warning"] == "▲ empty for too long"


@pytest.mark.parametrize(
    ("tab", "heading"),
    [("posts", "Empty posts"), ("people", "Post"), ("institutions", "The group lacks")],
)
def test_a_unit_sees_itself_only(sign_in_as, staffed, tab, heading):
    sign_in_as(Role.UNIT, units=["E01"])
    assert set(table(drawn(tab), heading)["Unit"]) == {"一中"}


def test_what_was_late_stands_under_whoever_held_the_post(staffed, sign_in_as):
    sign_in_as(Role.LEADER)
    found = table(drawn("late"), "Days late")
    assert list(found["Person"]) == ["钱七", "nobody in post", "欧阳明", "赵四"]
    # The duty of S01 is 60 days late, that of E01 was done 9 days late.
    assert list(found["Days late"]) == [60, 60, 9, 9]
    assert list(found["In post on the day"]) == ["yes", "—", "yes", "yes"]


def test_the_page_of_a_unit_says_who_was_in_charge_of_what_was_late(staffed, sign_in_as):
    sign_in_as(Role.LEADER)
    app = open_app("unit", node="unit:E01", tab="in_charge", as_of=DAY)
    assert not app.exception
    found = table(app, "Days late under principals")
    assert list(found["Days late under principals"]) == ["欧阳明: 9 days"]


def test_a_manager_sees_whom_it_fell_under_by_the_first_sign(staffed, sign_in_as):
    sign_in_as(Role.MANAGER, sectors=["EDU"])
    app = open_app("unit", node="unit:E01", tab="in_charge", as_of=DAY)
    assert list(table(app, "Days late")["Person"]) == ["欧＊＊", "赵＊"]


def test_a_handover_list_is_made_for_who_may_have_it(staffed, sign_in_as, monkeypatch):
    made = []
    monkeypatch.setattr(
        handover, "hand_out", lambda label, produce, **how: made.append((produce, how))
    )
    sign_in_as(Role.LEADER)
    app = open_app("unit", node="unit:E01", tab="in_charge", as_of=DAY)
    assert not app.exception
    ((produce, how),) = made
    assert "欧阳明" in Document(BytesIO(produce())).tables[-1].rows[1].cells[1].text
    assert how["subject"] == f"handover unit:E01 PRINCIPAL {DAY}"


def test_who_sees_masked_names_is_offered_no_handover_list(staffed, sign_in_as):
    sign_in_as(Role.MANAGER, sectors=["EDU"])
    app = open_app("unit", node="unit:E01", tab="in_charge", as_of=DAY)
    assert not app.exception
    assert "handover-file" not in [each.key for each in app.button]


def test_a_sentence_says_who_is_missing_and_what_is_overdue_the_red_first(sign_in_as, staffed):
    sign_in_as(Role.LEADER)
    tab = {"to": "responsibilities", "tab": "posts"}
    assert said(drawn("people")) == [
        ("overdue duties 1", "bad", {"to": "responsibilities", "tab": "duties"}),
        # As yellow as the units in which posts are empty are in the list.
        ("a post empty the longest: 911 days in 2 units alike", "warn", tab),
        ("units with some posts empty 2", "warn", tab),
        ("units without an independent institution 2", "warn", INSTITUTIONS),
        ("changes against 2026-05-31", "", {"to": "changes"}),
    ]


def test_overdue_duties_say_what_is_next_by_whom_and_by_when(sign_in_as, staffed):
    kept(staffed, workbook(meetings=[{"code": "M9", "on_date": TODAY + timedelta(30)}]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = drawn("duties")
    day = TODAY + timedelta(30)
    assert f"overdue duties 1, to be made up by {day}" in [each[0] for each in said(app)]
    (row,) = table(app, "Days overdue").to_dict("records")
    what, who, until = str(row["Next step · by whom · by when"]).split(" · ")
    assert what == "Draw up the audit plan, have it approved, and submit it"
    assert until == f"by {day}"
    assert who.split()[0] in ("Principal", "Internal") and "Owed by" not in row


def test_days_for_which_posts_are_empty_have_the_colour_of_the_standing(sign_in_as, staffed):
    sign_in_as(Role.LEADER)
    (listed,) = (each for each in lists(drawn("posts")) if "Standing" in each.value)
    at = list(listed.value).index("Days empty")
    assert [row[at]["tone"] for row in listed.part["rows"]] == listed.tones("Standing")
    assert "warn" in listed.tones("Standing")


INSTITUTIONS = {"to": "list", "figure": "institution_rate"}


def test_of_one_unit_the_sentence_says_which_post_is_empty_the_longest(sign_in_as, staffed):
    sign_in_as(Role.LEADER)
    first = next(each for each in said(drawn("posts", node="unit:S01")) if "911" in each[0])
    longest = {"to": "unit", "node": "unit:S01"}
    assert first == ("a post empty the longest: 911 days, 城投", "warn", longest)


def test_before_anything_is_entered_the_sentence_is_grey(sign_in_as, engine):
    sign_in_as(Role.LEADER)
    assert said(drawn("posts")) == [("no unit is in the grid", "silent", None)]
    kept(engine, workbook(units=[{"code": "H1", "sector": "EDU"}]))
    cache.forget_version()
    unknown = "not entered: Both subjects in post, Duties done, Independent institutions"
    assert said(drawn("posts")) == [(unknown, "silent", None)]


def test_each_share_of_units_says_in_red_how_many_it_lacks(sign_in_as, staffed):
    sign_in_as(Role.LEADER)
    lacking = {each.label: each.second for each in shown_figures(drawn("posts"))}
    assert lacking["Independent institutions"] == (("Not met", "2"),)
    assert lacking["Chief auditors in post"] == (("Not met", "1"),)
