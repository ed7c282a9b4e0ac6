"""Receipts, replies and steps without a letter: who enters them, what is refused, what follows."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text, update

from data.access.permission import Viewer, viewer
from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.ledgers.imports import latest
from data.letters import answers, issuing
from data.letters.answers import Answer, StepKey, answer, take_step
from data.letters.numbers import LetterRefusedError
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store import access_log
from data.store.database import reading
from models.account import Role
from models.kept import Import
from models.rectification import Step
from tests.data.contents import TODAY, dump
from tests.data.letter_cases import COMMITTEE, HOW, MANAGER, ago, late_district, sent

CATALOGUE = catalogue(shipped())


@pytest.fixture
def district(engine: Engine) -> Engine:
    """Three units, a letter of three days ago about two findings of the first."""
    late_district(engine)
    sent(engine, "A1", "A2", day=ago(3))
    return engine


KEYS = [StepKey(code, "SUPERVISION", ago(3)) for code in ("A1", "A2")]


def answering(
    engine: Engine,
    what: Answer,
    day: date | None,
    *,
    keys: list[StepKey] = KEYS,
    asker: Viewer = COMMITTEE,
    **how: Any,
) -> None:
    answer(engine, asker, keys, what, day, **HOW | how)


def refusal(engine: Engine, *given: Any, **how: Any) -> str:
    before = dump(engine)
    with pytest.raises(LetterRefusedError) as refused:
        answering(engine, *given, **how)
    assert dump(engine) == before
    return refused.value.sentence.message


def came_back(engine: Engine) -> list[tuple[Any, ...]]:
    with reading(engine) as connection:
        rows = connection.execute(
            text("SELECT finding, received_on, replied_on FROM escalations ORDER BY finding")
        )
        return [tuple(None if each is None else str(each) for each in row) for row in rows]


def open_on(engine: Engine, day: date) -> str:
    with reading(engine) as connection:
        return read(connection, Scope(parse("district"), day), CATALOGUE)["escalations_open"].text


def test_a_receipt_is_entered_for_every_finding_of_the_letter(district: Engine) -> None:
    answering(district, Answer.RECEIPT, ago(2))
    assert came_back(district) == [("A1", str(ago(2)), None), ("A2", str(ago(2)), None)]


def test_a_receipt_leaves_a_letter_open_and_a_reply_ends_that(district: Engine) -> None:
    answering(district, Answer.RECEIPT, ago(2))
    assert open_on(district, TODAY) == "2"
    answering(district, Answer.REPLY, ago(1))
    assert came_back(district)[0] == ("A1", str(ago(2)), str(ago(1)))
    assert (open_on(district, ago(2)), open_on(district, TODAY)) == ("2", "0")


def test_an_answer_is_logged_by_its_import_without_what_it_says(district: Engine) -> None:
    answering(district, Answer.REPLY, ago(1))
    with reading(district) as connection:
        entry = access_log.entries(connection)[0]
        number, note = connection.execute(
            text("SELECT number, file_name FROM imports ORDER BY number DESC LIMIT 1")
        ).one()
    assert (entry.what, entry.account) == ("escalation_entered", "committee")
    assert (entry.subject, note) == (f"{number} escalations", "录入:回复日期")


def test_the_same_day_again_changes_nothing(district: Engine) -> None:
    answering(district, Answer.REPLY, ago(1))
    before = dump(district)
    answering(district, Answer.REPLY, ago(1))
    assert dump(district) == before


def test_a_day_is_taken_back_for_a_reason_and_stays_in_the_history(district: Engine) -> None:
    answering(district, Answer.REPLY, ago(1))
    assert refusal(district, Answer.REPLY, None) == answers.REASON_NEEDED
    answering(district, Answer.REPLY, None, reason="录错函件")
    assert came_back(district) == [("A1", None, None), ("A2", None, None)]
    assert open_on(district, TODAY) == "2"
    with reading(district) as connection:
        reason = connection.scalar(text("SELECT reason FROM imports ORDER BY number DESC LIMIT 1"))
        kept = connection.scalars(text('SELECT "values" FROM versions WHERE replaced_by = 4'))
        assert reason == "录错函件"
        assert all(str(ago(1)) in str(values) for values in kept)


def test_another_day_in_the_place_of_one_needs_a_reason(district: Engine) -> None:
    answering(district, Answer.RECEIPT, ago(2))
    assert refusal(district, Answer.RECEIPT, ago(1), reason="  ") == answers.REASON_NEEDED
    answering(district, Answer.RECEIPT, ago(1), reason="更正")
    assert came_back(district)[0] == ("A1", str(ago(1)), None)


@pytest.mark.parametrize("day", [ago(4), ago(-1)])
def test_a_day_before_the_letter_or_to_come_is_refused(district: Engine, day: date) -> None:
    assert refusal(district, Answer.RECEIPT, day)


def test_the_data_reaches_no_further_than_the_answer(engine: Engine) -> None:
    late_district(engine)
    sent(engine, "A1", day=ago(3))
    with engine.begin() as connection:
        connection.execute(update(Import).values(day=ago(3)))
    keys = [StepKey("A1", "SUPERVISION", ago(3))]
    for what, day, then in ((Answer.RECEIPT, ago(3), 3), (Answer.REPLY, ago(1), 1)):
        answering(engine, what, day, keys=keys)
        with reading(engine) as connection:
            last = latest(connection)
            assert last and last.day == ago(then)


def test_a_letter_that_is_not_there_is_refused(district: Engine) -> None:
    other = [StepKey("B1", "SUPERVISION", ago(3))]
    assert refusal(district, Answer.RECEIPT, ago(1), keys=[*KEYS, *other]) == answers.UNKNOWN
    assert refusal(district, Answer.RECEIPT, ago(1), keys=[]) == answers.UNKNOWN


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COMMITTEE])
def test_only_the_committee_enters_answers_and_steps(district: Engine, role: Role) -> None:
    asker = viewer("x", "x", role, [("unit", "U1"), ("sector", "EDU")])
    before = dump(district)
    with pytest.raises(LetterRefusedError):
        answering(district, Answer.RECEIPT, ago(1), asker=asker)
    with pytest.raises(LetterRefusedError):
        take_step(district, asker, Step.INTERVIEW, ["A1"], taken_on=TODAY, **HOW)
    assert dump(district) == before


def test_what_the_asker_may_not_see_is_not_there(district: Engine) -> None:
    sent(district, "C1", day=ago(3))
    of_sector = Viewer("x", "x", Role.COMMITTEE, MANAGER.sectors, None)
    keys = [StepKey("C1", "SUPERVISION", ago(3))]
    assert refusal(district, Answer.RECEIPT, ago(1), keys=keys, asker=of_sector) == answers.UNKNOWN


@pytest.mark.parametrize("step", [Step.INTERVIEW, Step.CIRCULAR, Step.COMMITTEE])
def test_a_step_without_a_letter_is_a_row_of_the_ledger(district: Engine, step: Step) -> None:
    take_step(district, COMMITTEE, step, ["C1", "B1"], taken_on=ago(1), **HOW)
    with reading(district) as connection:
        rows = connection.execute(
            text("SELECT finding, issued_on FROM escalations WHERE step = :step"), {"step": step}
        )
        assert sorted(tuple(map(str, row)) for row in rows) == [
            ("B1", str(ago(1))),
            ("C1", str(ago(1))),
        ]
        assert connection.scalar(text("SELECT count(*) FROM letters")) == 1
        entry = access_log.entries(connection)[0]
        number = connection.scalar(text("SELECT max(number) FROM imports"))
    assert (entry.what, entry.subject) == ("escalation_entered", f"{number} escalations")
    assert open_on(district, TODAY) == "4"


@pytest.mark.parametrize(
    ("step", "codes", "day", "message"),
    [
        (Step.REMINDER, ["A1"], TODAY, answers.BY_LETTER),
        (Step.INTERVIEW, [], TODAY, issuing.NOTHING_CHOSEN),
        (Step.INTERVIEW, ["A1"], ago(-1), issuing.NOT_YET),
        (Step.INTERVIEW, ["A1", "X9"], TODAY, issuing.UNKNOWN),
        (Step.INTERVIEW, ["A1"], date(2024, 1, 1), issuing.NOT_REQUIRED_YET),
    ],
)
def test_a_step_that_cannot_be_taken_is_refused(
    district: Engine, step: Step, codes: list[str], day: date, message: str
) -> None:
    before = dump(district)
    with pytest.raises(LetterRefusedError) as refused:
        take_step(district, COMMITTEE, step, codes, taken_on=day, **HOW)
    assert refused.value.sentence.message == message
    assert dump(district) == before
