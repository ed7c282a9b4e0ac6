"""The page of the net: its figures, what its charts are drawn from, and who sees which units."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard.reads import cache
from data.figures.catalogue import catalogue
from data.figures.reading import Readings, read
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from models.account import Role
from tests.dashboard.apps import open_app
from tests.data.contents import LONG_AGO, RENAMED, TODAY, kept, workbook
from tests.pages.chart_rows import rows
from tests.pages.tables import lists
from tests.pages.tiles import regions, shown_figures

pytestmark = pytest.mark.usefixtures("english")

NEXT = "Next step · by whom · by when"
DAY = TODAY.isoformat()
NOTHING_YET = date(2001, 1, 1).isoformat()
TABS = ("map", "contents", "blind", "units")
CHANGHONG, GULOU = "120104001", "120104002"
UNITS = [
    {"code": "E01", "name": "一中", "subdistrict": CHANGHONG},
    {"code": "S01", "name": "城投", "kind": "SOE", "sector": "SOE", "subdistrict": GULOU},
    {"code": "E02", "name": "无街道学校"},
    {"code": "E03", "name": "已退出", "withdrawn_on": TODAY},
]
ELEMENTS = ("GRID", "DUTIES", "TASKS", "MECHANISMS")
LEDGERS: dict[str, list[dict[str, Any]]] = {
    "units": UNITS,
    "grid_elements": [
        *({"unit": "E01", "element": element} for element in ELEMENTS),
        {"unit": "S01", "element": "GRID"},
    ],
    "duties": [{"unit": "E01", "item": "P2", "due_on": TODAY, "done_on": TODAY}],
    "projects": [
        {"code": "P1", "unit": "E01", "source": "STATE"},
        {"code": "P2", "unit": "E01", "source": "CROSS"},
    ],
    "content_checks": [
        {"project": "P1", "item": "FS01", "checked_on": TODAY - timedelta(30)},
        {"project": "P2", "item": "FS01", "checked_on": TODAY - timedelta(10), "result": "PROBLEM"},
        {"project": "P1", "item": "FS02", "checked_on": TODAY - timedelta(400)},
    ],
    "findings": [
        {"code": f"F{at}", "unit": "S01", "issued_on": LONG_AGO, "due_on": date(2026, 5, 1)}
        for at in range(2)
    ],
}


@pytest.fixture
def net(engine: Engine) -> Engine:
    """The database with a unit that is green, one that is red, one silent, one that has left."""
    kept(engine, workbook(**LEDGERS), correct=RENAMED)
    cache.forget_version()
    return engine


def figures(net: Engine, node: str = "district") -> Readings:
    with reading(net) as connection:
        return read(connection, Scope(parse(node), TODAY), catalogue(shipped()))


def units_shown(app: AppTest) -> list[str]:
    (table,) = (each.value for each in lists(app) if "Elements missing" in each.value)
    return list(table["Unit"])


@pytest.mark.parametrize(
    ("lang", "day"), [("zh_CN", DAY), ("en", DAY), ("zh_CN", NOTHING_YET)], ids=str
)
@pytest.mark.parametrize("tab", TABS)
def test_every_part_draws_in_both_languages_and_without_data(
    monkeypatch, sign_in_as, net, lang, tab, day
):
    monkeypatch.setenv("GRIDLIGHT_LANGUAGE", lang)
    sign_in_as(Role.LEADER)
    app = open_app("coverage", tab=tab, as_of=day)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("node", ["district", f"subdistrict:{GULOU}", "unit:E01"])
def test_tiles_show_the_figures(sign_in_as, net, node):
    sign_in_as(Role.LEADER)
    app = open_app("coverage", as_of=DAY, node=node)
    found = figures(net, node)
    keys = (
        "units",
        "grid_coverage",
        "content_coverage:FUND_SAFETY",
        "content_coverage:KEY_AUDIT",
        "content_problems",
    )
    assert [metric.value for metric in shown_figures(app)] == [found[key].text for key in keys]


def test_a_sentence_says_which_lights_what_is_lacking_and_what_nobody_checked(sign_in_as, net):
    sign_in_as(Role.LEADER)
    pieces = regions(open_app("coverage", as_of=DAY))["say"]["parts"][0]["pieces"]
    unchecked = 3 * len(shipped().lists["content_items"]) - 1
    assert [(each["text"], each["tone"], each["way"]["to"]) for each in pieces] == [
        ("red units 1", "bad", "coverage"),
        ("checks with a problem 1", "bad", "list"),
        ("units without all elements 2", "warn", "list"),
        (f"checks not made within a year {unchecked}", "warn", "coverage"),
        ("units not reported 1", "silent", "coverage"),
        ("changes against 2026-05-31", "", "changes"),
        ("ledgers entered by some units only 2", "silent", "data"),
    ]
    tabs = [each["way"]["asked"].get("tab") for each in pieces[-4:]]
    assert tabs == ["blind", "units", None, "entered"]
    assert [each["aside"] for each in pieces] == [False] * 5 + [True, True]


def test_the_number_of_checks_with_a_problem_is_red(sign_in_as, net):
    sign_in_as(Role.LEADER)
    tones = {each.label: each.tone for each in shown_figures(open_app("coverage", as_of=DAY))}
    assert tones["Content items with problems"] == "bad"


def test_the_counts_of_items_stand_beside_the_official_ones(sign_in_as, net):
    sign_in_as(Role.LEADER)
    notes = [each.note for each in shown_figures(open_app("coverage", as_of=DAY))]
    assert {"Items configured: 13/13", "Items configured: 7/7"} <= set(notes)


def tiles(app: AppTest) -> dict[str, dict[str, Any]]:
    """The tiles of the map by the code of their subdistrict."""
    found = regions(app)["net-map"]["parts"][0]["tiles"]
    return {tile["way"]["asked"]["node"].partition(":")[2]: tile for tile in found}


def test_the_map_has_a_tile_for_every_subdistrict(sign_in_as, net):
    sign_in_as(Role.LEADER)
    shown = tiles(open_app("coverage", as_of=DAY))
    # At first the ground is the worst light, as on the overview.
    assert (shown[CHANGHONG]["tone"], shown[GULOU]["tone"]) == ("good", "bad")
    # Beside the colour of a light stands why it is on, and of which unit; never a share.
    assert (shown[CHANGHONG]["text"], shown[CHANGHONG]["count"]) == ("all green", "")
    assert (shown[GULOU]["text"], shown[GULOU]["count"]) == ("over 30 days", "城投")
    assert len(shown) == len(shipped().lists["subdistricts"])


def test_of_a_figure_the_tile_has_the_share_and_its_colour(sign_in_as, net):
    sign_in_as(Role.LEADER)
    shown = tiles(open_app("coverage", as_of=DAY, map="grid_coverage"))
    assert not any(tile["tone"] for tile in shown.values())
    texts = {code: (tile["text"], tile["count"]) for code, tile in shown.items()}
    assert (texts.pop(CHANGHONG), texts.pop(GULOU)) == (("100.0%", "1/1"), ("0.0%", "0/1"))
    assert {text for text, _count in texts.values()} == {"—"}


def test_a_tile_leads_to_its_units(sign_in_as, net):
    sign_in_as(Role.LEADER)
    way = tiles(open_app("coverage", as_of=DAY))[GULOU]["way"]
    assert (way["to"], way["asked"]["tab"]) == ("coverage", "units")


def test_of_a_figure_of_which_more_is_worse_the_most_is_the_strongest(sign_in_as, net):
    sign_in_as(Role.LEADER)
    shown = tiles(open_app("coverage", as_of=DAY, map="overdue"))
    assert (shown[GULOU]["text"], shown[GULOU]["count"], shown[GULOU]["step"]) == ("2", "of 2", 0)
    assert shown[CHANGHONG]["step"] is None


@pytest.mark.parametrize("node", [f"subdistrict:{GULOU}", "unit:S01"])
def test_within_a_tile_the_map_shows_the_district_around_it(sign_in_as, net, node):
    sign_in_as(Role.LEADER)
    shown = tiles(open_app("coverage", as_of=DAY, node=node))
    assert shown[CHANGHONG]["text"] == "all green"
    assert [code for code, tile in shown.items() if tile["here"]] == [GULOU]


def test_every_unit_in_the_grid_has_a_light_or_is_counted_beside_the_map(sign_in_as, net):
    sign_in_as(Role.LEADER)
    app = open_app("coverage", as_of=DAY)
    lights = {code: tile["said"].strip() for code, tile in tiles(app).items() if tile["lights"]}
    assert lights == {CHANGHONG: "一中 Green", GULOU: "城投 Red"}
    said = [caption.value for caption in app.caption]
    assert "1 more units lie in no subdistrict on the map." in said


def gap_rows(app: AppTest) -> list[tuple[str, str, str, str]]:
    """The units with gaps: each with what is lacking, the tone of the last of it, and what is
    next."""
    first = lists(app)[0]
    assert list(first.value) == ["Light", "Unit", "What is lacking", NEXT]
    return [
        (unit, gap["text"], gap["last"]["tone"], done["text"])
        for _light, unit, gap, done in first.part["rows"]
    ]


def test_the_units_with_gaps_stand_first_those_of_which_nothing_came_in_before_all(sign_in_as, net):
    late = [{"unit": "E02", "due_on": TODAY - timedelta(9)}]
    duties = [{"unit": "E02", "item": "P2", "due_on": TODAY - timedelta(3)}]
    meeting = {"code": "M9", "name": "第九次会议", "on_date": TODAY + timedelta(30)}
    kept(net, workbook(reports=late, duties=duties, meetings=[meeting]), correct=RENAMED)
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = open_app("coverage", as_of=DAY)
    by = f"by {TODAY + timedelta(30)}"
    items = len(shipped().lists["content_items"])
    days = (TODAY - LONG_AGO).days
    assert gap_rows(app) == [
        (
            "无街道学校",
            f"nothing reported for {days} days · 1 report late, 1 duty overdue",
            "bad",
            f"Report all data that are due · the unit · {by}",
        ),
        (
            "城投",
            f"items unchecked: {items}, up to {days} days"
            f" · missing: Duties clear, Tasks definite, Mechanisms complete, {days} days",
            "warn",
            f"Put the missing elements in place · {by}",
        ),
        (
            "一中",
            f"items unchecked: {items - 1}, up to {days} days",
            "warn",
            f"Check the items · {by}",
        ),
    ]
    told = " ".join(each.value for each in app.markdown)
    assert "**Units with blind spots: 3**" in told
    assert "not reported 1, elements missing 1, items unchecked 2" in told


def test_what_units_lack_is_what_the_figures_count(sign_in_as, net):
    sign_in_as(Role.LEADER)
    rows_ = gap_rows(open_app("coverage", as_of=DAY))
    lacking = [unit for unit, gap, *_rest in rows_ if "missing" in gap or "nothing" in gap]
    assert len(lacking) == figures(net)["grid_coverage"].short


def test_posts_that_nobody_holds_are_gaps_in_the_colour_that_they_have_everywhere(sign_in_as, net):
    held = [{"unit": "E01", "role": "PRINCIPAL", "from_on": LONG_AGO}]
    kept(net, workbook(appointments=held), correct=RENAMED)
    cache.forget_version()
    sign_in_as(Role.LEADER)
    found = {
        unit: (gap, tone, done)
        for unit, gap, tone, done in gap_rows(open_app("coverage", as_of=DAY))
    }
    days = (TODAY - LONG_AGO).days
    gap, tone, done = found["一中"]
    assert gap.endswith(f"vacant: Internal auditor, {days} days")
    assert (tone, done) == ("warn", "Fill the vacant posts")
    gap, tone, done = found["城投"]
    assert gap.endswith(f"nobody in post, {days} days")
    assert tone == "bad"


def overview_marks() -> list[str]:
    """The words of the marks on the map of the overview."""
    found = regions(open_app("overview", as_of=DAY))["map-card"]["parts"][0]["tiles"]
    return [tile["mark"]["word"] for tile in found if tile["mark"]]


def test_the_tile_of_a_silent_unit_says_what_of_it_is_late(sign_in_as, net):
    late = [{"unit": "E02", "due_on": TODAY - timedelta(9)}]
    kept(net, workbook(units=[{**UNITS[2], "subdistrict": GULOU}], reports=late), correct=RENAMED)
    cache.forget_version()
    sign_in_as(Role.LEADER)
    tile = tiles(open_app("coverage", as_of=DAY))[GULOU]
    # The ground is that of a red unit in the same tile.
    assert tile["tone"] == "bad"
    assert (tile["mark"]["tone"], tile["mark"]["word"]) == ("bad", "silent: 1 late")
    # A small tile has no room for what its ground does not tell.
    assert overview_marks() == []
    kept(net, workbook(units=[{**UNITS[1], "subdistrict": CHANGHONG}]), correct=RENAMED)
    cache.forget_version()
    alone = tiles(open_app("coverage", as_of=DAY))[GULOU]
    assert (alone["tone"], alone["text"]) == ("silent", "not reported")
    assert (alone["mark"]["tone"], alone["mark"]["word"]) == ("bad", "1 not filed")
    assert overview_marks() == ["1 not filed"]


def test_sectors_are_shown_with_the_lowest_first(sign_in_as, net):
    sign_in_as(Role.LEADER)
    cells = rows(open_app("coverage", as_of=DAY), "code", "element", "text")
    assert cells[0] == ("SOE GRID", "Grid in place", "100.0%")
    assert [text for code, element, text in cells if element == "All four"] == ["0.0%", "50.0%"]


def test_the_legend_of_checks_says_what_their_signs_mean(sign_in_as, net):
    sign_in_as(Role.LEADER)
    app = open_app("coverage", as_of=DAY, tab="contents")
    specs = [json.loads(each.proto.spec) for each in app.get("vega_lite_chart")]
    drawn = json.dumps(specs, ensure_ascii=False)
    for meaning in ("! Problem", "○ never checked", "– Not applicable"):
        assert meaning in drawn


@pytest.mark.parametrize(
    ("source", "cell"),
    [("all", ("PROBLEM", 10)), ("STATE", ("NORMAL", 30)), ("INTERNAL", (None, None))],
)
def test_checks_are_kept_apart_by_source(sign_in_as, net, source, cell):
    sign_in_as(Role.LEADER)
    app = open_app("coverage", as_of=DAY, tab="contents", source=source)
    found = rows(app, "code", "item", "state", "days")
    assert ("E01", "Bank accounts", *cell) in found


def gaps(app: AppTest, heading: str) -> list[tuple[str, int, str, str]]:
    """The list of units under `heading`: each with the number of its items, the tone of that, and
    the items."""
    (table,) = (each.part for each in lists(app) if heading in each.value)
    return [
        (unit, count["text"], count["tone"], named) for unit, count, named, _next in table["rows"]
    ]


def test_problems_stand_in_a_list_of_their_own_before_what_nobody_checked(sign_in_as, net):
    sign_in_as(Role.LEADER)
    app = open_app("coverage", as_of=DAY, tab="contents")
    items = len(rows(app, "code", "item")) // 3
    assert gaps(app, "Problem found") == [("一中", 1, "bad", "Bank accounts")]
    unchecked = gaps(app, "Not checked")
    assert [unit for unit, *_rest in unchecked] == ["城投", "无街道学校", "一中"]
    assert unchecked[0][1:] == (items, "warn", "all items")
    assert unchecked[2][1] == items - 1
    assert unchecked[2][3].endswith(" and others")
    told = " ".join(each.value for each in app.markdown).replace("\\", "")
    problem = told.index("**Checks that found a problem: 1, at 1 unit**")
    assert problem < told.index(f"**Not checked within a year: {3 * items - 1}, at 3 units**")


def test_what_checks_found_or_lack_says_what_is_next_by_whom_and_by_when(sign_in_as, net):
    meeting = {"code": "M9", "name": "第九次会议", "on_date": TODAY + timedelta(30)}
    kept(net, workbook(sectors=[{"lead": "区教育局"}], meetings=[meeting]), correct=RENAMED)
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = open_app("coverage", as_of=DAY, tab="contents")
    found, lacking = (
        dict(zip(each.value["Unit"], each.value[NEXT], strict=True)) for each in lists(app)
    )
    by = f"by {TODAY + timedelta(30)}"
    assert found == {"一中": f"Rectify it, and have it checked again · the unit · {by}"}
    assert lacking == {
        # Its sector has no competent department.
        "城投": f"Check the items · {by}",
        "无街道学校": f"Report all data that are due · the unit · {by}",
        "一中": f"Check the items · 区教育局 · {by}",
    }
    (spots,) = (each.value for each in lists(open_app("coverage", as_of=DAY, tab="blind")))
    for unit, said in zip(spots["Unit"], spots[NEXT], strict=True):
        assert said == lacking[unit]


def test_a_problem_that_another_source_found_is_no_gap_of_this_one(sign_in_as, net):
    sign_in_as(Role.LEADER)
    app = open_app("coverage", as_of=DAY, tab="contents", source="STATE")
    assert not any("Problem found" in each.value for each in lists(app))
    assert gaps(app, "Not checked")


def test_a_check_of_more_than_a_year_ago_shows_its_age_only(sign_in_as, net):
    sign_in_as(Role.LEADER)
    app = open_app("coverage", as_of=DAY, tab="contents")
    found = rows(app, "code", "item", "state", "days")
    assert ("E01", "Bank reconciliation", None, 400) in found


def test_blind_spots_are_those_that_coverage_lacks(sign_in_as, net):
    sign_in_as(Role.LEADER)
    app = open_app("coverage", as_of=DAY, tab="blind", items="KEY_AUDIT")
    bars = rows(app, "code", "value", "text")
    assert ("KA1", 3, "3/3") in bars
    coverage = figures(net)["content_coverage:KEY_AUDIT"]
    missing = (coverage.denominator or 0) - (coverage.numerator or 0)
    assert sum(value for _code, value, _text in bars) == missing


def test_the_most_urgent_blind_spot_stands_first(sign_in_as, net):
    sign_in_as(Role.LEADER)
    (table,) = lists(open_app("coverage", as_of=DAY, tab="blind"))
    first = table.value.iloc[0]
    assert (first["Key item"], first["Last check"]) == ("key", "never checked")
    assert first["Days × weight"] == first["Days since then"] * first["Weight"]
    at = list(table.value).index("Days since then")
    assert {row[at]["tone"] for row in table.part["rows"]} == {"warn"}


def test_what_to_do_about_blind_spots_stands_before_their_chart(sign_in_as, net):
    sign_in_as(Role.LEADER)
    headings = [each.value for each in open_app("coverage", as_of=DAY, tab="blind").markdown]
    listed, chart = (
        next(at for at, each in enumerate(headings) if words in each)
        for words in ("**Blind spots**", "any check of the item")
    )
    assert listed < chart


def test_units_are_listed_with_what_they_lack(sign_in_as, net):
    sign_in_as(Role.LEADER)
    (table,) = lists(open_app("coverage", as_of=DAY, tab="units"))
    lacking = dict(zip(table.value["Unit"], table.value["Elements missing"], strict=True))
    assert lacking["一中"] == "none"
    assert lacking["城投"] == "Duties clear, Tasks definite, Mechanisms complete"


def test_a_unit_that_is_not_in_the_grid_is_found_by_its_name_only(sign_in_as, net):
    sign_in_as(Role.LEADER)
    assert "已退出" not in units_shown(open_app("coverage", as_of=DAY, tab="units"))
    (table,) = lists(open_app("coverage", as_of=DAY, tab="units", named="已退"))
    assert list(table.value["Elements missing"]) == ["—"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"light": "RED"}, ["城投"]),
        ({"named": "e0"}, ["无街道学校", "一中", "已退出"]),
        ({"node": f"subdistrict:{CHANGHONG}"}, ["一中"]),
    ],
)
def test_units_can_be_narrowed(sign_in_as, net, asked, expected):
    sign_in_as(Role.LEADER)
    assert units_shown(open_app("coverage", as_of=DAY, tab="units", **asked)) == expected


def test_a_unit_sees_itself_only(sign_in_as, net):
    sign_in_as(Role.UNIT, units=["E01"])
    assert units_shown(open_app("coverage", as_of=DAY, tab="units")) == ["一中"]
    app = open_app("coverage", as_of=DAY)
    assert [tile["said"] for tile in tiles(app).values() if tile["lights"]] == ["一中 Green"]
    assert [code for code, tile in tiles(app).items() if tile["text"] != "—"] == [CHANGHONG]
