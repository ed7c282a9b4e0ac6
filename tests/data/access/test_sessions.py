"""Sessions: over when idle, listed, ended by who may, not more than may be."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from data.access import accounts, own_password, sessions, sign_in
from data.access.policy import DEFAULT, Policy
from data.access.sessions import SessionRefusedError
from data.store import access_log
from data.store.access_log import Act
from models.account import Account, Event, Role
from tests.data.signed_accounts import NOW, PASSWORD, add, later
from tests.data.signed_accounts import connection as connection

HERE, ELSEWHERE = "10.0.0.1", "10.0.0.2"


def enter(connection, name="wang", at=NOW, address=HERE, policy=DEFAULT):
    ticket = sign_in.accept(connection, Act(name, at, address))
    return sign_in.redeem(connection, ticket, at, address, policy)


@pytest.fixture
def token(connection):
    add(connection)
    return enter(connection)


def is_in(connection, token, at=NOW, policy=DEFAULT):
    return sign_in.viewer(connection, token, at, policy) is not None


def test_a_session_is_over_after_half_an_hour_without_a_question(connection, token):
    assert is_in(connection, token, later(minutes=29, seconds=59))
    assert not is_in(connection, token, later(minutes=30))


def test_every_question_begins_the_half_hour_anew(connection, token):
    sign_in.seen(connection, token, later(minutes=20))
    assert is_in(connection, token, later(minutes=49))
    assert not is_in(connection, token, later(minutes=50))


def test_looking_whether_it_is_open_does_not_prolong_it(connection, token):
    for minute in range(30):
        is_in(connection, token, later(minutes=minute))
    assert not is_in(connection, token, later(minutes=30))


def test_how_long_is_a_setting_and_may_be_for_ever(connection, token):
    assert not is_in(connection, token, later(minutes=5), Policy(idle=timedelta(minutes=5)))
    assert is_in(connection, token, later(hours=7), Policy(idle=None))


def test_a_wall_is_never_idle_and_ends_all_the_same(connection, token):
    sign_in.renew(connection, token, NOW)
    assert is_in(connection, token, later(hours=7, minutes=59))
    assert not is_in(connection, token, later(hours=8))


def test_an_idle_session_cannot_be_made_a_wall(connection, token):
    assert not sign_in.renew(connection, token, later(minutes=30))


def test_open_sessions_are_listed_and_no_others(connection, token):
    add(connection, "li")
    enter(connection, "li", later(minutes=20), ELSEWHERE)
    sign_in.seen(connection, token, later(minutes=25))
    listed = sessions.listed(connection, later(minutes=25))
    assert [(each.account, each.address) for each in listed] == [("wang", HERE), ("li", ELSEWHERE)]
    assert listed[0].started_at == NOW
    assert listed[0].seen_at == later(minutes=25)
    own = sessions.listed(connection, later(minutes=25), account="li")
    assert [each.account for each in own] == ["li"]
    assert [each.account for each in sessions.listed(connection, later(minutes=50))] == ["wang"]


def test_nothing_that_opens_is_listed(connection, token):
    listed = sessions.listed(connection, NOW)
    assert token not in str(listed)
    assert not is_in(connection, listed[0].handle)
    assert listed[0].handle == sign_in.handle_of(token)


def test_the_owner_ends_a_session_and_the_log_says_so(connection, token):
    other = enter(connection, at=later(seconds=1), address=ELSEWHERE)
    sessions.end(connection, Act("wang", NOW), sign_in.handle_of(other))
    assert not is_in(connection, other)
    assert is_in(connection, token)
    entry = access_log.entries(connection)[0]
    assert (entry.what, entry.account, entry.subject) == (Event.SESSION_ENDED, "wang", "wang")


@pytest.mark.parametrize("role", Role)
def test_sessions_of_others_are_ended_by_account_administrators_alone(connection, token, role):
    add(connection, "other", role)
    handle = sign_in.handle_of(token)
    if role is Role.ACCOUNT_ADMIN:
        sessions.end(connection, Act("other", NOW), handle)
        assert not is_in(connection, token)
    else:
        with pytest.raises(SessionRefusedError, match="Only"):
            sessions.end(connection, Act("other", NOW), handle)
        assert is_in(connection, token)


def test_a_session_that_is_over_is_said_to_be(connection, token):
    sign_in.sign_out(connection, token, NOW, HERE)
    for handle in (sign_in.handle_of(token), "", "%", "x" * 64):
        with pytest.raises(SessionRefusedError, match="over already"):
            sessions.end(connection, Act("wang", NOW), handle)


def test_one_more_than_may_be_ends_the_one_silent_longest(connection, token):
    policy = Policy(most_sessions=2)
    second = enter(connection, at=later(minutes=1), policy=policy)
    sign_in.seen(connection, token, later(minutes=2))
    third = enter(connection, at=later(minutes=3), policy=policy)
    at = later(minutes=3)
    assert [is_in(connection, each, at) for each in (token, second, third)] == [True, False, True]
    entry = access_log.entries(connection)[0]
    assert (entry.what, entry.subject) == (Event.SESSION_ENDED, "wang too many")


def test_any_number_where_none_is_set(connection, token):
    for minute in range(1, 9):
        enter(connection, at=later(minutes=minute), policy=Policy(most_sessions=None))
    assert is_in(connection, token)


def test_others_have_a_number_of_their_own(connection, token):
    add(connection, "li")
    enter(connection, "li", policy=Policy(most_sessions=1))
    assert is_in(connection, token)


def test_accounts_of_a_demonstration_are_shared_by_any_number(connection, token):
    connection.execute(update(Account).values(password_hash=None))
    enter(connection, at=later(minutes=1), policy=Policy(most_sessions=1))
    assert is_in(connection, token)


def test_ending_all_sessions_still_follows_a_new_password(connection, token):
    replacement = own_password.prepare(connection, "wang", PASSWORD, "seven lamps over a river")
    own_password.replace(connection, Act("wang", NOW), replacement)
    assert sessions.listed(connection, NOW) == []
    assert not accounts.listed(connection)[0].must_change
