"""The page of letters: issuing, files, receipts and replies, and who may do what on it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlmodel import col
from streamlit.testing.v1 import AppTest

from dashboard import clock
from dashboard.charts.status_colours import Tone
from dashboard.documents.letters import files as handed_out
from dashboard.reads import cache
from dashboard.screens.letters import files
from dashboard.screens.letters import sent as letters_sent
from data.letters.issuing import asked_by
from data.letters.numbers import styles
from data.letters.sent import letters, steps
from data.meetings import freezes
from data.nodes import parse
from data.scope import Scope
from data.store.database import reading
from models.account import Role
from models.letter import Letter
from models.rectification import Escalation, Step
from tests.dashboard.apps import logged, open_app
from tests.dashboard.signed_in import SignIn
from tests.data.contents import RENAMED, TODAY, kept, workbook
from tests.data.letter_cases import ACT, COMMITTEE, ago, finding, sent
from tests.pages.tables import choose_rows, lists

pytestmark = pytest.mark.usefixtures("english")

DAY = TODAY.isoformat()
PARTS = ("due", "sent", "steps")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of these tests."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def full(engine: Engine) -> Engine:
    """The database with findings of both units that are due for the steps of the ladder."""
    findings = [
        finding("A1", 40, unit="E01", title="账外*资金*", amount=123_456_700),
        finding("A2", 45, unit="E01"),
        finding("B1", 41, unit="S01"),
        finding("B2", 5, unit="S01"),
        finding("C1", 120, unit="E01"),
    ]
    units = [
        {"code": "E01", "name": "单位E01", "sector": "EDU"},
        {"code": "S01", "name": "单位S01", "sector": "SOE"},
    ]
    kept(engine, workbook(units=units, findings=findings), correct=RENAMED)
    cache.forget_version()
    return engine


def drawn(part: str = "", **query: str) -> AppTest:
    asked = {"tab": part} if part else {}
    app = open_app("letters", **asked, **{"as_of": DAY} | query)
    assert not app.exception
    return app


def column(app: AppTest, heading: str) -> list[object]:
    """The cells below `heading`, which stands on one of the tables."""
    (table,) = (each.value for each in lists(app) if heading in each.value)
    return list(table[heading])


def chosen(app: AppTest, step: Step | None, *rows: int, day: date = TODAY) -> AppTest:
    """The page with rows of the table of what is due chosen."""
    key = f"letters-due-{step or ''}-district-{day}-{cache.version()}"
    return choose_rows(app, key, *rows)


def press(app: AppTest, key: str) -> AppTest:
    app = next(each for each in app.button if each.key == key).click().run()
    assert not app.exception
    return app


def issue(app: AppTest) -> AppTest:
    """Say that the letters were looked at, and issue them."""
    app.checkbox[0].check().run()
    return press(app, "letters-issue")


def keys(app: AppTest) -> set[str]:
    """The keys of what can be pressed on the page."""
    buttons = app.button
    return {str(each.key) for each in buttons if str(each.key).startswith("letters-")}


def pick(app: AppTest) -> AppTest:
    """Click into the first row of the list of letters, or of steps."""
    scope = Scope(parse("district"), TODAY)
    with reading(cache.engine()) as connection:
        first = (letters(connection, scope) or steps(connection, scope, 9))[0]
    app.session_state[letters_sent.CHOSEN] = first.steps[0]
    app = app.run()
    assert not app.exception
    return app


def count(engine: Engine, table: Any) -> int:
    with reading(engine) as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.usefixtures("either_language")
@pytest.mark.parametrize("role", [Role.LEADER, Role.COMMITTEE, Role.MANAGER, Role.UNIT])
def test_every_part_is_drawn_for_everybody(sign_in_as: SignIn, full: Engine, role: Role) -> None:
    grants = {Role.MANAGER: {"sectors": ["EDU"]}, Role.UNIT: {"units": ["E01"]}}
    sent(full, "A1", "B1", day=ago(2))
    cache.forget_version()
    sign_in_as(role, **grants.get(role, {}))
    for part in PARTS:
        assert not drawn(part).error


@pytest.mark.usefixtures("either_language")
def test_every_part_of_an_empty_database_says_what_to_do(sign_in_as: SignIn) -> None:
    sign_in_as(Role.COMMITTEE)
    for part in PARTS:
        app = drawn(part)
        assert not app.error and any(len(each.value) > 10 for each in app.caption)
    assert not drawn("numbers").error


def test_letters_are_previewed_one_a_unit_and_issued_once_they_were_looked_at(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.COMMITTEE)
    app = drawn("due", step="SUPERVISION")
    assert column(app, "Finding code") == ["A2", "B1", "A1"]
    app = chosen(app, Step.SUPERVISION, 0, 1, 2)
    assert [each.label for each in app.expander] == [
        "经安督〔2026〕1号 单位E01",
        "经安督〔2026〕2号 单位S01",
    ]
    assert any("30 June 2026" in each.value for each in app.markdown)
    button = next(each for each in app.button if each.key == "letters-issue")
    assert button.disabled and button.label == "Issue letters (2)"
    assert count(full, Letter) == 0
    app = issue(app)
    assert "经安督〔2026〕1号, 经安督〔2026〕2号" in app.success[0].value.replace("\\", "")
    assert count(full, Letter) == 2 and count(full, Escalation) == 3
    assert {"letters-file-issued-0", "letters-file-issued-1", "letters-zip-issued"} <= keys(app)
    assert [what for what, _subject in logged(full)][:2] == ["letter_issued", "letter_issued"]
    assert any("no finding here is due" in each.value for each in app.caption)


def test_a_letter_for_each_finding_can_be_asked_for(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.COMMITTEE)
    app = chosen(drawn("due", step="SUPERVISION", by="finding"), Step.SUPERVISION, 0, 2)
    assert [each.label[-5:] for each in app.expander] == ["单位E01", "单位E01"]
    issue(app)
    assert count(full, Letter) == 2


def test_what_was_issued_can_be_put_away(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.COMMITTEE)
    app = issue(chosen(drawn("due", step="SUPERVISION"), Step.SUPERVISION, 0))
    app = press(app, "letters-issued-done")
    assert files.ISSUED not in app.session_state
    assert "letters-file-issued-0" not in keys(app)


def test_a_choice_does_not_outlive_the_rows_it_was_made_in(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.COMMITTEE)
    app = chosen(drawn("due", step="SUPERVISION"), Step.SUPERVISION, 0)
    assert len(app.expander) == 1
    kept(full, workbook(findings=[finding("Z9", 60, unit="S01")]))
    cache.forget_version()
    app.run()
    assert not app.expander
    assert column(app, "Finding code")[0] == "Z9"


def test_the_reply_is_asked_for_after_ten_working_days(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.COMMITTEE)
    app = chosen(drawn("due", step="REMINDER"), Step.REMINDER, 0)
    (reply_by,) = [each for each in app.date_input if "reply-by" in str(each.key)]
    assert reply_by.value == date(2026, 7, 14)
    reply_by.set_value(date(2026, 8, 1)).run()
    issue(app)
    with reading(full) as connection:
        [row] = letters(connection, asked_by(COMMITTEE, TODAY))
    assert row.reply_by == date(2026, 8, 1)


def test_an_interview_is_entered_without_a_letter(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.COMMITTEE)
    app = chosen(drawn("due", step="INTERVIEW", taken="CIRCULAR"), Step.INTERVIEW, 0)
    assert not app.expander
    app = press(app, "letters-take-INTERVIEW")
    assert "Circular" in app.success[0].value
    assert count(full, Letter) == 0
    with reading(full) as connection:
        assert connection.scalar(select(col(Escalation.step))) == "CIRCULAR"
    what, subject = logged(full)[0]
    assert what == "escalation_entered"
    assert subject.endswith(" escalations")
    assert column(drawn("steps"), "Step") == ["Circular"]


def test_nothing_is_issued_on_a_day_to_come(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.COMMITTEE)
    later = ago(-5)
    app = drawn("due", step="SUPERVISION", as_of=later.isoformat())
    app = chosen(app, Step.SUPERVISION, 0, day=later)
    assert "has not come yet" in app.info[0].value
    assert "letters-issue" not in keys(app)


def test_a_day_that_is_over_is_said_and_today_offered(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.COMMITTEE)
    app = drawn("due", step="SUPERVISION", as_of=ago(1).isoformat())
    assert any(ago(1).isoformat() in each.value for each in app.caption)
    assert app.button(key="letters-today").proto.type == "secondary", "seen to be a button"
    app = press(app, "letters-today")
    assert "letters-today" not in keys(app)


@pytest.mark.parametrize("role", [Role.LEADER, Role.MANAGER, Role.UNIT, Role.STEWARD])
def test_who_may_not_issue_sees_the_lists_and_no_buttons(
    sign_in_as: SignIn, full: Engine, role: Role
) -> None:
    grants = {Role.MANAGER: {"sectors": ["EDU"]}, Role.UNIT: {"units": ["E01"]}}
    sent(full, "A1", day=ago(2))
    cache.forget_version()
    sign_in_as(role, **grants.get(role, {}))
    app = drawn("due", step="SUPERVISION")
    assert "A2" in column(app, "Finding code")
    assert keys(app) == set()
    app = pick(drawn("sent"))
    assert keys(app) == {"letters-file-again-0"}
    assert not [each for each in app.date_input if str(each.key).startswith("letters-")]
    assert "cannot be chosen here" in drawn("numbers").error[0].value


@pytest.mark.parametrize(
    ("role", "grants", "units"),
    [
        (Role.LEADER, {}, {"单位E01", "单位S01"}),
        (Role.MANAGER, {"sectors": ["SOE"]}, {"单位S01"}),
        (Role.UNIT, {"units": ["E01"]}, {"单位E01"}),
    ],
)
def test_everybody_sees_the_letters_to_units_they_may_see(
    sign_in_as: SignIn, full: Engine, role: Role, grants: Any, units: set[str]
) -> None:
    sent(full, "A1", "B1", day=ago(2))
    cache.forget_version()
    sign_in_as(role, **grants)
    assert set(column(drawn("sent"), "Unit")) == units


def test_receipt_and_reply_are_entered_and_taken_back(sign_in_as: SignIn, full: Engine) -> None:
    sent(full, "A1", "A2", day=ago(3), reply_by=ago(1))
    cache.forget_version()
    sign_in_as(Role.COMMITTEE)
    app = drawn("sent")
    assert column(app, "Standing") == ["● reply overdue by 1 day"]
    app = pick(app)
    app = press(app, "letters-enter-received_on")
    assert column(app, "Receipt") == [TODAY]
    app = press(app, "letters-enter-replied_on")
    assert column(app, "Standing") == ["■ Replied"]
    assert logged(full)[0][0] == "escalation_entered"


def test_a_letter_can_be_taken_along_again(sign_in_as: SignIn, full: Engine) -> None:
    sent(full, "A1", day=ago(3))
    cache.forget_version()
    sign_in_as(Role.COMMITTEE)
    app = pick(drawn("sent"))
    assert "letters-file-again-0" in keys(app)


def test_a_file_that_differs_is_not_offered_but_a_sentence(
    sign_in_as: SignIn, full: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(full, "A1", day=ago(3))
    cache.forget_version()
    sign_in_as(Role.COMMITTEE)
    write: Callable[..., bytes] = handed_out.write

    def of_another_day(letter: Any, **how: Any) -> bytes:
        other = replace(letter, draft=replace(letter.draft, reply_by=ago(-99)))
        return write(other, **how)

    monkeypatch.setattr(handed_out, "write", of_another_day)
    app = pick(drawn("sent"))
    assert "was not handed out" in app.error[0].value
    assert "letters-file-again-0" not in keys(app)


def test_steps_of_a_workbook_are_answered_as_well(sign_in_as: SignIn, full: Engine) -> None:
    row = {"finding": "C1", "step": "INTERVIEW", "issued_on": ago(9)}
    kept(full, workbook(escalations=[row]))
    cache.forget_version()
    sign_in_as(Role.COMMITTEE)
    app = pick(drawn("steps"))
    app = press(app, "letters-enter-replied_on")
    assert column(app, "Standing") == ["■ Replied"]


def test_the_style_of_numbers_is_previewed_and_saved(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.COMMITTEE)
    app = drawn("numbers")
    field = next(each for each in app.text_input if each.key == "letters-style-SUPERVISION")
    field.set_value("督{year}-{serial}").run()
    assert any("督2026-1" in each.value.replace("\\", "") for each in app.markdown)
    app = press(app, "letters-style-save")
    with reading(full) as connection:
        assert styles(connection)[Step.SUPERVISION] == "督{year}-{serial}"
    assert logged(full)[0][0] == "letter_style_changed"


def test_a_style_that_does_not_work_is_said_and_not_saved(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.COMMITTEE)
    app = drawn("numbers")
    field = next(each for each in app.text_input if each.key == "letters-style-SUPERVISION")
    field.set_value("督{serial}").run()
    assert not app.exception
    assert "{year}" in app.error[0].value
    assert "letters-style-save" not in keys(app)


def test_while_a_frozen_meeting_is_looked_at_nothing_can_be_done(
    sign_in_as: SignIn, full: Engine
) -> None:
    kept(full, workbook(meetings=[{"on_date": TODAY}]))
    sent(full, "A1", day=ago(3))
    freezes.freeze(full, "M1", TODAY, ACT, TODAY)
    cache.forget_version()
    sign_in_as(Role.COMMITTEE)
    app = drawn("due", step="SUPERVISION", frozen="1")
    assert any("nothing can be issued" in each.value for each in app.info)
    assert "A2" in column(app, "Finding code")
    assert keys(app) == set()
    app = pick(drawn("sent", frozen="1"))
    assert keys(app) == {"letters-file-again-0"}
    assert "cannot be chosen here" in drawn("numbers", frozen="1").error[0].value


def test_where_nothing_is_due_what_waits_for_a_reply_is_listed(
    engine: Engine, sign_in_as: SignIn
) -> None:
    asked = {"finding": "B2", "step": "INTERVIEW", "issued_on": ago(3)}
    kept(engine, workbook(findings=[finding("B2", -5, unit="E01")], escalations=[asked]))
    cache.forget_version()
    sign_in_as(Role.MANAGER, sectors=["EDU"])
    (found,) = (each.value for each in lists(open_app("letters", as_of=DAY)))
    assert (found["Step"][0], int(found["Days without reply"][0])) == ("Interview", 3)


def test_what_is_due_stands_in_one_list_the_gravest_step_first(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("due")
    [to_do] = [each.value["To do"] for each in lists(app) if "Finding code" in each.value]
    assert list(to_do) == [
        "●● Interview or Circular",
        *3 * ["● issue a supervision letter"],
        "▲ issue a reminder",
    ]
    assert any("To do: letters or steps, findings 5" in each.value for each in app.markdown)
    assert any("The office of the audit committee issues" in each.value for each in app.caption)
    assert column(app, "Finding code") == ["C1", "A2", "B1", "A1", "B2"]
    (steps_to_take,) = (each for each in app.button_group if len(each.options) == 4)
    # A step for which nothing is due is no choice.
    assert [option[-2:] for option in steps_to_take.options] == [" 5", " 1", " 3", " 1"]
    assert steps_to_take.value == ""
    (listed,) = (each for each in lists(app) if "Finding code" in each.value)
    [overdue] = (each for each in listed.part["columns"] if each["name"] == "Overdue (days)")
    assert overdue["tone"] == "bad"


def test_one_button_above_the_list_chooses_all_and_shows_what_is_issued(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.COMMITTEE)
    app = drawn("due")
    assert "letters-issue" not in keys(app)
    main = next(each for each in app.button if each.key == "letters-choose-all")
    assert (main.label, main.proto.type) == ("Choose all and review (5)", "primary")
    assert any("Choose findings in the list, or all at once" in each.value for each in app.caption)
    app = press(app, "letters-choose-all")
    assert {"letters-issue", "letters-take-INTERVIEW"} <= keys(app)
    assert next(each for each in app.button if each.key == "letters-choose-all").disabled


def test_letters_of_two_steps_are_issued_together_and_an_interview_beside_them(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.COMMITTEE)
    app = chosen(drawn("due"), None, 0, 1, 4)
    assert [each.label for each in app.expander] == [
        "经安督〔2026〕1号 单位E01",
        "经安提〔2026〕1号 单位S01",
    ]
    assert not app.exception
    assert "letters-take-INTERVIEW" in keys(app)
    issue(app)
    with reading(full) as connection:
        taken = connection.execute(select(col(Escalation.finding), col(Escalation.step))).all()
    assert sorted(map(tuple, taken)) == [("A2", "SUPERVISION"), ("B2", "REMINDER")]


def said(app: AppTest) -> list[tuple[str, str]]:
    """The pieces of the sentence on top, each with its tone."""
    for element in app.main:
        proto = getattr(element, "proto", None)
        if getattr(proto, "component_name", "") == "gridlight_board":
            [region] = json.loads(proto.json)["regions"]
            return [(each["text"], each["tone"]) for each in region["parts"][0]["pieces"]]
    return []


def changes_said(app: AppTest) -> list[str]:
    """The changes in the sentence on top."""
    for element in app.main:
        proto = getattr(element, "proto", None)
        if getattr(proto, "component_name", "") == "gridlight_board":
            [region] = json.loads(proto.json)["regions"]
            pieces = region["parts"][0]["pieces"]
            return [each["change"]["text"] for each in pieces if each["change"]]
    return []


def test_the_sentence_says_what_is_due_where_most_and_which_replies_are_late(
    sign_in_as: SignIn, full: Engine
) -> None:
    late = {"finding": "A1", "step": "SUPERVISION", "issued_on": ago(30)}
    fresh = {"finding": "B1", "step": "SUPERVISION", "issued_on": ago(3)}
    kept(full, workbook(escalations=[late, fresh]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = drawn("due")
    assert said(app) == [
        ("findings due for a letter or step: 3", "bad"),
        ("most at 单位E01 (2)", "bad"),
        ("awaiting a reply: 2, past the last day: 1", "bad"),
        ("reply overdue longest: 单位E01, 18 days", "bad"),
        ("changes against 2026-05-31", ""),
    ]
    assert changes_said(app) == ["±0", "▲ 1"]
    [waiting] = [each.value for each in lists(app) if "Reply by" in each.value]
    assert list(waiting["To do"]) == ["● Press", "◆ Waiting for a reply"]
    late, ahead = waiting["By whom · by when"]
    assert late.startswith("Committee office · due since ") and ahead.startswith("the unit · by ")
    assert any("To do: press for late replies (1)" in each.value for each in app.markdown)
    assert column(app, "Reply overdue (days)") == [18, None]
    assert column(app, "Reply by")[0] == ago(18)


def test_a_finding_due_for_a_further_step_is_not_pressed_for_a_reply_as_well(
    sign_in_as: SignIn, full: Engine
) -> None:
    overtaken = {"finding": "A1", "step": "REMINDER", "issued_on": ago(30)}
    waits = {"finding": "B1", "step": "SUPERVISION", "issued_on": ago(30)}
    kept(full, workbook(escalations=[overtaken, waits]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = drawn("due")
    [due] = [each.value for each in lists(app) if "Finding code" in each.value]
    last = dict(zip(due["Finding code"], due["Last step"], strict=True))
    assert last["A1"] == "Reminder, reply 18 days late" and "B1" not in last
    assert column(app, "Reply overdue (days)") == [18]
    # The sentence counts a matter once too.
    assert ("awaiting a reply: 1, past the last day: 1", "bad") in said(app)
    assert any(
        "press for late replies (1)" in each.value
        and r"as a further step is due, listed above\: 1;" in each.value
        for each in app.markdown
    )


def test_a_unit_owes_each_reply_whatever_step_its_finding_is_due_for(
    sign_in_as: SignIn, full: Engine
) -> None:
    kept(full, workbook(escalations=[{"finding": "A1", "step": "REMINDER", "issued_on": ago(30)}]))
    cache.forget_version()
    sign_in_as(Role.UNIT, units=["E01"])
    assert column(drawn("due"), "Reply overdue (days)") == [18]


def test_the_sentence_of_a_quiet_district_is_green(engine: Engine, sign_in_as: SignIn) -> None:
    kept(engine, workbook(findings=[finding("B2", -5, unit="E01")]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    quiet = [("no finding is due for a letter or step", "good"), ("no reply is awaited", "good")]
    assert said(drawn("due"))[:2] == quiet


def test_days_overdue_are_red_where_findings_are_chosen(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.COMMITTEE)
    app = drawn()
    (table,) = [each for each in lists(app) if "letters-due" in each.widget]
    red = [each["name"] for each in table.part["columns"] if each["tone"] == Tone.BAD]
    assert red == ["Overdue (days)"]
    assert table.part["chosen"] == []


def test_the_committee_and_not_the_unit_owes_the_answer_to_what_was_referred(
    sign_in_as: SignIn, full: Engine
) -> None:
    referred = {"finding": "C1", "step": "COMMITTEE", "issued_on": ago(30)}
    kept(full, workbook(escalations=[referred]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = drawn("due")
    [waiting] = [each.value for each in lists(app) if "Reply by" in each.value]
    assert list(waiting["To do"]) == ["● Referred to the committee"]
    [whose] = waiting["By whom · by when"]
    assert whose.startswith("Audit committee")
    assert list(waiting["Principal"]) == [None]
    [days] = column(app, "Reply overdue (days)")
    longest = f"put to the committee and undecided longest: 单位E01, {days} days past"
    assert (longest, "bad") in said(app)
    assert not any("press for late replies" in each.value for each in app.markdown)
