"""Escalation: what waits for a reply, and what is due for the next step."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.findings.escalation import due_for_step, due_steps, letters, waiting
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from models.rectification import Step
from tests.data import districts
from tests.data.contents import TODAY, kept, net, workbook
from tests.data.districts import few
from tests.data.figures.taken_in import taken_in

CATALOGUE = catalogue(shipped())
ISSUED = date(2026, 1, 1)


def ago(days: int) -> date:
    return TODAY - timedelta(days)


@contextmanager
def taken(engine: Engine, **ledgers) -> Iterator[Connection]:
    kept(engine, workbook(**net("U1", "U2"), **ledgers))
    with reading(engine) as connection:
        yield connection


def district(day: date = TODAY, **limits) -> Scope:
    return Scope(parse("district"), day, **limits)


def late(code: str, days: int, **more) -> dict[str, object]:
    return {"code": code, "issued_on": date(2025, 1, 1), "due_on": ago(days)} | more


def letter(finding: str, step: str, days: int, **more) -> dict[str, object]:
    return {"finding": finding, "step": step, "issued_on": ago(days)} | more


def due(connection: Connection, scope: Scope | None = None) -> dict[str, Step]:
    found = due_steps(connection, scope or district(), 99)
    return {each.line.finding.code: each.step for each in found.gravest}


def test_the_step_that_is_due_follows_from_the_days_overdue(engine) -> None:
    findings = [late("A", 1), late("B", 31), late("C", 91), late("D", 181), late("E", 0)]
    with taken(engine, findings=findings) as connection:
        found = due_steps(connection, district(), 99)
        assert due(connection) == {
            "D": Step.COMMITTEE,
            "C": Step.INTERVIEW,
            "B": Step.SUPERVISION,
            "A": Step.REMINDER,
        }
        assert found.counted[Step.COMMITTEE] == 1 and found.counted[Step.CIRCULAR] == 0


def test_the_gravest_come_first_and_no_more_than_asked(engine) -> None:
    findings = [late("A", 5), late("B", 50), late("C", 60), late("D", 6)]
    with taken(engine, findings=findings) as connection:
        found = due_steps(connection, district(), 3)
        assert [each.line.finding.code for each in found.gravest] == ["C", "B", "D"]
        assert sum(found.counted.values()) == 4


def test_what_has_been_pressed_already_is_not_on_the_list(engine) -> None:
    findings, pressed = [late("A", 40)], [letter("A", "SUPERVISION", 3)]
    with taken(engine, findings=findings, escalations=pressed) as connection:
        assert due(connection) == {}


def test_a_letter_from_before_the_limit_passed_does_not_count(engine) -> None:
    findings, pressed = [late("A", 10)], [letter("A", "COMMITTEE", 10)]
    with taken(engine, findings=findings, escalations=pressed) as connection:
        assert due(connection) == {"A": Step.REMINDER}


def test_a_letter_of_later_is_not_yet_known(engine) -> None:
    findings, pressed = [late("A", 40)], [letter("A", "SUPERVISION", 3)]
    with taken(engine, findings=findings, escalations=pressed) as connection:
        assert due(connection, district(ago(4))) == {"A": Step.SUPERVISION}


def test_the_last_step_stands_beside_the_next(engine) -> None:
    pressed = [letter("A", "REMINDER", 35), letter("A", "REMINDER", 50)]
    with taken(engine, findings=[late("A", 60)], escalations=pressed) as connection:
        (only,) = due_steps(connection, district(), 9).gravest
        assert (only.last, only.last_on) == (Step.REMINDER, ago(35))


def test_findings_of_other_units_are_not_on_the_list(engine) -> None:
    findings = [late("A", 5), late("B", 5, unit="U2")]
    with taken(engine, findings=findings) as connection:
        assert due(connection, district(units=frozenset({"U2"}))) == {"B": Step.REMINDER}


def test_letters_wait_longest_first_with_their_receipts(engine) -> None:
    pressed = [
        letter("A", "REMINDER", 20, received_on=ago(18)),
        letter("A", "SUPERVISION", 30),
        letter("A", "INTERVIEW", 40, received_on=ago(30), replied_on=ago(2)),
    ]
    with taken(engine, findings=[late("A", 60)], escalations=pressed) as connection:
        found = letters(connection, district(), 9)
        assert [(each.step, each.received_on) for each in found] == [
            (Step.SUPERVISION, None),
            (Step.REMINDER, ago(18)),
        ]
        by_step = waiting(connection, district())
        assert (by_step[Step.REMINDER].letters, by_step[Step.REMINDER].without_receipt) == (1, 0)
        assert by_step[Step.SUPERVISION].without_receipt == 1
        assert by_step[Step.SUPERVISION].oldest_on == ago(30)
        assert by_step[Step.COMMITTEE].letters == 0


def test_a_receipt_or_reply_of_later_has_not_come_yet(engine) -> None:
    pressed = [letter("A", "REMINDER", 20, received_on=ago(5), replied_on=ago(2))]
    with taken(engine, findings=[late("A", 60)], escalations=pressed) as connection:
        (only,) = letters(connection, district(ago(6)), 9)
        assert only.received_on is None
        assert waiting(connection, district(ago(6)))[Step.REMINDER].without_receipt == 1
        assert letters(connection, district(), 9) == ()


@few(6)
@given(data=st.data())
def test_the_letters_are_those_that_the_figure_counts(data: st.DataObject) -> None:
    rows = data.draw(districts.districts("findings"))
    with taken_in(rows) as connection:
        for node in ("district", "kind:SOE", "unit:U1"):
            scope = Scope(parse(node), data.draw(districts.days(rows)))
            figures = read(connection, scope, CATALOGUE)
            for step, found in waiting(connection, scope).items():
                assert found.letters == figures[f"escalations_open:{step}"].numerator
            assert len(letters(connection, scope, 99)) == figures["escalations_open"].numerator


def test_what_is_due_for_one_step_is_listed_by_itself(engine) -> None:
    findings = [late("A", 5), late("B", 50), late("C", 60), late("D", 6)]
    with taken(engine, findings=findings) as connection:
        found = due_for_step(connection, district(), Step.REMINDER, 9)
        assert [each.line.finding.code for each in found] == ["D", "A"]
        assert [each.line.finding.code for each in found] == [
            each.line.finding.code
            for each in due_steps(connection, district(), 9).gravest
            if each.step is Step.REMINDER
        ]
        assert len(due_for_step(connection, district(), Step.REMINDER, 1)) == 1
        assert due_for_step(connection, district(), Step.COMMITTEE, 9) == ()
