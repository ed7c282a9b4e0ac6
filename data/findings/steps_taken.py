"""The steps of escalation taken for findings, each with the last day for its reply."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import col

from data.reference import working_days
from data.reference.lists import References, current
from models.letter import Letter
from models.rectification import Escalation, Step
from models.rules.next_act import Act, NextAct, Taken

REPLY_DAYS = 10
"""The working days for a reply, unless a letter names its last day."""


def usual_last_day(issued_on: date, references: References) -> date:
    """The last day for the reply to a letter or step that names none."""
    return working_days.after(issued_on, REPLY_DAYS, references)


def steps_taken(
    connection: Connection, codes: Sequence[str], day: date
) -> Mapping[str, tuple[Taken, ...]]:
    """By finding, the steps taken by `day` and what was answered by then; no permission is checked.

    The last day for a reply is the one that the letter of this system names, else the usual one; of
    a step that is answered it is the day of the answer.
    """
    if not codes:
        return {}
    rows = connection.execute(
        select(
            col(Escalation.finding),
            col(Escalation.step),
            col(Escalation.issued_on),
            col(Escalation.replied_on),
        ).where(col(Escalation.finding).in_(codes), col(Escalation.issued_on) <= day)
    ).all()
    steps = [
        (code, step, issued_on, replied_on if replied_on and replied_on <= day else None)
        for code, step, issued_on, replied_on in rows
    ]
    days = last_days(
        connection,
        [(code, step, issued_on) for code, step, issued_on, replied_on in steps if not replied_on],
    )
    taken: dict[str, list[Taken]] = {}
    for code, step, issued_on, replied_on in steps:
        reply_by = replied_on or days[code, step, issued_on]
        taken.setdefault(code, []).append(Taken(Step(step), issued_on, replied_on, reply_by))
    return {code: tuple(own) for code, own in taken.items()}


def last_days(
    connection: Connection, steps: Sequence[tuple[str, str, date]]
) -> Mapping[tuple[str, str, date], date]:
    """The last day for the reply to each of `steps`: finding, code of the step, day of issue.

    It is the one that the letter of this system names, else the usual one.
    """
    if not steps:
        return {}
    days = sorted({issued_on for _code, _step, issued_on in steps})
    references = current(connection)
    usual = {day: usual_last_day(day, references) for day in days}
    letters = connection.execute(
        select(
            col(Letter.step), col(Letter.issued_on), col(Letter.reply_by), col(Letter.findings)
        ).where(col(Letter.issued_on).in_(days))
    )
    named = {
        (code, step, issued_on): reply_by
        for step, issued_on, reply_by, codes in letters
        for code in codes
    }
    return {key: named.get(key, usual[key[2]]) for key in steps}


def answer_to(step: Step, reply_by: date) -> NextAct:
    """What a step without a reply asks for."""
    if step is Step.COMMITTEE:
        return NextAct(Act.DECIDE, step)
    return NextAct(Act.REPLY, step, reply_by)
