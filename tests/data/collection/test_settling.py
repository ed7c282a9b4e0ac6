"""A steward takes sent files in, or returns them with a sentence."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import Engine, text

from data.collection import checking, sending, settling
from data.collection.checking import FileOfUnit
from data.collection.inbox import sent_file, sent_files
from data.collection.refusals import NOT_ALLOWED, CollectionRefusedError
from data.collection.sending import Sending
from data.collection.settling import return_file, take_in_clean
from data.intake.checks.corrections import Correcting
from data.nodes import DISTRICT, Node
from data.own_ledgers.layout.apart import OpenedFile
from data.own_ledgers.layout.files import grids
from data.scope import Scope
from data.store import access_log
from data.store.database import reading
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
    progress,
    send,
    take_in,
    with_units,
)
from tests.data.contents import TODAY, dump, kept, workbook
from tests.data.own_ledgers.own_files import book as own_book
from tests.data.own_ledgers.taking_cases import HEADER, line

EVERYTHING = Scope(Node(DISTRICT), TODAY)


@pytest.fixture
def engine(engine: Engine) -> Engine:
    with_units(engine)
    return engine


def line_of(engine: Engine, number: int):
    with reading(engine) as connection:
        return sent_file(connection, EVERYTHING, number)


def events(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(text("SELECT count(*) FROM rectification_events"))


def test_taking_in_brings_the_rows_and_says_by_which_import(engine: Engine) -> None:
    number = send(engine, book(**progress()))
    done = take_in(engine, number)
    found = line_of(engine, number)
    assert not done.refused and events(engine) == 1
    assert (found.state, found.settled_by) == (FileState.TAKEN_IN, "steward")
    with engine.connect() as connection:
        last = connection.execute(
            text("SELECT number, sender, file_name FROM imports ORDER BY number DESC")
        ).first()
    assert tuple(last) == (found.import_number, "unit:U1", "五月.xlsx")


def test_taking_in_is_logged_beside_the_import(engine: Engine) -> None:
    number = send(engine, book(**progress()))
    take_in(engine, number)
    with reading(engine) as connection:
        latest = access_log.entries(connection, limit=2)
    assert [each.what for each in latest] == [Event.FILE_TAKEN_IN, Event.IMPORTED]
    assert latest[0].subject == f"{number} U1 2026-05"


def test_a_file_that_says_nothing_new_is_taken_in_without_an_import(engine: Engine) -> None:
    number = send(engine, book(findings=[{}]))
    take_in(engine, number)
    found = line_of(engine, number)
    assert (found.state, found.import_number) == (FileState.TAKEN_IN, None)


def test_a_file_is_taken_in_once(engine: Engine) -> None:
    number = send(engine, book(**progress()))
    take_in(engine, number)
    before = dump(engine)
    with pytest.raises(CollectionRefusedError, match="Taken in already"):
        take_in(engine, number)
    assert dump(engine) == before


def test_two_stewards_at_once_take_it_in_once(engine: Engine, monkeypatch) -> None:
    number = send(engine, book(**progress()))
    waiting = line_of(engine, number)
    take_in(engine, number)
    before = dump(engine)
    # The second looked before the first was done.
    monkeypatch.setattr(settling, "sent_file", lambda *_: waiting)
    with pytest.raises(CollectionRefusedError):
        take_in(engine, number)
    assert dump(engine) == before


def test_a_file_with_faults_stays_and_says_what_they_are(engine: Engine) -> None:
    number = send(engine, book(**progress(finding="F2")))
    done = take_in(engine, number)
    assert done.refused and len(done.checked.taken.faults) == 1
    assert (line_of(engine, number).state, events(engine)) == (FileState.SENT, 0)


def test_guarded_values_change_only_by_leave(engine: Engine) -> None:
    number = send(engine, book(findings=[{"amount": 5}]))
    assert take_in(engine, number).refused
    done = settling.take_in(engine, STEWARD, number, at(), Correcting("原录有误"))
    assert not done.refused
    assert line_of(engine, number).state is FileState.TAKEN_IN


def test_what_became_faulty_meanwhile_is_not_clean_any_more(engine: Engine) -> None:
    number = send(engine, book(**progress()))
    kept(engine, workbook(findings=[{"unit": "U2"}]), correct=Correcting("移交"))
    assert line_of(engine, number).clean
    [done] = take_in_clean(engine, STEWARD, MAY, at())
    assert done.refused and not line_of(engine, number).clean


def test_all_that_are_clean_are_taken_in_and_no_other(engine: Engine) -> None:
    good = send(engine, book(**progress()))
    faulty = send(engine, book(**progress(finding="F1", day=date(2026, 1, 1))), OF_U2, "U2")
    other = send(engine, book(**progress(finding="F2")), OF_U2, "U2")
    done = take_in_clean(engine, STEWARD, MAY, at())
    assert [each.line.number for each in done] == [good, other]
    assert line_of(engine, faulty).state is FileState.SENT
    assert events(engine) == 2
    assert take_in_clean(engine, STEWARD, MAY, at()) == []


def test_a_returned_file_tells_its_sender_why(engine: Engine) -> None:
    number = send(engine, book(**progress()))
    return_file(engine, STEWARD, number, "  缺少\n佐证材料 ", act=act(STEWARD), today=TODAY)
    found = line_of(engine, number)
    assert (found.state, found.reason) == (FileState.RETURNED, "缺少 佐证材料")
    with reading(engine) as connection:
        [entry] = access_log.entries(connection, what=Event.FILE_RETURNED)
    assert entry.subject == f"{number} U1 2026-05"
    with pytest.raises(CollectionRefusedError, match="Returned already"):
        take_in(engine, number)


@pytest.mark.parametrize(
    ("reason", "message"), [(" ", settling.REASON_NEEDED), ("长" * 501, settling.REASON_TOO_LONG)]
)
def test_returning_needs_a_sentence(engine: Engine, reason: str, message: str) -> None:
    number = send(engine, book(**progress()))
    with pytest.raises(CollectionRefusedError) as refused:
        return_file(engine, STEWARD, number, reason, act=act(STEWARD), today=TODAY)
    assert refused.value.sentence.message == message
    assert line_of(engine, number).state is FileState.SENT


def test_what_was_returned_comes_again_only_once_it_was_changed(engine: Engine) -> None:
    content = book(**progress())
    number = send(engine, content)
    return_file(engine, STEWARD, number, "请核对", act=act(STEWARD), today=TODAY)
    workbook = openpyxl.load_workbook(BytesIO(content))
    saved_again = BytesIO()
    workbook.save(saved_again)
    for same in (content, saved_again.getvalue()):
        with pytest.raises(CollectionRefusedError, match=f"number {number}.*请核对"):
            send(engine, same)
    # Whoever keeps the inbox may put it in again, if it was returned by mistake.
    assert send(engine, content, None) == number + 1
    assert send(engine, book(**progress(date(2026, 5, 2)))) == number + 2


def test_units_settle_nothing(engine: Engine) -> None:
    number = send(engine, book(**progress()))
    for done in (
        lambda: take_in(engine, number, OF_U1),
        lambda: return_file(engine, OF_U1, number, "x", act=act(), today=TODAY),
        lambda: take_in_clean(engine, OF_U1, MAY, at()),
    ):
        with pytest.raises(CollectionRefusedError) as refused:
            done()
        assert refused.value.sentence.message == NOT_ALLOWED


def test_an_own_ledger_is_taken_in_with_what_its_unit_answered(engine: Engine, tmp_path) -> None:
    path = own_book(
        tmp_path / "台账.xlsx", [["截至2026年5月31日"], HEADER, line(1, "往来款", unit="一中")]
    )
    opened = OpenedFile(is_ours=False, sheets=grids(path))
    file = FileOfUnit("台账.xlsx", path.read_bytes(), "U1")
    asked = checking.check(engine, file, opened, at())
    answers = {each.id: each.proposals[0].answer for each in asked.own.questions if each.proposals}
    answered = FileOfUnit(file.name, file.content, "U1", answers)
    found = checking.check(engine, answered, opened, at())
    assert (found.faults, found.questions) == (0, 0), found.own.questions
    number = sending.send(engine, OF_U1, Sending(answered, MAY, found), act=act(), today=TODAY)
    assert not take_in(engine, number).refused
    with engine.connect() as connection:
        titles = connection.scalars(text("SELECT title FROM findings")).all()
    assert "往来款" in titles


def test_an_own_ledger_of_a_unit_tells_of_no_other(engine: Engine, tmp_path) -> None:
    path = own_book(
        tmp_path / "台账.xlsx", [["截至2026年5月31日"], HEADER, line(1, "往来款", unit="医院")]
    )
    opened = OpenedFile(is_ours=False, sheets=grids(path))
    file = FileOfUnit("台账.xlsx", path.read_bytes(), "U1")
    asked = checking.check(engine, file, opened, at())
    answers = {each.id: each.proposals[0].answer for each in asked.own.questions if each.proposals}
    found = checking.check(engine, FileOfUnit(file.name, file.content, "U1", answers), opened, at())
    assert found.faults > 0


def test_the_list_has_the_latest_first_and_can_be_narrowed(engine: Engine) -> None:
    first = send(engine, book(**progress()))
    second = send(engine, book(**progress(finding="F2")), OF_U2, "U2")
    take_in(engine, first)
    with reading(engine) as connection:
        every = sent_files(connection, EVERYTHING)
        waiting = sent_files(connection, EVERYTHING, MAY, (FileState.SENT,))
        none = sent_files(connection, EVERYTHING, MAY.before)
    assert [each.number for each in every] == [second, first]
    assert [each.number for each in waiting] == [second]
    assert none == ()
