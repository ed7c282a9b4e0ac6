"""`gridlight user`: what the administrators' page does, from the shell."""

import sqlite3
from contextlib import closing

import pytest
from pyotp import TOTP

from dashboard import clock
from data.access import accounts, passwords, second_factor
from data.access.seals import Seal, new_key
from data.store.access_log import Act
from data.store.database import connect, reading, writing
from tests.dashboard.commands.calling import Shell, log


def account(shell: Shell, name: str) -> dict[str, object]:
    return next(each for each in shell.json("user", "list") if each["name"] == name)


def opens(shell: Shell, name: str, password: str) -> bool:
    engine = connect(shell.database)
    with reading(engine) as connection:
        kept = connection.exec_driver_sql(
            "SELECT password_hash FROM accounts WHERE name = ?", (name,)
        ).scalar_one()
    engine.dispose()
    return passwords.matches(password, kept)


@pytest.fixture
def wang(filled: Shell) -> Shell:
    filled.done("user", "add", "wang", "--full-name", "王某", "--role", "leader")
    return filled


def test_a_new_account_gets_a_one_time_password(shell: Shell) -> None:
    said = shell.done("user", "add", "wang", "--full-name", "王某", "--role", "leader")
    start, _, password = said.strip().rpartition(" ")
    assert start == "One-time password of wang:"
    assert opens(shell, "wang", password)
    added = account(shell, "wang")
    assert (added["role"], added["full_name"], added["must_change"]) == ("leader", "王某", True)


def test_a_new_account_may_be_given_what_it_sees(filled: Shell) -> None:
    filled.done("user", "add", "li", "--full-name", "李某", "--role", "manager", "--sector", "EDU")
    assert account(filled, "li")["sectors"] == ["EDU"]


def test_an_account_with_a_wrong_grant_is_not_added_at_all(filled: Shell) -> None:
    words = ("user", "add", "li", "--full-name", "李某", "--role", "manager", "--sector", "NO")
    assert "no sector “NO”" in filled.refused(*words)
    assert filled.json("user", "list") == []


def test_a_new_password_takes_the_place_of_the_old(wang: Shell) -> None:
    password = wang.done("user", "passwd", "wang").split()[-1]
    assert opens(wang, "wang", password)


def test_an_account_is_disabled_and_enabled(wang: Shell) -> None:
    wang.done("user", "disable", "wang")
    assert account(wang, "wang")["disabled_at"]
    wang.done("user", "enable", "wang")
    assert account(wang, "wang")["disabled_at"] is None


def test_grants_take_the_place_of_those_before(wang: Shell) -> None:
    wang.done("user", "grant", "wang", "--role", "unit", "--unit", "U1", "--unit", "U2")
    wang.done("user", "grant", "wang", "--unit", "U2")
    assert (account(wang, "wang")["role"], account(wang, "wang")["units"]) == ("unit", ["U2"])


def test_accounts_are_listed_as_a_table(wang: Shell) -> None:
    assert "wang\t王某\tDistrict leader\t\tWaits for the first sign-in" in wang.done("user", "list")


def test_changes_are_in_the_log_under_a_name_that_no_account_can_have(wang: Shell) -> None:
    wang.done("user", "passwd", "wang")
    assert [what for _, what, _ in log(wang)] == ["password_reset", "account_added", "imported"]
    engine = connect(wang.database)
    with reading(engine) as connection:
        names = connection.exec_driver_sql("SELECT account FROM access_entries").scalars().all()
    engine.dispose()
    assert not any(accounts.NAME.fullmatch(name) for name in names)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "wang", "--full-name", "x"), "already is an account"),
        (("add", "W", "--full-name", "x"), "name of an account"),
        (("passwd", "nobody"), "no account “nobody”"),
        (("disable", "nobody"), "no account “nobody”"),
        (("grant", "nobody", "--role", "leader"), "no account “nobody”"),
        (("grant", "wang", "--role", "leader", "--unit", "U1"), "takes no grants"),
        (("grant", "wang", "--role", "unit", "--unit", "U9"), "no unit “U9”"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    wang: Shell, words: tuple[str, ...], said: str
) -> None:
    assert said in wang.refused("user", *words)


def test_the_last_administrator_stays(shell: Shell) -> None:
    shell.done("user", "add", "adm", "--full-name", "甲", "--role", "account-admin")
    assert "last active account" in shell.refused("user", "disable", "adm")


def test_a_second_factor_is_taken_away_for_who_has_lost_it(wang: Shell) -> None:
    assert "no second factor" in wang.refused("user", "forget-factor", "wang")
    engine, seal = connect(wang.database), Seal(new_key())
    act = Act("wang", clock.now())
    with writing(engine) as connection:
        secret = second_factor.begin(connection, act, seal)
        second_factor.confirm(connection, act, TOTP(secret).at(act.at), seal)
    assert "without a second factor" in wang.done("user", "forget-factor", "wang")
    with reading(engine) as connection:
        assert not second_factor.is_on(connection, "wang")
    engine.dispose()


def test_a_password_is_hashed_while_others_may_write(
    wang: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, others_wrote = passwords.hashed, []

    def hashed(password: str) -> str:
        with closing(sqlite3.connect(wang.file, timeout=0)) as other:
            other.execute("BEGIN IMMEDIATE")
            others_wrote.append(True)
        return slow(password)

    monkeypatch.setattr(passwords, "hashed", hashed)
    wang.done("user", "add", "zhao", "--full-name", "赵某", "--role", "leader")
    wang.done("user", "passwd", "wang")
    assert len(others_wrote) == 2
