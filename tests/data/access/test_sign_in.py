import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event, select

from data.access import accounts, brakes, first_accounts, passwords, sign_in
from data.access.policy import Policy
from data.store import access_log
from data.store.access_log import Act
from data.store.database import reading, recording
from models.account import AccessEntry, Event, Role, SignInFailure, SignInSession, SignInTicket
from tests.data.signed_accounts import NOW, OPERATOR, PASSWORD, add, later
from tests.data.signed_accounts import connection as connection

NEVER_IDLE = Policy(idle=None)
HERE, ELSEWHERE = "10.0.0.1", "10.0.0.2"


@pytest.fixture
def token(connection):
    add(connection)
    ticket = sign_in.accept(connection, Act("wang", NOW, HERE))
    return sign_in.redeem(connection, ticket, NOW, HERE)


def fail(connection, times, name="wang", at=NOW, address=HERE):
    return [brakes.refuse(connection, Act(name, at, address)) for _ in range(times)]


def opens(connection, name="wang", at=NOW, address=HERE):
    return passwords.matches(PASSWORD, sign_in.hash_to_match(connection, name, at, address))


def test_password_opens_the_account_however_the_name_is_typed(connection):
    add(connection)
    assert opens(connection)
    assert opens(connection, name="  WANG ")


def test_unknown_name_gets_a_hash_of_the_same_cost_that_nothing_matches(connection):
    add(connection)
    unknown = sign_in.hash_to_match(connection, "nobody", NOW, HERE)
    known = sign_in.hash_to_match(connection, "wang", NOW, HERE)
    assert unknown.rsplit("$", 1)[0] == known.rsplit("$", 1)[0]
    assert not passwords.matches(PASSWORD, unknown)


def test_known_and_unknown_names_are_looked_up_by_the_same_queries(connection):
    """So that the time of an answer does not tell which names exist."""
    add(connection)
    asked = {"wang": [], "nobody": []}
    for name, statements in asked.items():

        def note(_connection, _cursor, statement, *_rest, kept=statements):
            kept.append(statement)

        event.listen(connection, "before_cursor_execute", note)
        sign_in.hash_to_match(connection, name, NOW, HERE)
        brakes.refuse(connection, Act(name, NOW, HERE))
        event.remove(connection, "before_cursor_execute", note)
    assert asked["wang"] == asked["nobody"]


@pytest.mark.parametrize("name", ["wang", "nobody"])
def test_name_is_locked_after_five_failures_whether_or_not_it_exists(connection, name):
    add(connection)
    assert fail(connection, 5, name) == [False, False, False, False, True]
    assert not opens(connection, name)


def test_lock_ends_with_the_window(connection):
    add(connection)
    fail(connection, 5)
    assert not opens(connection, at=later(minutes=14, seconds=59))
    assert opens(connection, at=later(minutes=15))


def test_trying_on_does_not_prolong_the_lock(connection):
    add(connection)
    fail(connection, 5)
    fail(connection, 20, at=later(minutes=10))
    assert opens(connection, at=later(minutes=15))


def test_lock_from_one_address_does_not_keep_the_owner_out(connection):
    add(connection)
    fail(connection, 5)
    assert opens(connection, address=ELSEWHERE)


def test_many_addresses_together_lock_a_name(connection):
    add(connection)
    for host in range(10):
        fail(connection, 5, address=f"10.0.1.{host}")
    assert not opens(connection, address=ELSEWHERE)


def test_success_forgets_the_failures(connection):
    add(connection)
    fail(connection, 4)
    sign_in.accept(connection, Act("wang", NOW, HERE))
    assert connection.execute(select(SignInFailure.__table__)).all() == []


def test_five_failures_at_the_usual_address_lock_it_there_only(connection, token):
    """A pair of address and account: who guesses at the owner's own address is stopped too."""
    fail(connection, 5)
    assert not opens(connection)
    assert opens(connection, address=ELSEWHERE)


def test_an_address_from_which_a_reset_password_was_used_is_a_usual_one(connection, token):
    access_log.append(connection, Act("wang", NOW, ELSEWHERE), Event.SIGNED_IN_AFTER_RESET)
    for host in range(14):
        fail(connection, 4, address=f"10.0.1.{host}")
    assert opens(connection, address=ELSEWHERE)


def test_tries_at_the_same_time_are_no_more_than_five(engine):
    """Each reads the lock before it compares its password, which takes a quarter of a second."""
    with engine.begin() as connection:
        add(connection)
    all_have_read, five_have_failed = threading.Barrier(8), threading.Barrier(8)

    def attempt(password):
        act = Act("wang", NOW, HERE)
        with reading(engine) as connection:
            kept = sign_in.hash_to_match(connection, "wang", NOW, HERE)
        all_have_read.wait(30)
        if not passwords.matches(password, kept):
            with recording(engine) as connection:
                locked = brakes.refuse(connection, act)
            five_have_failed.wait(30)
            return "too many" if locked else "wrong"
        five_have_failed.wait(30)
        with recording(engine) as connection:
            ticket = sign_in.accept(connection, act)
            return "too many" if brakes.locked(connection, "wang", NOW, HERE) else ticket

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(attempt, [*(f"guess {number}" for number in range(7)), PASSWORD]))
    assert sorted(said) == ["too many"] * 4 + ["wrong"] * 4
    assert said[-1] == "too many"
    with reading(engine) as connection:
        assert connection.execute(select(SignInTicket.__table__)).all() == []
        assert len(access_log.entries(connection, what=Event.SIGN_IN_REFUSED)) == 8


def test_success_elsewhere_ends_no_lock(connection):
    add(connection)
    fail(connection, 5)
    assert opens(connection, address=ELSEWHERE)
    sign_in.accept(connection, Act("wang", NOW, ELSEWHERE))
    assert not opens(connection)


def test_long_ago_failures_are_not_kept(connection):
    fail(connection, 3, "nobody")
    fail(connection, 1, "nobody", at=later(minutes=16))
    assert len(connection.execute(select(SignInFailure.__table__)).all()) == 1


def test_every_refusal_is_logged_without_what_is_no_name(connection):
    fail(connection, 7, "x" * 10_000)
    logged = access_log.entries(connection, what=Event.SIGN_IN_REFUSED)
    assert len(logged) == 7
    assert {entry.account for entry in logged} == {brakes.NOBODY}


def test_ticket_opens_one_session(connection):
    add(connection)
    ticket = sign_in.accept(connection, Act("wang", NOW))
    assert sign_in.redeem(connection, ticket, NOW, None)
    assert sign_in.redeem(connection, ticket, NOW, None) is None


def test_ticket_lasts_thirty_seconds(connection):
    add(connection)
    ticket = sign_in.accept(connection, Act("wang", NOW))
    assert sign_in.redeem(connection, ticket, later(seconds=30), None) is None


def test_ticket_of_an_account_disabled_meanwhile_opens_nothing(connection):
    add(connection)
    ticket = sign_in.accept(connection, Act("wang", NOW))
    accounts.disable(connection, OPERATOR, "wang")
    assert sign_in.redeem(connection, ticket, NOW, None) is None


def test_session_says_who_it_is_with_the_rights_of_the_moment(connection, token):
    assert sign_in.viewer(connection, token, NOW).role is Role.LEADER
    accounts.grant(connection, OPERATOR, "wang", role=Role.MANAGER, sectors=["EDU"])
    assert sign_in.viewer(connection, token, NOW).sectors == frozenset({"EDU"})


def test_session_ends_after_eight_hours(connection, token):
    assert sign_in.viewer(connection, token, later(hours=7, minutes=59), NEVER_IDLE)
    assert sign_in.viewer(connection, token, later(hours=8), NEVER_IDLE) is None


def test_a_session_that_is_renewed_lasts_as_long_again(connection, token):
    assert sign_in.renew(connection, token, later(hours=7), NEVER_IDLE)
    assert sign_in.viewer(connection, token, later(hours=14)) is not None
    assert sign_in.viewer(connection, token, later(hours=15)) is None


def test_a_session_that_is_over_or_unknown_is_not_renewed(connection, token):
    assert not sign_in.renew(connection, token, later(hours=8), NEVER_IDLE)
    assert not sign_in.renew(connection, "unknown", NOW)
    assert sign_in.viewer(connection, token, later(hours=8), NEVER_IDLE) is None


def test_a_session_is_renewed_for_a_week_and_then_no_more(connection, token):
    renewed = [
        sign_in.renew(connection, token, later(hours=hours)) for hours in range(0, 7 * 24 + 9, 4)
    ]
    assert renewed == [True] * (7 * 24 // 4) + [False] * 3
    assert sign_in.viewer(connection, token, later(days=7, hours=4)) is None


def test_a_renewed_session_still_ends_with_signing_out(connection, token):
    sign_in.renew(connection, token, later(minutes=1))
    sign_in.sign_out(connection, token, later(hours=2), HERE)
    assert not sign_in.renew(connection, token, later(hours=3))


def test_signing_out_ends_the_session_and_is_logged_once(connection, token):
    sign_in.sign_out(connection, token, NOW, HERE)
    sign_in.sign_out(connection, token, NOW, HERE)
    assert sign_in.viewer(connection, token, NOW) is None
    whats = [entry.what for entry in access_log.entries(connection)]
    assert whats == [Event.SIGNED_OUT, Event.SIGNED_IN, Event.ACCOUNT_ADDED]


def test_sessions_are_independent(connection, token):
    other = sign_in.redeem(connection, sign_in.accept(connection, Act("wang", NOW)), NOW, None)
    sign_in.sign_out(connection, token, NOW, HERE)
    assert sign_in.viewer(connection, other, NOW)


def test_nothing_that_opens_is_kept_in_the_clear(connection, token):
    ticket = sign_in.accept(connection, Act("wang", NOW))
    kept = str(
        [
            connection.execute(select(table.__table__)).all()
            for table in (SignInSession, SignInTicket, AccessEntry)
        ]
    )
    assert token not in kept
    assert ticket not in kept


def test_click_opens_accounts_of_the_demonstration_only(connection):
    first_accounts.demonstration(connection, NOW)
    add(connection)
    assert sign_in.enter(connection, Act("demo-leader", NOW))
    assert sign_in.enter(connection, Act("wang", NOW)) is None
    assert sign_in.enter(connection, Act("nobody", NOW)) is None


def test_no_password_opens_an_account_of_the_demonstration(connection):
    first_accounts.demonstration(connection, NOW)
    kept = sign_in.hash_to_match(connection, "demo-leader", NOW, None)
    assert kept == passwords.matched_by_none()


def test_an_address_that_tries_many_names_is_braked(connection):
    add(connection)
    for number in range(brakes.UNDER_MANY_NAMES):
        fail(connection, 1, name=f"name-{number}", address=ELSEWHERE)
    assert not opens(connection, address=ELSEWHERE)
    assert opens(connection, address=HERE)


def test_addresses_of_one_ipv6_network_are_braked_together(connection):
    add(connection)
    for number in range(brakes.FROM_ONE_ADDRESS):
        fail(connection, 1, address=f"2001:db8:1:2::{number}")
    assert not opens(connection, address="2001:db8:1:2:ffff::1")
    assert opens(connection, address="2001:db8:1:3::1")


def test_an_owner_is_at_the_usual_address_in_the_whole_ipv6_network(connection):
    add(connection)
    ticket = sign_in.accept(connection, Act("wang", NOW))
    sign_in.redeem(connection, ticket, NOW, "2001:db8:1:2::1")
    for host in range(14):
        fail(connection, 4, address=f"10.0.1.{host}")
    assert opens(connection, address="2001:db8:1:2::2")
    assert not opens(connection, address="2001:db8:1:3::1")


def test_a_success_forgets_the_failures_of_the_whole_ipv6_network(connection):
    add(connection)
    fail(connection, 4, address="2001:db8:1:2::1")
    sign_in.accept(connection, Act("wang", NOW, "2001:db8:1:2::2"))
    fail(connection, 4, address="2001:db8:1:2::3")
    assert opens(connection, address="2001:db8:1:2::4")


def test_an_owner_at_the_usual_address_is_not_locked_out_by_others(connection, token):
    for host in range(14):
        fail(connection, 4, address=f"10.0.1.{host}")
    assert opens(connection, address=HERE)
    assert not opens(connection, address=ELSEWHERE)


def test_what_is_typed_as_a_name_and_is_none_is_not_kept_in_clear(connection):
    add(connection)
    typed = "my own secret pw"
    fail(connection, 1, name=typed)
    entry = connection.execute(
        select(AccessEntry.__table__).order_by(AccessEntry.number.desc())
    ).first()
    failure = connection.execute(select(SignInFailure.__table__)).one()
    assert entry.account == brakes.NOBODY
    assert typed not in f"{entry} {failure}"


@pytest.mark.parametrize("typed", ["wang\0", "\ud800", "wa\nng", "wang\x7f"])
def test_a_name_that_cannot_be_printed_is_an_unknown_one(connection, typed):
    add(connection)
    assert not opens(connection, typed)
    assert fail(connection, 5, typed) == [False, False, False, False, True]


@pytest.mark.parametrize("ticket", ["\ud800", "", "x" * 10_000, "nul\0"])
def test_a_ticket_of_any_kind_is_only_unknown(connection, ticket):
    assert sign_in.redeem(connection, ticket, NOW, HERE) is None
