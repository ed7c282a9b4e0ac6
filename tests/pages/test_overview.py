"""The overview says what the figures say: counts, order, colours and where its parts lead."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from sqlalchemy import Engine

from dashboard import clock, identity, setting_origins
from dashboard.reads import cache
from data.access import first_accounts, sign_in
from data.figures.breakdown import by_unit
from data.figures.catalogue import catalogue
from data.figures.reading import Readings, read
from data.figures.units import departments_of, lights, units
from data.matters import (
    BEYOND_RULE,
    HELP_RULE,
    IDLE_RULE,
    MAJOR_OVERDUE_RULE,
    NO_GRADE_RULE,
    SAME_KIND_RULE,
    SILENT_RULE,
)
from data.meetings.held import ahead
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope, everything
from data.store.access_log import Act
from data.store.database import connect, reading, writing
from data.store.schema import migrate
from models.audit import Source
from models.rectification import RectType
from models.rules.light import Light
from models.rules.rectification import OVERDUE_BANDS
from tests.dashboard.apps import open_app
from tests.demonstration_day import TODAY

SINCE = date(2025, 12, 31)
NOW, BEFORE = (everything(parse("district"), day) for day in (TODAY, SINCE))


@pytest.fixture(scope="module")
def district(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path = tmp_path_factory.mktemp("overview") / "gridlight.sqlite"
    shutil.copyfile(demonstration, path)
    engine = connect(f"sqlite:///{path}")
    migrate(engine)
    with writing(engine) as connection:
        first_accounts.demonstration(connection, clock.now())
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def board(district: Engine) -> dict[str, Any]:
    return regions(district, as_of=TODAY.isoformat(), since=SINCE.isoformat())


def regions(district: Engine, **asked: str) -> dict[str, Any]:
    """The regions of the overview as they are sent to the browser, by their place."""
    now = clock.now()
    with writing(district) as connection:
        ticket = sign_in.enter(connection, Act("demo-leader", now))
        token = sign_in.redeem(connection, ticket or "", now, None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(setting_origins.LANGUAGE, "en")
        patch.setattr(cache, "engine", lambda: district)
        patch.setattr(identity, "token", lambda: token)
        st.cache_resource.clear()
        cache.forget_version()
        app = open_app("overview", **asked)
    st.cache_resource.clear()
    assert not app.exception
    (drawn,) = [
        each.proto
        for each in app.main
        if getattr(getattr(each, "proto", None), "component_name", "") == "gridlight_board"
    ]
    return {region["area"]: region for region in json.loads(drawn.json)["regions"]}


def figures(district: Engine, scope: Scope = NOW) -> Readings:
    with reading(district) as connection:
        return read(connection, scope, catalogue(shipped()))


def lit(district: Engine, scope: Scope = NOW) -> dict[Light, int]:
    with reading(district) as connection:
        return dict(lights(connection, scope))


def longest(district: Engine) -> dict[str, int]:
    """By unit, the days by which its longest overdue finding is late."""
    wanted = [catalogue(shipped())["overdue_days_max"]]
    with reading(district) as connection:
        readings_by_unit = by_unit(connection, NOW, wanted)
    return {
        unit: int(readings["overdue_days_max"].exact)
        for unit, readings in readings_by_unit.items()
        if readings["overdue_days_max"].exact is not None
    }


def worth(more: int, *, more_is_good: bool) -> str:
    return ("good" if (more > 0) == more_is_good else "bad") if more else ""


def test_the_sentence_counts_red_units_in_red_and_their_change_by_its_worth(board, district):
    red, before = lit(district)[Light.RED], lit(district, BEFORE)[Light.RED]
    assert red and red != before
    first, *_others, against = board["say"]["parts"][0]["pieces"]
    assert (against["text"], against["way"]["to"]) == (f"changes against {SINCE}", "changes")
    assert against["aside"]
    assert (first["text"], first["tone"]) == (f"red units {red}", "bad")
    assert first["change"]["tone"] == worth(red - before, more_is_good=False)
    moved = f"▲ {red - before}" if red > before else f"▼ {before - red}"
    assert first["change"]["text"] == moved


def test_a_change_is_coloured_by_its_worth_whatever_the_count_is(board, district):
    now, before = lit(district), lit(district, BEFORE)
    shown = board["lights-card"]["parts"][0]["lights"]
    assert [each["change"]["tone"] for each in shown] == [
        worth(now[light] - before[light], more_is_good=light is Light.GREEN) for light in now
    ]
    (said,) = [
        each for each in board["say"]["parts"][0]["pieces"] if each["text"].startswith("overdue")
    ]
    (told,) = [
        each
        for each in board["headline-card"]["parts"][0]["figures"]
        if each["way"]["asked"]["figure"] == "overdue"
    ]
    assert said["tone"] == told["tone"] == "bad"
    assert said["change"] == told["change"]
    words = {"good": "for the better", "bad": "for the worse"}
    assert said["change"]["worth"] == words[said["change"]["tone"]]


def test_the_bars_of_days_overdue_have_a_heading(board):
    *_above, heading, bars = board["headline-card"]["parts"]
    assert (heading["kind"], heading["text"]) == ("subhead", "Days overdue")
    assert (bars["kind"], len(bars["rows"])) == ("bars", len(OVERDUE_BANDS))


def test_the_sentence_names_the_longest_overdue(board, district):
    days = longest(district)
    (worst,) = [code for code, each in days.items() if each == max(days.values())]
    (piece,) = [
        each
        for each in board["say"]["parts"][0]["pieces"]
        if each["text"].startswith("finding overdue the longest")
    ]
    assert piece["text"].startswith(f"finding overdue the longest: {days[worst]} days, ")
    assert piece["way"]["asked"] == {"node": f"unit:{worst}"}


def test_the_lights_tell_how_many_units_and_that_only_more_green_is_good(board, district):
    now, before = lit(district), lit(district, BEFORE)
    shown = board["lights-card"]["parts"][0]["lights"]
    assert [each["count"] for each in shown] == list(now.values())
    moved = {light: now[light] - before[light] for light in now}
    assert any(moved.values())
    tones = {
        light: ("good" if (more > 0) == (light is Light.GREEN) else "bad") if more else ""
        for light, more in moved.items()
    }
    assert [each["change"]["tone"] for each in shown] == list(tones.values())
    assert [each["status"]["tone"] for each in shown] == ["bad", "warn", "silent", "good"]


def test_the_headline_shows_overdue_in_red_and_bands_from_pale_to_strong(board, district):
    known = figures(district)
    overdue, _trend, *_note, bands = board["headline-card"]["parts"]
    first = overdue["figures"][0]
    assert (first["value"], first["tone"]) == (known["overdue"].text, "bad")
    segments = [bar["segments"][0] for bar in bands["rows"]]
    wanted = [int(known[f"overdue:{band.id}"].numerator or 0) for band in OVERDUE_BANDS]
    assert [each["value"] for each in segments] == wanted
    assert [each["colour"] for each in segments] == [f"band{at}" for at in range(len(wanted))]


def test_findings_by_source_stand_with_the_most_first(board, district):
    known = figures(district)
    counts = [int(known[f"required:source={each}"].numerator or 0) for each in Source]
    (bars,) = board["audit-card"]["parts"]
    shown = [bar["segments"][0]["value"] for bar in bars["rows"]]
    assert shown == sorted(filter(None, counts), reverse=True)


def test_before_all_data_no_sum_of_unknown_figures_is_told(district):
    before_all = regions(district, as_of="2001-01-01")
    for place in ("audit-card", "rectification-card"):
        (note,) = before_all[place]["parts"]
        assert note["text"].startswith("Not entered")
        assert before_all[place]["says"] == ""
    notes = [
        part["text"] for part in before_all["headline-card"]["parts"] if part["kind"] == "note"
    ]
    assert len(notes) == 1, "that nothing is entered is said once"


def test_each_type_is_parted_into_rectified_in_progress_and_unrectified(board, district):
    known = figures(district)
    bars, _key = board["rectification-card"]["parts"]
    assert [
        [(segment["value"], segment["colour"]) for segment in bar["segments"]]
        for bar in bars["rows"]
    ] == [
        [
            (int(known[f"{figure}:{each}"].numerator or 0), tone)
            for figure, tone in (
                ("rectified", "good"),
                ("in_progress", "ongoing"),
                ("unrectified", "bad"),
            )
        ]
        for each in RectType
    ]


def test_units_to_look_at_are_the_worst_first(board, district):
    (table,) = board["units-card"]["parts"]
    days = longest(district)
    order = ["bad", "warn", "silent", "good"]
    shown = [
        (order.index(row["cells"][0]["tone"]), -days.get(row["way"]["asked"]["node"][5:], 0))
        for row in table["rows"]
    ]
    assert shown == sorted(shown)
    red = lit(district)[Light.RED]
    assert [light for light, _days in shown].count(0) == min(red, len(shown))


def test_a_block_says_both_sides_of_its_share_and_leads_to_its_list(board, district):
    known = figures(district)
    net = board["block"]["parts"][0]
    assert net["way"]["asked"] == {"figure": net["way"]["asked"]["figure"]}
    reading = known[net["way"]["asked"]["figure"]]
    assert net["value"] == reading.text
    assert str(reading.denominator) in net["of"]


def test_a_tile_of_the_map_has_the_colour_of_its_worst_light(board):
    (drawn,) = board["map-card"]["parts"]
    order = ["bad", "warn", "silent", "good"]
    for tile in drawn["tiles"]:
        tones = [each["tone"] for each in tile["lights"]]
        assert tile["tone"] == min(tones, key=order.index, default="")
    assert {"bad", "warn"} <= {tile["tone"] for tile in drawn["tiles"]}


def test_a_tile_of_the_map_says_what_its_colour_comes_from(board):
    (drawn,) = board["map-card"]["parts"]
    told = {tone: set() for tone in ("bad", "warn", "silent", "good", "")}
    for tile in drawn["tiles"]:
        told[tile["tone"]].add(tile["text"].strip("0123456789 "))
        assert not tile["count"]
        assert tile["step"] is None
    assert told["bad"] <= {"over 30 days", "red warn.", "rated 0A"}
    assert told["warn"] <= {"overdue", "due soon", "not filed", "warnings", "incomplete"}
    assert told["silent"] <= {"not reported"}
    assert told["good"] <= {"all green"}


def test_each_unit_to_look_at_says_why_it_has_its_light(board, district):
    (table,) = board["units-card"]["parts"]
    at = [each["name"] for each in table["columns"]].index("Why this light")
    told = {row["way"]["asked"]["node"][5:]: row["cells"][at] for row in table["rows"]}
    assert all(told.values())
    days = longest(district)
    red = [
        code
        for code, row in zip(told, table["rows"], strict=True)
        if row["cells"][0]["tone"] == "bad"
    ]
    for code in red:
        assert ("overdue > 30 days" in told[code]) == (days.get(code, 0) > 30)


def test_matters_and_units_say_how_many_are_not_sent_and_where_all_are(board, district):
    card = board["matters-card"]
    (listed,) = card["parts"]
    in_all = int(card["says"].split()[0])
    assert re.fullmatch(
        r"\d+ by rules for the meeting of 2026-\d\d-\d\d, gravest first", card["says"]
    )
    assert len(listed["matters"]) + listed["rest"]["beyond"] == in_all
    assert listed["rest"]["way"]["asked"] == {"matters": "all"}
    (table,) = board["units-card"]["parts"]
    wanting = sum(n for light, n in lit(district).items() if light is not Light.GREEN)
    assert len(table["rows"]) + table["rest"]["beyond"] == wanting
    assert table["rest"]["way"]["to"] == "coverage"


def test_each_matter_says_what_is_next_by_whom_and_by_when(board, district):
    (listed,) = board["matters-card"]["parts"]
    with reading(district) as connection:
        meeting = ahead(connection, NOW, 1)[0].on_date
        answers_for = departments_of(connection, [each.code for each in units(connection, NOW)])
    departments = set(answers_for.values())
    seen = set()
    for each in listed["matters"]:
        what, who, when = each["by"]
        if each["rule"] in (SILENT_RULE, NO_GRADE_RULE):
            assert who == each["whose"]
        elif each["rule"] in (IDLE_RULE, BEYOND_RULE):
            assert who in departments
        elif each["rule"] in (MAJOR_OVERDUE_RULE, HELP_RULE):
            assert who == "Audit committee"
        # What is next and what is to be decided are one act, which is said once.
        assert what.startswith("To decide: ") and each["act"] == ""
        assert when == f"by {meeting}"
        seen.add((each["rule"], what))
    assert (MAJOR_OVERDUE_RULE, "To decide: hear the results, and decide what follows") in seen
    assert (
        SAME_KIND_RULE,
        "To decide: check the other units for the same, and correct the rules",
    ) in seen
    assert (
        BEYOND_RULE,
        "To decide: have the overspending accounted for and corrected by a time limit",
    ) in seen
    assert (NO_GRADE_RULE, "To decide: have internal control put in order, with guidance") in seen
    assert (HELP_RULE, "To decide: name a leader who co-ordinates it") in seen
    assert (IDLE_RULE, "To decide: have it spent or returned by a time limit") in seen
    assert (SILENT_RULE, "To decide: have the data due reported by a time limit") in seen


def test_a_matter_in_several_units_names_them(board):
    (listed,) = board["matters-card"]["parts"]
    (alike,) = [each for each in listed["matters"] if each["rule"] == SAME_KIND_RULE]
    (several,) = re.findall(r"in (\d+) units", alike["what"])
    assert alike["units"].startswith("Units: ")
    assert alike["units"].count(", ") + 1 == int(several) == 3
    assert not any(each["units"] for each in listed["matters"] if each is not alike)


def test_a_matter_kept_out_of_turn_says_what_it_is_there_for(board):
    (listed,) = board["matters-card"]["parts"]
    kept = [each for each in listed["matters"] if each["kept"]]
    assert [each["title"] for each in kept] == [
        "One place is kept for what asks leaders for co-ordination"
    ]
    assert kept[0]["what"].startswith("Task ")
    assert {each["title"] for each in listed["matters"] if not each["kept"]} == {""}


def test_what_the_due_rate_lacks_is_told_as_a_sum_below_it(board):
    tile_row, note, *_rest = board["headline-card"]["parts"]
    rate = next(each for each in tile_row["figures"] if each["says"] == "Due rectification rate")
    closed, due = (int(side) for side in rate["of"].split("/"))
    found = re.fullmatch(r"(\d+) − (\d+) = (\d+) not closed: (.+)", note["text"])
    assert found
    assert [int(each) for each in found.groups()[:3]] == [due, closed, due - closed]
    parts = [int(part.rsplit(" ", 1)[1]) for part in found[4].split(", ")]
    assert len(parts) > 1
    assert sum(parts) == due - closed
