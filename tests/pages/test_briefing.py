"""The page of the briefing: what it says, who may have it as a file, and what stops the file."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import docx
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import clock
from dashboard.documents.briefing import checking, making
from dashboard.documents.briefing.pictures import PicturesFailedError
from dashboard.documents.official.differing import FigureDiffersError
from dashboard.navigation import page_entry
from dashboard.reads import cache
from dashboard.screens.briefing import MADE
from data.access.permission import Action, Viewer, viewer
from data.documents import masthead
from data.documents.masthead import Masthead
from data.meetings import freezes
from data.store.database import reading
from models.account import Role
from tests.dashboard.apps import logged, open_app
from tests.dashboard.documents.briefing.telling import COMPARED, Painter
from tests.data.contents import RENAMED, TODAY, kept, workbook
from tests.data.meetings.frozen_meetings import ACT
from tests.pages.tiles import regions

pytestmark = pytest.mark.usefixtures("english")

DAY = TODAY.isoformat()


@pytest.fixture(autouse=True)
def painted(monkeypatch):
    monkeypatch.setattr(making, "Renderer", Painter)


@pytest.fixture
def filled(engine):
    kept(
        engine,
        workbook(
            sectors=[{}],
            findings=[
                {"unit": "E01", "title": "教育的问题"},
                {"code": "F2", "unit": "S01", "title": "国企的问题"},
            ],
        ),
    )
    cache.forget_version()
    return engine


def open_page(**query: str) -> AppTest:
    return open_app("briefing", as_of=DAY, **query)


def make(app: AppTest) -> AppTest:
    return next(b for b in app.button if b.label == "Make the briefing").click().run()


def said(app: AppTest) -> str:
    return "\n".join(text.value for text in app.markdown)


def downloads(app: AppTest) -> list[str]:
    return [button.label for button in app.button if button.key == "briefing-download"]


def test_what_the_briefing_says_is_read_on_the_page(sign_in_as, filled):
    sign_in_as(Role.LEADER)
    app = open_page()
    assert not app.exception and not app.error
    assert "2 findings are to be rectified" in said(app)
    # The contract cuts shares: whoever works one out again is told so.
    assert "Shares are cut to one decimal, not rounded" in said(app)
    assert downloads(app) == []


def test_above_the_text_a_sentence_says_what_is_red_and_late(sign_in_as, filled):
    sign_in_as(Role.LEADER)
    (sentence,) = regions(open_page())["say"]["parts"]
    told = {piece["text"]: piece["way"] for piece in sentence["pieces"]}
    (overdue,) = (each for each in told if each.startswith("overdue findings"))
    assert told[overdue]["asked"]["figure"] == "overdue"


def acts(app: AppTest) -> dict[str, list[dict[str, Any]]]:
    """The parts of the card beside the text, by kind; empty without the card."""
    parts: dict[str, list[dict[str, Any]]] = {}
    for part in regions(app).get("acts", {"parts": ()})["parts"]:
        parts.setdefault(part["kind"], []).append(part)
    return parts


def limits_of(app: AppTest) -> list[dict[str, Any]]:
    """The pieces of the sentence about the next meeting and limits that are past; empty without
    one."""
    told = (each["pieces"] for each in acts(app)["sentence"])
    return next((pieces for pieces in told if "第一次会议: " in pieces[0]["text"]), [])


MEETS = {"code": "M1", "name": "第一次会议", "on_date": TODAY + timedelta(17)}
LATE = {"unit": "E01", "issued_on": date(2026, 2, 1), "due_on": date(2026, 3, 10)}


def test_limits_that_are_past_are_told_with_the_way_to_the_latest_day(
    sign_in_as, engine, monkeypatch
):
    kept(engine, workbook(sectors=[{}], meetings=[MEETS], findings=[LATE]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    monkeypatch.setattr(clock, "today", lambda: MEETS["on_date"])
    (meets,) = limits_of(open_page())
    then = "第一次会议: 2026-07-17, in 17 days as of 2026-06-30; today, 2026-07-1"
    assert meets["text"] == f"{then}7, that day"
    monkeypatch.setattr(clock, "today", lambda: MEETS["on_date"] + timedelta(1))
    app = open_page()
    meets, past, onward = limits_of(app)
    assert meets["text"] == f"{then}8, 1 day past"
    # The page of the meeting has the same clock.
    on_its_page = regions(open_app("meeting", as_of=DAY))["say"]["parts"][0]["pieces"]
    assert meets["text"] in [each["text"] for each in on_its_page]
    assert past["text"] == "all 4 limits in the text are past today"
    assert past["tone"] == "warn" and past["sign"]
    assert onward["text"] == "no later data yet ›"
    # The text names no past day as one to come, but says once that their limit is past.
    assert "by 17 July" not in said(app)
    was = "▲ Unless said otherwise below, the limit was 17 July 2026, 1 day past by 18 July 2026"
    assert (
        said(app)
        .replace("\\", "")
        .count(f":yellow[**{was}; the committee has to set a new one.**]")
        == 1
    )
    kept(engine, workbook(findings=[{"code": "F2", **LATE}]), day=TODAY + timedelta(10))
    cache.forget_version()
    *_past, onward = limits_of(open_page())
    assert onward["text"] == "choose a later day, the latest is 2026-07-10 ›"
    assert (onward["way"]["to"], onward["way"]["asked"]["as_of"]) == ("briefing", "2026-07-10")


def test_beside_the_text_stands_who_acts_first_by_when_what_is_red_and_what_changed(
    sign_in_as, engine
):
    grave = {
        **LATE,
        "severity": "MAJOR",
        "due_on": date(2025, 3, 10),
        "issued_on": date(2025, 1, 1),
    }
    since = {"code": "F2", **LATE, "due_on": TODAY - timedelta(5)}
    units = [{"code": "E01", "name": "单位E01"}]
    rows = workbook(sectors=[{}], units=units, meetings=[MEETS], findings=[grave, since])
    kept(engine, rows, correct=RENAMED)
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = open_page()
    parts = acts(app)
    matter = parts["matters"][0]["matters"][0]
    assert matter["status"]["tone"] == "bad" and matter["whose"] == "单位E01"
    # Late on the day of the figures already.
    assert matter["past"] == {"at": 2, "tone": "bad", "sign": "●"}
    # As the text says it, in short.
    assert f"{matter['whose']}: {matter['what']}" in said(app).replace("\\", "")
    assert matter["by"] == [
        "Next: Refer it to the committee",
        "Committee office",
        "due since 2025-09-07",
    ]
    assert (matter["way"]["to"], matter["rule"]) == ("finding", "")
    pieces = [piece for each in parts["sentence"] for piece in each["pieces"]]
    ways = {piece["text"]: piece["way"] for piece in pieces if piece["tone"] == "bad"}
    assert ways["单位E01"]["asked"]["node"] == "unit:E01"
    assert ways["Newly overdue 1"]["to"] == "changes"
    assert pieces[-1]["text"] == "changes against 2026-05-31"


def test_findings_all_rectified_say_why_they_are_red_and_a_limit_that_is_past_is_marked(
    sign_in_as, engine, monkeypatch
):
    units = [{"code": f"E0{n}", "name": f"单位E0{n}"} for n in (1, 2, 3)]
    alike = [
        {"code": f"F{n}", "unit": f"E0{n}", "category": "往来款", "issued_on": date(2026, 2, 1)}
        for n in (1, 2, 3)
    ]
    closed = [
        {"finding": f"F{n}", "on_date": date(2026, 3, 1), "action": "CLOSE"} for n in (1, 2, 3)
    ]
    rows = workbook(
        sectors=[{}], units=units, meetings=[MEETS], findings=alike, rectification_events=closed
    )
    kept(engine, rows, correct=RENAMED)
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = open_page()
    (matter,) = acts(app)["matters"][0]["matters"]
    assert (
        matter["status"]["tone"] == "bad"
        and "(all 3 rectified, still a red warning)" in matter["what"]
    )
    assert "all of them rectified, which still is a red warning" in said(app)
    monkeypatch.setattr(clock, "today", lambda: MEETS["on_date"])
    assert acts(open_page())["matters"][0]["matters"][0]["past"] is None
    monkeypatch.setattr(clock, "today", lambda: MEETS["on_date"] + timedelta(1))
    (matter,) = acts(open_page())["matters"][0]["matters"]
    assert matter["by"][-1] == "by 2026-07-17, 1 day past"
    assert matter["past"] == {"at": 2, "tone": "warn", "sign": "▲"}


def test_where_nobody_is_in_the_grid_nobody_is_asked_to_act(sign_in_as, engine):
    sign_in_as(Role.LEADER)
    assert acts(open_app("briefing", as_of="2001-01-01")) == {}


def test_it_is_dated_by_the_day_of_its_figures_which_its_button_says(sign_in_as, filled):
    sign_in_as(Role.LEADER)
    app = open_page()
    assert ":gray[Office of the audit committee\t30 June 2026]" in said(app)
    (button,) = (each for each in app.button if each.label == "Make the briefing")
    today = clock.today().isoformat()
    assert f"Dated {DAY}, the day of its figures; today is {today}." in button.help


def test_the_head_of_the_bulletin_stands_first_then_its_text_then_what_makes_the_file(
    sign_in_as, filled
):
    sign_in_as(Role.LEADER)
    texts = [each.value.replace("\\", "") for each in open_page().markdown]
    (head,) = (at for at, text in enumerate(texts) if text.startswith(":red[**Bulletin of audit"))
    assert "## Briefing on the economic-security audit grid" in texts[head]
    # A number that was not given is left out; paper has room to write it.
    assert "No." not in texts[head] and ":gray[Office of the audit committee" in texts[head]
    assert texts[head + 1].startswith("### 1. Situation")
    assert texts.index("**Make the briefing**") > head + 1


def test_who_is_asked_to_act_stands_in_a_column_of_its_own(sign_in_as, filled):
    sign_in_as(Role.LEADER)
    how_it_stands, asked = [
        each.value.replace("\\", "") for each in open_page().markdown if "### " in each.value
    ]
    assert "### 3. Problems" in how_it_stands and "To decide" not in how_it_stands
    assert (
        asked.splitlines()[0].startswith("### ") and "(by whom, by when)" in asked.splitlines()[0]
    )
    assert "by the ladder (**committee office**)" in asked


def test_the_language_of_the_file_may_be_another_than_that_of_the_page(sign_in_as, filled):
    sign_in_as(Role.LEADER)
    app = make(open_page(**{"in": "zh_CN"}))
    assert "应整改问题2个" in said(app)
    assert app.status[0].label == "Made; every figure in it was compared with the database."
    _key, file = app.session_state[MADE]
    assert "一、总体情况" in [p.text for p in docx.Document(BytesIO(file)).paragraphs]


def test_the_file_is_offered_once_it_is_made_and_compared(sign_in_as, filled):
    sign_in_as(Role.LEADER)
    app = make(open_page())
    assert downloads(app) == ["Download the briefing (.docx)"]
    assert make(open_page(form="xlsx")).session_state[MADE][1].startswith(b"PK")
    # Handed out is what is taken along, not what is made.
    assert "exported" not in [what for what, _subject in logged(filled)]


def test_a_file_of_data_that_changed_is_not_offered(sign_in_as, filled):
    sign_in_as(Role.LEADER)
    app = make(open_page())
    kept(filled, workbook(findings=[{"code": "F3", "unit": "E01"}]))
    cache.forget_version()
    app.run()
    assert downloads(app) == []
    assert any("Make it again." in caption.value for caption in app.caption)


def test_another_day_asks_for_another_file(sign_in_as, filled):
    sign_in_as(Role.LEADER)
    app = make(open_page())
    app.query_params["as_of"] = "2026-05-31"
    assert downloads(app.run()) == []


def test_a_figure_that_differs_stops_the_file_with_a_sentence(sign_in_as, filled, monkeypatch):
    def differs(*_asked: object) -> None:
        raise FigureDiffersError(checking.NO_SOURCE, file="7")

    monkeypatch.setattr(checking, "check_document", differs)
    sign_in_as(Role.LEADER)
    app = make(open_page())
    assert app.error[0].value.startswith("The number “7” in the file has no source.")
    assert downloads(app) == []


def test_charts_that_cannot_be_drawn_are_said(sign_in_as, filled, monkeypatch):
    class Broken(Painter):
        def draw(self, charts):
            raise PicturesFailedError

    monkeypatch.setattr(making, "Renderer", Broken)
    sign_in_as(Role.LEADER)
    assert "could not be drawn" in make(open_page()).error[0].value


@pytest.mark.parametrize(
    ("role", "grants", "own", "other"),
    [
        (Role.MANAGER, {"sectors": ["EDU"]}, "单位E01", "S01"),
        (Role.UNIT, {"units": ["S01"]}, "单位S01", "E01"),
    ],
)
def test_a_briefing_holds_nothing_outside_what_may_be_seen(
    sign_in_as, filled, role, grants, own, other
):
    sign_in_as(role, **grants)
    app = make(open_page(form="checked"))
    assert "1 finding is to be rectified" in said(app)
    assert other not in said(app)
    _key, file = app.session_state[MADE]
    document = docx.Document(BytesIO(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    texts = "\n".join([*(p.text for p in document.paragraphs), *cells])
    assert own in texts and other not in texts


def test_who_may_not_export_reads_but_gets_no_file(sign_in_as, filled, monkeypatch):
    sign_in_as(Role.LEADER)
    may = Viewer.may
    monkeypatch.setattr(
        Viewer, "may", lambda viewer, action: action is not Action.EXPORT and may(viewer, action)
    )
    app = open_page()
    assert "Make the briefing" not in [button.label for button in app.button]
    assert "2 findings are to be rectified" in said(app)
    # The contract cuts shares: whoever works one out again is told so.
    assert "Shares are cut to one decimal, not rounded" in said(app)


@pytest.mark.parametrize("role", [Role.ACCOUNT_ADMIN, Role.PERMISSION_ADMIN, Role.LOG_ADMIN])
def test_administrators_have_no_briefing(role):
    assert not page_entry("briefing").open_to(viewer("wang", "wang", role, []))


def test_an_empty_district_says_so_and_may_be_made(sign_in_as, engine):
    sign_in_as(Role.LEADER)
    app = make(open_app("briefing", node="unit:E01", as_of="2001-01-01"))
    assert "Nothing was known of" in said(app)
    assert downloads(app) == ["Download the briefing (.docx)"]


ISSUED = Masthead("审计监督*简报*", "区委审计委员会办公室", "2026年第6期")
FIELDS = ("briefing-series", "briefing-issuer", "briefing-number")


def kept_masthead(engine) -> Masthead:
    with reading(engine) as connection:
        return masthead.current(connection)


def save_masthead(app: AppTest, wanted: Masthead) -> AppTest:
    for key, text in zip(FIELDS, wanted.parts.values(), strict=True):
        app.text_input(key=key).set_value(text)
    (button,) = (each for each in app.button if each.label == "Save the masthead")
    button.click().run()
    assert not app.exception
    return app


def test_the_masthead_is_set_on_the_page_and_stands_above_what_it_says(sign_in_as, filled):
    sign_in_as(Role.COMMITTEE)
    app = save_masthead(open_page(), ISSUED)
    assert not app.error and kept_masthead(filled) == ISSUED
    assert [app.text_input(key=key).value for key in FIELDS] == list(ISSUED.parts.values())
    text = said(app).replace("\\", "")
    assert all(part in text for part in ISSUED.parts.values())
    assert ("masthead_changed", "masthead:series masthead:issuer masthead:number") in logged(filled)


def test_a_file_made_under_another_masthead_is_not_offered(sign_in_as, filled):
    sign_in_as(Role.COMMITTEE)
    assert downloads(save_masthead(make(open_page()), ISSUED)) == []


def test_a_masthead_that_does_not_fit_on_a_line_is_refused_in_a_sentence(sign_in_as, filled):
    sign_in_as(Role.COMMITTEE)
    app = save_masthead(open_page(), Masthead(number="第\u2028期"))
    assert "line break" in app.error[0].value
    assert kept_masthead(filled) == Masthead()


def test_who_may_not_issue_has_no_form_for_the_masthead(sign_in_as, filled):
    sign_in_as(Role.LEADER)
    assert not {each.key for each in open_page().text_input} & set(FIELDS)


def test_it_is_compared_with_the_meeting_as_it_was_frozen(sign_in_as, engine):
    met = {"code": "M1", "name": "第一次会议", "on_date": TODAY - timedelta(10)}
    overdue = {"unit": "E01", "issued_on": date(2026, 2, 1), "due_on": date(2026, 3, 10)}
    kept(engine, workbook(sectors=[{}], meetings=[met], findings=[{"code": "F1", **overdue}]))
    freezes.freeze(engine, "M1", TODAY - timedelta(10), ACT, TODAY)
    # Entered only now, though it was overdue when the meeting met.
    kept(engine, workbook(findings=[{"code": "F2", **overdue}]), day=TODAY + timedelta(1))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    assert COMPARED in said(open_page()).replace("\\", "")
