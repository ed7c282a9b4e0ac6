"""The page of the six mechanisms, as different people see it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard.charts.status_colours import Tone
from dashboard.markdown import JOINER
from dashboard.reads import cache
from dashboard.screens.mechanisms import assessment, wanting
from dashboard.status import Status
from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from models.account import Role
from tests.dashboard.apps import open_app
from tests.dashboard.signed_in import SignIn
from tests.data.contents import LONG_AGO, RENAMED, TODAY, kept, workbook
from tests.pages.chart_rows import rows
from tests.pages.tables import lists
from tests.pages.tiles import counted_against, regions, sections, shown_figures, stands

pytestmark = pytest.mark.usefixtures("english")

PARTS = ("review", "guidance", "chiefs", "assessment", "digital", "rating")
DAY = TODAY.isoformat()
MARK = "Placeholder list"
CLEAR_UP = "Clear up the payments to others than the contract names"


@pytest.fixture
def full(engine: Engine) -> Engine:
    """The database with something in each of the mechanisms, of both units."""
    units = [
        {"code": "E01", "name": "单位E01", "sector": "EDU", "kind": "INSTITUTION"},
        {"code": "S01", "name": "单位S01", "sector": "SOE", "kind": "SOE"},
    ]
    checks = {"item": "FS01", "checked_on": date(2026, 3, 1)}
    kept(
        engine,
        workbook(
            units=units,
            projects=[
                {"code": "S", "unit": "E01", "source": "SELF_CHECK"},
                {"code": "X", "unit": "E01", "source": "CROSS"},
            ],
            content_checks=[
                checks | {"project": "S", "result": "NORMAL"},
                checks | {"project": "X", "result": "PROBLEM"},
            ],
            cross_reviews=[
                {"reviewer": "E01", "reviewed": "S01", "due_on": date(2026, 6, 1)},
            ],
            guidance=[{"unit": "E01"}],
            ratings=[
                {"unit": "E01", "base_points": 5250, "operation_points": 3000},
                {"unit": "S01", "veto": "V3"},
            ],
            assessments=[{"unit": "E01"}, {"unit": "S01", "points": 7000}],
            appointments=[{"unit": "E01"}],
            warnings=[
                {"code": f"W{at}", "unit": "E01", "verdict": verdict, "verified_on": TODAY}
                for at, verdict in enumerate(("FALSE", "FALSE", "TRUE", "TRUE", "TRUE"))
            ],
        ),
        correct=RENAMED,
    )
    cache.forget_version()
    return engine


def drawn(part: str, **query: str) -> AppTest:
    app = open_app("mechanisms", tab=part, as_of=DAY, **query)
    assert not app.exception and not app.error
    return app


def column(app: AppTest, heading: str, wanted: str = "") -> list[Any]:
    """The cells below `wanted`, or `heading`, on the table that alone has `heading`."""
    (table,) = (each.value for each in lists(app) if heading in each.value)
    return list(table[wanted or heading])


def headings(app: AppTest) -> set[str]:
    return {heading for table in lists(app) for heading in table.value}


def tones(app: AppTest, heading: str) -> list[Any]:
    """The values below `heading` with their tones; None for an empty cell."""
    (table,) = (each for each in lists(app) if heading in each.value)
    at = list(table.value).index(heading)
    cells = [row[at] for row in table.part["rows"]]
    return [cell and (cell["text"], cell["tone"]) for cell in cells]


def every_part(app: AppTest) -> Iterator[AppTest]:
    for part in PARTS:
        app.query_params["tab"] = part
        yield app.run()


@pytest.mark.usefixtures("either_language")
def test_every_part_is_drawn_of_an_empty_database(sign_in_as: SignIn) -> None:
    sign_in_as(Role.LEADER)
    for app in every_part(open_app("mechanisms")):
        assert not app.exception and not app.error


@pytest.mark.usefixtures("either_language")
def test_every_part_is_drawn_of_a_full_database(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    for app in every_part(open_app("mechanisms", as_of=DAY)):
        assert not app.exception and not app.error


def test_the_figures_shown_are_those_of_the_catalogue(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    shown = [(each["value"], each["to_list"]) for each in sections(drawn("review")).values()]
    figures = catalogue(shipped())
    with reading(full) as connection:
        found = read(connection, Scope(parse("district"), TODAY), figures)
    wanted = (
        "warnings_open",
        "cross_review_completion",
        "guidance_coverage",
        "chief_auditor_rate",
        "assessment_mean",
        "rating_3a",
    )
    assert [value for value, _way in shown] == [found[figure].text for figure in wanted]
    assert [way["asked"] for _value, way in shown] == [{"figure": figure} for figure in wanted]


def test_each_mechanism_is_the_way_to_what_is_wanting_in_it(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    shown = sections(drawn("review"))
    assert {name: stands(each) for name, each in shown.items()} == {
        "Digital supervision": [("red 3", "bad"), ("yellow 1", "warn")],
        "Cross review": [("1 late", "bad")],
        "Guidance": [("1 not guided", "bad")],
        "Chief auditors": [("1 vacant", "bad")],
        "Assessment": [("1 below 80%", "warn")],
        "0-5A rating": [("1 rated 0A", "bad")],
    }
    assert [name for name, each in shown.items() if each["shown"]] == ["Cross review"]
    # What the changes of all six are counted against is said once, below them.
    assert counted_against(drawn("review")) == ["changes against 2026-05-31"]
    tabs = [each["way"]["asked"].get("tab") for each in shown.values()]
    assert tabs == ["digital", None, "guidance", "chiefs", "assessment", "rating"]


def test_at_first_the_gravest_of_all_mechanisms_are_listed_with_who_acts_and_by_when(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = open_app("mechanisms", as_of=DAY)
    assert not any(each["shown"] for each in sections(app).values())
    gravest, others = first(app), lists(app)[0]
    # Of each mechanism the gravest, larger than the rest, of which the yellow stand last.
    assert {each["status"]["tone"] for each in gravest} == {"bad"}
    mechanisms = [each["rule"].split("; ")[0] for each in gravest]
    assert len(set(mechanisms)) == len(mechanisms) == 5
    shown = {(name, each["whose"]): each for name, each in zip(mechanisms, gravest, strict=True)}
    late = shown["Cross review", "单位E01"]
    rule = "Cross review; due 2026-06-01"
    assert (late["days"]["text"], late["rule"]) == ("overdue by 29 days", rule)
    vacant = shown["Chief auditors", "单位S01"]
    assert vacant["days"]["text"] == f"vacant for {(TODAY - LONG_AGO).days} days"
    # All are red: the longest stands first, whatever mechanism it is of.
    long = [int(each["days"]["text"].split()[-2]) for each in gravest if each["days"]]
    assert long == sorted(long, reverse=True) and len(long) > 2
    assert others.tones("Standing") == sorted(others.tones("Standing"))
    assert list(others.value["Mechanism"])[-1] == "Assessment"
    ways = [each["way"]["asked"]["tab"] for each in regions(app)["all"]["parts"]]
    assert {"digital", "review", "assessment"} <= set(ways)


def first(app: AppTest) -> list[dict[str, Any]]:
    """The gravest matter of each mechanism, as sent to the browser."""
    (listed,) = regions(app)["gravest"]["parts"]
    return [*listed["matters"]]


def test_the_gravest_of_each_mechanism_keep_the_order_of_all() -> None:
    def matter(mechanism: str, days: int, tone: Tone = Tone.BAD) -> wanting.Matter:
        return wanting.Matter(Status(tone, ""), "", (), None, days, "", mechanism, None)

    found = [matter("a", 9), matter("b", 8), matter("b", 7), matter("c", 6), matter("a", 5)]
    found.append(matter("d", 4, Tone.WARN))
    gravest = wanting.gravest_of_each(found)
    assert [(each.mechanism, each.days) for each in gravest] == [("a", 9), ("b", 8), ("c", 6)]


def test_a_limit_of_all_that_is_wanting_is_said_once(sign_in_as: SignIn, full: Engine) -> None:
    day = TODAY + timedelta(30)
    kept(full, workbook(meetings=[{"code": "M9", "name": "第九次会议", "on_date": day}]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = open_app("mechanisms", as_of=DAY)
    headings = [each.value for each in app.markdown if "wants attention first" in each.value]
    (said,) = (each.replace(JOINER, "") for each in headings)
    assert f"all by {day}" in said
    nexts = [
        *lists(app)[0].value["Next step · by whom"],
        *(" · ".join(each["by"]) for each in first(app)),
    ]
    assert not any(day.isoformat() in each for each in nexts)


@pytest.mark.parametrize(("since", "mark"), [(date(2026, 6, 1), "New"), (date(2026, 6, 2), "")])
def test_what_was_not_late_yet_on_the_day_of_comparison_is_marked_as_new(
    sign_in_as: SignIn, full: Engine, since: date, mark: str
) -> None:
    sign_in_as(Role.LEADER)
    app = open_app("mechanisms", as_of=DAY, since=since.isoformat())
    (review,) = (each for each in first(app) if each["rule"].startswith("Cross review"))
    assert review["mark"] == mark


def test_warnings_about_the_same_are_one_matter_of_several_units(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = open_app("mechanisms", as_of=DAY)
    warned = [each["whose"] for each in first(app) if each["rule"].startswith("Digital")]
    assert warned == ["单位E01"]
    assert "Digital supervision" not in list(lists(app)[0].value["Mechanism"])


def test_what_is_wanting_says_what_is_next_by_whom_and_by_when(
    sign_in_as: SignIn, full: Engine
) -> None:
    sectors = [{"code": "EDU", "lead": "区教育局"}, {"code": "SOE", "lead": "区国资委"}]
    meeting = {"code": "M9", "name": "第九次会议", "on_date": TODAY + timedelta(30)}
    kept(full, workbook(sectors=sectors, meetings=[meeting]), correct=RENAMED)
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = open_app("mechanisms", as_of=DAY)
    said = {each["rule"].split("; ")[0]: " · ".join(each["by"]) for each in first(app)}
    assert said == {
        "Digital supervision": f"Next: {CLEAR_UP} · 区教育局",
        "Cross review": "Next: Finish the review · the unit",
        "Guidance": "Next: Guide the unit · 区国资委",
        "Chief auditors": "Next: Fill the post of chief auditor · 区国资委",
        "0-5A rating": "Next: Report how to rise: lift the veto: the points give 3A · the unit",
    }
    assert list(lists(app)[0].value["Next step · by whom"]) == [
        "Improve, and report on: 整改率 70.0% · the unit"
    ]


def test_units_that_nobody_ever_guided_are_one_matter(sign_in_as: SignIn, full: Engine) -> None:
    units = [
        {"code": f"E1{at}", "name": f"单位E1{at}", "sector": "EDU", "kind": "INSTITUTION"}
        for at in range(6)
    ]
    kept(full, workbook(units=units))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = open_app("mechanisms", as_of=DAY)
    (guided,) = (each for each in first(app) if each["rule"].startswith("Guidance"))
    # The seventh is that of the fixture.
    assert guided["whose"] == "单位E10, 单位E11, 单位E12 and 4 more"
    assert guided["what"] == "Never guided"


def test_self_checks_that_proved_untrue_are_a_share_in_the_title(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    titles = [each.value.replace("\\", "") for each in drawn("review").markdown]
    assert any("1 of 1 self-checks proved untrue: 100.0%" in each for each in titles)


def test_a_late_cross_review_stands_with_the_unit_that_owes_it(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("review")
    late = next(each.value for each in lists(app) if "Days late" in each.value)
    assert list(late["Reviewing unit"]) == ["单位E01"]
    assert list(late["Days late"]) == [29]


def test_a_round_says_how_far_it_is_and_its_reviews_stand_late_first(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    (code,) = {name for name, word in rows(drawn("review"), "name", "word") if word == "Late"}
    app = drawn("review", round=code)
    reviews = next(each.value for each in lists(app) if "When" in each.value)
    assert list(reviews["Standing"])[0] == "● Late"
    assert any("0 of 1 review done" in each.value for each in app.markdown)
    app.button("cross-reviews-late").click().run()
    assert [each for each in lists(app) if "Days late" in each.value]


def test_an_untrue_self_check_stands_with_its_item(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    assert column(drawn("review"), "Content item") == ["Bank accounts"]


def test_a_unit_nobody_guided_is_listed(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    assert column(drawn("guidance"), "Last guided") == ["never guided"]


def test_a_vacant_post_of_chief_auditor_is_listed(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    assert column(drawn("chiefs"), "Days empty") == [(TODAY - LONG_AGO).days]


def test_units_stand_by_what_they_reached_in_the_assessment(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    assert column(drawn("assessment"), "Total (%)") == [70.0, 90.0]


def test_weak_units_stand_before_the_charts_and_what_is_rectified_after_them(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    tiles = [each.label for each in shown_figures(drawn("assessment"))]
    assert tiles[-3:] == ["Fixes that held", "Due rectification rate", "On-time rate"]
    headings = [each.value for each in drawn("assessment").markdown if "**" in each.value]
    first, second = (
        next(at for at, each in enumerate(headings) if words in each)
        for words in ("Units below 80", "No indicator is below 80")
    )
    assert first < second


def test_the_year_is_said_once_if_it_is_that_of_every_unit(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("assessment")
    assert "Year" not in headings(app)
    assert any("percent of full points in 2025, the lowest" in each.value for each in app.markdown)
    kept(full, workbook(assessments=[{"unit": "S01", "year": 2026, "assessed_on": TODAY}]))
    cache.forget_version()
    assert set(column(drawn("assessment"), "Total (%)", "Year")) == {2025, 2026}


@pytest.mark.parametrize(("at_most", "linked"), [(50, False), (2, True)])
def test_all_assessed_units_are_a_link_only_where_the_table_has_not_all(
    sign_in_as: SignIn,
    full: Engine,
    monkeypatch: pytest.MonkeyPatch,
    at_most: int,
    *,
    linked: bool,
) -> None:
    monkeypatch.setattr(assessment, "SHOWN", at_most)
    sign_in_as(Role.LEADER)
    links = [each.proto.label for each in drawn("assessment").get("page_link")]
    assert ("All assessed units ›" in links) is linked


def test_the_bars_begin_with_the_indicators_that_the_title_names(
    sign_in_as: SignIn, full: Engine
) -> None:
    # 甲 is the weakest on average, but 乙, 丙 and 丁 have the most units below 60 %.
    points = {"甲": (6000, 6000)} | dict.fromkeys("乙丙丁", (5500, 9500))
    assessed = [
        {"unit": unit, "indicator": each, "points": got}
        for each, both in points.items()
        for unit, got in zip(("E01", "S01"), both, strict=True)
    ]
    kept(full, workbook(assessments=assessed))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = drawn("assessment")
    bars = rows(app, "name", "band", "value")
    (first, *_others) = [name for name, band, value in bars if band == "FAIL" and value]
    assert bars[0][0] == first != "甲"
    titles = [each.value.replace("\\", "") for each in app.markdown]
    assert any(f"most in 3 places such as {first} (1 each)" in each for each in titles)


def test_the_distribution_has_only_bands_with_units(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    bands = {band for _name, band, _value in rows(drawn("assessment"), "name", "band", "value")}
    assert bands == {"FAIR", "EXCELLENT"}


def test_low_scores_are_coloured_by_their_band_and_the_weakest_indicator_is_named(
    sign_in_as: SignIn, full: Engine
) -> None:
    low = {"indicator": "乙", "points": 5000}
    before = {"unit": "S01", "year": 2024, "points": 9500}
    meeting = {"code": "M9", "name": "第九次会议", "on_date": date(2026, 7, 30)}
    assessed = [low | {"unit": "E01"}, low | {"unit": "S01"}, before]
    kept(full, workbook(assessments=assessed, meetings=[meeting]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = drawn("assessment")
    assert tones(app, "Total (%)") == [(60.0, "warn"), (70.0, "warn")]
    assert tones(app, "乙") == [(50.0, "bad"), (50.0, "bad")]
    assert tones(app, "整改率") == [(70.0, "warn"), (90.0, "")]
    assert tones(app, "Since the year before (pp)") == [(-35.0, "bad"), None]
    assert column(app, "Next step · by whom · by when") == [
        "Improve, and report on: 乙 50.0%, 整改率 70.0% · the unit · by 2026-07-30",
        "Improve, and report on: 乙 50.0% · the unit · by 2026-07-30",
    ]
    assert rows(app, "name", "band", "share") == [("乙", "FAIL", 0.5), ("整改率", "GOOD", 0.8)]
    headings = "".join(each.value for each in app.markdown).replace("\\", "")
    assert "**Units below 60 %: most in 乙 (2)**" in headings
    assert "**Indicators below 80 %: 1 of 2, the furthest 乙 by 30.0 points**" in headings
    assert rows(app, "name", "short") == [("乙", "30.0 short"), ("整改率", "")]
    assert "**Units below 80 % of full points: 2**" in headings


def test_the_lowest_indicator_has_the_colour_of_its_band_only(
    sign_in_as: SignIn, full: Engine
) -> None:
    kept(full, workbook(assessments=[{"unit": "E01", "indicator": "乙", "points": 8500}]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    assert ("乙", "GOOD") in rows(drawn("assessment"), "name", "band")


def test_a_grade_says_what_is_missing_and_a_veto_its_reason(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("rating")
    assert column(app, "Missing for the next grade") == [
        "lift the veto: the points give 3A",
        "7.5 points for 4A",
    ]
    assert column(app, "Veto")[0] == "Off-the-books accounts"


def test_units_of_low_grades_stand_before_the_charts_of_grades(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    titles = [each.value for each in drawn("rating").markdown if each.value.startswith("**")]
    assert "How each grade comes about" in titles[0] and len(titles) == 3


def test_a_grade_narrows_the_units(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    assert column(drawn("rating", grade="3A"), "Grade") == ["■ 3A"]


@pytest.mark.parametrize("part", ["review", "digital", "rating"])
def test_shipped_lists_are_marked_as_placeholders(
    sign_in_as: SignIn, full: Engine, part: str
) -> None:
    sign_in_as(Role.LEADER)
    assert any(MARK in each.value for each in drawn(part).markdown)


def test_a_warning_says_first_whose_it_is_and_for_how_long(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    (listed,) = (each.value for each in lists(drawn("digital")) if "Days open" in each.value)
    assert list(listed)[:5] == ["Level", "Unit", "Days open", "About", "Rule"]


def test_warnings_raised_since_the_day_of_comparison_are_marked_as_new(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    for since, marked in ((TODAY - timedelta(1), set()), (LONG_AGO - timedelta(1), {True})):
        (listed,) = (
            each
            for each in lists(drawn("digital", since=since.isoformat()))
            if "Days open" in each.value
        )
        # The mark is that of every list of rows that came and went.
        marks = listed.value.get(f"Since {since}", [])
        assert {each == "New" for each in marks if each} == marked
        assert not any("new" in word for word in listed.value["Level"])


def test_what_a_warning_is_about_is_not_said_twice(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    (listed,) = (each.value for each in lists(drawn("digital")) if "Days open" in each.value)
    assert all(about != rule for about, rule in zip(listed["About"], listed["Rule"], strict=True))


def test_a_warning_says_what_is_next_by_whom_and_by_when(sign_in_as: SignIn, full: Engine) -> None:
    meeting = {"code": "M9", "name": "第九次会议", "on_date": TODAY + timedelta(30)}
    late = {"code": "F1", "unit": "E01", "issued_on": LONG_AGO, "due_on": TODAY - timedelta(60)}
    unverified = {"code": "W9", "unit": "E01"}
    kept(
        full,
        workbook(
            sectors=[{"lead": "区教育局"}],
            meetings=[meeting],
            findings=[late],
            warnings=[unverified],
        ),
        correct=RENAMED,
    )
    cache.forget_version()
    sign_in_as(Role.LEADER)
    (listed,) = (each.value for each in lists(drawn("digital")) if "Days open" in each.value)
    said = dict(zip(listed["Record"], listed["Next step · by whom · by when"], strict=True))
    by = f"by {TODAY + timedelta(30)}"
    assert said["W9"] == f"Verify the warning · 区教育局 · {by}"
    # Of others it is what the rule asks for, once they are verified.
    assert said["W2"] == f"{CLEAR_UP} · 区教育局 · {by}"
    # Of a warning about a finding it is the act about the finding.
    since = f"due since {TODAY - timedelta(29)}"
    assert said["F1"] == f"Issue a supervision letter · Committee office · {since}"
    # The sector of the other unit has no competent department.
    assert said["S01"] == f"Fill the post of chief auditor · {by}"


def test_open_warnings_are_listed_by_their_source(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    assert column(drawn("digital", source="IMPORTED"), "Record") == ["W2", "W3", "W4"]
    assert column(drawn("digital", source="COMPUTED", rule="W21"), "Record") == ["S01"]


def test_at_first_open_warnings_of_every_source_are_listed_red_ones_first(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    (listed,) = (each for each in lists(drawn("digital")) if "Days open" in each.value)
    assert {"W2", "S01"} <= set(listed.value["Record"])
    levels = listed.tones("Level")
    assert levels == sorted(levels) and set(levels) == {"bad", "warn"}
    at = list(listed.value).index("Days open")
    days = [row[at]["tone"] for row in listed.part["rows"]]
    assert days == levels, "days have the colour of the warning"


def test_open_warnings_stand_before_their_rules_and_say_how_many_and_where(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("digital", source="IMPORTED")
    headings = [each.value for each in app.markdown if each.value.startswith("**")]
    places = [
        next(at for at, each in enumerate(headings) if each.startswith(f"**{said}"))
        for said in ("Open warnings 4, red 3", "Computed warnings", "The rules")
    ]
    assert places == sorted(places)
    assert "most in 单位E01 (3)" in headings[places[0]].replace("\\", "")
    assert "are closed" in headings[places[0]]


def test_the_title_of_open_warnings_names_the_unit_with_the_most_red_ones(
    sign_in_as: SignIn, full: Engine
) -> None:
    numbers = (1, 2, 3, 4)
    late = [{"unit": "S01", "year": 2025, "number": at, "due_on": LONG_AGO} for at in numbers]
    kept(full, workbook(reports=late))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = drawn("digital")
    titles = [each.value.replace("\\", "") for each in app.markdown]
    assert any("**Open warnings 8, red 3: most in 单位E01 (3)**" in each for each in titles)
    about = column(app, "About")
    assert {"Audit plan 2025", "Audit plan 2025, no. 2"} <= set(about), "named as elsewhere"


def test_false_alarms_are_a_share_of_the_verdicts(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("digital")
    (rules,) = (each.value for each in lists(app) if "False alarms" in each.value)
    shares = dict(zip((rule[:3] for rule in rules["Rule"]), rules["False alarms"], strict=True))
    assert (shares["W04"], shares["W09"]) == ("40.0% (2/5)", "—")


def test_rules_with_open_warnings_come_first(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    open_now = [number > 0 for number in column(drawn("digital"), "Open now")]
    assert True in open_now
    assert open_now == sorted(open_now, reverse=True)


def test_a_unit_sees_nothing_of_another(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.UNIT, units=["S01"])
    assert "Reviewing unit" not in headings(drawn("review"))
    assert column(drawn("rating"), "Unit") == ["单位S01"]
    assert column(drawn("assessment"), "Total (%)", "Unit") == ["单位S01"]


def test_where_no_review_is_late_it_is_said(sign_in_as: SignIn, engine: Engine) -> None:
    days = {"due_on": date(2026, 6, 1), "completed_on": date(2026, 5, 1)}
    done = {"reviewer": "E01", "reviewed": "S01"} | days
    units = [{"code": each, "name": f"单位{each}"} for each in ("E01", "S01")]
    kept(engine, workbook(units=units, sectors=[{}], cross_reviews=[done]), correct=RENAMED)
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = open_app("mechanisms", as_of=DAY, tab="review")
    assert stands(sections(app)["Cross review"]) == [("none late", "good")]
    assert f"No cross review is late on {DAY}." in [each.value for each in app.caption]


def test_usual_indicators_and_sectors_have_english_names(sign_in_as: SignIn, full: Engine) -> None:
    usual = {"unit": "E01", "indicator": "整改成效", "points": 8500}
    kept(full, workbook(sectors=[{"code": "EDU", "name": "教育"}], assessments=[usual]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    names = [name for (name,) in rows(drawn("assessment"), "name", having="整改率")]
    assert set(names) == {"Results of rectification", "整改率"}
    assert "Education" in column(drawn("guidance"), "Competent department", "Sector")


def test_the_chart_of_indicators_names_its_years_and_the_change_beside_each_value(
    sign_in_as: SignIn, full: Engine
) -> None:
    before = [{"unit": "E01", "year": 2024, "points": 9500}, {"unit": "S01", "year": 2024}]
    kept(full, workbook(assessments=before))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = drawn("assessment")
    assert rows(app, "name", "text", "changed") == [("整改率", "80.0%", "▼ 12.5")]
    charts = [each.proto.spec for each in app.get("vega_lite_chart")]
    legend = ("Year 2025 (80 % and more)", '"Year 2024"')
    assert any(all(word in each for word in legend) for each in charts)
    headings = "".join(each.value for each in app.markdown).replace("\\", "")
    title = "No indicator is below 80 %; the lowest, 整改率, is 0.0 points above it"
    assert f"**{title}**" in headings
    assert "against 2024 in percentage points: 0 up, 1 down" in headings


def test_a_matter_of_guidance_or_of_a_vacant_post_has_its_limit(
    sign_in_as: SignIn, full: Engine
) -> None:
    long_ago = TODAY - timedelta(400)
    kept(full, workbook(guidance=[{"unit": "S01", "on_date": long_ago}]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    found = first(open_app("mechanisms", as_of=DAY))
    shown = {each["rule"]: each["days"] and each["days"]["text"] for each in found}
    assert shown[f"Guidance; due {TODAY - timedelta(36)}"] == "overdue by 36 days"
    assert f"Chief auditors; 60 days on {LONG_AGO + timedelta(60)}" in shown
