"""The page of key tasks, meetings and trainings, as different people see it."""

import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard.i18n import _, use_language
from dashboard.markdown import dotted
from dashboard.reads import cache
from dashboard.screens.tasks import meetings
from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from models.account import Role
from models.rules.work import BEHIND_BY
from tests.dashboard.apps import open_app
from tests.dashboard.signed_in import SignIn
from tests.data.contents import RENAMED, TODAY, kept, workbook
from tests.pages.chart_rows import click_chart, rows
from tests.pages.tables import lists
from tests.pages.tiles import counted_against, regions, sections, shown_figures, stands

pytestmark = pytest.mark.usefixtures("english")

DAY = TODAY.isoformat()
PARTS = ("tasks", "meetings", "training")


def progress(number: int, on_date: date, percent: int, **about: object) -> dict[str, object]:
    said = {"note": None, "needs_help": None} | about
    return {"number": number, "on_date": on_date, "percent": percent} | said


@pytest.fixture
def full(engine: Engine) -> Engine:
    """The database with tasks, meetings, decisions and a training."""
    content = workbook(
        units=[{"code": "E01", "name": "单位E01"}, {"code": "S01", "name": "单位S01"}],
        sectors=[{}],
        key_tasks=[
            {"number": 1, "name": "健全*网格*", "due_on": date(2026, 6, 1)},
            {"number": 2, "name": "交叉互审"},
            {"number": 3, "name": "明年的任务", "start_on": date(2026, 12, 1)},
        ],
        task_progress=[
            progress(1, date(2026, 5, 1), 60),
            progress(1, date(2026, 6, 20), 90),
            progress(2, date(2026, 6, 1), 95, note="请编办会商", needs_help=True),
        ],
        meetings=[
            {"code": "M1", "name": "第一次会议", "on_date": date(2026, 6, 10)},
            {"code": "M2", "name": "第二次会议", "on_date": date(2026, 7, 10)},
        ],
        decisions=[
            {"number": 1, "text": "甲", "unit": "E01", "due_on": date(2026, 6, 20)},
            {"number": 2, "text": "乙", "unit": "S01", "due_on": date(2026, 8, 1)},
            {"number": 3, "text": "丙", "unit": None, "due_on": date(2026, 6, 20)}
            | {"done_on": date(2026, 6, 25)},
        ],
        trainings=[{"name": "业务培训", "on_date": date(2026, 6, 1)}],
        attendance=[{"unit": "E01", "people": 4, "passed": 3}],
    )
    kept(engine, content, correct=RENAMED)
    cache.forget_version()
    return engine


def drawn(part: str = "", **query: str) -> AppTest:
    asked = {"tab": part} if part else {}
    return open_app("tasks", **asked, **{"as_of": DAY} | query)


def column(app: AppTest, heading: str) -> list[object]:
    """The cells below `heading`, which stands on one of the tables."""
    (table,) = (each.value for each in lists(app) if heading in each.value)
    return list(table[heading])


def wanting(app: AppTest) -> list[dict[str, Any]]:
    """The tasks to act on, as sent to the browser."""
    (part,) = regions(app)["tasks"]["parts"]
    return list(part["matters"])


@pytest.mark.usefixtures("either_language")
def test_every_part_is_drawn_of_an_empty_database(sign_in_as: SignIn) -> None:
    sign_in_as(Role.LEADER)
    for part in PARTS:
        app = drawn(part)
        assert not app.exception and not app.error


@pytest.mark.usefixtures("either_language")
def test_every_part_is_drawn_of_a_full_database(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    for part in PARTS:
        app = drawn(part)
        assert not app.exception and not app.error


def test_a_unit_and_a_day_long_ago_are_drawn(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    for query in ({"node": "unit:E01"}, {"as_of": "2001-01-01"}):
        for part in PARTS[1:]:
            app = drawn(part, **query)
            assert not app.exception and not app.error


def test_the_figures_shown_are_those_of_the_catalogue(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    shown = {name: each["value"] for name, each in sections(drawn()).items()}
    figures = catalogue(shipped())
    with reading(full) as connection:
        found = read(connection, Scope(parse("district"), TODAY), figures)
    assert shown == {
        "Key tasks": found["task_progress"].text,
        "Meetings and decisions": found["decisions_done"].text,
        "Training and contests": found["training_coverage"].text,
    }


def test_each_section_is_the_way_to_what_is_wanting_in_it(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    shown = sections(drawn("training"))
    assert [stands(each) for each in shown.values()] == [
        [
            ("1 late", "bad"),
            ("longest 29 days", "bad"),
            ("asking for co-ordination: 1", "warn"),
        ],
        [("1 overdue", "bad")],
        [("units never trained 1", "bad")],
    ]
    assert [each["way"]["asked"] for each in shown.values()] == [
        {},
        {"tab": "meetings"},
        {"tab": "training"},
    ]
    assert [name for name, each in shown.items() if each["shown"]] == ["Training and contests"]
    app = drawn("training", since="2026-05-15")
    assert counted_against(app) == ["changes against 2026-05-15"]
    late = sections(app)["Key tasks"]["stands"][0]
    assert late["change"]["text"] == "▲ 1"


def test_one_list_has_what_is_late_before_what_asks_each_with_what_its_lead_entered(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = drawn()
    late, asked = wanting(app)
    assert (late["what"], late["status"]["word"]) == ("1. 健全*网格*", "Late by 29 days")
    assert late["days"] == {"text": "10 pp short of plan", "tone": "bad"} and not late["mark"]
    assert late["act"] == "The lead entered nothing in words."
    assert late["by"] == ["Next: Complete the task", "区审计局", "by 2026-07-10"]
    named = ["Next: Name a leader who co-ordinates the task", "Audit committee", "by 2026-07-10"]
    assert asked["by"] == named
    assert late["way"]["asked"] == {"task": "1"}
    assert (asked["what"], asked["mark"]) == ("2. 交叉互审", "Asks for co-ordination")
    assert asked["act"] == "entered on 2026-06-01: 请编办会商"
    assert asked["rule"].startswith("区审计局; due ") and "progress 95%" in asked["rule"]
    (others,) = lists(app)
    assert list(others.value["Task"]) == ["3. 明年的任务"]
    assert others.part["ways"][0]["asked"] == {"task": "3"}
    titles = [each.value for each in app.markdown]
    assert any("**Tasks to act on: 2**" in each for each in titles)


def test_what_is_on_plan_is_quiet_and_has_no_gap_where_there_is_none(
    sign_in_as: SignIn, full: Engine
) -> None:
    done = {"number": 4, "name": "已办的任务", "due_on": date(2026, 3, 1)}
    ongoing = {"number": 5, "name": "在办的任务", "start_on": date(2026, 1, 1)}
    ongoing |= {"due_on": date(2026, 12, 31)}
    said = [progress(4, date(2026, 2, 1), 100), progress(5, date(2026, 6, 1), 45)]
    kept(full, workbook(key_tasks=[done, ongoing], task_progress=said))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    (others,) = lists(drawn())
    assert list(others.value["Task"]) == ["5. 在办的任务", "3. 明年的任务", "4. 已办的任务"]
    assert list(others.value["Short of plan"]) == ["4 pp", None, None]
    assert [row[0].get("quiet", False) for row in others.part["rows"]] == [True, False, False]


def test_the_rule_of_being_behind_stands_where_a_task_on_schedule_is_short_of_its_plan(
    sign_in_as: SignIn, full: Engine
) -> None:
    ongoing = {"number": 5, "name": "在办的任务", "start_on": date(2026, 1, 1)}
    ongoing |= {"due_on": date(2026, 12, 31)}
    entered = [progress(5, date(2026, 6, 1), 45)]
    kept(full, workbook(key_tasks=[ongoing], task_progress=entered))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = drawn()
    above = f"on schedule while less than {BEHIND_BY} pp short of plan"
    assert any("**On plan, done or not begun: 2**" in each.value for each in app.markdown)
    assert any(above in each.value for each in app.markdown)
    (rule,) = [each.value for each in app.caption if each.value.startswith("Behind schedule")]
    assert f"{BEHIND_BY} points or more short" in rule and rule.endswith("it is on schedule.")


def test_before_any_task_begins_it_is_said_that_none_has_begun(
    sign_in_as: SignIn, engine: Engine
) -> None:
    sign_in_as(Role.LEADER)
    ahead = {"start_on": date(2026, 12, 1), "due_on": date(2027, 12, 1)}
    tasks = [{"number": number, "name": "任务", **ahead} for number in (1, 2, 3)]
    kept(engine, workbook(key_tasks=tasks))
    cache.forget_version()
    titles = [each.value.replace("\\", "") for each in drawn().markdown]
    title = "None of the 3 tasks has begun; the first begins on 2026-12-01"
    assert any(title in each for each in titles)
    assert any("**Not begun: 3**" in each for each in titles)
    assert not any("on schedule" in each for each in titles)


def test_a_section_shows_the_change_of_its_figure_also_where_there_is_none(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    shown = sections(drawn(since="2026-06-25"))
    assert shown["Training and contests"]["change"]["text"] == "±0"


def test_a_section_says_of_trainings_what_is_known_of_the_units_looked_at(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)

    def of(node: str) -> list[tuple[str, str]]:
        return stands(sections(drawn("training", node=node))["Training and contests"])

    assert of("unit:S01") == [("Not reported", "silent")]
    assert of("unit:E01") == [("every unit was trained in the last year", "good")]


def test_the_address_opens_one_task_with_its_plan_and_all_its_entries(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = drawn(task="1")
    assert any("progress 90%, planned 100%" in each.value for each in app.markdown)
    entries = next(each.value for each in lists(app) if "Entered on" in each.value)
    assert list(entries["Progress"]) == ["90%", "60%"]
    assert "cannot be chosen here" in drawn(task="77").error[0].value


def test_a_late_task_says_by_how_many_days_and_what_changed(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = drawn(since="2026-05-15")
    (late, _asked) = wanting(app)
    assert late["status"] == {"tone": "bad", "sign": "●", "word": "Late by 29 days"}
    assert late["rule"].endswith("progress 90%; +30 pp since 2026-05-15")
    (others,) = (each.value for each in lists(app))
    assert list(others["Standing"]) == ["○ Not begun"]
    assert list(others["Progress (change)"]) == ["0% (—)"]


def test_a_late_task_without_progress_since_the_day_of_comparison_says_so(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    assert wanting(drawn(since="2026-06-25"))[0]["rule"].endswith("no progress since 2026-06-25")


def test_the_tasks_entered_stand_beside_the_official_count(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    assert any("3/10 configured" in each.value for each in drawn().markdown)


def test_the_number_of_trainings_is_said_once(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    (said,) = [each.value for each in drawn("training").markdown if "Trainings:" in each.value]
    assert "Trainings: 1, the latest on 2026-06-01" in said


def test_the_next_meeting_is_announced(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    said = drawn("meetings").info[0].value
    assert "第二次会议" in said and "in 10 days" in said


def test_earlier_meetings_are_shown_when_asked_for(
    sign_in_as: SignIn, full: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in_as(Role.LEADER)
    monkeypatch.setattr(meetings, "FIRST", 1)
    app = drawn("meetings", as_of="2026-07-10")
    assert len(column(app, "Kind of meeting")) == 1
    every = app.button(key="meetings-held-all").click().run()
    assert len(column(every, "Kind of meeting")) == 2


def test_what_is_overdue_comes_first_with_who_answers(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("meetings")
    assert column(app, "Decision") == ["甲", "乙"]
    assert column(app, "Unit") == ["单位E01", "单位S01"]
    assert column(app, "Days past the limit")[0] == 10


def test_the_address_chooses_the_decisions(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("meetings", decisions="done")
    assert column(app, "Standing") == ["■ Done late"]


def test_where_no_decision_is_of_the_kind_asked_for_all_are_offered(
    sign_in_as: SignIn, engine: Engine
) -> None:
    done = {"done_on": date(2026, 1, 2), "due_on": date(2026, 1, 3)}
    kept(engine, workbook(units=[{}], meetings=[{}], decisions=[done]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = drawn("meetings")
    assert "none is open or overdue" in app.info[-1].value
    app.button("decisions-all").click().run()
    assert column(app, "Standing") == ["■ Done in time"]


def test_who_passed_is_written_with_who_was_examined(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("training")
    assert column(app, "Passed") == ["75.0% (3/4)"]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_attendances_have_one_word_on_the_card_and_in_the_tables(language: str) -> None:
    with use_language(language):
        assert _("People") in _("People trained")


def test_a_training_is_for_a_sector_called_as_elsewhere(sign_in_as: SignIn, full: Engine) -> None:
    held = {"code": "T9", "name": "条线培训", "on_date": date(2026, 6, 2), "sector": "EDU"}
    kept(full, workbook(sectors=[{"code": "EDU", "name": "教育"}], trainings=[held]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    assert column(drawn("training"), "For") == ["Education", "all"]


def test_who_attended_the_fewest_of_its_trainings_stands_first_with_how_many_it_could(
    sign_in_as: SignIn, full: Engine
) -> None:
    sent = [{"unit": "E01", "people": 4, "passed": 3}, {"unit": "S01", "people": 2}]
    kept(full, workbook(attendance=sent))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = drawn("training")
    assert rows(app, "code", "value", "text") == [
        ("S01", 1.0, "1 of 1 · people 2"),
        ("E01", 1.0, "1 of 1 · people 4"),
    ]
    titles = [each.value.replace("\\", "") for each in app.markdown]
    assert any("Fewest trainings attended: 1 of 1 at 单位S01, 单位E01" in each for each in titles)
    assert click_chart(app, "training-fewest", "S01")
    # None of them missed one.
    assert not any("missed" in each.value for each in app.caption)


def test_units_that_missed_trainings_say_by_when_how_they_make_up_for_them(
    sign_in_as: SignIn, full: Engine
) -> None:
    held = {"code": "T9", "name": "第二期", "kind": "TRAINING", "on_date": date(2026, 6, 1)}
    meeting = {"code": "M9", "name": "第九次会议", "on_date": date(2026, 7, 5)}
    kept(full, workbook(trainings=[held], attendance=[{"unit": "E01"}], meetings=[meeting]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = drawn("training")
    assert rows(app, "code", "text") == [("E01", "1 of 2 · people 3")]
    told = ("Next: Say how the missed trainings are made up for", "each unit", "by 2026-07-05")
    assert dotted(told) in [each.value.replace("\\", "") for each in app.markdown]
    (spec,) = (each.proto.spec for each in app.get("vega_lite_chart"))
    assert "trainings attended" in spec and "trainings missed" in spec


def test_a_unit_that_never_came_is_red_and_its_figures_stand_once(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("training")
    (by_sector,) = (each.part for each in lists(app) if "Share of units" in each.value)
    assert [row[1] for row in by_sector["rows"]] == [{"text": "50.0% (1/2)", "tone": "warn"}]
    (absent,) = (each.part for each in lists(app) if "Last training" in each.value)
    assert [row[1] for row in absent["rows"]] == [{"text": "never came", "tone": "bad"}]
    (done,) = (row[2]["text"] for row in absent["rows"])
    assert re.fullmatch(r"Send people to a training · the unit · by 2026-\d\d-\d\d", done)
    titles = [each.value.replace("\\", "") for each in app.markdown]
    assert any("1 in all, never trained at all; click one" in each for each in titles)
    assert not shown_figures(app), "figures of tasks and meetings stand in their own sections"
    assert any("the fewest first; 4 people in all" in each for each in titles)


def test_a_unit_sees_its_own_decisions_and_no_tasks(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.UNIT, units=["S01"])
    app = drawn()
    assert "belong to the district as a whole" in app.info[0].value
    assert column(app, "Decision") == ["乙"]
    assert list(sections(app)) == ["Decisions", "Training and contests"]


def test_tasks_cannot_be_asked_for_at_a_unit(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("tasks", node="unit:S01")
    assert "cannot be chosen here" in app.error[0].value
