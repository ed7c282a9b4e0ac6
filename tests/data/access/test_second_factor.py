"""The second factor: set up, each code once, recovery codes, brakes, who removes it."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from data.access import accounts, brakes, own_password, resets, second_factor, sign_in
from data.access.policy import Policy
from data.access.resets import ResetRefusedError
from data.access.seals import Seal, new_key
from data.access.second_factor import FactorRefusedError, WrongCodeError
from data.store import access_log
from data.store.access_log import Act
from models.account import AccessEntry, Event, RecoveryCode, Role, SecondFactor
from tests.data.signed_accounts import NOW, OPERATOR, PASSWORD, add, later
from tests.data.signed_accounts import connection as connection

SEAL = Seal(new_key())
HERE, ELSEWHERE = "10.0.0.1", "10.0.0.2"
WANG = Act("wang", NOW, HERE)
WRONG = "000000"
NEW = "八月的雨 and some wind"
LATER = later(minutes=5)


def code(secret, at=NOW):
    return pyotp.TOTP(secret).at(at)


def set_up(connection, name="wang"):
    """The secret and the recovery codes of an account that needs a code from now on."""
    act = Act(name, NOW, HERE)
    secret = second_factor.begin(connection, act, SEAL)
    return secret, second_factor.confirm(connection, act, code(secret), SEAL)


def half(connection, at=LATER, name="wang"):
    return sign_in.accept(connection, Act(name, at, HERE))


def complete(connection, ticket, typed, at=LATER, address=HERE):
    return sign_in.complete(connection, Act("", at, address), ticket, typed, SEAL)


def reset(connection):
    accounts.reset_password(connection, OPERATOR, "wang", accounts.given_password(NEW))


def own_change(connection):
    changed = own_password.prepare(connection, "wang", PASSWORD, NEW)
    own_password.replace(connection, WANG, changed)


@pytest.fixture
def factor(connection):
    add(connection)
    return set_up(connection)


def test_without_it_the_password_is_enough(connection):
    add(connection)
    assert sign_in.redeem(connection, half(connection), LATER, HERE)


def test_what_is_begun_asks_for_nothing_yet_and_keeps_its_secret(connection):
    add(connection)
    secret = second_factor.begin(connection, WANG, SEAL)
    assert second_factor.begin(connection, WANG, SEAL) == secret
    assert not second_factor.is_on(connection, "wang")
    assert sign_in.redeem(connection, half(connection), LATER, HERE)


def test_what_is_not_confirmed_in_time_is_lost(connection):
    add(connection)
    secret = second_factor.begin(connection, WANG, SEAL)
    late = Act("wang", NOW + second_factor.TIME_TO_CONFIRM + timedelta(seconds=1), HERE)
    with pytest.raises(FactorRefusedError, match="Begin anew"):
        second_factor.confirm(connection, late, code(secret, late.at), SEAL)
    assert second_factor.begin(connection, late, SEAL) != secret


@pytest.mark.parametrize("new_password", [reset, own_change])
def test_with_the_password_what_was_not_confirmed_goes(connection, new_password):
    add(connection)
    secret = second_factor.begin(connection, WANG, SEAL)
    new_password(connection)
    with pytest.raises(FactorRefusedError, match="Begin anew"):
        second_factor.confirm(connection, WANG, code(secret), SEAL)
    assert second_factor.begin(connection, WANG, SEAL) != secret


def test_a_new_password_leaves_a_confirmed_factor_on(connection, factor):
    reset(connection)
    assert second_factor.is_on(connection, "wang")


def test_a_wrong_code_does_not_turn_it_on(connection):
    add(connection)
    second_factor.begin(connection, WANG, SEAL)
    with pytest.raises(WrongCodeError):
        second_factor.confirm(connection, WANG, WRONG, SEAL)
    assert not second_factor.is_on(connection, "wang")


def test_nothing_is_confirmed_that_was_not_begun(connection):
    add(connection)
    with pytest.raises(FactorRefusedError, match="Begin anew"):
        second_factor.confirm(connection, WANG, WRONG, SEAL)


def test_it_is_not_set_up_twice(connection, factor):
    with pytest.raises(FactorRefusedError, match="already"):
        second_factor.begin(connection, WANG, SEAL)


def test_the_picture_names_issuer_and_account(connection, factor):
    secret, _codes = factor
    read = pyotp.parse_uri(second_factor.address("wang", secret))
    assert (read.issuer, read.name, read.secret) == ("Gridlight", "wang", secret)


def test_the_password_alone_opens_nothing(connection, factor):
    ticket = half(connection)
    assert sign_in.awaits_code(connection, ticket, LATER) == "wang"
    assert sign_in.account_of_ticket(connection, ticket, LATER) is None
    assert sign_in.redeem(connection, ticket, LATER, HERE) is None
    assert sign_in.awaits_code(connection, ticket, LATER) == "wang"


def test_the_right_code_opens_a_session(connection, factor):
    secret, _codes = factor
    ticket = complete(connection, half(connection), code(secret, LATER))
    assert sign_in.redeem(connection, ticket, LATER, HERE)


@pytest.mark.parametrize(("seconds", "opens"), [(-30, True), (30, True), (-60, False), (60, False)])
def test_the_code_before_and_the_one_after_are_taken_too(connection, factor, seconds, opens):
    secret, _codes = factor
    typed = code(secret, later(minutes=5, seconds=seconds))
    assert bool(complete(connection, half(connection), typed)) is opens


def test_a_code_is_used_once(connection, factor):
    secret, _codes = factor
    typed = code(secret, LATER)
    assert complete(connection, half(connection), typed)
    assert complete(connection, half(connection), typed) is None


def test_the_code_that_turned_it_on_opens_nothing(connection, factor):
    secret, _codes = factor
    assert complete(connection, half(connection, NOW), code(secret), at=NOW) is None


def test_an_earlier_code_is_not_taken_after_a_later_one(connection, factor):
    secret, _codes = factor
    assert complete(connection, half(connection), code(secret, LATER))
    before = code(secret, later(minutes=4, seconds=30))
    assert complete(connection, half(connection), before) is None


@pytest.mark.parametrize("typed", ["", WRONG, "12345", "１２３４５６", "x" * 40, "nul\0", "\ud800"])
def test_anything_else_is_refused_and_logged(connection, factor, typed):
    assert complete(connection, half(connection), typed) is None
    entry = access_log.entries(connection)[0]
    assert (entry.what, entry.account, entry.subject) == (
        Event.SIGN_IN_REFUSED,
        "wang",
        "second factor",
    )


def test_a_right_password_waits_five_minutes_for_its_code(connection, factor):
    secret, _codes = factor
    ticket = half(connection)
    late = later(minutes=10)
    assert complete(connection, ticket, code(secret, late), at=late) is None


def test_a_recovery_code_stands_in_once_however_it_is_typed(connection, factor):
    _secret, codes = factor
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    assert complete(connection, half(connection), codes[0].upper().replace("-", " "))
    assert complete(connection, half(connection), codes[0]) is None
    assert complete(connection, half(connection), codes[1])
    assert second_factor.codes_left(connection, "wang") == second_factor.RECOVERY_CODES - 2
    assert Event.RECOVERY_CODE_USED in [entry.what for entry in access_log.entries(connection)]


def test_recovery_codes_of_another_open_nothing(connection, factor):
    add(connection, "li")
    _secret, codes = set_up(connection, "li")
    assert complete(connection, half(connection), codes[0]) is None


def test_new_recovery_codes_end_the_earlier_ones_and_need_a_code(connection, factor):
    secret, codes = factor
    with pytest.raises(WrongCodeError):
        second_factor.new_codes(connection, WANG, WRONG, SEAL)
    act = Act("wang", LATER, HERE)
    renewed = second_factor.new_codes(connection, act, code(secret, LATER), SEAL)
    assert complete(connection, half(connection), codes[0]) is None
    assert complete(connection, half(connection), renewed[0])


def test_another_authenticator_needs_a_code_of_this_one(connection, factor):
    secret, _codes = factor
    act = Act("wang", LATER, HERE)
    with pytest.raises(WrongCodeError):
        second_factor.replace(connection, act, WRONG, SEAL)
    second_factor.replace(connection, act, code(secret, LATER), SEAL)
    assert not second_factor.is_on(connection, "wang")
    assert second_factor.begin(connection, act, SEAL) != secret


def test_five_wrong_codes_lock_even_the_right_one_out_from_there(connection, factor):
    secret, codes = factor
    for _ in range(brakes.FROM_ONE_ADDRESS):
        complete(connection, half(connection), WRONG)
    assert complete(connection, half(connection), code(secret, LATER)) is None
    assert complete(connection, half(connection), codes[0]) is None
    assert complete(connection, half(connection), codes[0], address=ELSEWHERE)


def test_a_right_password_does_not_forget_wrong_codes(connection, factor):
    for _ in range(brakes.FROM_ONE_ADDRESS):
        complete(connection, half(connection), WRONG)
    half(connection)
    assert brakes.codes_locked(connection, "wang", LATER, HERE)


def test_ten_wrong_codes_from_anywhere_lock_them_all(connection, factor):
    secret, _codes = factor
    for number in range(brakes.CODES_FROM_ANYWHERE):
        complete(connection, half(connection), WRONG, address=f"10.0.1.{number}")
    typed = code(secret, LATER)
    assert complete(connection, half(connection), typed, address=ELSEWHERE) is None
    after = later(minutes=20, seconds=1)
    assert complete(connection, half(connection, after), code(secret, after), at=after)


def test_a_disabled_account_is_not_completed(connection, factor):
    secret, _codes = factor
    ticket = half(connection)
    accounts.disable(connection, OPERATOR, "wang")
    assert complete(connection, ticket, code(secret, LATER)) is None


@pytest.mark.parametrize("role", [*Role, None])
def test_only_account_administrators_remove_it(connection, factor, role):
    accounts.grant(connection, OPERATOR, "wang", role=Role.UNIT)
    add(connection, "other", role)
    act = Act("other", NOW)
    if role is Role.ACCOUNT_ADMIN:
        resets.remove_factor(connection, act, "wang")
        assert access_log.entries(connection)[0].what == Event.FACTOR_REMOVED
    else:
        with pytest.raises(ResetRefusedError, match="Only"):
            resets.remove_factor(connection, act, "wang")
    assert second_factor.is_on(connection, "wang") is (role is not Role.ACCOUNT_ADMIN)


def test_a_refused_removal_is_asked_for_no_longer(connection, factor):
    add(connection, "asker", Role.ACCOUNT_ADMIN)
    add(connection, "second", Role.PERMISSION_ADMIN)
    resets.ask(connection, Act("asker", NOW), "wang", of_factor=True)
    with pytest.raises(ResetRefusedError, match="removal .* is asked for already"):
        resets.ask(connection, Act("asker", NOW), "wang", of_factor=True)
    resets.refuse(connection, Act("second", NOW), resets.waiting(connection, NOW)[0].number)
    assert resets.waiting(connection, NOW) == []
    assert access_log.entries(connection)[0].what == Event.FACTOR_REMOVAL_REFUSED


def test_two_administrators_remove_that_of_who_sees_the_whole_district(connection, factor):
    asker, second = Act("asker", NOW), Act("second", NOW)
    add(connection, "asker", Role.ACCOUNT_ADMIN)
    add(connection, "second", Role.PERMISSION_ADMIN)
    accounts.grant(connection, OPERATOR, "wang", role=Role.LEADER)
    resets.ask(connection, asker, "wang")
    resets.confirm(connection, second, resets.waiting(connection, NOW)[0].number)
    with pytest.raises(ResetRefusedError, match="must agree before its second factor"):
        resets.remove_factor(connection, asker, "wang")
    resets.ask(connection, asker, "wang", of_factor=True)
    number = resets.waiting(connection, NOW)[1].number
    with pytest.raises(ResetRefusedError, match="Another administrator"):
        resets.confirm(connection, asker, number)
    with pytest.raises(ResetRefusedError, match="must agree"):
        resets.remove_factor(connection, asker, "wang")
    resets.confirm(connection, second, number)
    resets.remove_factor(connection, asker, "wang")
    assert not second_factor.is_on(connection, "wang")
    assert [each.of_factor for each in resets.waiting(connection, NOW)] == [False]
    assert [entry.what for entry in access_log.entries(connection)][:3] == [
        Event.FACTOR_REMOVED,
        Event.FACTOR_REMOVAL_CONFIRMED,
        Event.FACTOR_REMOVAL_ASKED,
    ]


def test_the_owner_is_told_who_removed_it(connection, factor):
    second_factor.remove(connection, OPERATOR, "wang")
    ticket = sign_in.accept(connection, Act("wang", NOW))
    token = sign_in.redeem(connection, ticket, NOW, None)
    (notice,) = sign_in.viewer(connection, token, NOW).resets
    assert (notice.made_by, notice.of_factor, notice.used_at) == ("operator", True, None)


def test_what_is_not_there_is_not_removed(connection):
    add(connection)
    with pytest.raises(FactorRefusedError, match="no second factor"):
        second_factor.remove(connection, OPERATOR, "wang")


def test_a_role_that_needs_it_sets_it_up_before_anything_else(connection):
    add(connection)
    policy = Policy(second_factor=frozenset({Role.LEADER}))
    token = sign_in.redeem(connection, half(connection), LATER, HERE)
    assert sign_in.viewer(connection, token, LATER, policy).must_enrol
    assert not sign_in.viewer(connection, token, LATER, Policy()).must_enrol
    set_up(connection)
    assert not sign_in.viewer(connection, token, LATER, policy).must_enrol


def test_no_secret_is_kept_or_logged_in_the_clear(connection, factor):
    secret, codes = factor
    complete(connection, half(connection), codes[0])
    kept = str(
        [
            connection.execute(select(table.__table__)).all()
            for table in (SecondFactor, RecoveryCode, AccessEntry)
        ]
    )
    assert secret not in kept
    assert not any(each in kept or each.replace("-", "") in kept for each in codes)


def test_with_another_key_no_code_opens(connection, factor):
    secret, _codes = factor
    act = Act("", LATER, HERE)
    other = Seal(new_key())
    ticket = half(connection)
    assert sign_in.complete(connection, act, ticket, code(secret, LATER), other) is None
