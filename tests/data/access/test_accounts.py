import pytest
from sqlalchemy import select

from data.access import accounts, brakes, first_accounts, passwords, sign_in
from data.access.accounts import AccountRefusedError
from data.access.permission import ALLOWED, Action, Viewer, viewer
from data.store import access_log
from data.store.access_log import Act
from models.account import Account, Event, GrantKind, Role, SignInSession
from tests.data.signed_accounts import NOW, OPERATOR, PASSWORD, add, later
from tests.data.signed_accounts import connection as connection

OTHER_PASSWORD = "another long one 2026"


def events(connection):
    return [entry.what for entry in reversed(access_log.entries(connection))]


def administrators(connection, at):
    needed = first_accounts.passwords_needed(connection)
    return first_accounts.administrators(connection, at, needed)


def only(connection, name="wang"):
    return next(account for account in accounts.listed(connection) if account.name == name)


def test_added_account_is_listed_and_logged(connection):
    add(connection)
    account = only(connection)
    assert (account.full_name, account.role, account.must_change) == ("王某", Role.LEADER, True)
    assert events(connection) == [Event.ACCOUNT_ADDED]


def test_password_is_not_kept(connection):
    add(connection)
    assert PASSWORD not in str(connection.execute(select(Account.__table__)).all())
    assert PASSWORD not in str(access_log.entries(connection))


@pytest.mark.parametrize("name", ["", "a", "Wang", "wang fang", "-wang", "王", "a" * 33, "a\n"])
def test_bad_name_is_refused(connection, name):
    with pytest.raises(AccountRefusedError):
        add(connection, name=name)


def test_name_is_given_once(connection):
    add(connection)
    with pytest.raises(AccountRefusedError, match="already"):
        add(connection)


def test_reset_password_ends_sign_ins_and_lock(connection):
    add(connection)
    sign_in.redeem(connection, sign_in.accept(connection, Act("wang", NOW)), NOW, None)
    for _ in range(brakes.FROM_ONE_ADDRESS):
        brakes.refuse(connection, Act("wang", NOW))
    accounts.reset_password(connection, OPERATOR, "wang", accounts.given_password(OTHER_PASSWORD))
    assert connection.execute(select(SignInSession.__table__)).all() == []
    assert not brakes.locked(connection, "wang", NOW, None)
    assert events(connection)[-1] == Event.PASSWORD_RESET


def test_disabled_account_is_out_and_can_be_let_in_again(connection):
    add(connection)
    token = sign_in.redeem(connection, sign_in.accept(connection, Act("wang", NOW)), NOW, None)
    accounts.disable(connection, OPERATOR, "wang")
    assert sign_in.viewer(connection, token, NOW) is None
    assert sign_in.hash_to_match(connection, "wang", NOW, None) == passwords.matched_by_none()
    accounts.enable(connection, OPERATOR, "wang")
    assert sign_in.hash_to_match(connection, "wang", NOW, None) != passwords.matched_by_none()
    assert sign_in.viewer(connection, token, NOW) is None


def test_nobody_disables_or_grants_to_themselves(connection):
    add(connection)
    with pytest.raises(AccountRefusedError, match="own"):
        accounts.disable(connection, Act("wang", NOW), "wang")
    with pytest.raises(AccountRefusedError, match="own"):
        accounts.grant(connection, Act("wang", NOW), "wang", role=Role.COMMITTEE)


def test_last_administrator_stays(connection):
    administrators(connection, NOW)
    with pytest.raises(AccountRefusedError, match="last"):
        accounts.disable(connection, OPERATOR, "account-admin")
    with pytest.raises(AccountRefusedError, match="last"):
        accounts.grant(connection, OPERATOR, "log-admin", role=Role.LEADER)
    add(connection, "second", Role.ACCOUNT_ADMIN)
    accounts.disable(connection, OPERATOR, "account-admin")


def test_grant_replaces_role_and_grants(connection):
    add(connection)
    accounts.grant(connection, OPERATOR, "wang", role=Role.MANAGER, sectors=["EDU"])
    assert (only(connection).role, only(connection).sectors) == (Role.MANAGER, ("EDU",))
    accounts.grant(connection, OPERATOR, "wang", role=Role.UNIT, units=["E01"])
    account = only(connection)
    assert (account.role, account.sectors, account.units) == (Role.UNIT, (), ("E01",))
    assert access_log.entries(connection)[0].subject == "wang unit unit:E01"


@pytest.mark.parametrize(
    ("role", "sectors", "units"),
    [
        (Role.MANAGER, ["NONE"], []),
        (Role.UNIT, [], ["NONE"]),
        (Role.UNIT, ["EDU"], []),
        (Role.LEADER, ["EDU"], []),
        (None, [], ["E01"]),
    ],
)
def test_grant_that_is_unknown_or_does_not_fit_is_refused(connection, role, sectors, units):
    add(connection)
    with pytest.raises(AccountRefusedError):
        accounts.grant(connection, OPERATOR, "wang", role=role, sectors=sectors, units=units)


@pytest.mark.parametrize("change", [accounts.disable, accounts.enable])
def test_unknown_account_is_said_so(connection, change):
    with pytest.raises(AccountRefusedError, match="no account"):
        change(connection, OPERATOR, "nobody")


def test_first_start_makes_three_administrators_once(connection):
    given = administrators(connection, NOW)
    assert list(given) == ["account-admin", "permission-admin", "log-admin"]
    assert len(set(given.values())) == 3
    assert all(account.must_change for account in accounts.listed(connection))
    assert administrators(connection, later(days=1)) == {}


def test_demonstration_has_one_account_a_role(connection):
    first_accounts.demonstration(connection, NOW)
    assert list(first_accounts.of_demonstration(connection).values()) == list(Role)
    assert only(connection, "demo-manager").sectors == ("EDU",)
    assert only(connection, "demo-unit").units == ("E01",)
    first_accounts.demonstration(connection, NOW)
    assert len(accounts.listed(connection)) == len(Role)


def test_account_with_a_password_is_no_account_of_the_demonstration(connection):
    add(connection)
    assert first_accounts.of_demonstration(connection) == {}


def seen(role: Role | None) -> Viewer:
    return viewer("wang", "王某", role, [(GrantKind.SECTOR, "EDU"), (GrantKind.UNIT, "E01")])


def test_scope_of_a_role():
    assert (seen(Role.LEADER).sectors, seen(Role.LEADER).units) == (None, None)
    assert (seen(Role.MANAGER).sectors, seen(Role.MANAGER).units) == (frozenset({"EDU"}), None)
    assert (seen(Role.UNIT).sectors, seen(Role.UNIT).units) == (None, frozenset({"E01"}))


@pytest.mark.parametrize("role", [*accounts.ADMINISTRATORS, None])
def test_administrators_and_accounts_without_a_role_see_no_business_data(role):
    assert (seen(role).sectors, seen(role).units) == (frozenset(), frozenset())
    assert not any(seen(role).may(action) for action in (Action.SEE, Action.EXPORT, Action.IMPORT))


def test_manager_without_grants_sees_nobody():
    assert viewer("wang", "王某", Role.MANAGER, []).sectors == frozenset()


def test_every_role_has_a_right_and_every_action_somebody():
    assert set(ALLOWED) == set(Role)
    assert all(ALLOWED.values())
    assert frozenset().union(*ALLOWED.values()) == set(Action)


def test_no_two_administrators_share_a_right():
    rights = [ALLOWED[role] for role in accounts.ADMINISTRATORS]
    assert len(frozenset().union(*rights)) == sum(map(len, rights))


def test_administrators_are_made_for_whom_nobody_active_is(connection):
    add(connection, "wang")
    add(connection, "log-admin")
    given = administrators(connection, NOW)
    assert set(given) == {"account-admin", "permission-admin", "log-admin-2"}
    assert administrators(connection, later(days=1)) == {}
