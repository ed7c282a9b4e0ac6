"""The inbox on the page: a unit sends, a steward takes in or returns, nobody sees another's."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import Engine, update
from streamlit.testing.v1 import AppTest

from dashboard import clock, i18n
from dashboard.navigation import page_entry
from dashboard.reads import cache
from dashboard.screens.collection import inbox, not_in, return_reason, sending_several
from dashboard.screens.collection.words import month, month_in_short
from dashboard.screens.data import opening
from dashboard.serving import uploads
from data.access.permission import viewer
from data.collection import own_workbook
from data.collection.checking import Circumstances, FileOfUnit, check
from data.collection.inbox import Collected, sent_files
from data.collection.inbox import collected as collected_of
from data.collection.periods import Period, collected_on
from data.collection.same_day import in_earlier_month
from data.collection.sending import Sending, send
from data.collection.settling import return_file
from data.letters.sent import letters
from data.nodes import DISTRICT, Node, parse
from data.own_ledgers.layout.apart import OpenedFile
from data.reference.lists import shipped
from data.scope import Scope
from data.store.access_log import Act
from data.store.database import reading, writing
from data.workbook.reading import read
from data.workbook.rows import Fault
from models.account import Role
from models.collection import REASON_LENGTH, FileState
from models.duty import PostRole
from models.grid import Unit
from models.text import sentence
from tests.dashboard.apps import open_app
from tests.data.collection.sent_cases import book
from tests.data.contents import ANY_CORRECTION, kept, workbook
from tests.pages.tiles import areas, regions

pytestmark = pytest.mark.usefixtures("either_language")
GOOD = {"disposals": [{"code": "D9", "unit": "E01"}]}
FOREIGN = {"disposals": [{"code": "D9", "unit": "S01"}]}


@pytest.fixture(autouse=True)
def _in_the_grid_of_old(engine: Engine) -> None:
    """Files of earlier months are owed by units that were enrolled then."""
    with writing(engine) as connection:
        connection.execute(update(Unit).values(enrolled_on=date(2000, 1, 1)))


def _(message: str, **values: object) -> str:
    return i18n._(message, **values)


def files(engine: Engine) -> list[Any]:
    with reading(engine) as connection:
        return list(sent_files(connection, Scope(Node(DISTRICT), clock.today())))


def sent(
    engine: Engine,
    content: bytes | None = None,
    unit: str = "E01",
    period: Period | None = None,
) -> int:
    """The number of a file that a unit has sent, a clean one unless another is given."""
    act = Act("one", clock.now())
    file = FileOfUnit("月报.xlsx", content or book(**GOOD), unit)
    at = Circumstances(clock.today(), act, shipped(), read)
    checked = check(engine, file, OpenedFile(is_ours=True), at)
    sending = Sending(file, period or collected_on(clock.today()), checked)
    number = send(engine, None, sending, act=act, today=clock.today())
    cache.forget_version()
    return number


def said(app: AppTest) -> str:
    parts = (app.info, app.success, app.warning, app.error, app.caption)
    return "\n".join(str(each.value) for part in parts for each in part).replace("\\", "")


def drop(app: AppTest, name: str, content: bytes) -> AppTest:
    app.file_uploader[0].upload(name, content)
    app.run()
    assert not app.exception
    return app


def press(app: AppTest, key: str) -> AppTest:
    app.button(key).click().run()
    assert not app.exception
    return app


@pytest.fixture
def unit(engine: Engine, sign_in_as: Callable[..., str]) -> Callable[[], AppTest]:
    """Opens the part in which the unit E01 sends files."""
    sign_in_as(Role.UNIT, units=["E01"])
    cache.forget_version()
    return lambda: open_app("duties", tab="send")


@pytest.fixture
def steward(engine: Engine, sign_in_as: Callable[..., str]) -> None:
    sign_in_as(Role.STEWARD)
    cache.forget_version()


def test_a_unit_sends_a_file_and_has_a_receipt_that_stays(engine: Engine, unit) -> None:
    app = press(drop(unit(), "月报.xlsx", book(**GOOD)), "sending-go")
    [line] = files(engine)
    assert (line.unit, line.state, line.clean, line.sent_by) == (
        "E01",
        FileState.SENT,
        True,
        "wang",
    )
    assert "月报.xlsx" in said(app)
    assert "月报.xlsx" in said(app.run())
    press(app, "sending-receipt-away")
    assert "月报.xlsx" not in said(app)


def test_a_file_with_faults_is_sent_only_all_the_same(engine: Engine, unit) -> None:
    app = drop(unit(), "月报.xlsx", book(**FOREIGN))
    assert app.button("sending-go").label == _("Send it all the same")
    assert files(engine) == []
    press(app, "sending-go")
    assert [each.faults for each in files(engine)] == [1]


def test_what_cannot_be_sent_stays_on_the_page_with_the_reason(engine: Engine, unit) -> None:
    content = book(**GOOD)
    number = sent(engine, content)
    app = press(drop(unit(), "月报.xlsx", content), "sending-go")
    assert str(number) in app.error[0].value and len(files(engine)) == 1
    assert app.button("sending-go")


def test_a_workbook_of_another_unit_is_not_sent(engine: Engine, unit) -> None:
    target = BytesIO()
    with reading(engine) as connection:
        own_workbook.write(
            connection,
            target,
            Scope(parse("unit:S01"), clock.today()),
            collected_on(clock.today()),
            shipped(),
            i18n.say,
        )
    app = drop(unit(), "own.xlsx", target.getvalue())
    assert "S01" in app.error[0].value
    assert not [each for each in app.button if each.key == "sending-go"]


def test_a_unit_withdraws_what_waits(engine: Engine, unit) -> None:
    sent(engine)
    press(unit(), "sending-withdraw-go")
    assert [each.state for each in files(engine)] == [FileState.WITHDRAWN]


def test_the_page_data_has_the_same_part_for_units_alone(engine: Engine, unit) -> None:
    assert len(open_app("data").file_uploader) == 1


def test_all_that_are_clean_come_in_with_a_receipt_for_each(engine: Engine, steward) -> None:
    sent(engine)
    sent(engine, book(**FOREIGN))
    app = press(open_app("inbox"), "inbox-take-clean")
    assert [each.state for each in files(engine)] == [FileState.SENT, FileState.TAKEN_IN]
    assert "月报.xlsx" in app.success[0].value.replace("\\", "")
    assert app.button("inbox-take-clean").disabled


def test_the_counts_say_what_waits_with_something_to_look_at_and_who_is_late(
    engine: Engine, steward, monkeypatch
) -> None:
    since = clock.today() - timedelta(1)
    after_files_were_due = (clock.today() + timedelta(40)).replace(day=28)
    monkeypatch.setattr(clock, "today", lambda: after_files_were_due)
    sent(engine)
    app = open_app("inbox", since=since.isoformat())
    assert not app.exception
    boards = regions(app)
    # How many are in stands above those that are not.
    month_now = collected(engine, after_files_were_due)
    assert boards["not-in"]["title"] == _("Units late: {n}", n=1)
    assert boards["not-in"]["says"] == _(
        "files of {month}, due on {day}; {n} of {all} units are in",
        month=month(month_now.period),
        day=month_now.due_on,
        n=1,
        all=2,
    )
    of_all = {each["says"]: each for each in boards["all-months"]["parts"][0]["figures"]}
    assert (of_all[_("Pending files")]["value"], of_all[_("Pending files")]["of"]) == ("1", "")
    assert (of_all[_("Came in")]["value"], len(of_all)) == ("1", 2)
    said = boards["say"]["parts"][0]["pieces"]
    now = month(collected_on(after_files_were_due))
    late = max(each.days_late for each in month_now.late)
    assert (said[0]["text"], said[0]["tone"]) == (
        _("files of {month}: {n} units late, by {days} days", month=now, n=1, days=late),
        "bad",
    )
    assert said[1]["text"] == _("pending files of {month}: {n}", month=now, n=1)
    progress = _(
        "{month}: {n} of {all} units in, due on {day}",
        month=now,
        n=1,
        all=2,
        day=month_now.due_on,
    )
    assert (said[2]["text"], said[2]["tone"], said[2]["aside"]) == (progress, "", False)
    none = _("no earlier month was sent that this one could be compared with")
    assert (said[3]["text"], said[3]["tone"], said[3]["aside"]) == (none, "", True)
    assert len(said) == 4


def test_a_month_is_held_against_an_earlier_one_on_the_same_working_day(
    engine: Engine, steward, monkeypatch
) -> None:
    now = collected_on(clock.today())
    earlier = in_earlier_month(now.before, now, clock.today(), shipped())
    sent(engine, book(**FOREIGN), "S01", period=now.before)

    def held() -> list[str]:
        pieces = regions(open_app("inbox"))["say"]["parts"][0]["pieces"]
        return [each["text"] for each in pieces if each["aside"]]

    # Its file came today, so none of the month before had by the earlier day: nothing is said.
    assert held() == []
    with monkeypatch.context() as then:
        then.setattr(clock, "now", lambda: datetime.combine(earlier, time(4), UTC))
        sent(engine, period=now.before)
    assert held() == [
        _(
            "with {month}, after as many working days ({day}), {before} units were in",
            month=month(now.before),
            day=earlier,
            before=1,
        )
    ]


def collected(engine: Engine, day: date) -> Collected:
    with reading(engine) as connection:
        return collected_of(connection, Scope(Node(DISTRICT), day))


def test_a_month_whose_files_wait_can_be_chosen_and_says_how_many_they_are(
    engine: Engine, steward
) -> None:
    now = collected_on(clock.today())
    long_ago = Period(now.year - 2, now.month)
    sent(engine, period=long_ago)
    app = open_app("inbox")
    (months,) = [each for each in app.main if getattr(each, "label", "") == _("Month")]
    first, *others = months.options
    counts = _(", ").join((_("late {n}", n=1), _("{n} pending", n=1)))
    assert first == _("{month} ({counts})", month=month(long_ago), counts=counts)
    # Each month says how it stands: earlier ones of which no unit sent a file, then those owed.
    unsent, awaited = _("no files"), _("{n}/{all} in", n=0, all=2)
    assert others == [
        _("{month} ({counts})", month=month_in_short(each), counts=counts)
        for each, counts in (
            (now.before.before, unsent),
            (now.before, unsent),
            (now, awaited),
            (now.after, awaited),
        )
    ]


def test_each_file_that_waits_says_what_is_to_be_done_with_it_to_who_may(
    engine: Engine, sign_in_as: Callable[..., None]
) -> None:
    sent(engine)
    sent(engine, book(**FOREIGN))
    sign_in_as(Role.STEWARD)
    (table,) = regions(open_app("inbox"))["waiting"]["parts"]
    assert table["columns"][1]["name"] == _("To do")
    assert [row["cells"][1] for row in table["rows"]] == [_("return it"), _("take it in")]


def test_who_may_not_settle_is_not_told_what_to_do_with_a_file(
    engine: Engine, sign_in_as: Callable[..., None]
) -> None:
    sent(engine)
    sign_in_as(Role.LEADER)
    (table,) = regions(open_app("inbox"))["waiting"]["parts"]
    assert _("To do") not in [each["name"] for each in table["columns"]]


def test_the_main_action_stands_above_the_files_and_each_unit_once(engine, steward) -> None:
    sent(engine)
    app = open_app("inbox")
    order = [
        "button" if getattr(each, "key", "") == "inbox-take-clean" else area
        for each in app.main
        for area in (areas(each) or [getattr(each, "key", "")])
        if areas(each) or getattr(each, "key", "") == "inbox-take-clean"
    ]
    assert order.index("button") == order.index("waiting") - 1
    listed = [
        row["cells"][1]
        for area in ("not-in", "arrived")
        for row in regions(app)[area]["parts"][0]["rows"]
    ]
    assert len(listed) == len(set(listed))


def test_files_of_other_months_that_wait_stand_apart_below_those_of_the_month(
    engine, steward
) -> None:
    now = collected_on(clock.today())
    earlier = Period(now.year - 1, now.month)
    sent(engine, period=earlier)
    shown = regions(open_app("inbox", month=str(now)))
    assert "waiting" not in shown
    (before,) = shown["waiting-before"]["parts"]
    assert [row["cells"][3] for row in before["rows"]] == [month(earlier)]
    (told,) = [each for each in shown["say"]["parts"][0]["pieces"] if each["tone"] == "warn"]
    assert told["text"] == _("pending files of {month}: {n}", month=month(earlier), n=1)
    assert told["way"]["asked"] == {"month": str(earlier)}
    sent(engine, book(disposals=[{"code": "D8", "unit": "E01"}]))
    app = open_app("inbox", month=str(now))
    shown = regions(app)
    assert [area for each in app.main for area in areas(each) if "waiting" in area] == [
        "waiting",
        "waiting-before",
    ]
    (files,) = shown["waiting"]["parts"]
    # Those of the month need no column that says so.
    assert [each["name"] for each in files["columns"]].count(_("Month")) == 0
    assert len(files["rows"]) == len(shown["waiting-before"]["parts"][0]["rows"]) == 1
    assert _("{n} files", n=1) in "".join(each.value for each in app.markdown)
    assert shown["all-months"]["parts"][0]["figures"][0]["value"] == "2"
    told = [each["text"] for each in shown["say"]["parts"][0]["pieces"]]
    assert _("pending files {n}", n=2) in told


def test_who_is_late_stands_before_the_files_and_the_letters_beside_them(
    engine, steward, monkeypatch
) -> None:
    later = (clock.today() + timedelta(60)).replace(day=28)
    monkeypatch.setattr(clock, "today", lambda: later)
    sent(engine, period=collected_on(later).before.before)
    order = [
        area
        for each in open_app("inbox").main
        for area in (areas(each) or [getattr(each, "key", None) or ""])
    ]
    # A phone shows the columns below one another: the files before the letters.
    areas_in_order = ("not-in", "waiting", "inbox-remind-by", "all-months", "by-month")
    places = [order.index(each) for each in areas_in_order]
    assert places == sorted(places)


def test_a_file_says_only_what_it_would_change(engine, steward) -> None:
    sent(engine)
    number = sent(engine, book(**FOREIGN))
    assert number
    rows = regions(open_app("inbox"))["waiting"]["parts"][0]["rows"]
    said = {row["cells"][1]: row["cells"][-1] for row in rows}
    assert said == {_("return it"): _("no change"), _("take it in"): _("{n} new", n=1)}


def test_more_files_of_other_months_than_are_listed_hide_none_of_the_month(
    engine, steward, monkeypatch
) -> None:
    monkeypatch.setattr(inbox, "SHOWN", 1)
    month_of_now = collected_on(clock.today())
    sent(engine, period=month_of_now)
    for year in (1, 2):
        earlier = Period(month_of_now.year - year, month_of_now.month)
        sent(engine, book(disposals=[{"code": f"D{year}", "unit": "E01"}]), period=earlier)
    app = open_app("inbox")
    shown = regions(app)
    files, more = shown["waiting-before"]["parts"]
    assert len(files["rows"]) == len(shown["waiting"]["parts"][0]["rows"]) == 1
    assert _("{n} files", n=2) in "".join(each.value for each in app.markdown)
    assert more["text"] == _("{n} more pending.", n=1)


def test_the_units_the_longest_late_are_named_with_who_answers_and_the_way_to_all(
    engine, steward, monkeypatch
) -> None:
    not_due_yet = (clock.today() + timedelta(32)).replace(day=5)
    monkeypatch.setattr(clock, "today", lambda: not_due_yet)
    person = {"unit": "E01", "name": "王五"}
    kept(engine, workbook(appointments=[person]), correct=ANY_CORRECTION)
    cache.forget_version()
    (listed,) = regions(open_app("inbox"))["not-in"]["parts"]
    rows = [(row["cells"][1], row["way"]["to"]) for row in listed["rows"]]
    assert [each["name"] for each in listed["columns"]][2] == i18n.name(PostRole.PRINCIPAL.label)
    who = {row["cells"][1]: row["cells"][2] for row in listed["rows"]}
    assert sorted(who.values()) == sorted(["王五", _("Not entered")])
    monkeypatch.setattr(not_in, "WORST", 1)
    cache.forget_drawn()
    # Of more than are listed, of which none is late, one line leaves room for the files that came.
    line, everything = regions(open_app("inbox"))["not-in"]["parts"]
    assert [each["what"] for each in line["matters"]] == [
        _("{n} units, none late yet", n=len(rows))
    ]
    assert everything["text"] == _("all {n} units ›", n=len(rows))
    (table,) = regions(open_app("inbox", **everything["way"]["asked"]))["not-in"]["parts"]
    assert [(row["cells"][1], row["way"]["to"]) for row in table["rows"]] == rows


def test_what_waits_of_a_month_is_seen_though_no_unit_owed_files_of_it(engine, steward) -> None:
    now = collected_on(clock.today())
    with writing(engine) as connection:
        connection.execute(update(Unit).values(enrolled_on=clock.today()))
    sent(engine, period=now.before)
    app = open_app("inbox", month=str(now.before))
    assert _("No unit stood in the grid when these files were due, so none is awaited.") in said(
        app
    )
    shown = regions(app)
    assert "not-in" not in shown and len(shown["waiting"]["parts"][0]["rows"]) == 1


def test_each_button_stands_in_the_frame_of_its_list(engine, steward, monkeypatch) -> None:
    later = (clock.today() + timedelta(60)).replace(day=28)
    monkeypatch.setattr(clock, "today", lambda: later)
    sent(engine, period=collected_on(later).before.before)
    app = open_app("inbox", month=str(collected_on(later)))
    frames = [column for column in app.columns if column.proto.show_border]
    held = [
        {key for each in frame for key in (areas(each) or [getattr(each, "key", None) or ""])}
        for frame in frames
    ]
    assert [each for each in held if {"not-in", "inbox-late-download"} <= each]
    assert [each for each in held if {"waiting-before", "inbox-take-clean"} <= each]


def test_a_file_with_faults_stands_before_the_clean_ones(engine, steward) -> None:
    sent(engine)
    sent(engine, book(**GOOD), "S01")
    waiting = regions(open_app("inbox"))["waiting"]["parts"][0]["rows"]
    assert [row["cells"][0]["tone"] for row in waiting] == ["bad", "good"]


def test_one_file_is_looked_at_and_taken_in(engine: Engine, steward) -> None:
    number = sent(engine)
    app = press(open_app("sent", file=str(number)), "one-file-take")
    assert [each.state for each in files(engine)] == [FileState.TAKEN_IN]
    assert "月报.xlsx" in said(app)


def test_a_file_with_faults_can_only_be_returned(engine: Engine, steward) -> None:
    number = sent(engine, book(**FOREIGN))
    app = open_app("sent", file=str(number))
    assert app.button("one-file-take").disabled
    app.text_area[0].set_value("").run()
    app = press(app, "one-file-return")
    assert _("Say in a sentence why the file is returned; its sender reads it.") in said(app)
    assert files(engine)[0].state is FileState.SENT
    app.text_area[0].set_value("请改为本单位的事项").run()
    press(app, "one-file-return")
    assert [(each.state, each.reason) for each in files(engine)] == [
        (FileState.RETURNED, "请改为本单位的事项")
    ]


def test_a_file_with_faults_is_returned_with_its_faults_by_one_press(engine, steward) -> None:
    number = sent(engine, book(**FOREIGN))
    app = open_app("sent", file=str(number))
    shown = said(app)
    out = (
        "Faults that keep this file out: {n}. Return it: its unit corrects them and sends it again."
    )
    assert _(out, n=1) in shown
    assert "choose it again" not in shown
    press(app, "one-file-return")
    ((state, reason),) = [(each.state, each.reason) for each in files(engine)]
    assert state is FileState.RETURNED
    assert reason.startswith(_("Please correct the file and send it again. Faults: {n}.", n=1))
    assert "1. " in reason


def test_more_faults_than_a_reason_holds_are_left_to_the_check(engine) -> None:
    many = [Fault(f"sheet {at}", at, "column", None, sentence("wrong " * 20)) for at in range(1, 9)]
    reason = return_reason.of_faults(many)
    assert len(reason) <= REASON_LENGTH
    assert reason.endswith(_("Further faults are shown when the file is chosen again."))


def test_what_is_typed_stays_when_returning_is_refused(engine: Engine, steward) -> None:
    number = sent(engine)
    app = open_app("sent", file=str(number))
    app.text_area[0].set_value(" ").run()
    press(app, "one-file-return")
    assert app.error and app.text_area[0].value == " "


@pytest.mark.parametrize("number", ["7", "x", ""])
def test_no_such_file_is_one_sentence(engine: Engine, steward, number: str) -> None:
    app = open_app("sent", file=number)
    assert not app.exception and app.error


def test_another_sectors_file_is_not_there_for_a_manager(engine: Engine, sign_in_as) -> None:
    number = sent(engine, book(**FOREIGN), "S01")
    sign_in_as(Role.MANAGER, sectors=["EDU"])
    app = open_app("sent", file=str(number))
    assert app.error and not [each for each in app.button if each.key == "one-file-out"]


def test_a_manager_sees_no_content_and_settles_nothing(engine: Engine, sign_in_as) -> None:
    number = sent(engine)
    sign_in_as(Role.MANAGER, sectors=["EDU"])
    app = open_app("sent", file=str(number))
    assert not app.error
    keys = {each.key for each in app.button}
    assert not keys & {"one-file-take", "one-file-return", "one-file-out"}


@pytest.mark.parametrize("name", ["inbox", "sent"])
def test_the_inbox_is_open_to_those_who_collect(name: str) -> None:
    opened = {role for role in Role if page_entry(name).open_to(viewer("wang", "wang", role, []))}
    assert opened == {Role.LEADER, Role.COMMITTEE, Role.MANAGER, Role.STEWARD}


def test_a_steward_reminds_the_late_by_letters(
    engine: Engine, steward: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = (clock.today() + timedelta(60)).replace(day=28)
    monkeypatch.setattr(clock, "today", lambda: later)
    app = open_app("inbox")
    late = len(app.multiselect[0].options)
    assert late == len(regions(app)["not-in"]["parts"][0]["rows"])
    app.checkbox[0].check().run()
    app = press(app, "inbox-remind-issue")
    with reading(engine) as connection:
        kept = letters(connection, Scope(Node(DISTRICT), clock.today()))
    assert {each.period for each in kept} == {str(collected_on(clock.today()))}
    assert len(kept) == late and all(each.number in said(app) for each in kept)
    assert not [each for each in app.button if each.key == "inbox-remind-issue"]
    files = [each for each in app.button if str(each.key).startswith("letters-file")]
    assert len(files) == late


def test_of_several_files_a_bad_one_stops_no_other(
    engine: Engine, unit: Callable[[], AppTest]
) -> None:
    app = unit()
    bad = book(**FOREIGN)
    app.file_uploader[0].upload("月报.xlsx", book(**GOOD))
    app.file_uploader[0].upload("别人.xlsx", bad)
    app = press(app.run(), "sending-several-go")
    assert [line.file_name for line in files(engine)] == ["月报.xlsx"]
    assert "别人.xlsx" in said(app)


def test_trial_runs_of_several_files_are_kept_no_longer_than_the_files_are_looked_at(
    engine: Engine, unit: Callable[[], AppTest]
) -> None:
    app = unit()
    for name in ("一.xlsx", "二.xlsx"):
        app.file_uploader[0].upload(name, book(**GOOD) + name.encode())
    app = app.run()
    kept = app.session_state[uploads.OPENED][sending_several.TRIALS]
    assert len(kept) == 2
    # The opened sheets go with each trial run.
    assert not app.session_state[uploads.OPENED].get(opening.KEPT)
    app.file_uploader[0].set_value([("一.xlsx", book(**GOOD) + "一.xlsx".encode(), "")])
    app = app.run()
    made = app.session_state[uploads.OPENED]
    assert sending_several.TRIALS not in made
    assert sending_several.TRIALS not in app.session_state


def test_the_head_of_the_inbox_names_today_whatever_day_is_in_the_address(
    engine: Engine, sign_in_as: Callable[..., None]
) -> None:
    sign_in_as(Role.STEWARD)
    day = clock.today() - timedelta(40)
    app = open_app("inbox", as_of=day.isoformat())
    named = _("Today {day}", day=clock.today())
    assert any(named in each.value for each in app.markdown)
    # No day can be chosen there, and none but today is told.
    assert "frame-as_of" not in [each.key for each in app.date_input]
    told = [each["text"] for each in regions(app)["say"]["parts"][0]["pieces"]]
    assert not [each for each in told if day.isoformat() in each]
    # A day of comparison that lies ahead of today is none there.
    ahead = clock.today() + timedelta(2)
    assert not open_app("inbox", as_of=ahead.isoformat(), since=clock.today().isoformat()).error


def test_what_was_settled_last_stands_below_with_the_way_to_each_file(engine, steward) -> None:
    number = sent(engine)
    assert "settled desk" not in regions(open_app("inbox"))
    press(open_app("sent", file=str(number)), "one-file-take")
    cache.forget_version()
    (table,) = regions(open_app("inbox"))["settled desk"]["parts"]
    (row,) = table["rows"]
    assert row["cells"][0]["tone"] == "good"
    assert row["way"]["asked"] == {"file": str(number)}


def test_clean_files_of_an_earlier_month_are_taken_in_by_the_same_button(engine, steward) -> None:
    now = collected_on(clock.today())
    sent(engine, period=Period(now.year - 1, now.month))
    app = open_app("inbox", month=str(now))
    # It says the month, and is quiet beside what is to be done for the month that is looked at.
    button = app.button("inbox-take-clean")
    earlier = month(Period(now.year - 1, now.month))
    assert button.label == _("Take in all of {month} that are clean ({n})", month=earlier, n=1)
    assert button.proto.type == "secondary"
    press(app, "inbox-take-clean")
    assert [each.state for each in files(engine)] == [FileState.TAKEN_IN]


def test_each_month_says_below_how_it_stands_and_leads_to_it(engine, steward) -> None:
    now = collected_on(clock.today())
    earlier = Period(now.year - 1, now.month)
    sent(engine, period=earlier)
    app = open_app("inbox")
    by_month = regions(app)["by-month"]
    (choice,) = (each for each in app.button_group if each.key == "asked-month")
    chosen = list(choice.options)
    table, why = by_month["parts"]
    said = dict(
        zip([each["name"] for each in table["columns"]], table["rows"][0]["cells"], strict=True)
    )
    assert (said[_("Month")], said[_("Units in")]) == (month(earlier), "1/2")
    assert said[_("Units late")] == {"text": "1", "tone": "bad"}
    assert said[_("Pending files")]["text"] == "1"
    assert table["rows"][0]["way"]["asked"] == {"month": str(earlier)}
    # Of the months between, no unit has sent a file.
    listed = [row["way"]["asked"]["month"] for row in table["rows"]]
    assert listed == [str(earlier), str(now), str(now.after)]
    # As they are chosen above.
    assert month(earlier) in chosen[0]
    between = _("{first} to {last}", first=month(earlier.after), last=month(now.before))
    assert why["text"] == _(
        "No unit sent a file of {months}. Files of a month count as asked for once a unit has sent"
        " one, so no unit counts as late with them.",
        months=between,
    )


def test_months_of_which_no_unit_sent_a_file_are_named_and_nobody_is_late_with_them(
    engine, steward
) -> None:
    now = collected_on(clock.today())
    first = now.before.before.before
    sent(engine, period=first)
    app = open_app("inbox", month=str(now.before))
    shown = regions(app)
    between = _("{first} to {last}", first=month(first.after), last=month(now.before))
    (told,) = [each for each in shown["say"]["parts"][0]["pieces"] if each["tone"] == "silent"]
    assert told["text"] == _("no files of {months}, not counted as late", months=between)
    # Such a month lists no late units, and reminds nobody.
    assert "not-in" not in shown and shown["unsent"]["title"] == _("No unit sent a file")
    assert "inbox-remind-by" not in [each.key for each in app.date_input]


def test_the_month_with_which_units_are_late_the_longest_is_opened_and_said_first(
    engine, steward
) -> None:
    now = collected_on(clock.today())
    earlier, later = Period(now.year - 1, now.month), now.before.before.before
    for each in (later, earlier):
        sent(engine, book(disposals=[{"code": f"D{each}", "unit": "E01"}]), period=each)
    shown = regions(open_app("inbox"))
    said = [each for each in shown["say"]["parts"][0]["pieces"] if each["tone"] == "bad"]
    assert [each["text"] for each in said] == [
        _(
            "files of {month}: {n} units late, by {days} days",
            month=month(each),
            n=1,
            days=(clock.today() - each.due_on()).days,
        )
        for each in (earlier, later)
    ]
    assert [each["way"]["asked"] for each in said] == [
        {"month": str(each)} for each in (earlier, later)
    ]
    # That month is opened: who is late with it, and what is to be done, by whom and by when.
    assert shown["not-in"]["title"] == _("Units late: {n}", n=1)
    assert month(earlier) in shown["not-in"]["says"]
    (table,) = shown["not-in"]["parts"]
    assert next_of(table) == [(_("Remind the unit"), _("the data steward"), today_in_words())]


def next_of(table: dict[str, Any]) -> list[tuple[str, ...]]:
    """What is to be done next about each unit of a table, by whom and by when."""
    at = [each["name"] for each in table["columns"]].index(_("Next step · by whom · by when"))
    return [tuple(row["cells"][at]["pieces"]) for row in table["rows"]]


def today_in_words() -> str:
    return _("by {day}", day=clock.today())


def test_a_month_with_late_units_stays_when_its_last_file_is_settled(engine, steward) -> None:
    earlier = Period(collected_on(clock.today()).year - 1, collected_on(clock.today()).month)
    sent(engine, period=earlier)
    press(open_app("inbox"), "inbox-take-clean")
    said, *_others = regions(open_app("inbox"))["say"]["parts"][0]["pieces"]
    assert (said["tone"], said["way"]["asked"]) == ("bad", {"month": str(earlier)})
    # So does one of long ago while it is looked at.
    long_ago = Period(earlier.year - 3, earlier.month)
    sent(engine, book(disposals=[{"code": "D8", "unit": "E01"}]), period=long_ago)
    app = press(open_app("inbox", month=str(long_ago)), "inbox-take-clean")
    assert not app.error


def test_a_unit_that_was_reminded_sends_and_is_reminded_again_after_the_day_it_was_given(
    engine: Engine, steward: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = (clock.today() + timedelta(60)).replace(day=28)
    monkeypatch.setattr(clock, "today", lambda: later)
    sent(engine)
    app = open_app("inbox")
    until = app.date_input(key="inbox-remind-by").value
    app.checkbox[0].check().run()
    press(app, "inbox-remind-issue")

    def next_step() -> tuple[str, ...]:
        cache.forget_version()
        (found,) = next_of(regions(open_app("inbox"))["not-in"]["parts"][0])
        return found

    assert next_step() == (_("Send the file"), _("the unit"), _("by {day}", day=until))
    monkeypatch.setattr(clock, "today", lambda: until + timedelta(1))
    again = _("Remind the unit again, after {day}", day=later)
    assert next_step() == (again, _("the data steward"), today_in_words())


def test_a_unit_whose_late_file_was_returned_is_reminded_with_the_reason(
    engine: Engine, steward: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = (clock.today() + timedelta(40)).replace(day=28)
    monkeypatch.setattr(clock, "today", lambda: late)
    return_file(engine, None, sent(engine), "缺附件", act=Act("one", clock.now()), today=late)
    cache.forget_version()
    (table,) = regions(open_app("inbox"))["not-in"]["parts"]
    returned = _("{remind}; returned: {reason}", remind=_("Remind the unit"), reason="缺附件")
    assert returned in [what for what, *_others in next_of(table)]


def test_units_that_are_all_late_alike_take_one_line_above_the_way_to_all(
    engine, steward, monkeypatch
) -> None:
    late = (clock.today() + timedelta(40)).replace(day=28)
    monkeypatch.setattr(clock, "today", lambda: late)
    monkeypatch.setattr(not_in, "WORST", 1)
    line, everything = regions(open_app("inbox"))["not-in"]["parts"]
    (told,) = line["matters"]
    assert told["status"]["word"] == _("late")
    assert told["what"] == _("{n} units, all late by {days} days", n=2, days=18)
    named = [row["cells"][1] for row in listed_in_full(everything)]
    assert told["rule"] == _("none reminded yet: {units} and {more} more", units=named[0], more=1)
    assert len(named) == 2 and told["way"] == everything["way"]
    assert told["by"] == [
        _("Next: {what}", what=_("Remind the unit")),
        _("the data steward"),
        today_in_words(),
    ]


def test_units_of_which_one_has_its_file_back_are_listed_one_by_one(
    engine, steward, monkeypatch
) -> None:
    late = (clock.today() + timedelta(40)).replace(day=28)
    monkeypatch.setattr(clock, "today", lambda: late)
    monkeypatch.setattr(not_in, "WORST", 1)
    act = Act("one", clock.now())
    return_file(engine, None, sent(engine), "缺附件", act=act, today=late)
    cache.forget_version()
    (listed,) = regions(open_app("inbox"))["not-in"]["parts"]
    assert len(listed["rows"]) == 1
    # The other one is counted below, with the way to all; a phone lists the first few.
    assert listed["rest"]["beyond"] == 1 and listed["on_a_phone"] == not_in.ON_A_PHONE
    assert len(listed_in_full(listed["rest"])) == 2


def listed_in_full(way: dict[str, Any]) -> list[dict[str, Any]]:
    rows = regions(open_app("inbox", **way["way"]["asked"]))["not-in"]["parts"][0]["rows"]
    assert isinstance(rows, list)
    return rows


def test_files_of_the_month_are_taken_in_by_the_main_button(engine, steward) -> None:
    sent(engine)
    button = open_app("inbox").button("inbox-take-clean")
    assert button.label == _("Take in all that are clean ({n})", n=1)
    assert button.proto.type == "primary"


def test_files_settled_without_any_change_are_told_in_one_line_below_those_with(
    engine, steward
) -> None:
    sent(engine)
    press(open_app("inbox"), "inbox-take-clean")
    for unit in ("E01", "S01"):
        number = sent(engine, book(), unit)
        press(open_app("sent", file=str(number)), "one-file-take")
    cache.forget_version()
    table, line = regions(open_app("inbox"))["settled desk"]["parts"]
    assert [row["cells"][-1] for row in table["rows"]] == [_("{n} new", n=1)]
    assert line["text"] == _("{n} taken in without any change", n=2)


def test_that_no_unit_is_late_is_no_good_news_where_nothing_came_for_months(
    engine, steward, monkeypatch
):
    now = collected_on(clock.today())
    for silent, tone in (((), "good"), ((now.before,), "silent")):
        monkeypatch.setattr(inbox.months, "unsent", lambda *_asked, found=silent: list(found))
        pieces = regions(open_app("inbox"))["say"]["parts"][0]["pieces"]
        assert (pieces[0]["text"], pieces[0]["tone"]) == (_("no unit is late"), tone)
