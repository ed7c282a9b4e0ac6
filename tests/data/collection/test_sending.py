"""What a unit sends is checked, goes into the inbox, and changes nothing."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, text

from data.collection import sending
from data.collection.checking import FileOfUnit, check, opened, take_checked
from data.collection.inbox import sent_file, sent_files
from data.collection.periods import Period
from data.collection.refusals import NOT_ALLOWED, CollectionRefusedError
from data.nodes import DISTRICT, Node
from data.own_ledgers import reading_apart
from data.own_ledgers.layout.apart import OpenedFile
from data.own_ledgers.layout.files import grids
from data.scope import Scope
from data.store import access_log
from data.store.database import reading
from data.workbook.apart import TOO_MUCH, TooMuchError
from models.account import Event
from models.collection import FileState
from tests.data.collection.sent_cases import (
    MAY,
    OF_U1,
    OF_U2,
    STEWARD,
    act,
    at,
    book,
    checked,
    progress,
    send,
    take_in,
    with_units,
)
from tests.data.contents import TODAY, dump
from tests.data.own_ledgers.own_files import book as own_book
from tests.data.own_ledgers.taking_cases import HEADER, line

EVERYTHING = Scope(Node(DISTRICT), TODAY)
LEDGERS_LEFT_ALONE = {"sent_files", "access_entries", "settings"}


@pytest.fixture
def engine(engine: Engine) -> Engine:
    with_units(engine)
    return engine


def lines(engine: Engine, scope: Scope = EVERYTHING):
    with reading(engine) as connection:
        return sent_files(connection, scope)


def test_a_sent_file_waits_with_what_its_check_found(engine: Engine) -> None:
    number = send(engine, book(**progress()))
    [found] = lines(engine)
    assert (found.number, found.unit, found.unit_name, found.period) == (
        number,
        "U1",
        "一中",
        "2026-05",
    )
    assert (found.state, found.clean, found.ours) == (FileState.SENT, True, True)
    assert found.counts == {"rectification_events": {"new": 1, "changed": 0, "equal": 0}}
    assert (found.sent_by, found.file_name) == ("one", "五月.xlsx")


def test_sending_changes_no_ledger(engine: Engine) -> None:
    before = dump(engine)
    send(engine, book(**progress()))
    after = dump(engine)
    assert {name for name in before if before[name] != after[name]} == LEDGERS_LEFT_ALONE


def test_sending_is_logged_with_number_unit_month_and_file(engine: Engine) -> None:
    number = send(engine, book(**progress()))
    [found] = lines(engine)
    with reading(engine) as connection:
        [entry] = access_log.entries(connection, what=Event.FILE_SENT)
    assert (entry.account, entry.subject) == ("one", f"{number} U1 2026-05 {found.sha256[:12]}")


def test_what_is_refused_is_not_logged(engine: Engine) -> None:
    with pytest.raises(CollectionRefusedError):
        send(engine, book(**progress()), OF_U2, "U1")
    with reading(engine) as connection:
        assert access_log.entries(connection, what=Event.FILE_SENT) == []
    assert lines(engine) == ()


def test_rows_of_a_unit_below_may_be_sent_and_those_of_another_are_faults(engine: Engine) -> None:
    file = FileOfUnit("x.xlsx", book(findings=[{"code": "F3", "unit": "U3"}]), "U1")
    assert checked(engine, file).checked.faults == 0
    foreign = replace(file, content=book(**progress(finding="F2")))
    assert checked(engine, foreign).checked.faults == 1


def test_a_file_with_faults_waits_and_is_not_clean(engine: Engine) -> None:
    send(engine, book(**progress(finding="F2")))
    [found] = lines(engine)
    assert (found.faults, found.clean) == (1, False)


def test_a_guarded_value_that_would_change_is_a_correction(engine: Engine) -> None:
    send(engine, book(findings=[{"amount": 5}]))
    [found] = lines(engine)
    assert (found.corrections, found.faults, found.clean) == (1, 0, False)


@pytest.mark.parametrize(
    ("content", "period", "message"),
    [
        (b"", MAY, sending.EMPTY),
        (b"x", Period(2026, 7), sending.NOT_YET),
        (b"x" * (sending.MOST_MIB * sending.MIB + 1), MAY, sending.TOO_LARGE),
    ],
)
def test_what_cannot_be_sent_is_said(
    engine: Engine, content: bytes, period: Period, message: str
) -> None:
    good = checked(engine, FileOfUnit("x.xlsx", book(**progress()), "U1"))
    file = replace(good.file, content=content)
    with pytest.raises(CollectionRefusedError) as refused:
        sending.send(engine, OF_U1, replace(good, file=file, period=period), act=act(), today=TODAY)
    assert refused.value.sentence.message == message


def test_just_the_same_file_is_sent_once_a_month(engine: Engine) -> None:
    content = book(**progress())
    number = send(engine, content)
    with pytest.raises(CollectionRefusedError, match=f"number {number}"):
        send(engine, content)
    sending.withdraw(engine, OF_U1, number, act=act(), today=TODAY)
    assert send(engine, content) == number + 1


def test_a_withdrawn_file_says_so_and_cannot_be_taken_in(engine: Engine) -> None:
    number = send(engine, book(**progress()))
    sending.withdraw(engine, OF_U1, number, act=act(), today=TODAY)
    assert [each.state for each in lines(engine)] == [FileState.WITHDRAWN]
    with pytest.raises(CollectionRefusedError, match="Withdrawn"):
        take_in(engine, number)


def test_what_is_taken_in_cannot_be_withdrawn(engine: Engine) -> None:
    number = send(engine, book(**progress()))
    take_in(engine, number)
    with pytest.raises(CollectionRefusedError, match="Taken in"):
        sending.withdraw(engine, OF_U1, number, act=act(), today=TODAY)


@pytest.mark.parametrize("who", [STEWARD, None])
def test_only_units_send_but_the_machine_may_for_each(engine: Engine, who) -> None:
    if who is None:
        assert send(engine, book(**progress()), None) == 1
    else:
        with pytest.raises(CollectionRefusedError) as refused:
            send(engine, book(**progress()), who)
        assert refused.value.sentence.message == NOT_ALLOWED


def test_anothers_file_is_not_there(engine: Engine) -> None:
    number = send(engine, book(**progress()))
    of_u2 = Scope(Node(DISTRICT), TODAY, None, frozenset({"U2"}))
    assert lines(engine, of_u2) == ()
    with reading(engine) as connection, pytest.raises(CollectionRefusedError, match="no file 1"):
        sent_file(connection, of_u2, number)
    with pytest.raises(CollectionRefusedError, match="no file 1"):
        sending.withdraw(engine, OF_U2, number, act=act(OF_U2), today=TODAY)


def test_a_manager_sees_the_files_of_its_sector_alone(engine: Engine) -> None:
    send(engine, book(**progress()))
    send(engine, book(**progress(finding="F2")), OF_U2, "U2")
    medical = Scope(Node(DISTRICT), TODAY, frozenset({"MED"}), None)
    assert [each.unit for each in lines(engine, medical)] == ["U2"]


def test_an_own_ledger_is_checked_by_a_form_with_its_questions(engine: Engine, tmp_path) -> None:
    path = own_book(tmp_path / "台账.xlsx", [HEADER, line(1, "往来款", unit="一中")])
    file = FileOfUnit("台账.xlsx", path.read_bytes(), "U1")
    found = OpenedFile(is_ours=False, sheets=grids(path))
    checked_ = check(engine, file, found, at())
    assert not checked_.ours and checked_.questions > 0 and not checked_.clean


def test_an_own_ledger_whose_words_take_too_long_is_refused_and_not_read_here(
    engine: Engine, tmp_path, monkeypatch
) -> None:
    def ended(*_asked: object) -> None:
        raise TooMuchError(TOO_MUCH, memory=2048, seconds=600)

    monkeypatch.setattr(reading_apart, "answer_apart", ended)
    path = own_book(tmp_path / "台账.xlsx", [HEADER, line(1, "往来款", unit="一中")])
    file = FileOfUnit("台账.xlsx", path.read_bytes(), "U1")
    checked_ = check(engine, file, OpenedFile(is_ours=False, sheets=grids(path)), at())
    taken = take_checked(engine, file, False, at(), None, lambda *_done: None)
    for each in (checked_, taken):
        assert [fault.sentence.message for fault in each.taken.faults] == [TOO_MUCH]


def test_files_are_opened_in_a_process_of_their_own(tmp_path) -> None:
    assert opened(FileOfUnit("x.xlsx", book(**progress()), "U1")).is_ours
    bad = opened(FileOfUnit("x.csv", b"\x00\x01", "U1"))
    assert not bad.is_ours


def test_the_number_grows_and_never_comes_again(engine: Engine) -> None:
    first = send(engine, book(**progress()))
    second = send(engine, book(**progress(finding="F2")), OF_U2, "U2")
    assert second == first + 1
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM sent_files")) == 2
