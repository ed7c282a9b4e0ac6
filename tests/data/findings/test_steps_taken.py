"""What is to be done next about the findings of a list: the steps taken, answers, last days."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event

from data.findings.lines import FindingLine, lines
from data.findings.steps_taken import answer_to
from data.store.database import reading
from models.rectification import Step
from models.rules.next_act import Act, NextAct
from tests.data.contents import TODAY, kept, net, workbook
from tests.data.letter_cases import ago, late_district, sent


def late(code: str, days: int) -> dict[str, object]:
    return {"code": code, "issued_on": date(2025, 1, 1), "due_on": ago(days)}


def step(finding: str, which: Step, days: int, **more: object) -> dict[str, object]:
    return {"finding": finding, "step": which.value, "issued_on": ago(days)} | more


def listed(engine: Engine, *codes: str) -> tuple[FindingLine, ...]:
    with reading(engine) as connection:
        return lines(connection, codes, TODAY)


@pytest.mark.parametrize(
    ("days", "steps", "expected"),
    [
        (-20, [], NextAct(Act.RECTIFY, until=TODAY + timedelta(20))),
        (0, [], NextAct(Act.RECTIFY, until=TODAY)),
        (1, [], NextAct(Act.ISSUE, Step.REMINDER, TODAY)),
        (40, [], NextAct(Act.ISSUE, Step.SUPERVISION, ago(9))),
        # The next step is due, so it comes before the answer to the last one.
        (40, [(Step.REMINDER, 20, None)], NextAct(Act.ISSUE, Step.SUPERVISION, ago(9))),
        # 29 June 2026 is a Monday; the tenth working day after it is 13 July.
        (5, [(Step.REMINDER, 1, None)], NextAct(Act.REPLY, Step.REMINDER, date(2026, 7, 13))),
        (5, [(Step.REMINDER, 1, 0)], NextAct(Act.RECTIFY, until=ago(5))),
        # An answer given after the day is not known on it.
        (5, [(Step.REMINDER, 1, -1)], NextAct(Act.REPLY, Step.REMINDER, date(2026, 7, 13))),
        (5, [(Step.REMINDER, -1, None)], NextAct(Act.ISSUE, Step.REMINDER, ago(4))),
        (300, [(Step.COMMITTEE, 9, None)], NextAct(Act.DECIDE, Step.COMMITTEE)),
    ],
)
def test_a_list_names_the_act_that_presses_most(
    engine: Engine,
    days: int,
    steps: list[tuple[Step, int, int | None]],
    expected: NextAct,
) -> None:
    taken = [
        step("A", which, on, replied_on=None if replied is None else ago(replied))
        for which, on, replied in steps
    ]
    kept(engine, workbook(**net(), findings=[late("A", days)], escalations=taken))
    (line,) = listed(engine, "A")
    assert line.next_act == expected
    assert expected in line.acts


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        (["SUBMIT"], NextAct(Act.REVIEW)),
        (["SUSPEND"], NextAct(Act.RESUME)),
        (["SUBMIT", "CLOSE"], None),
        (["VOID"], None),
    ],
)
def test_while_it_waits_for_others_the_office_acts_and_once_closed_nobody(
    engine: Engine, actions: list[str], expected: NextAct | None
) -> None:
    events = [
        {"finding": "A", "number": at, "on_date": ago(30), "action": action}
        for at, action in enumerate(actions, 1)
    ]
    taken = [step("A", Step.REMINDER, 20)]
    kept(
        engine,
        workbook(**net(), findings=[late("A", 40)], rectification_events=events, escalations=taken),
    )
    (line,) = listed(engine, "A")
    assert line.next_act == expected


def test_a_letter_names_the_last_day_for_the_reply(engine: Engine) -> None:
    late_district(engine, escalations=[step("B1", Step.SUPERVISION, 3)])
    sent(engine, "A2", day=ago(3), reply_by=ago(1))
    by_code = {line.finding.code: line.next_act for line in listed(engine, "A2", "B1")}
    assert by_code["A2"] == NextAct(Act.REPLY, Step.SUPERVISION, ago(1))
    # 27 June 2026 is a Saturday; the tenth working day after it is 10 July.
    assert by_code["B1"] == NextAct(Act.REPLY, Step.SUPERVISION, date(2026, 7, 10))


def test_a_step_asks_the_unit_for_a_reply_and_the_committee_for_a_decision() -> None:
    assert answer_to(Step.CIRCULAR, TODAY) == NextAct(Act.REPLY, Step.CIRCULAR, TODAY)
    assert answer_to(Step.COMMITTEE, TODAY) == NextAct(Act.DECIDE, Step.COMMITTEE)


def test_a_page_of_findings_asks_as_often_as_one_finding(engine: Engine) -> None:
    codes = [f"F{at}" for at in range(30)]
    kept(
        engine,
        workbook(
            **net(),
            findings=[late(code, at) for at, code in enumerate(codes)],
            escalations=[step(code, Step.REMINDER, at) for at, code in enumerate(codes)],
        ),
    )
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *of: asked.append(of[2]))
    listed(engine, "F9")
    of_one = len(asked)
    listed(engine, *codes)
    assert len(asked) == 2 * of_one
