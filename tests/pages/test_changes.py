"""The page of what changed since a day: findings, grades and figures as they were and are."""

import re
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard import clock
from dashboard.reads import cache
from dashboard.screens.meeting.figures_changed import AT_FIRST
from data.figures.catalogue import catalogue
from data.figures.changes import change, how_far
from data.figures.reading import Reading
from data.meetings import freezes
from data.reference.lists import shipped
from data.store.access_log import Act
from models.account import Role
from tests.dashboard.apps import open_app
from tests.dashboard.signed_in import SignIn
from tests.data.contents import RENAMED, TODAY, kept, workbook
from tests.pages.tables import Shown, lists
from tests.pages.tiles import regions, shown_figures

SINCE = date(2026, 5, 31)
RATED = {"unit": "E01", "base_points": 5000}


@pytest.fixture
def changed(engine: Engine, english: None) -> Engine:
    """A unit whose grade rose and whose finding fell overdue in June; one that closed another."""
    closed = {"finding": "F2", "action": "CLOSE", "on_date": date(2026, 6, 10)}
    kept(
        engine,
        workbook(
            units=[{"code": "E01", "name": "单位E01"}, {"code": "S01", "name": "单位S01"}],
            sectors=[{}],
            findings=[
                {"code": "F1", "unit": "E01", "due_on": date(2026, 6, 5)},
                {"code": "F2", "unit": "S01", "due_on": date(2026, 5, 20)},
                {"code": "F3", "unit": "S01", "due_on": date(2026, 6, 6)},
            ],
            rectification_events=[closed],
            ratings=[
                {**RATED, "year": 2024, "operation_points": 1500, "rated_on": date(2025, 2, 1)},
                {**RATED, "year": 2025, "operation_points": 3500, "rated_on": date(2026, 6, 1)},
            ],
        ),
        correct=RENAMED,
    )
    cache.forget_version()
    return engine


def drawn(**asked: str) -> AppTest:
    app = open_app("changes", as_of=TODAY.isoformat(), since=SINCE.isoformat(), **asked)
    assert not app.exception
    return app


def listed(app: AppTest, heading: str) -> Shown:
    """The list with the column `heading`."""
    (found,) = (each for each in lists(app) if heading in each.value)
    return found


def test_a_grade_that_rose_stands_with_the_grade_before(
    sign_in_as: SignIn, changed: Engine
) -> None:
    sign_in_as(Role.LEADER)
    graded = listed(drawn(way="up"), "Grade before").value
    assert graded[["Grade before", "Grade now"]].values.tolist() == [["1A", "3A"]]


@pytest.mark.parametrize(
    ("way", "codes"), [("overdue", ["F1", "F3"]), ("closed", ["F2"]), ("reopened", [])]
)
def test_findings_move_from_the_day_before_to_the_day(
    sign_in_as: SignIn, changed: Engine, way: str, codes: list[str]
) -> None:
    sign_in_as(Role.LEADER)
    moved = [each.value for each in lists(drawn(way=way)) if "Finding code" in each.value]
    assert [code for table in moved for code in table["Finding code"]] == codes


def test_what_became_overdue_stands_with_its_days_the_longest_first(
    sign_in_as: SignIn, changed: Engine
) -> None:
    sign_in_as(Role.LEADER)
    moved = listed(drawn(way="overdue"), "Finding code")
    assert list(moved.value["Overdue (days)"]) == [25, 24]
    [heading] = [each for each in moved.part["columns"] if each["name"] == "Overdue (days)"]
    assert heading["tone"] == "bad"
    assert "Standing" not in moved.value
    assert "Standing" in listed(drawn(way="closed"), "Finding code").value


def test_more_overdue_is_for_the_worse_and_more_rectified_for_the_better(
    sign_in_as: SignIn, changed: Engine
) -> None:
    sign_in_as(Role.LEADER)
    figures = listed(drawn(figures="all"), "Change")
    rows = figures.value.set_index("Figure")
    # Both count the same findings, so that they stand in one row.
    both = "Unrectified (Overdue findings)"
    # How far it moved stands with what it changed by, said once.
    assert rows.loc[both, ["Before", "Now", "Change"]].tolist() == ["1", "2", "▲ 1 worse (100%)"]
    assert list(rows.columns) == ["Before", "Now", "Change"]
    assert rows["Change"]["Rectified"] == "▲ 1 better"
    worth = [("worse" not in each, "better" not in each) for each in figures.value["Change"]]
    assert worth == sorted(worth)


@pytest.mark.parametrize(("asked", "ends"), [({}, " worse"), ({"figures": "better"}, " better")])
def test_figures_that_became_worse_stand_alone_until_others_are_asked_for(
    sign_in_as: SignIn, changed: Engine, asked: dict[str, str], ends: str
) -> None:
    sign_in_as(Role.LEADER)
    everything = listed(drawn(figures="all"), "Change").value
    wanted = everything[everything["Change"].str.contains(ends)]
    shown = listed(drawn(**asked), "Change").value
    assert list(shown["Figure"]) == list(wanted["Figure"]) != []


def test_a_share_that_fell_by_reports_due_today_is_not_for_the_worse(
    sign_in_as: SignIn, engine: Engine, english: None
) -> None:
    reports = [
        {"unit": "S01", "submitted_on": date(2026, 1, 20)},
        {"unit": "S01", "kind": "AUDIT_REPORT", "due_on": TODAY},
    ]
    kept(engine, workbook(reports=reports))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    rows = listed(drawn(figures="all"), "Change").value.set_index("Figure")
    assert rows.loc["Reports submitted", ["Before", "Now", "Change"]].tolist() == [
        "100.0%",
        "50.0%",
        "▼ 50.0 pp, due today, not late",
    ]
    assert not any("eports submitted" in piece["text"] for piece in sentence(drawn()))


def test_days_overdue_that_rose_by_the_days_between_are_only_passing_time(
    sign_in_as: SignIn, engine: Engine, english: None
) -> None:
    """And every page that shows the change of a figure writes the same mark."""
    late = {"unit": "E01", "issued_on": SINCE - timedelta(60), "due_on": SINCE - timedelta(10)}
    kept(engine, workbook(findings=[late]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    days = (TODAY - SINCE).days
    called, mark = "Longest overdue", f"▲ {days} days, passing time"
    rows = listed(drawn(figures="all"), "Change").value.set_index("Figure")
    (named,) = [each for each in rows.index if called in each]
    assert rows["Change"][named].startswith(mark)
    query = {"as_of": TODAY.isoformat(), "since": SINCE.isoformat()}
    (definitions,) = lists(open_app("definitions", **query))
    at = next(i for i, each in enumerate(definitions.value["Figure"]) if called in each)
    assert definitions.value[f"Since {SINCE}"][at] == mark
    tiles = {each.label: each.delta for each in shown_figures(open_app("rectification", **query))}
    assert next(tiles[each] for each in tiles if called in each) == mark


def test_the_tooltip_of_a_share_says_that_its_decimals_are_cut(
    sign_in_as: SignIn, changed: Engine
) -> None:
    sign_in_as(Role.LEADER)
    shown = shown_figures(open_app("rectification", as_of=TODAY.isoformat()))
    cut = {each.label: "cut to one decimal, not rounded" in each.help for each in shown}
    assert cut["Due rectification rate"] and not cut["Overdue findings"]


def sentence(app: AppTest) -> list[dict[str, Any]]:
    """The pieces of the sentence above the lists."""
    (said,) = regions(app)["say"]["parts"]
    return [*said["pieces"]]


def test_what_it_is_compared_with_is_told_below_the_answer(
    sign_in_as: SignIn, changed: Engine
) -> None:
    meeting = {"code": "M1", "name": "第一次会议", "on_date": SINCE}
    kept(changed, workbook(meetings=[meeting]))
    act = Act("one", clock.now())
    freezes.freeze(changed, "M1", SINCE, act, TODAY)
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = open_app("changes", as_of=TODAY.isoformat())
    drawn_parts = [
        str(getattr(each, "proto", "")) + str(getattr(each, "value", "")) for each in app.main
    ]
    (heading,) = [at for at, each in enumerate(drawn_parts) if "units that moved" in each][:1]
    (note,) = [at for at, each in enumerate(drawn_parts) if "what was frozen for" in each]
    assert heading < note
    assert AT_FIRST >= 24


def test_the_sentence_leads_to_what_became_worse_and_to_the_letters_that_are_due(
    sign_in_as: SignIn, changed: Engine
) -> None:
    sign_in_as(Role.LEADER)
    pieces = regions(drawn())["say"]["parts"][0]["pieces"]
    said = {piece["text"]: piece for piece in pieces}
    # Against what comes first, then what is worse in one piece, what is better last.
    against, worse, *_others = said
    assert against.startswith("changes against ") and said[against]["tone"] == "strong"
    assert worse.startswith("worse: lights 1, Newly overdue 2, ") and ", figures " in worse
    assert said[worse]["tone"] == "bad" and said[worse]["way"]["asked"]["way"] == "overdue"
    assert said["to do by Committee office: Reminder 2"]["way"]["to"] == "letters"
    tones = [piece["tone"] for piece in pieces if piece["tone"]]
    assert tones == sorted(tones, key=["strong", "bad", "warn", "good"].index)
    assert len(pieces) <= 5
    (worst,) = [text for text in said if text.startswith("worst: ")]
    first = listed(drawn(), "Change").value["Figure"].iloc[0]
    assert worst.startswith(f"worst: {first} ")


def test_a_finding_newly_overdue_names_the_step_that_is_due(
    sign_in_as: SignIn, changed: Engine
) -> None:
    sign_in_as(Role.LEADER)
    shown = listed(drawn(way="overdue"), "Finding code")
    moved, heading = shown.value, "Next step · by whom · by when"
    step = "Issue a reminder · Committee office · due since "
    assert [each.startswith(step) for each in moved[heading]] == [True, True]
    # The office, too, is late with a step that was due before the day, in red and with a shape.
    at = [column["name"] for column in shown.part["columns"]].index(heading)
    late = {"tone": "bad", "sign": "●"}
    assert [row[at]["last"] for row in shown.part["rows"]] == [late, late]
    assert heading not in listed(drawn(way="closed"), "Finding code").value


def test_findings_of_one_title_are_told_apart_by_their_code(
    sign_in_as: SignIn, changed: Engine
) -> None:
    same = {"unit": "S01", "title": "同一标题", "due_on": SINCE + timedelta(2)}
    kept(changed, workbook(findings=[{"code": "T1", **same}, {"code": "T2", **same}]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    shown = list(listed(drawn(way="overdue"), "Finding code").value["Finding"])
    assert {"同一标题 · T1", "同一标题 · T2"} < set(shown)


def test_figures_stand_in_the_order_of_what_is_shown_and_only_far_changes_are_red(
    sign_in_as: SignIn, changed: Engine
) -> None:
    sign_in_as(Role.LEADER)
    figures = listed(drawn(), "Change")
    sizes = [size for size in _sizes(figures) if size is not None]
    assert len(sizes) > 1 and sizes == sorted(sizes, reverse=True)
    rows = figures.part["rows"]
    at = [each["name"] for each in figures.part["columns"]].index("Change")
    red = [row[at]["tone"] == "bad" for row in rows if row[at]["tone"] or row[at]["text"]]
    assert red == [size is None or size >= 1 for size in _sizes(figures)]


def _sizes(figures: Shown) -> list[float | None]:
    """What each figure moved by, against what is far for it; None of one that was 0."""
    return [
        float(part.group(1)) / 10
        if (part := re.search(r"\((\d+)%\)$", each))
        else float(each.split(" ")[0].lstrip("+-")) / 3
        if each.endswith("pp")
        else None
        for each in figures.value["Change"]
    ]


@pytest.mark.parametrize(
    ("figure", "now", "before", "far"),
    [
        ("rect_rate", (900, 1000), (930, 1000), True),
        ("rect_rate", (901, 1000), (930, 1000), False),
        ("overdue", (11, None), (10, None), True),
        ("overdue", (109, None), (100, None), False),
    ],
)
def test_figures_are_red_from_three_points_of_a_share_or_a_tenth_of_another_figure(
    figure: str, now: tuple[int, int | None], before: tuple[int, int | None], far: bool
) -> None:
    measured = catalogue(shipped())[figure]
    readings = [Reading(measured, "", Fraction(value), of) for value, of in (now, before)]
    moved = change(readings[0], readings[1])
    assert moved
    assert (how_far(*readings) >= 1) is far
    # What is better is never grave.
    assert moved.grave is far


def test_units_whose_light_turned_stand_first_those_for_the_worse_above(
    sign_in_as: SignIn, changed: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = drawn()
    turned = listed(app, "Turned").value
    # A card of a phone says them without their headings.
    cards = {each["name"]: each["card"] for each in listed(app, "Turned").part["columns"]}
    assert cards["Turned"] == cards["Why this light"] == "{n}"
    headings = [heading for each in lists(app) for heading in each.value]
    assert headings.index("Turned") < headings.index("Finding code")
    assert list(turned["Unit"]) == ["单位S01"]
    assert list(turned["Why this light"]) == ["1 overdue"]
    assert all(" → " in each for each in turned["Turned"])


def test_a_change_counted_from_rows_leads_to_the_rows_that_came_and_went(
    sign_in_as: SignIn, changed: Engine
) -> None:
    sign_in_as(Role.LEADER)
    figures = listed(drawn(), "Change")
    at = list(figures.value["Figure"]).index("Unrectified (Overdue findings)")
    asked = figures.part["ways"][at]["asked"]
    assert (asked["figure"], asked["moved"]) == ("unrectified", "1")
    app = open_app(
        "list",
        as_of=TODAY.isoformat(),
        since=SINCE.isoformat(),
        **{name: value for name, value in asked.items() if value},
    )
    assert not app.exception
    rows = listed(app, f"Since {SINCE}").value
    assert dict(zip(rows["Code"], rows[f"Since {SINCE}"], strict=True)) == {
        "F1": "New",
        "F3": "New",
        "F2": "Gone",
    }
    # What became of the one that is gone stands beside it, and no days for which it is overdue.
    gone = rows.set_index("Code").loc["F2"]
    assert str(gone["Status"]).endswith("Rectified")
    assert any(
        f"1 on {SINCE} + 2 new − 1 gone = 2 on {TODAY}" in each.value for each in app.markdown
    )


def test_new_rows_are_marked_in_the_whole_list_and_sums_lead_to_it(
    sign_in_as: SignIn, changed: Engine
) -> None:
    sign_in_as(Role.LEADER)
    day = {"as_of": TODAY.isoformat(), "since": SINCE.isoformat()}
    rows = listed(open_app("list", figure="required", **day), "Code").value
    # All three were issued before: none is new, and none is marked.
    assert f"Since {SINCE}" not in rows
    rows = listed(open_app("list", figure="rectified", **day), "Code").value
    assert list(rows[f"Since {SINCE}"]) == ["New"]
    ways = listed(drawn(figures="all"), "Change").part["ways"]
    asked = {way["asked"]["figure"]: way["asked"].get("moved") for way in ways}
    assert asked["rect_rate"] == "1"
    assert not asked.get("overdue_days_max")
