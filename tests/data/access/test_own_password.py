"""An owner replaces the password: the present one, the last five, its age, the one-time kind."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from data.access import accounts, kept_passwords, own_password, passwords, sign_in
from data.access.own_password import ReplacementRefusedError, WrongPasswordError
from data.access.password_rules import PasswordRefusedError
from data.access.permission import ChangeReason
from data.access.policy import Policy
from data.store import access_log
from data.store.access_log import Act
from models.account import Account, EarlierPassword, Event, Role, SignInSession
from tests.data.signed_accounts import NOW, OPERATOR, PASSWORD, add, later
from tests.data.signed_accounts import connection as connection


def nth(number):
    return f"lamp {number} over the river"


def change(connection, present, new, at=NOW):
    replacement = own_password.prepare(connection, "wang", present, new)
    own_password.replace(connection, Act("wang", at), replacement)


def entered(connection, at=NOW):
    return sign_in.redeem(connection, sign_in.accept(connection, Act("wang", at)), at, None)


def opens(connection, password, at=NOW):
    return passwords.matches(password, sign_in.hash_to_match(connection, "wang", at, None))


def test_the_owner_is_not_asked_again(connection):
    add(connection)
    change(connection, PASSWORD, nth(1))
    assert not accounts.listed(connection)[0].must_change
    assert opens(connection, nth(1))
    assert not opens(connection, PASSWORD)


def test_replacing_ends_every_sign_in_and_is_logged(connection):
    add(connection)
    entered(connection)
    change(connection, PASSWORD, nth(1))
    assert connection.execute(select(SignInSession.__table__)).all() == []
    assert access_log.entries(connection)[0].what == Event.PASSWORD_CHANGED


def test_the_present_password_must_be_known(connection):
    add(connection)
    with pytest.raises(WrongPasswordError):
        own_password.prepare(connection, "wang", PASSWORD + "?", nth(1))
    with pytest.raises(ReplacementRefusedError, match="no password to change"):
        own_password.prepare(connection, "nobody", PASSWORD, nth(1))


def test_the_rules_hold_for_the_owner_too(connection):
    add(connection)
    with pytest.raises(PasswordRefusedError):
        own_password.prepare(connection, "wang", PASSWORD, "a lamp of 王某 in the river")


def test_the_last_five_do_not_come_again_and_the_sixth_may(connection):
    add(connection)
    present = PASSWORD
    for number in range(1, 6):
        change(connection, present, nth(number), at=later(days=number))
        present = nth(number)
    for number in range(1, 6):
        with pytest.raises(ReplacementRefusedError, match="last"):
            own_password.prepare(connection, "wang", present, nth(number))
    change(connection, present, PASSWORD, at=later(days=6))


def test_a_reset_does_not_make_a_password_forgotten(connection):
    add(connection)
    change(connection, PASSWORD, nth(1), at=later(days=1))
    accounts.reset_password(
        connection, Act("operator", later(days=2)), "wang", accounts.given_password(nth(2))
    )
    with pytest.raises(ReplacementRefusedError):
        own_password.prepare(connection, "wang", nth(2), nth(1))


def test_no_more_is_kept_of_earlier_passwords_than_is_compared(connection):
    add(connection)
    present = PASSWORD
    for number in range(1, 9):
        change(connection, present, nth(number), at=later(days=number))
        present = nth(number)
    kept = connection.execute(select(EarlierPassword.__table__)).all()
    assert len(kept) == kept_passwords.REMEMBERED - 1
    assert not any(nth(number) in str(kept) for number in range(9))


def test_a_password_changed_meanwhile_is_not_overwritten(connection):
    add(connection)
    replacement = own_password.prepare(connection, "wang", PASSWORD, nth(1))
    accounts.reset_password(connection, OPERATOR, "wang", accounts.given_password(nth(2)))
    with pytest.raises(ReplacementRefusedError, match="meanwhile"):
        own_password.replace(connection, Act("wang", NOW), replacement)
    assert opens(connection, nth(2))


def test_what_is_prepared_shows_no_hash(connection):
    add(connection)
    replacement = own_password.prepare(connection, "wang", PASSWORD, nth(1))
    assert replacement.new not in repr(replacement)
    assert replacement.present not in repr(replacement)


@pytest.mark.parametrize(
    ("age", "day", "reason"),
    [(90, 89, None), (90, 90, ChangeReason.TOO_OLD), (None, 900, None)],
)
def test_an_old_password_is_replaced_at_the_next_sign_in(connection, age, day, reason):
    add(connection)
    change(connection, PASSWORD, nth(1))
    policy = Policy(password_age=age and timedelta(days=age))
    at = later(days=day)
    assert sign_in.viewer(connection, entered(connection, at), at, policy).must_change == reason


def test_a_password_that_grows_old_during_a_session_lasts_it_out(connection):
    add(connection)
    change(connection, PASSWORD, nth(1))
    policy = Policy(password_age=timedelta(days=90), idle=None)
    token = entered(connection, later(days=89, hours=20))
    assert sign_in.viewer(connection, token, later(days=90, hours=1), policy).must_change is None


def test_of_what_was_never_noted_the_age_of_the_account_counts(connection):
    add(connection)
    connection.execute(Account.__table__.update().values(password_at=None, must_change=False))
    at = later(days=180)
    token = entered(connection, at)
    assert sign_in.viewer(connection, token, at).must_change is ChangeReason.TOO_OLD


def test_accounts_without_a_password_are_never_asked_for_a_new_one(connection):
    add(connection)
    connection.execute(Account.__table__.update().values(password_hash=None, must_change=False))
    at = later(days=400)
    token = sign_in.redeem(connection, sign_in.enter(connection, Act("wang", at)), at, None)
    assert sign_in.viewer(connection, token, at).must_change is None


def test_a_one_time_password_lives_72_hours(connection):
    add(connection)
    assert sign_in.accept(connection, Act("wang", later(hours=71, minutes=59)))
    assert sign_in.accept(connection, Act("wang", later(hours=72))) is None
    entry = access_log.entries(connection)[0]
    assert (entry.what, entry.subject) == (Event.SIGN_IN_REFUSED, sign_in.ONE_TIME_OVER)


def test_a_reset_begins_the_72_hours_anew(connection):
    add(connection, role=Role.UNIT)
    accounts.reset_password(
        connection, Act("operator", later(days=9)), "wang", accounts.given_password(nth(1))
    )
    assert sign_in.accept(connection, Act("wang", later(days=11)))
    assert sign_in.accept(connection, Act("wang", later(days=12))) is None


def test_a_password_of_ones_own_is_not_over_after_72_hours(connection):
    add(connection)
    change(connection, PASSWORD, nth(1))
    assert sign_in.accept(connection, Act("wang", later(days=30)))
