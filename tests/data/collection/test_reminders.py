"""Reminders to send a file: to whom, what is refused, and what issuing writes."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from data.access.permission import Viewer
from data.collection import reminders
from data.collection.periods import Period
from data.collection.reminders import FileReminder, IssuedReminder
from data.letters import sent
from data.letters.issuing import Key, NoSuchLetterError
from data.letters.numbers import LetterRefusedError
from data.store import access_log
from data.store.database import reading
from models.letter import FilesLetter
from tests.data.collection.sent_cases import (
    MAY,
    OF_U1,
    OF_U2,
    STEWARD,
    act,
    book,
    progress,
    send,
    with_units,
)
from tests.data.contents import TODAY, dump
from tests.data.letter_cases import COMMITTEE, MANAGER

REPLY_BY = TODAY + timedelta(3)
DUE_ON = date(2026, 6, 10)


@pytest.fixture
def late(engine: Engine) -> Engine:
    """U1 sent its file of May; U2 and U3 did not."""
    with_units(engine)
    send(engine, book(**progress()))
    return engine


def drafted(
    engine: Engine, units: list[str] | None = None, who: Viewer = STEWARD, day: date = TODAY
) -> tuple[FileReminder, ...]:
    with reading(engine) as connection:
        scope = reminders.scope_of(who, day)
        return reminders.drafts(connection, scope, MAY, REPLY_BY, units)


def issue(engine: Engine, *units: str) -> tuple[IssuedReminder, ...]:
    wanted = drafted(engine, list(units) or None)
    return reminders.issue(engine, STEWARD, wanted, act=act(STEWARD), today=TODAY)


def listed(engine: Engine, who: Viewer = STEWARD, day: date = TODAY) -> list[sent.Sent]:
    with reading(engine) as connection:
        return list(sent.letters(connection, reminders.scope_of(who, day)))


def test_a_reminder_goes_to_each_unit_that_is_late(late: Engine) -> None:
    wanted = drafted(late)
    assert [(each.unit, each.period, each.due_on) for each in wanted] == [
        ("U2", MAY, DUE_ON),
        ("U3", MAY, DUE_ON),
    ]
    assert {each.days_late for each in wanted} == {20}


def test_issuing_numbers_keeps_and_logs_each(late: Engine) -> None:
    two = issue(late)
    assert [each.number for each in two] == ["经安催〔2026〕1号", "经安催〔2026〕2号"]
    with reading(late) as connection:
        again = reminders.issued(connection, reminders.scope_of(OF_U2, TODAY), two[0].key)
        entries = access_log.entries(connection, limit=2)
    assert again == two[0]
    assert {each.subject for each in entries} == {
        "经安催〔2026〕1号 U2 2026-05",
        "经安催〔2026〕2号 U3 2026-05",
    }


def test_who_was_reminded_today_is_left_out_and_refused_by_name(late: Engine) -> None:
    issue(late, "U2")
    assert [each.unit for each in drafted(late)] == ["U3"]
    with pytest.raises(LetterRefusedError, match="reminded"):
        drafted(late, ["U2"])
    assert [each.unit for each in drafted(late, day=TODAY + timedelta(1))] == ["U2", "U3"]


def test_who_is_not_late_gets_no_reminder(late: Engine) -> None:
    with pytest.raises(LetterRefusedError, match="not late"):
        drafted(late, ["U1"])
    with pytest.raises(LetterRefusedError, match="nobody"):
        drafted(late, day=DUE_ON)


def test_a_month_that_is_not_due_yet_has_nobody_to_remind(late: Engine) -> None:
    scope = reminders.scope_of(STEWARD, TODAY)
    with reading(late) as connection, pytest.raises(LetterRefusedError, match="nobody"):
        reminders.drafts(connection, scope, Period(2026, 6), REPLY_BY)


def test_a_file_that_came_after_the_preview_stops_the_letters(late: Engine) -> None:
    wanted = drafted(late)
    send(late, book(**progress(finding="F2")), OF_U2, "U2")
    before = dump(late)
    with pytest.raises(LetterRefusedError, match="changed after the preview"):
        reminders.issue(late, STEWARD, wanted, act=act(STEWARD), today=TODAY)
    assert dump(late) == before


@pytest.mark.parametrize("who", [OF_U1, MANAGER])
def test_only_who_issues_letters_or_keeps_the_inbox_reminds(late: Engine, who: Viewer) -> None:
    wanted = drafted(late)
    with pytest.raises(LetterRefusedError, match="may not issue"):
        reminders.issue(late, who, wanted, act=act(who), today=TODAY)
    assert reminders.may_remind(COMMITTEE) and reminders.may_remind(STEWARD)


def test_the_file_is_the_reply(late: Engine) -> None:
    issue(late, "U2")
    after = REPLY_BY + timedelta(1)
    [waiting] = listed(late, day=after)
    assert (waiting.period, waiting.waits, waiting.is_late(after)) == (str(MAY), True, True)
    send(late, book(**progress(finding="F2")), OF_U2, "U2")
    [answered] = listed(late, day=after)
    assert (answered.waits, answered.replied_on) == (False, TODAY)


def test_another_units_reminder_is_not_seen(late: Engine) -> None:
    [letter] = issue(late, "U2")
    assert listed(late, OF_U1) == []
    with reading(late) as connection:
        for who, key in ((OF_U1, letter.key), (STEWARD, Key(FilesLetter.LATE_FILE, 2026, 9))):
            with pytest.raises(NoSuchLetterError):
                reminders.issued(connection, reminders.scope_of(who, TODAY), key)
