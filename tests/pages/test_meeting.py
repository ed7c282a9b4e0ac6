"""The pages of meetings: who may freeze, what comes of it, and how it is told from the present."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from dashboard import setting_origins
from dashboard.elements.room import STEP
from dashboard.reads import cache
from dashboard.screens.meeting.before import HEIGHT, MATTER_HEIGHT
from data.meetings import freezes
from data.store import access_log
from data.store.database import reading, writing
from models.account import Event, Role
from tests.dashboard.apps import open_app
from tests.dashboard.signed_in import SignIn
from tests.data.contents import RENAMED, TODAY, kept, workbook
from tests.data.meetings.frozen_meetings import ACT
from tests.pages.tables import lists
from tests.pages.tiles import regions, shown_figures

pytestmark = pytest.mark.usefixtures("english")

MET = date(2026, 6, 20)
OVERDUE = {"unit": "E01", "due_on": date(2026, 3, 10)}
SEES = (Role.LEADER, Role.COMMITTEE, Role.STEWARD)


@pytest.fixture
def met(engine: Engine) -> Engine:
    """The database with an overdue finding and a meeting."""
    kept(
        engine,
        workbook(
            units=[{"code": "E01", "name": "单位E01"}, {"code": "S01", "name": "单位S01"}],
            sectors=[{}],
            findings=[OVERDUE],
            meetings=[{"code": "M1", "name": "第一次会议", "on_date": MET}],
        ),
        correct=RENAMED,
    )
    cache.forget_version()
    return engine


@pytest.fixture
def frozen(met: Engine) -> Engine:
    """The same, frozen, after which the finding was closed and another one came."""
    freezes.freeze(met, "M1", TODAY, ACT, TODAY)
    closed = {"action": "CLOSE", "on_date": date(2026, 3, 1)}
    kept(met, workbook(findings=[{"code": "F2", **OVERDUE}], rectification_events=[closed]))
    cache.forget_version()
    return met


def open_page(name: str, **query: str) -> AppTest:
    app = open_app(name, as_of=TODAY.isoformat(), **query)
    assert not app.exception
    return app


def kept_freezes(engine: Engine) -> int:
    with reading(engine) as connection:
        return len(freezes.freezes(connection))


def keys_of_blocks(block: Block) -> Iterator[str]:
    """The keys of all containers within a container."""
    for child in block.children.values():
        if isinstance(child, Block):
            yield child.proto.id
            yield from keys_of_blocks(child)


def press(app: AppTest, label: str) -> AppTest:
    (button,) = (each for each in app.button if each.label == label)
    return button.click().run()


def test_who_may_freezes_after_saying_that_it_is_meant(
    met: Engine, sign_in_as: SignIn, english: None
) -> None:
    sign_in_as(Role.COMMITTEE)
    app = open_page("meeting")
    press(app, "Freeze the figures")
    assert kept_freezes(met) == 0
    app.checkbox(key="meeting-sure").check()
    press(app, "Freeze the figures")
    assert not app.exception and kept_freezes(met) == 1
    with reading(met) as connection:
        assert access_log.entries(connection, what=Event.FROZEN)[0].account == "wang"


@pytest.mark.parametrize("role", [each for each in SEES if each is not Role.COMMITTEE])
def test_who_may_not_freeze_has_no_button(
    met: Engine, sign_in_as: SignIn, english: None, role: Role
) -> None:
    sign_in_as(role)
    assert "Freeze the figures" not in {each.label for each in open_page("meeting").button}


def test_a_right_that_was_taken_away_meanwhile_is_asked_again(
    met: Engine, sign_in_as: SignIn, english: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in_as(Role.COMMITTEE)
    app = open_page("meeting")
    app.checkbox(key="meeting-sure").check()
    with writing(met) as connection:
        connection.exec_driver_sql("UPDATE accounts SET role = 'leader'")
    cache.forget_viewers()
    for button in app.button:
        if button.label == "Freeze the figures":
            button.click()
    app.run()
    assert kept_freezes(met) == 0


def test_without_a_meeting_the_page_says_what_to_do(
    engine: Engine, sign_in_as: SignIn, english: None
) -> None:
    sign_in_as(Role.COMMITTEE)
    assert "Enter it in the ledger" in open_app("meeting").info[-1].value


def test_what_is_frozen_is_shown_as_it_was(
    frozen: Engine, sign_in_as: SignIn, english: None
) -> None:
    sign_in_as(Role.LEADER)
    app = open_page("list", figure="overdue", frozen="1")
    assert shown_figures(app)[0].value == "1"
    assert list(lists(app)[0].value["Code"]) == ["F1"]
    assert any("第一次会议" in each.value for each in app.markdown)
    now = open_page("list", figure="overdue")
    assert list(lists(now)[0].value["Code"]) == ["F2"]


def test_the_day_of_what_is_frozen_cannot_be_chosen(
    frozen: Engine, sign_in_as: SignIn, english: None
) -> None:
    sign_in_as(Role.LEADER)
    app = open_app("overview", as_of="2026-01-01", frozen="1")
    day = app.date_input(key="frame-as_of")
    assert day.value == TODAY and day.disabled


def test_the_way_back_to_the_present(frozen: Engine, sign_in_as: SignIn, english: None) -> None:
    sign_in_as(Role.LEADER)
    app = press(open_page("list", figure="overdue", frozen="1"), "Back to the present")
    assert "frozen" not in app.query_params
    assert not any("第一次会议" in each.value for each in app.markdown)


def test_an_unknown_freeze_is_told_in_a_sentence(
    frozen: Engine, sign_in_as: SignIn, english: None
) -> None:
    sign_in_as(Role.LEADER)
    app = open_page("overview", frozen="7")
    assert "Nothing is frozen under number “7”" in app.error[0].value


def test_nothing_is_taken_in_while_the_past_is_looked_at(
    frozen: Engine, sign_in_as: SignIn, english: None
) -> None:
    sign_in_as(Role.STEWARD)
    app = open_page("data", frozen="1")
    assert any("cannot be changed" in each.value for each in app.info)


def test_the_day_compared_with_is_that_of_the_last_freeze_as_it_was_frozen(
    frozen: Engine, sign_in_as: SignIn, english: None
) -> None:
    sign_in_as(Role.LEADER)
    later = (TODAY + timedelta(1)).isoformat()
    app = open_app("changes", as_of=later, node="unit:E01")
    (ways,) = (each for each in app.button_group if "Newly overdue 1" in each.options)
    assert {"Newly issued 1", "Newly overdue 1", "Closed 1", "Reopened 0"} <= set(ways.options)


def test_late_entries_are_told_with_what_they_did(
    frozen: Engine, sign_in_as: SignIn, english: None
) -> None:
    sign_in_as(Role.LEADER)
    app = open_page("late", moved="required")
    figures, differences, ledgers = (each.value for each in lists(app))
    (rows,) = (each.value for each in lists(open_page("late", tab="rows")))
    required = figures.set_index("Figure").loc["Findings to be rectified"]
    assert (required["As frozen"], required["As known now"]) == ("1", "2")
    assert list(differences["Record"]) == ["F2"]
    assert differences["Why"][0].startswith("Entered after: Findings F2, import 2")
    assert set(rows["Record"]) == {"F2", "F1 · 2026-03-01 · 1"}
    assert ledgers["Entered after"].astype(int).sum() == len(rows)


def test_a_figure_that_came_to_be_known_without_counting_a_row_says_by_which_ledger(
    frozen: Engine, sign_in_as: SignIn, english: None
) -> None:
    kept(
        frozen,
        workbook(
            projects=[{"code": "P1", "unit": "E01"}],
            content_checks=[{"project": "P1", "result": "NORMAL"}],
        ),
    )
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = open_page("late", moved="content_problems")
    told = "Not entered as frozen; known since rows of Content checks were entered"
    assert any(told in each.value for each in app.caption)
    assert not any("Why" in each.value for each in lists(app))


def test_who_sees_some_units_sees_what_was_frozen_of_them_alone(
    frozen: Engine, sign_in_as: SignIn, english: None
) -> None:
    sign_in_as(Role.UNIT, units=["S01"])
    app = open_app("list", figure="required", frozen="1", node="district")
    [tile] = shown_figures(app)
    assert (tile.value, tile.of) == ("—", "Not reported")
    assert "No such unit" in open_app("unit", node="unit:E01", frozen="1").error[0].value
    assert not any("F2" in str(each.value) for each in lists(open_page("late")))


TITLES = {
    "meeting": "会议看什么？",
    "changes": "上次会议以来有哪些变化？",
    "late": "定格后又变更了什么？",
}


@pytest.mark.parametrize("name", TITLES)
def test_in_chinese_too(
    frozen: Engine, sign_in_as: SignIn, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(setting_origins.LANGUAGE, "zh_CN")
    sign_in_as(Role.COMMITTEE)
    assert open_page(name, lang="zh_CN").title[0].value == TITLES[name]


def test_a_meeting_begins_with_what_is_red_and_what_it_is_to_decide(
    met: Engine, sign_in_as: SignIn, english: None
) -> None:
    sign_in_as(Role.COMMITTEE)
    shown = regions(open_page("meeting"))
    pieces = {
        each["text"].split(" (")[0]: each["tone"] for each in shown["say"]["parts"][0]["pieces"]
    }
    assert pieces["red units 1"] == pieces["overdue findings 1"] == "bad"
    assert list(shown)[:2] == ["say", "matters-card"]
    bar, named = shown["lights-card"]["parts"]
    assert [(each["text"], each["tone"]) for each in named["pieces"]] == [
        ("Red units", "strong"),
        ("单位E01", "bad"),
    ]
    assert named["pieces"][1]["way"]["asked"]["node"] == "unit:E01"


def test_of_more_matters_than_the_wall_shows_it_says_which_are_on_it(
    met: Engine, sign_in_as: SignIn, english: None
) -> None:
    old = {"unit": "E01", "issued_on": date(2025, 1, 1), "due_on": date(2025, 3, 1)}
    major = [{"code": f"M{at}", "severity": "MAJOR", **old} for at in range(4)]
    instructed = [{"code": f"I{at}", "instructed": True, **old} for at in range(3)]
    kept(met, workbook(findings=[*major, *instructed]))
    cache.forget_version()
    sign_in_as(Role.COMMITTEE)
    card = regions(open_page("meeting"))["matters-card"]
    assert len(card["parts"][0]["matters"]) == 5
    assert re.match(
        r"of \d+ by rules the 5 gravest, which the wall and the briefing have as well", card["says"]
    )


def test_a_meeting_has_one_main_button_and_keeps_room_for_its_matters(
    met: Engine, sign_in_as: SignIn, english: None
) -> None:
    sign_in_as(Role.COMMITTEE)
    app = open_page("meeting")
    # The link to the wall is the main one (`freezing.about`), so no button beside it is.
    kinds = {each.label: each.proto.type for each in app.button}
    assert {"Save the agenda", "Note the decision"} <= set(kinds)
    assert "primary" not in kinds.values()
    listed = regions(app)["matters-card"]["parts"][0]["matters"]
    steps = (HEIGHT + len(listed) * MATTER_HEIGHT) // STEP
    assert any(each.endswith(f"room{steps}-meeting-board") for each in keys_of_blocks(app.main))


def test_before_anything_came_in_a_meeting_is_shown_nothing_green(
    engine: Engine, sign_in_as: SignIn, english: None
) -> None:
    sign_in_as(Role.COMMITTEE)
    shown = regions(open_app("meeting"))
    pieces = shown["say"]["parts"][0]["pieces"]
    assert {each["tone"] for each in pieces} <= {"", "silent"}
    # No bar of no units, and no figures that nobody has entered.
    assert set(shown) == {"say", "matters-card"}
