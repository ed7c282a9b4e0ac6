"""The page of rectification and the page of one finding, as different people see them."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard import i18n
from dashboard.frame.view import View
from dashboard.reads import cache
from dashboard.screens.rectification import ledger
from dashboard.widgets import lists as list_widgets
from data.access.permission import viewer
from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.findings.ledger import FindingFilter, counts, findings_on_page
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from models.account import Event, Role
from tests.dashboard.apps import logged, open_app
from tests.dashboard.signed_in import SignIn
from tests.data.contents import TODAY, kept, workbook
from tests.pages.tables import lists
from tests.pages.tiles import regions, shown_figures

pytestmark = pytest.mark.usefixtures("english")

PARTS = ("now", "dates", "flow", "held", "outlook", "units", "ledger", "pressing")
FINDINGS = [
    {"code": f"F{at}", "unit": "E01", "title": "账外*资金*", "amount": 700_000_000}
    for at in range(5)
]
FINDINGS += [
    {"code": "S1", "unit": "S01", "severity": "MAJOR", "due_on": date(2026, 6, 20)},
    {"code": "S2", "unit": "S01", "due_on": date(2026, 6, 20), "repeat_of": "S0"},
    {"code": "S0", "unit": "S01", "issued_on": date(2025, 1, 1), "due_on": date(2025, 3, 1)},
]
EVENTS = [
    {"finding": "F0", "on_date": date(2026, 3, 1), "action": "CLOSE", "amount": 100_000_000},
    {"finding": "F1", "on_date": date(2026, 3, 1), "action": "EXTEND"}
    | {"new_due_on": date(2026, 8, 1)},
    {"finding": "S1", "on_date": date(2026, 6, 25), "action": "PROGRESS", "note": "推进中"},
]
LETTERS = [{"finding": "S1", "step": "REMINDER", "issued_on": date(2026, 6, 22)}]
DAY = TODAY.isoformat()
REPLY_LATE = date(2026, 7, 7)
"""The day after the last one for the reply to the reminder."""


@pytest.fixture
def full(engine: Engine) -> Engine:
    """The database with findings of both units."""
    kept(
        engine,
        workbook(findings=FINDINGS, rectification_events=EVENTS, escalations=LETTERS),
    )
    cache.forget_version()
    return engine


def drawn(part: str, **query: str) -> AppTest:
    """The page with one of its parts open."""
    return open_app("rectification", tab=part, as_of=DAY, **query)


def on_page(page: str) -> AppTest:
    """A page of the ledger."""
    app = drawn("ledger")
    app.query_params["page"] = page
    return app.run()


def column(app: AppTest, heading: str) -> list[object]:
    """The cells below `heading`, which stands on one of the tables."""
    (table,) = (each.value for each in lists(app) if heading in each.value)
    return list(table[heading])


def every_part(app: AppTest) -> Iterator[AppTest]:
    for part in PARTS:
        app.query_params["tab"] = part
        yield app.run()


@pytest.mark.usefixtures("either_language")
def test_every_part_is_drawn_of_an_empty_database(sign_in_as: SignIn) -> None:
    sign_in_as(Role.LEADER)
    for app in every_part(open_app("rectification")):
        assert not app.exception and not app.error


@pytest.mark.usefixtures("either_language")
def test_every_part_is_drawn_of_a_full_database(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    for app in every_part(open_app("rectification", as_of=DAY)):
        assert not app.exception and not app.error


def test_every_part_is_drawn_of_a_unit_and_of_a_day_long_ago(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    for app in every_part(open_app("rectification", node="unit:E01", as_of="2001-01-01")):
        assert not app.exception and not app.error


def test_the_figures_shown_are_those_of_the_catalogue(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    shown = {metric.label: metric.value for metric in shown_figures(drawn("now"))}
    figures = catalogue(shipped())
    with reading(full) as connection:
        found = read(connection, Scope(parse("district"), TODAY), figures)
    for name in ("required", "due_rect_rate", "on_time_rate_strict", "overdue"):
        assert shown[figures[name].name] == found[name].text


def test_a_tile_tells_both_sides_leads_to_its_list_and_is_red_for_what_is_late(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    shown = {each.label: each for each in shown_figures(drawn("now"))}
    with reading(full) as connection:
        found = read(connection, Scope(parse("district"), TODAY), catalogue(shipped()))
    rate = found["due_rect_rate"]
    tile = shown[rate.figure.name]
    assert tile.of == f"{int(rate.numerator or 0)}/{rate.denominator}"
    assert tile.asked == {"figure": "due_rect_rate"}
    assert tile.tone == ""
    assert found["overdue"].numerator and found["required"].numerator
    assert shown[found["overdue"].figure.name].tone == "bad"
    assert shown[found["required"].figure.name].tone == ""


def test_what_nobody_entered_is_grey_and_leads_nowhere(sign_in_as: SignIn, engine: Engine) -> None:
    kept(engine, workbook())
    sign_in_as(Role.LEADER)
    shown = {each.label: each for each in shown_figures(drawn("now"))}
    tile = shown[catalogue(shipped())["overdue"].name]
    assert (tile.value, tile.tone, tile.asked) == ("—", "unknown", None)


def test_required_stands_beside_the_bar_of_its_three_statuses_the_worst_first(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    whole, bar = regions(drawn("now"))["statuses-card"]["parts"]
    shown = [
        (each["status"]["word"], each["status"]["tone"], each["count"]) for each in bar["lights"]
    ]
    assert shown == [
        ("Unrectified", "bad", 6),
        ("In progress", "ongoing", 1),
        ("Rectified", "good", 1),
    ]
    assert whole["value"] == str(sum(each["count"] for each in bar["lights"]))
    figures = ["unrectified", "in_progress", "rectified"]
    assert [each["way"]["asked"]["figure"] for each in bar["lights"]] == figures
    assert bar["counted"], "the numbers stand beside the words too"
    assert [(each["name"], each["value"]) for each in bar["beside"]] == [
        ("Due, not closed", "6 (overdue 6)"),
        ("Waiting for review", "0"),
        ("Suspended", "0"),
    ]


def test_the_findings_overdue_the_longest_stand_before_the_chart_of_days(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    titles = [each.value for each in drawn("now").markdown if each.value.startswith("**")]
    longest, days = (
        next(at for at, title in enumerate(titles) if words in title)
        for words in ("Overdue the longest", "findings overdue")
    )
    assert longest < days


def test_without_entries_no_bar_stands_beside_what_is_required(
    sign_in_as: SignIn, engine: Engine
) -> None:
    kept(engine, workbook())
    sign_in_as(Role.LEADER)
    (whole,) = regions(drawn("now"))["statuses-card"]["parts"]
    assert (whole["kind"], whole["value"], whole["tone"]) == ("figure", "—", "unknown")


def test_each_rate_says_what_is_different_in_it(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    notes = {each.label: each.note for each in shown_figures(drawn("now"))}
    label = catalogue(shipped())["on_time_rate_strict"].name
    assert notes[label] == "By the original limit: what was moved counts as due as well."
    # On a small screen, where there is no room for a sentence, in a few words.
    apart = [each.apart for each in shown_figures(drawn("now")) if each.apart]
    assert len(set(apart)) == 5
    assert "limits then in force" in apart


def test_what_only_a_moved_limit_hides_is_counted_and_listed(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("dates")
    hidden = "Not overdue only because a limit was moved"
    assert {each.label: each.value for each in shown_figures(app)}[hidden] == "1"
    assert column(app, "Original limit") == [date(2026, 3, 10)]


def test_the_flow_is_written_as_a_sum(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    said = [each.value for each in drawn("flow", since="2026-01-09").caption]
    assert "1 open + 7 new + 0 reopened − 1 closed − 0 voided = 7 open" in said


def test_the_ledger_lists_the_longest_overdue_first(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    codes = column(drawn("ledger"), "Finding code")
    assert codes == ["S0", "F2", "F3", "F4", "S1", "S2", "F1", "F0"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"status": "RECTIFIED"}, ["F0"]),
        ({"text": "s01", "severity": "MAJOR"}, ["S1"]),
        ({"band": "1-30"}, ["S1", "S2"]),
        ({"moved": "1"}, ["F1"]),
        ({"amount": "701"}, None),
        ({"repeat": "1"}, ["S2"]),
    ],
)
def test_the_address_filters_the_ledger(
    sign_in_as: SignIn, full: Engine, query: dict[str, str], expected: list[str] | None
) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("ledger", **query)
    if expected is None:
        assert "No finding fits" in app.info[0].value
    else:
        assert column(app, "Finding code") == expected


@pytest.mark.parametrize("query", [{"status": "LATE"}, {"amount": "-1"}, {"moved": "yes"}])
def test_a_filter_that_is_none_is_said_so(
    sign_in_as: SignIn, full: Engine, query: dict[str, str]
) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("ledger", **query)
    assert "cannot be chosen here" in app.error[0].value
    assert not app.exception


def test_choosing_a_filter_writes_the_address_and_begins_with_the_first_page(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = on_page("3")
    app.selectbox(key="asked-severity").select("MAJOR").run()
    assert app.query_params["severity"] == "MAJOR"
    assert "page" not in app.query_params
    assert column(app, "Finding code") == ["S1"]


def test_clearing_takes_every_filter_away(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("ledger", severity="MAJOR", moved="1")
    app.button(key="ledger-clear").click().run()
    assert "severity" not in app.query_params and "moved" not in app.query_params
    assert len(column(app, "Finding code")) == 8


def test_a_page_beyond_the_last_shows_the_last(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    assert len(column(on_page("99"), "Finding code")) == 8


def test_a_unit_sees_only_its_own_findings(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.UNIT, units=["S01"])
    app = drawn("ledger")
    assert set(column(app, "Unit")) == {"单位S01"}
    assert column(drawn("pressing"), "Finding code") == ["S0", "S2"]


def test_a_unit_is_not_ranked_against_itself(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.UNIT, units=["S01"])
    assert "Units are compared by those who may see all" in drawn("units").info[0].value


def test_few_cases_are_marked_in_the_ranking(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("units")
    assert column(app, "Unit") == ["单位S01", "单位E01"]
    assert column(app, "Rank") == ["Few cases", "Few cases"]


@pytest.mark.parametrize(
    ("day", "waited", "tone"), [(TODAY, 8, ""), (date(2026, 7, 6), 14, ""), (REPLY_LATE, 15, "bad")]
)
def test_days_without_a_reply_are_red_beside_a_finding_once_the_last_day_is_over(
    sign_in_as: SignIn, full: Engine, day: date, waited: int, tone: str
) -> None:
    sign_in_as(Role.LEADER)
    app = open_app("finding", finding="S1", as_of=day.isoformat())
    (letters,) = (each for each in lists(app) if "Receipt" in each.value)
    assert list(letters.value["Days without reply"]) == [waited]
    place = list(letters.value).index("Days without reply")
    assert [row[place]["tone"] for row in letters.part["rows"]] == [tone]
    assert "Days to the reply" not in letters.value
    pressed = {each.label: each for each in shown_figures(app)}["Last step of escalation"]
    assert (pressed.value, pressed.tone) == ("Reminder", tone)
    said = f"sent on 2026-06-22, no reply of the unit for {waited} days; due by 2026-07-06"
    assert pressed.note == said


def test_what_has_been_pressed_stands_with_the_letters(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.COMMITTEE)
    app = drawn("pressing")
    assert "S1" not in column(app, "Finding code")
    assert column(app, "Receipt") == ["none"]
    assert column(app, "Days without reply") == [8]
    assert column(app, "Next step · by whom · by when") == [
        "Reply to the step “Reminder” · the unit · by 2026-07-06"
    ]
    assert column(app, "By whom · by when")[-1] == "Committee office · due since 2026-06-21"


def test_a_finding_is_shown_with_its_history(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    app = open_app("finding", finding="S1", as_of=DAY)
    assert not app.exception
    told = {each.label: each for each in shown_figures(app)}
    limit = told["Present limit"]
    assert (limit.value, limit.tone) == ("overdue by 10 days", "bad")
    assert limit.note == "2026-06-20; working days: 7"
    assert column(app, "Entry") == ["Progress", "Issued"]
    # The words of the heading and of the bar, not those of the stage of the work.
    assert column(app, "Status after it") == ["Unrectified", "In progress"]
    assert column(app, "Step") == ["Reminder"]
    # The heading has the one public status; no tile says another.
    assert "Stage of the work" not in told
    assert told["Last entry of the unit"].note.startswith("issued on ")


def test_a_finding_says_what_is_to_be_done_next_by_whom_until_when(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    shown = regions(open_app("finding", finding="S1", as_of=DAY))["finding-next"]
    assert shown["title"] == "Next steps on this finding"
    rectify, reply, later = shown["parts"][0]["rows"]
    assert reply["cells"][1:3] == ["Reply to the step “Reminder”", "单位S01"]
    assert later["cells"][1:] == [
        "If still open: Issue a supervision letter",
        "Committee office",
        "2026-07-21",
    ]
    assert rectify["cells"][0]["word"] == "overdue by 10 days"
    assert rectify["cells"][0]["tone"] == "bad"
    assert rectify["cells"][3] == "2026-06-20"
    assert [each["way"]["to"] if each["way"] else "" for each in (reply, later, rectify)] == [
        "letters",
        "letters",
        "",
    ]


def test_a_decision_that_is_asked_for_is_not_green(sign_in_as: SignIn, full: Engine) -> None:
    referred = {"finding": "S1", "step": "COMMITTEE", "issued_on": date(2026, 6, 29)}
    meeting = {"code": "M1", "name": "第一次会议", "on_date": TODAY + timedelta(30)}
    kept(full, workbook(escalations=[referred], meetings=[meeting]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    shown = regions(open_app("finding", finding="S1", as_of=DAY))["finding-next"]
    (decide,) = [
        row["cells"] for row in shown["parts"][0]["rows"] if row["cells"][2] == "Audit committee"
    ]
    assert (decide[0]["word"], decide[0]["tone"]) == ("30 days left", "warn")
    assert decide[1] == "Hear the results, and decide what follows (referred on 2026-06-29)"


def test_a_decision_for_which_the_committee_met_in_vain_stands_first_and_is_red(
    sign_in_as: SignIn, full: Engine
) -> None:
    referred = {"finding": "S1", "step": "COMMITTEE", "issued_on": date(2026, 6, 23)}
    met = {"code": "M1", "name": "第一次会议", "on_date": date(2026, 6, 26)}
    ahead = {"code": "M2", "name": "第二次会议", "on_date": TODAY + timedelta(30)}
    kept(full, workbook(escalations=[referred], meetings=[met, ahead]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = open_app("finding", finding="S1", as_of=DAY)
    (first, *others) = regions(app)["finding-next"]["parts"][0]["rows"]
    standing, what, who, until = first["cells"]
    assert (standing["word"], standing["tone"]) == ("waiting for 7 days", "bad")
    assert what == (
        "Hear the results, and decide what follows"
        " (referred on 2026-06-23; no answer since the meeting of 2026-06-26)"
    )
    assert (who, until) == ("Audit committee", "2026-07-30 第二次会议")
    assert others[0]["cells"][0]["word"] == "overdue by 10 days"
    pressed = {each.label: each for each in shown_figures(app)}["Last step of escalation"]
    assert (pressed.value, pressed.tone) == ("Referred to the committee", "bad")
    assert pressed.note == "referred on 2026-06-23, no answer of the committee for 7 days"


def test_a_closed_finding_has_no_next_step(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    app = open_app("finding", finding="F0", as_of=DAY)
    assert not app.exception
    assert "finding-next" not in regions(app)


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("单位S01账外资金。（演示数据）", False),
        ("账外资金3万元，未入账。", True),
        ("", False),
    ],
)
def test_a_note_that_repeats_the_title_is_not_said_twice(
    sign_in_as: SignIn, engine: Engine, note: str, shown: bool
) -> None:
    told = {"code": "N1", "unit": "S01", "title": "账外资金", "note": note or None}
    kept(engine, workbook(findings=[told]))
    sign_in_as(Role.LEADER)
    app = open_app("finding", finding="N1", as_of=DAY)
    assert not app.exception
    assert (note in [each.value for each in app.text]) == shown


@pytest.mark.usefixtures("either_language")
@pytest.mark.parametrize("code", ["F0", "F1", "F2", "S0", "S1"])
def test_every_kind_of_finding_is_drawn(sign_in_as: SignIn, full: Engine, code: str) -> None:
    sign_in_as(Role.LEADER)
    app = open_app("finding", finding=code, as_of=DAY)
    assert not app.exception and not app.error


def test_words_of_a_ledger_are_no_markdown(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    app = open_app("finding", finding="F2", as_of=DAY)
    assert any(r"账外\*资金\*" in each.value for each in app.markdown)


@pytest.mark.parametrize("code", ["F0", "F9", ""])
def test_a_finding_of_others_is_answered_like_none(
    sign_in_as: SignIn, full: Engine, code: str
) -> None:
    sign_in_as(Role.UNIT, units=["S01"])
    app = open_app("finding", finding=code, as_of=DAY)
    assert [each.value for each in app.error] == ["No such finding."]
    assert not shown_figures(app) and not lists(app)


def test_asking_for_a_finding_of_others_is_logged(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.UNIT, units=["S01"])
    open_app("finding", finding="F0", as_of=DAY)
    assert (Event.ACCESS_REFUSED, "finding:F0") in logged(full)


def test_of_a_finding_that_is_none_the_log_holds_no_typed_text(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.UNIT, units=["S01"])
    open_app("finding", finding="张三=1+1", as_of=DAY)
    assert (Event.ACCESS_REFUSED, "finding") in logged(full)


def test_a_finding_of_a_later_day_says_when_it_was_issued(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    app = open_app("finding", finding="F0", as_of="2026-01-09")
    assert "issued on 2026-01-10" in app.info[0].value
    assert not shown_figures(app)


def test_the_workbook_holds_the_list(full: Engine) -> None:
    scope = Scope(parse("district"), TODAY)
    with reading(full) as connection:
        wanted = FindingFilter(band="1-30")
        lines = findings_on_page(
            connection, scope, wanted, counts(connection, scope, wanted), 0, 99
        )
    view = View(
        viewer("wang", "wang", Role.LEADER, []), scope, date(2026, 5, 31), date(2026, 6, 30)
    )
    with i18n.use_language("zh_CN"):
        written = list_widgets.workbook(ledger.columns(view), lines, "问题")
    header, *rows = (
        CalamineWorkbook.from_filelike(BytesIO(written)).get_sheet_by_index(0).to_python()
    )
    kept_rows = [dict(zip(header, row, strict=True)) for row in rows]
    assert [
        (row["问题编号"], row["状态"], row["逾期（天）"], row["现行期限"]) for row in kept_rows
    ] == [("S1", "● 未整改", 10, date(2026, 6, 20)), ("S2", "● 未整改", 10, date(2026, 6, 20))]
    assert [(row["下一步"], row["责任主体"], row["时限"]) for row in kept_rows] == [
        ("回复“提醒函”", "单位S01", date(2026, 7, 6)),
        ("发提醒函", "审计办", date(2026, 6, 21)),
    ]


def test_what_a_moved_limit_hides_leads_to_the_ledger(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("dates")
    asked = {each.label: each.asked for each in shown_figures(app)}
    way = asked["Not overdue only because a limit was moved"]
    assert way == {"tab": "ledger", "moved": "1"}
    assert column(drawn("ledger", moved="1"), "Finding code") == ["F1"]


def test_findings_of_like_title_in_the_unit_are_offered_beside_the_repeats(
    sign_in_as: SignIn, full: Engine
) -> None:
    title = "重大事项决策会议记录缺失"
    alike = [
        {"code": code, "unit": "E01", "title": title, "issued_on": TODAY - timedelta(days)}
        for code, days in (("L1", 200), ("L2", 100), ("L3", 50))
    ]
    due = {"due_on": TODAY + timedelta(60)}
    alike[2]["repeat_of"] = "L1"
    kept(full, workbook(findings=[due | each for each in alike]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = open_app("finding", finding="L3", as_of=DAY)
    headings = [each.value for each in app.markdown]
    assert any("**Like findings of the unit: 1**" in each for each in headings)
    # The one it repeats stands among the repeats alone.
    assert column(app, "Finding code") == ["L2"]
    (listed,) = [each for each in lists(app) if "Finding code" in each.value]
    assert [each["asked"]["finding"] for each in listed.part["ways"]] == ["L2"]
    assert app.button("finding-L1").label.startswith("earlier · ")


def test_a_repeat_leads_to_the_finding_it_repeats(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    app = open_app("finding", finding="S2", as_of=DAY)
    app.button(key="finding-S0").click().run()
    assert app.query_params["finding"] == "S0"
    notes = {each.label: each.note for each in shown_figures(app)}
    assert notes["Present limit"].startswith("2025-03-01")


def test_a_finding_says_who_was_in_charge_and_under_whom_it_was_late(
    sign_in_as: SignIn, full: Engine
) -> None:
    first, then = date(2026, 6, 12), date(2026, 6, 20)
    people = [
        {"unit": "E01", "name": "张三", "role": "PRINCIPAL", "from_on": first, "until_on": then},
        {"unit": "E01", "name": "李四", "role": "PRINCIPAL", "from_on": then},
    ]
    late = {"code": "L1", "unit": "E01", "issued_on": first, "due_on": date(2026, 6, 15)}
    kept(full, workbook(findings=[late], appointments=people))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    (table,) = (
        each.value
        for each in lists(open_app("finding", finding="L1", as_of="2026-06-30"))
        if "Responsible subject" in each.value
    )
    assert table.iloc[0].tolist() == [
        "Principal",
        "张三",
        "张三",
        "李四",
        "张三: 4 days; 李四: 11 days",
    ]
    assert table.iloc[1].tolist()[1:] == ["nobody in post"] * 3 + ["nobody in post: 15 days"]


@pytest.mark.parametrize(
    ("code", "status"), [("S1", ":red[● Unrectified]"), ("F0", ":green[■ Rectified]")]
)
def test_the_status_of_a_finding_has_its_colour_shape_and_word(
    sign_in_as: SignIn, full: Engine, code: str, status: str
) -> None:
    sign_in_as(Role.LEADER)
    app = open_app("finding", finding=code, as_of=DAY)
    assert any(each.value.startswith(f"## {status}") for each in app.markdown)
