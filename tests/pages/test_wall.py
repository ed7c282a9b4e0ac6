"""The wall screen: every screen of an agenda, its keys, hidden names, what is frozen, who notes."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard import clock, identity, reads, setting_origins
from dashboard.charts import Look
from dashboard.reads import cache
from dashboard.wall import screen as wall
from dashboard.wall import slides
from dashboard.wall.layout import HALF
from dashboard.widgets import place
from data.access import first_accounts, sign_in
from data.access.permission import viewer
from data.figures import units
from data.mechanisms import warning_signals
from data.meetings import agendas, freezes
from data.meetings.agendas import Item
from data.nodes import parse
from data.scope import everything
from data.store import access_log
from data.store.access_log import Act
from data.store.database import connect, reading, writing
from data.store.schema import migrate
from models.account import Event, Role
from models.freeze import AgendaScreen
from models.rules.light import Light
from tests.dashboard.apps import open_app
from tests.demonstration_day import TODAY
from tests.pages.tables import lists

MOST_FIGURES, MOST_CHARTS = 6, 2
NEXT, LAST = "WYH2026-07", "WYH2026-04"
ACT = Act("demo-committee", clock.now())
SECTOR = "sector:EDU"
AGENDA = (
    *(Item(screen) for screen in AgendaScreen if screen is not AgendaScreen.UNIT),
    Item(AgendaScreen.UNIT, "unit:JY01"),
    Item(AgendaScreen.RECTIFICATION, SECTOR),
)
WITHOUT_FIGURES = {AgendaScreen.TO_DECIDE, AgendaScreen.DECISIONS}
WITHOUT_CHARTS = {AgendaScreen.OPENING, *WITHOUT_FIGURES}


@pytest.fixture(scope="module")
def database(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The demonstration with its accounts, an agenda of every screen, and a freeze."""
    folder = tmp_path_factory.mktemp("wall")
    shutil.copyfile(demonstration, folder / "gridlight.sqlite")
    engine = connect(f"sqlite:///{folder / 'gridlight.sqlite'}")
    migrate(engine)
    committee = viewer("demo-committee", "", Role.COMMITTEE, [])
    with writing(engine) as connection:
        first_accounts.demonstration(connection, clock.now())
        agendas.save(connection, committee, ACT, LAST, AGENDA)
    freezes.freeze(engine, LAST, date(2026, 6, 1), ACT, TODAY)
    yield engine
    engine.dispose()


@pytest.fixture
def enter(database: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Signs in the account of the demonstration of a role, in a language."""
    monkeypatch.setattr(cache, "engine", lambda: database)
    monkeypatch.setattr(wall, "DRAWING", 0)
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    cache.forget_drawn()
    cache.forget_version()

    def entered(role: Role = Role.COMMITTEE, language: str = "en") -> None:
        now = clock.now()
        with writing(database) as connection:
            name = f"demo-{role.value.replace('_', '-')}"
            ticket = sign_in.enter(connection, Act(name, now))
            token = sign_in.redeem(connection, ticket or "", now, None)
        monkeypatch.setattr(identity, "token", lambda: token)
        monkeypatch.setenv(setting_origins.LANGUAGE, language)

    yield entered
    cache.forget_drawn()


def opened(**asked: str) -> AppTest:
    app = open_app("wall", **{"meeting": LAST, "paused": "1", **asked})
    assert not app.exception
    return app


def at(screen: AgendaScreen) -> str:
    return str([item.screen for item in AGENDA].index(screen) + 1)


def words(app: AppTest) -> str:
    """Everything that is written on the wall, in charts too."""
    parts = [app.title[0].value, *(each.value for each in app.markdown)]
    parts += [each.label + each.value for each in app.metric]
    parts += [each.value for each in (*app.caption, *app.info, *app.success, *app.error)]
    parts += [str(each.proto) for each in app.get("vega_lite_chart")]
    return "\n".join(parts)


def foot(app: AppTest) -> str:
    return app.markdown[-1].value


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    """Which item of the agenda is shown, by its name in the line below the title."""
    lines = [each.value for each in app.markdown if each.value.startswith("**")]
    return lines[0].removeprefix("**").partition(" · ")[0]


def test_matters_to_decide_say_by_whom_and_by_when_as_before_the_meeting(enter):
    enter()
    app = opened(item=at(AgendaScreen.TO_DECIDE))
    drafts = [each.value for each in app.markdown if each.value.startswith("Draft: ")]
    assert len(drafts) > 2
    assert all(re.search(r" \*\*[^*]+ · (was due |due since |by )", each) for each in drafts)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("item", range(len(AGENDA)), ids=lambda at: str(AGENDA[at].screen))
def test_every_screen_has_few_figures_and_charts_and_says_where_it_is(enter, item, language):
    enter(language=language)
    app = opened(item=str(item + 1))
    screen = AGENDA[item].screen
    assert app.title[0].value
    assert shown(app) == screen.label.of(language)
    assert not app.error
    assert 0 < len(app.metric) <= MOST_FIGURES or screen in WITHOUT_FIGURES
    drawn = len(app.get("vega_lite_chart"))
    assert drawn <= MOST_CHARTS
    assert drawn > 0 or screen in WITHOUT_CHARTS
    assert f"{item + 1} / {len(AGENDA)}" in foot(app)
    assert any("区委审计委员会第12次会议" in each.value for each in app.markdown)
    assert not lists(app)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_what_is_asked_of_whom_stands_below_the_title(enter, database, language):
    enter(language=language)
    app = opened(item=at(AgendaScreen.OVERVIEW), as_of=TODAY.isoformat())
    with reading(database) as connection:
        found = units.units(connection, everything(parse("district"), TODAY))
    red = [line.name for line in found if line.light is Light.RED]
    (call,) = [each.value for each in app.markdown if red[0] in each.value]
    assert all(name in call for name in red[:3])
    assert f"等{len(red)}家" in call or f"({len(red)} in all)" in call.replace("\\", "")
    about = next(each for each in app.markdown if " · " in each.value)
    texts = [each.value for each in app.markdown]
    assert texts.index(call) == texts.index(about.value) + 1


def test_the_title_of_rectification_tells_the_long_rise_and_the_last_drop(enter):
    enter(language="zh_CN")
    app = opened(item=at(AgendaScreen.RECTIFICATION), as_of=TODAY.isoformat())
    title = app.title[0].value.replace("\\", "")
    assert re.search(r"升至91\.1%，较2026-06-01回落\d+\.\d个百分点$", title)


def test_the_titles_of_charts_say_what_they_show(enter):
    enter()
    lights = words(opened(item=at(AgendaScreen.OVERVIEW), as_of=TODAY.isoformat()))
    assert 'alt: "5 of 30 units are red: most in ' in lights
    late = words(opened(item=at(AgendaScreen.OVERDUE), as_of=TODAY.isoformat()))
    assert 'alt: "6 of 10 overdue findings by more than 30 days' in late
    assert 'alt: "5 units have the most overdue findings, 2 each' in late
    coverage = words(opened(item=at(AgendaScreen.COVERAGE), as_of=TODAY.isoformat()))
    assert coverage.count('alt: "Grid coverage: lowest in ') == 2


@pytest.mark.parametrize(
    ("language", "said"), [("en", "◐ partly entered"), ("zh_CN", "◐ 部分录入")]
)
def test_which_figures_are_of_partly_entered_ledgers_is_a_sign_that_the_head_explains_once(
    enter, language, said
):
    enter(language=language)
    app = opened(item=at(AgendaScreen.OVERVIEW))
    signed = [each.label for each in app.metric if "◐" in each.label]
    assert 0 < len(signed) < len(app.metric)
    assert all(each.endswith(" ◐") for each in signed)
    head = next(each.value for each in app.markdown if each.value.startswith("**"))
    assert said in head
    assert words(app).count(said) == 1


def test_a_chart_is_drawn_in_large_type(enter):
    enter()
    app = opened(item=at(AgendaScreen.OVERDUE))
    for chart in app.get("vega_lite_chart"):
        assert '\\"labelFontSize\\": 28' in str(chart.proto)


@pytest.mark.parametrize(("theme", "dark"), [("light", False), ("dark", True), (None, True)])
def test_charts_are_drawn_for_the_theme_of_the_wall(monkeypatch, theme, dark):
    monkeypatch.setattr(
        place, "st", SimpleNamespace(context=SimpleNamespace(theme=SimpleNamespace(type=theme)))
    )
    with place.on_wall(HALF):
        assert place.look() == Look(dark=dark, large=True)


def test_rules_that_are_left_out_are_counted_with_their_warnings(enter, database, monkeypatch):
    enter()
    with reading(database) as connection:
        records = warning_signals.by_rule(connection, everything(parse("district"), TODAY))
    open_now = sorted((sum(each.open.values()) for each in records.values()), reverse=True)
    rules = sum(map(bool, open_now))
    monkeypatch.setattr(slides, "RULES", 1)
    written = words(opened(item=at(AgendaScreen.MECHANISMS), as_of=TODAY.isoformat()))
    assert f"{rules - 1} more rules with {sum(open_now[1:])} open are not shown" in written


@pytest.mark.parametrize(
    ("language", "label"), [("en", "Expected overdue, 30 days"), ("zh_CN", "30天内预计逾期")]
)
def test_what_is_expected_stands_beside_what_is_overdue(enter, language, label):
    enter(language=language)
    app = opened(item=at(AgendaScreen.OVERDUE), as_of=TODAY.isoformat())
    (found,) = (each for each in app.metric if each.label.startswith(label))
    assert re.fullmatch(r"\d+(–\d+)? (of|/) \d+", found.value)


def test_a_wall_of_a_part_of_the_district_shows_its_figures(enter, database):
    enter()
    app = opened(item=str(len(AGENDA)), as_of=TODAY.isoformat())
    scope = everything(parse(SECTOR), TODAY)
    expected = reads.figures_of(scope)["due_rect_rate"].text
    assert app.metric[0].value == expected
    assert expected != reads.figures_of(everything(parse("district"), TODAY))["due_rect_rate"].text


def test_the_opening_says_what_became_of_the_last_decisions(enter, database):
    enter()
    app = opened(meeting=NEXT, as_of=TODAY.isoformat())
    with reading(database) as connection:
        rows = connection.exec_driver_sql(
            "SELECT text, done_on FROM decisions WHERE meeting = ?", (LAST,)
        ).all()
    done = sum(1 for row in rows if row.done_on and row.done_on <= TODAY.isoformat())
    assert app.metric[0].value == f"{done} / {len(rows)}"
    assert all(row.text in words(app).replace("\\", "") for row in rows)


def test_keys_turn_the_agenda_round_in_both_directions(enter):
    enter()
    app = press(opened(item="1"), "wall-on")
    assert app.query_params["item"] == "2"
    app = press(press(app, "wall-back"), "wall-back")
    assert app.query_params["item"] == str(len(AGENDA))
    assert press(app, "wall-on").query_params["item"] == "1"


def test_the_keys_are_those_of_the_arrows_space_and_escape(enter):
    enter()
    shortcuts = {each.key: each.proto.shortcut for each in opened().button}
    assert shortcuts == {
        "wall-back": "left",
        "wall-on": "right",
        "wall-pause": "space",
        "wall-names": "n",
        "wall-note": "d",
        "wall-leave": "escape",
    }


def test_a_pause_is_seen_and_ends(enter):
    enter()
    app = opened(paused="", seconds="30")
    assert "turns every 30 s" in foot(app)
    app = press(app, "wall-pause")
    assert "paused" in foot(app) and app.query_params["paused"] == "1"
    assert "turns every 30 s" in foot(press(app, "wall-pause"))


@pytest.mark.parametrize(("asked", "seconds"), [("", 20), ("1", 5), ("34", 30), ("9999", 120)])
def test_an_item_stands_for_a_time_of_which_there_is_a_bar(enter, asked, seconds):
    enter()
    app = opened(paused="", seconds=asked)
    assert f"turns every {seconds} s" in foot(app)


def test_what_cannot_be_asked_is_told_in_a_sentence(enter):
    enter()
    assert "cannot be chosen" in opened(seconds="soon").error[0].value


def test_an_item_after_the_last_begins_anew(enter):
    enter()
    assert f"2 / {len(AGENDA)}" in foot(opened(item=str(len(AGENDA) + 2)))


@pytest.mark.parametrize("item", range(len(AGENDA)), ids=lambda at: str(AGENDA[at].screen))
def test_hidden_names_are_nowhere_on_the_wall(enter, database, item):
    enter(language="zh_CN")
    with reading(database) as connection:
        known = {
            line.name for line in units.units(connection, everything(parse("district"), TODAY))
        }
    shown = words(opened(item=str(item + 1), as_of=TODAY.isoformat()))
    hidden = words(opened(item=str(item + 1), as_of=TODAY.isoformat(), names="hide"))
    assert not [name for name in known if name in hidden]
    named = [name for name in known if name in shown]
    assert bool(named) == ("单位0" in hidden or "单位1" in hidden or "单位2" in hidden)


def test_names_are_hidden_by_a_key_and_shown_again(enter):
    enter(language="zh_CN")
    app = press(opened(item=at(AgendaScreen.UNIT)), "wall-names")
    assert "教育单位" not in words(app)
    assert "教育单位" in words(press(app, "wall-names"))


def freeze(engine: Engine) -> str:
    """The number of the freeze that was made here."""
    with reading(engine) as connection:
        return str(max(line.number for line in freezes.freezes(connection)))


def test_what_is_frozen_is_shown_and_said(enter, database):
    enter()
    app = opened(frozen=freeze(database), item=at(AgendaScreen.RECTIFICATION))
    assert "frozen on 2026-06-01" in words(app)
    now = opened(item=at(AgendaScreen.RECTIFICATION), as_of=TODAY.isoformat())
    assert "as of 2026-06-30" in words(now)


def test_a_frozen_wall_has_the_agenda_of_its_meeting(enter, database):
    enter()
    app = opened(frozen=freeze(database), meeting="")
    assert f"/ {len(AGENDA)}" in foot(app)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_district_without_data_has_a_wall(enter, monkeypatch, tmp_path, language):
    engine = connect(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    migrate(engine)
    with writing(engine) as connection:
        first_accounts.demonstration(connection, clock.now())
        ticket = sign_in.enter(connection, Act("demo-committee", clock.now()))
        token = sign_in.redeem(connection, ticket or "", clock.now(), None)
    monkeypatch.setattr(cache, "engine", lambda: engine)
    monkeypatch.setattr(identity, "token", lambda: token)
    monkeypatch.setenv(setting_origins.LANGUAGE, language)
    screens = [i.screen for i in agendas.DEFAULT if i.screen is not AgendaScreen.DECISIONS]
    for item, screen in enumerate(screens):
        app = open_app("wall", item=str(item + 1), paused="1")
        assert not app.exception and not app.error
        assert app.title[0].value == screen.label.of(language)
    engine.dispose()


def test_who_sees_some_units_is_told_that_others_are_not_there(enter, database, monkeypatch):
    enter(Role.UNIT)
    app = opened(item=at(AgendaScreen.UNIT))
    own = cache.viewer(identity.token()).units
    assert own and "JY01" not in own
    assert "No such unit" in app.error[0].value
    assert not app.metric


@pytest.mark.parametrize("role", [Role.LEADER, Role.MANAGER, Role.UNIT, Role.STEWARD])
def test_who_may_not_decide_has_no_form_even_by_its_address(enter, role):
    enter(role)
    app = opened(note="1", item=at(AgendaScreen.DECISIONS))
    assert "wall-note" not in {each.key for each in app.button}
    assert not app.text_area


def test_a_decision_is_noted_on_the_wall_and_taken_back(enter, database):
    enter()
    app = press(opened(item="1", paused=""), "wall-note")
    assert app.title[0].value == "Decisions of this meeting"
    assert "paused" in foot(app)
    app.text_area(key="deciding-text").set_value("请教育系统年内完成整改")
    app.selectbox(key="deciding-unit").set_value("JY01")
    app.date_input(key="deciding-due").set_value(date(2026, 9, 30))
    (submit,) = (each for each in app.button if each.label == "Note the decision")
    submit.click().run()
    assert "请教育系统年内完成整改" in words(app)
    assert not app.text_area(key="deciding-text").value
    with reading(database) as connection:
        (entry, *_) = access_log.entries(connection, what=Event.DECISION_NOTED)
    assert (entry.account, entry.subject.split()[0]) == ("demo-committee", LAST)
    press(app, "deciding-undo")
    assert "请教育系统年内完成整改" not in words(app)
    with reading(database) as connection:
        (entry, *_) = access_log.entries(connection, what=Event.REMOVED)
    assert entry.account == "demo-committee"


def test_a_decision_without_words_is_refused_in_a_sentence_and_the_form_stays(enter):
    enter()
    app = opened(note="1", item=at(AgendaScreen.DECISIONS))
    app.selectbox(key="deciding-unit").set_value("JY01")
    (submit,) = (each for each in app.button if each.label == "Note the decision")
    submit.click().run()
    assert not app.exception
    assert app.error and not app.success
    assert app.selectbox(key="deciding-unit").value == "JY01"


def test_no_person_is_named_on_the_wall(enter, database):
    enter(language="zh_CN")
    with reading(database) as connection:
        people = connection.exec_driver_sql("SELECT DISTINCT name FROM appointments").scalars()
        persons = set(people)
    assert persons
    for item in range(len(AGENDA)):
        text = words(opened(item=str(item + 1)))
        assert not [name for name in persons if name in text]
