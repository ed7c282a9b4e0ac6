"""The lists of letters and steps: in which order, seen by whom, as they stood on a day."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data.access.permission import Viewer
from data.letters.answers import Answer, StepKey, answer
from data.letters.issuing import asked_by
from data.letters.sent import Sent, letters, steps
from data.nodes import parse
from data.scope import Scope
from data.store.database import reading
from models.rectification import Step
from tests.data.contents import TODAY, kept, workbook
from tests.data.letter_cases import COMMITTEE, HOW, MANAGER, UNIT, ago, late_district, sent


def interview(finding: str, days: int, **more: Any) -> dict[str, Any]:
    return {"finding": finding, "step": "INTERVIEW", "issued_on": ago(days)} | more


@pytest.fixture
def district(engine: Engine) -> Engine:
    """Letters 1 to 3: waiting, overdue, answered; and two steps from a workbook."""
    taken = [interview("C1", 9, replied_on=ago(8)), interview("B1", 4, replied_on=None)]
    late_district(engine, escalations=taken)
    sent(engine, "A1", "A2", day=ago(6))
    sent(engine, "B1", day=ago(5), reply_by=ago(1))
    sent(engine, "C1", day=ago(5), reply_by=ago(2))
    keys = [StepKey("C1", "SUPERVISION", ago(5))]
    answer(engine, COMMITTEE, keys, Answer.REPLY, ago(3), **HOW)
    return engine


def seen(engine: Engine, asker: Viewer = COMMITTEE, day: date = TODAY) -> tuple[Sent, ...]:
    with reading(engine) as connection:
        return letters(connection, asked_by(asker, day))


def numbers(found: tuple[Sent, ...]) -> list[str]:
    return [each.number.partition("〕")[2].rstrip("号") for each in found]


def test_overdue_replies_come_first_then_what_waits_then_what_is_answered(
    district: Engine,
) -> None:
    found = seen(district)
    assert numbers(found) == ["2", "1", "3"]
    assert [each.is_late(TODAY) for each in found] == [True, False, False]
    assert [each.waits for each in found] == [True, True, False]


def test_a_reply_is_late_the_day_after_it_was_asked_for(district: Engine) -> None:
    second = next(each for each in seen(district) if each.reply_by == ago(1))
    assert [second.is_late(ago(days)) for days in (2, 1, 0)] == [False, False, True]


def test_a_letter_is_listed_as_it_stood_on_the_day(district: Engine) -> None:
    assert numbers(seen(district, day=ago(6))) == ["1"]
    before = {each.number: each for each in seen(district, day=ago(4))}
    answered = before["经安督〔2026〕3号"]
    assert (answered.replied_on, answered.waits) == (None, True)
    assert seen(district)[2].replied_on == ago(3)


def test_a_letter_names_its_findings_and_unit(district: Engine) -> None:
    letter = seen(district)[1]
    assert [each.finding for each in letter.steps] == ["A1", "A2"]
    assert (letter.unit_name, letter.about, letter.open) == ("第一单位", "问题A1", 2)
    assert (letter.step, letter.issued_on) == (Step.SUPERVISION, ago(6))


def test_a_letter_is_received_when_every_finding_of_it_is(district: Engine) -> None:
    answer(
        district,
        COMMITTEE,
        [StepKey("A1", "SUPERVISION", ago(6))],
        Answer.RECEIPT,
        ago(5),
        **HOW,
    )
    assert seen(district)[1].received_on is None
    answer(
        district,
        COMMITTEE,
        [StepKey("A2", "SUPERVISION", ago(6))],
        Answer.RECEIPT,
        ago(4),
        **HOW,
    )
    assert seen(district)[1].received_on == ago(4)


def test_nobody_waits_for_a_reply_once_every_finding_is_closed(district: Engine) -> None:
    closed = {"finding": "B1", "on_date": TODAY, "action": "CLOSE"}
    kept(district, workbook(rectification_events=[closed]))
    letter = next(each for each in seen(district) if each.unit == "U2")
    assert (letter.waits, letter.is_late(TODAY), letter.open) == (False, False, 0)


@pytest.mark.parametrize(
    ("asker", "units"), [(COMMITTEE, {"U1", "U2", "U3"}), (MANAGER, {"U1", "U2"}), (UNIT, {"U1"})]
)
def test_everybody_sees_the_letters_to_units_they_may_see(
    district: Engine, asker: Viewer, units: set[str]
) -> None:
    assert {each.unit for each in seen(district, asker)} == units


def test_the_letters_of_a_node_are_those_to_its_units(district: Engine) -> None:
    with reading(district) as connection:
        found = letters(connection, Scope(parse("unit:U2"), TODAY))
    assert numbers(found) == ["2"]


def of_ledger(engine: Engine, most: int = 9, asker: Viewer = COMMITTEE) -> list[tuple[str, bool]]:
    with reading(engine) as connection:
        found = steps(connection, asked_by(asker, TODAY), most)
    assert all(not each.number and each.key is None and each.reply_by is None for each in found)
    return [(each.steps[0].finding, each.waits) for each in found]


def test_steps_without_a_letter_stand_apart_those_that_wait_first(district: Engine) -> None:
    assert of_ledger(district) == [("B1", True), ("C1", False)]
    assert of_ledger(district, most=1) == [("B1", True)]
    assert of_ledger(district, asker=MANAGER) == [("B1", True)]
    assert of_ledger(district, asker=UNIT) == []


def test_nothing_is_listed_of_an_empty_database(engine: Engine) -> None:
    assert seen(engine) == ()
    assert of_ledger(engine) == []
