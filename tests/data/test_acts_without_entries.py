"""For every kind of entry in the access log: where the log fails, the act is not done either."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from data.access import accounts, own_password, resets, sign_in
from data.access.seals import Seal, new_key
from data.collection import sending, settling
from data.documents import masthead
from data.intake import kept_warnings
from data.intake.undo import undo
from data.letters import numbers
from data.letters.answers import Answer, StepKey, answer
from data.meetings import agendas, freezes
from data.nodes import parse
from data.own_ledgers.forms import kept_forms
from data.own_ledgers.forms.form import shipped as shipped_forms
from data.reference.lists import shipped
from data.scope import everything
from data.store import access_log
from data.store.access_log import Act
from data.store.database import writing
from models.account import Event, Role
from models.import_warning import Oddity
from tests.data import letter_cases
from tests.data.collection import sent_cases
from tests.data.contents import NOW, TODAY, dump
from tests.data.letter_cases import COMMITTEE, HOW, ago

ACT = Act("wang", NOW, "10.0.0.7")
PASSWORD = "七月的风 and some rain"
SEAL = Seal(new_key())
Do = Callable[[Engine], Any]


class LogFailsError(Exception):
    """Stands in for whatever keeps the log from being written."""


def nothing(_engine: Engine) -> None:
    """Nothing has to be there before."""


def within(act: Callable[[Connection], Any]) -> Do:
    """An act that is done in the transaction of who calls it."""

    def done(engine: Engine) -> None:
        with writing(engine) as connection:
            act(connection)

    return done


def with_account(name: str, role: Role = Role.UNIT) -> Do:
    return within(
        lambda connection: accounts.add(
            connection,
            ACT,
            name=name,
            full_name="王某",
            password=accounts.given_password(PASSWORD, name, "王某"),
            role=role,
        )
    )


def both(*acts: Do) -> Do:
    def done(engine: Engine) -> None:
        for act in acts:
            act(engine)

    return done


def district(engine: Engine) -> None:
    letter_cases.late_district(engine, meetings=[{"on_date": date(2026, 6, 20)}])


def with_letter(engine: Engine) -> None:
    district(engine)
    letter_cases.sent(engine, "A1", day=ago(3))


def with_file(engine: Engine) -> None:
    sent_cases.with_units(engine)
    sent_cases.send(engine, sent_cases.book(**sent_cases.progress()))


def odd(engine: Engine) -> None:
    district(engine)
    with writing(engine) as connection:
        told = {"import_number": 1, "unit": "U1", "message": "odd", "values": {}}
        connection.execute(Oddity.__table__.insert().values(**told))  # type: ignore[attr-defined]


def change_password(engine: Engine) -> None:
    with writing(engine) as connection:
        new = own_password.prepare(connection, "li", PASSWORD, PASSWORD + " 2")
        own_password.replace(connection, Act("li", NOW), new)


def sign_in_of(connection: Connection) -> str:
    ticket = sign_in.accept(connection, Act("li", NOW))
    return sign_in.redeem(connection, ticket or "", NOW, None) or ""


def sign_out(engine: Engine) -> None:
    with writing(engine) as connection:
        sign_in.sign_out(connection, TOKENS.pop(), NOW, None)


TOKENS: list[str] = []
signed_in = both(
    with_account("li"), within(lambda connection: TOKENS.append(sign_in_of(connection)))
)


def request(connection: Connection) -> int:
    """The number of the only new password that is asked for."""
    [waiting] = resets.waiting(connection, NOW)
    return waiting.number


def ask_reset(connection: Connection) -> None:
    resets.ask(connection, Act("admin", NOW), "leader")


asked = both(
    with_account("admin", Role.ACCOUNT_ADMIN),
    with_account("other", Role.PERMISSION_ADMIN),
    with_account("leader", Role.LEADER),
    within(ask_reset),
)
scope = everything(parse("district"), TODAY)
ACTS: dict[Event, tuple[Do, Do]] = {
    Event.ACCOUNT_ADDED: (nothing, with_account("li")),
    Event.PASSWORD_RESET: (
        with_account("li"),
        within(
            lambda each: accounts.reset_password(
                each, ACT, "li", accounts.given_password(PASSWORD + " 3", "li")
            )
        ),
    ),
    Event.PASSWORD_CHANGED: (with_account("li"), change_password),
    Event.ACCOUNT_DISABLED: (
        with_account("li"),
        within(lambda each: accounts.disable(each, ACT, "li")),
    ),
    Event.ACCOUNT_ENABLED: (
        with_account("li"),
        within(lambda each: accounts.enable(each, ACT, "li")),
    ),
    Event.GRANTED: (
        both(with_account("li"), district),
        within(lambda each: accounts.grant(each, ACT, "li", role=Role.UNIT, units=["U1"])),
    ),
    Event.RESET_ASKED: (
        both(with_account("admin", Role.ACCOUNT_ADMIN), with_account("leader", Role.LEADER)),
        within(ask_reset),
    ),
    Event.RESET_CONFIRMED: (
        asked,
        within(lambda each: resets.confirm(each, Act("other", NOW), request(each))),
    ),
    Event.RESET_REFUSED: (
        asked,
        within(lambda each: resets.refuse(each, Act("other", NOW), request(each))),
    ),
    Event.SIGNED_IN: (with_account("li"), within(sign_in_of)),
    Event.SIGNED_OUT: (signed_in, sign_out),
    Event.UNDONE: (
        district,
        lambda engine: undo(
            engine,
            1,
            reason="错",
            account="wang",
            day=TODAY,
            now=NOW,
            references=shipped(),
        ),
    ),
    Event.FROZEN: (district, lambda engine: freezes.freeze(engine, "M1", None, ACT, TODAY)),
    Event.AGENDA_SAVED: (
        district,
        within(lambda each: agendas.save(each, COMMITTEE, ACT, "M1", agendas.DEFAULT)),
    ),
    Event.WARNINGS_CONFIRMED: (
        odd,
        within(
            lambda each: kept_warnings.confirm(
                each, ACT, scope, [odd_one.id for odd_one in kept_warnings.unconfirmed(each, scope)]
            )
        ),
    ),
    Event.LETTER_ISSUED: (
        district,
        lambda engine: letter_cases.sent(engine, "A1"),
    ),
    Event.LETTER_STYLE_CHANGED: (
        nothing,
        within(lambda each: numbers.set_styles(each, COMMITTEE, dict(numbers.styles(each)), ACT)),
    ),
    Event.ESCALATION_ENTERED: (
        with_letter,
        lambda engine: answer(
            engine,
            COMMITTEE,
            [StepKey("A1", "SUPERVISION", ago(3))],
            Answer.RECEIPT,
            ago(2),
            **HOW,
        ),
    ),
    Event.MASTHEAD_CHANGED: (
        nothing,
        within(
            lambda each: masthead.change(each, COMMITTEE, masthead.Masthead("简报", "审计办"), ACT)
        ),
    ),
    Event.FORM_CHANGED: (
        nothing,
        within(
            lambda each: kept_forms.keep(
                each, ACT, replace(next(iter(shipped_forms().values())), columns={"病灶": "text"})
            )
        ),
    ),
    Event.FILE_SENT: (
        sent_cases.with_units,
        lambda engine: sent_cases.send(engine, sent_cases.book(**sent_cases.progress())),
    ),
    Event.FILE_WITHDRAWN: (
        with_file,
        lambda engine: sending.withdraw(
            engine, sent_cases.OF_U1, 1, act=sent_cases.act(), today=TODAY
        ),
    ),
    Event.FILE_RETURNED: (
        with_file,
        lambda engine: settling.return_file(
            engine, sent_cases.STEWARD, 1, "请补齐", act=ACT, today=TODAY
        ),
    ),
    Event.FILE_TAKEN_IN: (with_file, lambda engine: sent_cases.take_in(engine, 1)),
}
"""By kind of entry, what must be there before, and the act."""
ELSEWHERE = {
    "tests/data/test_logged_acts.py": {
        Event.IMPORTED,
        Event.REMOVED,
        Event.DECISION_NOTED,
        Event.LIST_REPLACED,
        Event.EXPORTED,
    },
    "tests/data/own_ledgers/test_waiting_rows.py": {Event.WAITING_ROW},
    "tests/data/access/test_second_factor.py": {
        Event.FACTOR_SET,
        Event.FACTOR_REMOVED,
        Event.FACTOR_REMOVAL_ASKED,
        Event.FACTOR_REMOVAL_CONFIRMED,
        Event.FACTOR_REMOVAL_REFUSED,
        Event.RECOVERY_CODE_USED,
    },
    "tests/data/store/test_backup.py": {Event.RESTORED},
    "tests/data/store/test_log_keys.py": {Event.LOG_KEY_ADDED},
}
"""Acts whose entries other tests look at."""
NO_ACTS = {
    Event.SIGN_IN_REFUSED,
    Event.ACCESS_REFUSED,
    Event.SESSION_ENDED,
    Event.SIGNED_IN_AFTER_RESET,
}
"""Entries of what was refused, and those made where others are."""


def test_every_kind_of_entry_has_an_act_here_or_a_test_elsewhere() -> None:
    elsewhere = set().union(*ELSEWHERE.values())
    assert set(Event) == set(ACTS) | elsewhere | NO_ACTS


@pytest.mark.parametrize("event", ACTS, ids=str)
def test_where_the_log_fails_nothing_is_done(
    engine: Engine, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare, act = ACTS[event]
    prepare(engine)
    before, logged = dump(engine), access_log.append

    def failing(connection: Connection, who: Act, what: Event, subject: str = "") -> None:
        if what is event:
            raise LogFailsError
        logged(connection, who, what, subject)

    monkeypatch.setattr(access_log, "append", failing)
    with pytest.raises(LogFailsError):
        act(engine)
    assert dump(engine) == before
