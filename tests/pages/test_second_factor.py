"""The second factor as pages show it: set up, asked for at sign-in, removed for who lost it."""

from datetime import timedelta

import pyotp
import pytest

from dashboard import clock, identity, key_files, session_bridge
from dashboard.reads import cache
from data.access import brakes, resets, second_factor, sign_in
from data.store.access_log import Act
from data.store.database import reading, recording, writing
from models.account import Role
from tests.dashboard.apps import open_app
from tests.dashboard.signed_in import PASSWORD

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def tickets(monkeypatch):
    """The tickets that the browser was told to exchange."""
    given = []
    monkeypatch.setattr(session_bridge, "open_session", given.append)
    return given


@pytest.fixture
def nobody(monkeypatch, engine):
    monkeypatch.setattr(identity, "token", lambda: None)


def is_on(engine, name="wang"):
    with reading(engine) as connection:
        return second_factor.is_on(connection, name)


def set_up(engine, name="wang"):
    """The secret and the recovery codes of an account whose last code was that of this moment."""
    now, seal = clock.now(), key_files.seal()
    act = Act(name, now)
    with writing(engine) as connection:
        secret = second_factor.begin(connection, act, seal)
        codes = second_factor.confirm(connection, act, pyotp.TOTP(secret).at(now), seal)
    return secret, codes


def next_code(secret):
    return pyotp.TOTP(secret).at(clock.now() + timedelta(seconds=second_factor.STEP))


def submit_password(app):
    app.text_input[0].set_value("wang")
    app.text_input[1].set_value(PASSWORD)
    return next(b for b in app.button if b.label == "Sign in").click().run()


def submit_code(app, typed):
    app.text_input(key="sign-in-code").set_value(typed)
    return app.button(key="sign-in-code-go").click().run()


def test_a_role_that_needs_it_sees_only_the_form_to_set_it_up(sign_in_as, engine, monkeypatch):
    monkeypatch.setenv("GRIDLIGHT_SECOND_FACTOR", "leader")
    sign_in_as(Role.LEADER)
    cache.forget_viewers()
    app = open_app()
    assert app.title[0].value == "Set up a second factor"
    assert "Your role needs" in app.info[0].value
    secret = app.code[0].value.replace(" ", "")
    app.text_input(key="second-factor-code").set_value(pyotp.TOTP(secret).at(clock.now()))
    app.button(key="second-factor-confirm").click().run()
    assert not app.exception
    assert is_on(engine)
    (shown,) = app.code
    assert len(shown.value.splitlines()) == second_factor.RECOVERY_CODES
    app.button(key="second-factor-kept").click().run()
    assert app.title[0].value != "Set up a second factor"


def test_a_wrong_code_sets_nothing_up_and_says_so(sign_in_as, engine):
    sign_in_as(Role.LEADER)
    app = open_app("second_factor")
    app.text_input(key="second-factor-code").set_value("000000")
    app.button(key="second-factor-confirm").click().run()
    assert "not right" in app.error[0].value
    assert not is_on(engine)


def test_after_the_password_the_code_is_asked_for(nobody, add, engine, tickets):
    add("wang", Role.LEADER)
    secret, _codes = set_up(engine)
    app = submit_password(open_app())
    assert not tickets
    submit_code(app, next_code(secret))
    assert not app.exception
    with writing(engine) as connection:
        assert sign_in.redeem(connection, tickets[0], clock.now(), None)


def test_a_recovery_code_does_too(nobody, add, engine, tickets):
    add("wang", Role.LEADER)
    _secret, codes = set_up(engine)
    submit_code(submit_password(open_app()), codes[3])
    assert len(tickets) == 1


def test_wrong_codes_are_refused_and_braked(nobody, add, engine, tickets):
    add("wang", Role.LEADER)
    secret, _codes = set_up(engine)
    app = submit_password(open_app())
    for _ in range(brakes.FROM_ONE_ADDRESS - 1):
        submit_code(app, "000000")
        assert "not right" in app.error[0].value
    submit_code(app, "000000")
    assert "15 minutes" in app.error[0].value
    submit_code(app, next_code(secret))
    assert "15 minutes" in app.error[0].value
    assert not tickets


def test_a_code_that_comes_too_late_begins_anew(nobody, add, engine, tickets, monkeypatch):
    add("wang", Role.LEADER)
    secret, _codes = set_up(engine)
    app = submit_password(open_app())
    late = clock.now() + sign_in.CODE_WITHIN
    monkeypatch.setattr(clock, "now", lambda: late)
    submit_code(app, next_code(secret))
    assert "too long" in app.warning[0].value
    assert not tickets


def test_the_way_back_leads_to_the_password(nobody, add, engine, tickets):
    add("wang", Role.LEADER)
    set_up(engine)
    app = submit_password(open_app())
    app.button(key="sign-in-code-back").click().run()
    assert [field.label for field in app.text_input] == ["Account", "Password"]


def test_recovery_codes_are_renewed_on_the_page(sign_in_as, engine):
    sign_in_as(Role.LEADER)
    secret, codes = set_up(engine)
    app = open_app("second_factor")
    app.text_input(key="second-factor-code").set_value(next_code(secret))
    app.button(key="second-factor-codes").click().run()
    assert set(app.code[0].value.splitlines()).isdisjoint(codes)


def test_another_authenticator_is_set_up_in_the_place_of_this_one(sign_in_as, engine):
    sign_in_as(Role.LEADER)
    secret, _codes = set_up(engine)
    app = open_app("second_factor")
    app.text_input(key="second-factor-code").set_value(next_code(secret))
    app.button(key="second-factor-replace").click().run()
    assert not is_on(engine)
    assert app.code[0].value.replace(" ", "") != secret


def choose(app, account):
    chosen = app.selectbox(key="account-chosen")
    starts = [option.startswith(account) for option in chosen.options]
    chosen.select_index(starts.index(True)).run()


def test_an_account_administrator_asks_another_to_agree_that_it_is_removed(sign_in_as, add, engine):
    sign_in_as(Role.ACCOUNT_ADMIN)
    add("li", Role.LEADER)
    set_up(engine, "li")
    app = open_app("administration")
    choose(app, "li")
    app.button(key="account-ask-remove-factor").click().run()
    assert is_on(engine, "li")
    assert "Removals of second factors asked for" in [each.value for each in app.header]
    assert "account-remove-factor" not in [each.key for each in app.button]


def test_another_administrator_agrees_that_it_is_removed(sign_in_as, add, engine):
    sign_in_as(Role.PERMISSION_ADMIN)
    add("asker", Role.ACCOUNT_ADMIN)
    add("li", Role.LEADER)
    with recording(engine) as connection:
        resets.ask(connection, Act("asker", clock.now()), "li", of_factor=True)
    app = open_app("administration")
    app.button(key="reset-agree-1").click().run()
    assert "asker may now remove the second factor" in app.success[0].value


def test_the_owner_reads_who_removed_it(sign_in_as, engine):
    sign_in_as(Role.UNIT)
    set_up(engine)
    with recording(engine) as connection:
        second_factor.remove(connection, Act("operator", clock.now()), "wang")
    cache.forget_viewers()
    app = open_app()
    assert "operator removed the second factor of your account" in app.warning[0].value


def test_an_account_administrator_removes_it_for_who_has_lost_it(sign_in_as, add, engine):
    sign_in_as(Role.ACCOUNT_ADMIN)
    add("li", Role.UNIT)
    set_up(engine, "li")
    app = open_app("administration")
    choose(app, "li")
    app.button(key="account-remove-factor").click().run()
    assert not is_on(engine, "li")
    assert "without a second factor" in app.success[0].value
