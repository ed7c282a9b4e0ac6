"""Nobody takes an account over alone: who must agree to a new password, and who is told of it."""

import pytest

from data.access import accounts, own_password, passwords, resets, sign_in
from data.access.permission import ChangeReason
from data.access.resets import ResetRefusedError
from data.store import access_log
from data.store.access_log import Act
from models.account import Event, Role
from tests.data.signed_accounts import NOW, PASSWORD, add, later
from tests.data.signed_accounts import connection as connection

GIVEN, OWN = "seven lamps over a river", "nine boats beyond the hill"
ASKER, SECOND = Act("asker", NOW, "10.0.0.9"), Act("second", NOW)


@pytest.fixture(autouse=True)
def administrators(connection):
    add(connection, "asker", Role.ACCOUNT_ADMIN)
    add(connection, "second", Role.PERMISSION_ADMIN)


def asked(connection):
    resets.ask(connection, ASKER, "wang")
    return resets.waiting(connection, NOW)[0].number


def opens(connection, password):
    return passwords.matches(password, sign_in.hash_to_match(connection, "wang", NOW, None))


def events(connection):
    return [entry.what for entry in access_log.entries(connection)]


@pytest.mark.parametrize("role", [*Role, None])
def test_two_agree_on_who_sees_the_district_or_administers(connection, role):
    add(connection, role=role)
    if role in (Role.MANAGER, Role.UNIT, None):
        resets.make(connection, ASKER, "wang", accounts.given_password(GIVEN))
        assert opens(connection, GIVEN)
    else:
        with pytest.raises(ResetRefusedError, match="another administrator must agree"):
            resets.make(connection, ASKER, "wang", accounts.given_password(GIVEN))
        assert opens(connection, PASSWORD)


def test_after_a_second_administrator_has_agreed_there_is_a_password(connection):
    add(connection)
    resets.confirm(connection, SECOND, asked(connection))
    resets.make(connection, ASKER, "wang", accounts.given_password(GIVEN))
    assert opens(connection, GIVEN)
    assert resets.waiting(connection, NOW) == []
    assert events(connection)[:3] == [
        Event.PASSWORD_RESET,
        Event.RESET_CONFIRMED,
        Event.RESET_ASKED,
    ]


def test_one_agreement_is_for_one_password(connection):
    add(connection)
    resets.confirm(connection, SECOND, asked(connection))
    resets.make(connection, ASKER, "wang", accounts.given_password(GIVEN))
    with pytest.raises(ResetRefusedError):
        resets.make(connection, ASKER, "wang", accounts.given_password(OWN))


def test_who_asks_does_not_agree(connection):
    add(connection)
    with pytest.raises(ResetRefusedError, match="Another"):
        resets.confirm(connection, ASKER, asked(connection))


@pytest.mark.parametrize("role", [*Role, None])
def test_only_account_administrators_ask_and_give(connection, role):
    add(connection, role=Role.UNIT)
    add(connection, "other", role)
    act = Act("other", NOW)
    if role is Role.ACCOUNT_ADMIN:
        resets.ask(connection, act, "wang")
        resets.make(connection, act, "wang", accounts.given_password(GIVEN))
        return
    for step in (
        lambda: resets.ask(connection, act, "wang"),
        lambda: resets.make(connection, act, "wang", accounts.given_password(GIVEN)),
    ):
        with pytest.raises(ResetRefusedError, match="Only an account administrator"):
            step()
    assert opens(connection, PASSWORD)


@pytest.mark.parametrize("role", [*Role, None])
def test_only_account_and_permission_administrators_agree(connection, role):
    add(connection)
    add(connection, "other", role)
    number = asked(connection)
    if role in (Role.ACCOUNT_ADMIN, Role.PERMISSION_ADMIN):
        resets.confirm(connection, Act("other", NOW), number)
    else:
        with pytest.raises(ResetRefusedError, match="Only"):
            resets.confirm(connection, Act("other", NOW), number)


def test_a_disabled_administrator_does_not_agree(connection):
    add(connection)
    number = asked(connection)
    add(connection, "third", Role.PERMISSION_ADMIN)
    accounts.disable(connection, ASKER, "second")
    with pytest.raises(ResetRefusedError, match="Only"):
        resets.confirm(connection, SECOND, number)


def test_a_request_waits_72_hours(connection):
    add(connection)
    number = asked(connection)
    assert resets.waiting(connection, later(hours=71))
    late = later(hours=72)
    assert resets.waiting(connection, late) == []
    with pytest.raises(ResetRefusedError, match="settled"):
        resets.confirm(connection, Act("second", late), number)


def test_an_agreement_that_waited_too_long_is_none(connection):
    add(connection)
    resets.confirm(connection, SECOND, asked(connection))
    with pytest.raises(ResetRefusedError):
        resets.make(
            connection, Act("asker", later(hours=72)), "wang", accounts.given_password(GIVEN)
        )


@pytest.mark.parametrize("act", [ASKER, SECOND])
def test_a_request_can_be_given_up_or_not_agreed_to(connection, act):
    add(connection)
    number = asked(connection)
    resets.refuse(connection, act, number)
    assert resets.waiting(connection, NOW) == []
    assert events(connection)[0] == Event.RESET_REFUSED
    with pytest.raises(ResetRefusedError, match="settled"):
        resets.confirm(connection, SECOND, number)


def test_nothing_is_asked_for_twice(connection):
    add(connection)
    asked(connection)
    with pytest.raises(ResetRefusedError, match="already"):
        resets.ask(connection, ASKER, "wang")


def taken_over(connection):
    """The password was reset and used by somebody; then again, and the owner signs in."""
    add(connection, role=Role.UNIT)
    resets.make(connection, ASKER, "wang", accounts.given_password(GIVEN))
    ticket = sign_in.accept(connection, Act("wang", later(minutes=1), "10.0.0.9"))
    return sign_in.redeem(connection, ticket, later(minutes=1), "10.0.0.9")


def test_the_sign_in_after_a_reset_stands_in_the_log_as_such(connection):
    taken_over(connection)
    entry = access_log.entries(connection)[0]
    assert (entry.what, entry.account, entry.address) == (
        Event.SIGNED_IN_AFTER_RESET,
        "wang",
        "10.0.0.9",
    )


def test_the_first_sign_in_of_a_new_account_is_none_after_a_reset(connection):
    add(connection)
    sign_in.redeem(connection, sign_in.accept(connection, Act("wang", NOW)), NOW, None)
    assert events(connection)[0] == Event.SIGNED_IN


def test_the_owner_is_told_who_reset_it_and_who_used_it(connection):
    token = taken_over(connection)
    at = later(minutes=2)
    (notice,) = sign_in.viewer(connection, token, at).resets
    assert (notice.made_by, notice.made_at) == ("asker", NOW)
    assert (notice.used_at, notice.used_from) == (later(minutes=1), "10.0.0.9")


def test_whoever_used_it_first_cannot_keep_it_from_the_owner(connection):
    intruder = taken_over(connection)
    sign_in.told(connection, intruder)
    at = later(minutes=5)
    assert sign_in.viewer(connection, intruder, at).resets == ()
    replacement = own_password.prepare(connection, "wang", GIVEN, OWN)
    own_password.replace(connection, Act("wang", at), replacement)
    resets.make(connection, Act("asker", at), "wang", accounts.given_password(GIVEN + "!"))
    owner = sign_in.redeem(connection, sign_in.accept(connection, Act("wang", at)), at, None)
    told = sign_in.viewer(connection, owner, at).resets
    assert [notice.used_from for notice in told] == [None, "10.0.0.9"]


def test_a_reset_by_the_operator_is_told_too(connection):
    add(connection)
    accounts.reset_password(
        connection, Act("operator", NOW), "wang", accounts.given_password(GIVEN)
    )
    token = sign_in.redeem(connection, sign_in.accept(connection, Act("wang", NOW)), NOW, None)
    viewer = sign_in.viewer(connection, token, NOW)
    assert viewer.must_change is ChangeReason.GIVEN
    assert [notice.made_by for notice in viewer.resets] == ["operator"]


def test_a_reset_is_told_for_a_month(connection):
    add(connection, role=Role.UNIT)
    resets.make(connection, ASKER, "wang", accounts.given_password(GIVEN))
    assert resets.notices(connection, "wang", later(days=29))
    assert not resets.notices(connection, "wang", later(days=30))


def test_what_is_told_changes_no_rights(connection):
    token = taken_over(connection)
    at = later(minutes=2)
    before = sign_in.viewer(connection, token, at)
    sign_in.told(connection, token)
    assert sign_in.viewer(connection, token, at) == before
