"""Who is looking, seen from the entry point: sign-in, rights, scope, what the address asks for."""

import sqlite3
from datetime import timedelta

import pytest
import streamlit as st
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from streamlit.testing.v1 import AppTest

from dashboard import clock, edge, i18n, identity, session_bridge
from dashboard.identity import SignedOutError
from dashboard.navigation import PAGES, first_open_to
from dashboard.reads import cache
from data.access import brakes, own_password, second_factor, sign_in
from data.access.permission import viewer
from data.store.access_log import Act
from data.store.database import recording, writing
from models.account import Account, Event, Role, Way
from tests.dashboard.apps import logged, open_app
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


def submit(app: AppTest, name: str, password: str) -> AppTest:
    app.text_input[0].set_value(name)
    app.text_input[1].set_value(password)
    return next(b for b in app.button if b.label == "Sign in").click().run()


def test_nobody_gets_the_form_and_no_page(nobody):
    app = open_app()
    assert app.title[0].value == "Who is signing in?"
    assert not app.exception


@pytest.mark.parametrize("name", ["wang", " WANG "])
def test_right_password_gives_the_browser_a_ticket(nobody, add, engine, tickets, name):
    add("wang", Role.LEADER)
    app = submit(open_app(), name, PASSWORD)
    assert not app.exception
    with writing(engine) as connection:
        token = sign_in.redeem(connection, tickets[0], clock.now(), None)
        assert sign_in.viewer(connection, token, clock.now()).account == "wang"


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("wang", "not the password"),
        ("nobody", PASSWORD),
        ("wang", ""),
        ("wang", "x" * 500),
        ("wang", "汉" * 100),
        ("wang", "nul\0inside it"),
    ],
)
def test_everything_else_gets_one_answer_and_an_entry(nobody, add, engine, tickets, name, password):
    add("wang", Role.LEADER)
    app = submit(open_app(), name, password)
    assert not app.exception
    assert [error.value for error in app.error] == ["Account or password is not right."]
    assert not tickets
    assert logged(engine)[0][0] == Event.SIGN_IN_REFUSED


def test_fifth_failure_locks_even_the_right_password_out(nobody, add, tickets):
    add("wang", Role.LEADER)
    app = open_app()
    for _ in range(5):
        submit(app, "wang", "not the password")
    assert "15 minutes" in app.error[0].value
    assert "15 minutes" in submit(app, "wang", PASSWORD).error[0].value
    assert not tickets


def test_known_and_unknown_names_cost_the_same_comparison(nobody, add, monkeypatch):
    add("wang", Role.LEADER)
    compared = []
    check = "streamlit_authenticator.utilities.hasher.bcrypt.checkpw"
    monkeypatch.setattr(check, lambda _password, kept: compared.append(kept[:7]))
    for name in ("wang", "nobody"):
        submit(open_app(), name, PASSWORD)
    assert len(compared) == 2
    assert compared[0] == compared[1]


def test_click_is_not_offered_without_the_setting_and_the_mark(nobody, monkeypatch):
    assert [button.label for button in open_app().button] == ["Sign in"]
    monkeypatch.setenv("GRIDLIGHT_DEMONSTRATION", "1")
    assert [button.label for button in open_app().button] == ["Sign in"]


@pytest.mark.parametrize("role", Role)
def test_roles_begin_on_a_page_that_is_open_to_them(sign_in_as, role):
    sign_in_as(role)
    app = open_app()
    assert not app.exception
    assert "Check access" not in [title.value for title in app.title]


@pytest.mark.parametrize("role", [Role.ACCOUNT_ADMIN, Role.PERMISSION_ADMIN, Role.LOG_ADMIN])
def test_administrators_open_no_page_with_business_data(sign_in_as, role):
    sign_in_as(role)
    app = open_app()
    for page in PAGES[:-1]:
        with pytest.raises(ValueError, match="page"):
            app.switch_page(f"../pages/{page.name}.py")


def test_leader_does_not_open_administration(sign_in_as):
    sign_in_as(Role.LEADER)
    app = open_app()
    with pytest.raises(ValueError, match="page"):
        app.switch_page("../pages/administration.py")


def test_account_without_a_role_sees_only_that_it_has_none(sign_in_as, engine):
    sign_in_as(None)
    app = open_app()
    assert app.title[0].value == "Check access"
    assert logged(engine)[0][0] == Event.ACCESS_REFUSED


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        ("http://grid.example/administration", "administration"),
        ("http://grid.example/base/administration", "administration"),
        ("http://grid.example/?=1+1/administration", "administration"),
        ("http://grid.example/administration?张三", "?"),
        ("http://grid.example/=1+1", "?"),
        ("http://grid.example", "?"),
        (None, "?"),
    ],
)
def test_a_refusal_names_a_page_and_no_other_text_of_the_address(
    sign_in_as, engine, monkeypatch, address, subject
):
    sign_in_as(None)
    monkeypatch.setattr(type(st.context), "url", property(lambda _context: address))
    open_app()
    assert logged(engine)[0] == (Event.ACCESS_REFUSED, subject)


def test_password_from_somebody_else_opens_only_the_form_to_replace_it(sign_in_as, engine):
    from data.access import accounts

    sign_in_as(Role.LEADER)
    with writing(engine) as connection:
        given = accounts.given_password(PASSWORD + "2", "wang")
        accounts.reset_password(connection, Act("operator", clock.now()), "wang", given)
        ticket = sign_in.accept(connection, Act("wang", clock.now()))
        token = sign_in.redeem(connection, ticket, clock.now(), None)
    identity.token = lambda: token
    assert open_app().title[0].value == "Choose a new password"


def test_disabled_account_is_out_at_once_in_this_process(sign_in_as, engine):
    from data.access import accounts

    token = sign_in_as(Role.LEADER)
    assert cache.viewer(token)
    with writing(engine) as connection:
        accounts.disable(connection, Act("operator", clock.now()), "wang")
    cache.forget_viewers()
    with pytest.raises(SignedOutError):
        identity.require_viewer()


@pytest.mark.parametrize(
    ("node", "subject"),
    [
        ("unit:S01", "unit:S01"),
        ("unit:NONE", "unit"),
        ("sector:SOE", "sector:SOE"),
        ("sector:NONE", "sector"),
        ("nonsense", "?"),
        ("=1+1", "?"),
        ("=1+1:S01", "?"),
        ("unit:张三=1+1", "unit"),
        ("batch:¹", "batch"),
        ("batch:" + "9" * 40, "batch"),
    ],
)
def test_foreign_and_unknown_nodes_get_one_answer(sign_in_as, engine, node, subject):
    sign_in_as(Role.MANAGER, sectors=["EDU"])
    app = open_app("coverage", node=node)
    assert [error.value for error in app.error] == ["No such unit."]
    assert logged(engine)[0] == (Event.ACCESS_REFUSED, subject)


def test_own_unit_is_there_and_only_it_is_offered(sign_in_as):
    sign_in_as(Role.UNIT, units=["E01"])
    app = open_app("coverage", node="unit:E01")
    assert not app.error
    assert app.selectbox(key="frame-node").options == ["My scope", "单位E01"]


@pytest.mark.parametrize(
    "day", ["2026-13-01", "tomorrow", "1999-12-31", "2100-01-01", "0001-01-01", "9999-12-31"]
)
def test_day_that_cannot_be_is_said_so(sign_in_as, day):
    sign_in_as(Role.LEADER)
    app = open_app("coverage", as_of=day)
    assert len(app.error) == 1
    assert not app.exception


def test_day_to_compare_with_lies_before(sign_in_as):
    sign_in_as(Role.LEADER)
    app = open_app("coverage", as_of="2026-06-30", since="2026-06-30")
    assert "must lie before" in app.error[0].value


def test_what_the_address_asks_for_survives_a_change_of_page(sign_in_as):
    sign_in_as(Role.LEADER)
    app = open_app("coverage", node="unit:E01", as_of="2026-06-30", lang="en")
    app.switch_page("../pages/reports.py").run()
    assert app.selectbox(key="frame-node").value == "unit:E01"
    assert app.query_params["as_of"] == "2026-06-30"


def test_choosing_writes_the_address(sign_in_as):
    sign_in_as(Role.LEADER)
    app = open_app("coverage")
    app.selectbox(key="frame-node").select("unit:E01").run()
    assert app.query_params["node"] == "unit:E01"


def test_every_role_has_a_first_page():
    assert all(first_open_to(viewer("wang", "wang", role, [])) for role in Role)


def test_unexpected_errors_are_told_with_a_number_and_nothing_else(monkeypatch):
    told = []
    monkeypatch.setattr(edge.st, "error", told.append)
    assert edge.show_error(RuntimeError("secret detail")) is True
    assert "secret" not in told[0]


def test_a_one_time_password_that_is_over_says_so_to_who_knows_it(
    nobody, add, engine, tickets, monkeypatch
):
    from data.access import accounts

    add("wang", Role.LEADER)
    with writing(engine) as connection:
        given = accounts.given_password(PASSWORD + "2", "wang")
        accounts.reset_password(connection, Act("operator", clock.now()), "wang", given)
    late = clock.now() + timedelta(hours=73)
    monkeypatch.setattr(clock, "now", lambda: late)
    assert "72 hours" in submit(open_app(), "wang", PASSWORD + "2").error[0].value
    assert "72 hours" not in submit(open_app(), "wang", PASSWORD + "3").error[0].value
    assert not tickets


def test_an_old_password_opens_only_the_form_to_replace_it_and_says_why(
    sign_in_as, engine, monkeypatch
):
    monkeypatch.setenv("GRIDLIGHT_PASSWORD_DAYS", "30")
    sign_in_as(Role.LEADER)
    with writing(engine) as connection:
        long_ago = clock.now() - timedelta(days=31)
        connection.execute(update(Account).values(password_at=long_ago))
    cache.forget_viewers()
    app = open_app()
    assert app.title[0].value == "Choose a new password"
    assert "30 days" in app.info[0].value


def failing_meanwhile(monkeypatch, engine, module, function):
    """Five other tries have failed by the time the module's function has compared a password."""
    compared = getattr(module, function)

    def compare(*given):
        try:
            return compared(*given)
        finally:
            with recording(engine) as connection:
                for _ in range(5):
                    brakes.refuse(connection, Act("wang", clock.now()))

    monkeypatch.setattr(module, function, compare)


def test_the_right_password_among_many_at_once_gets_the_answer_of_wrong_ones(
    nobody, add, engine, tickets, monkeypatch
):
    add("wang", Role.LEADER)
    failing_meanwhile(monkeypatch, engine, sign_in, "hash_to_match")
    assert "15 minutes" in submit(open_app(), "wang", PASSWORD).error[0].value
    assert not tickets


@pytest.mark.parametrize("present", [PASSWORD, "not the password"])
def test_the_form_to_replace_the_password_tells_nothing_to_many_tries_at_once(
    sign_in_as, engine, tickets, monkeypatch, present
):
    sign_in_as(Role.LEADER)
    failing_meanwhile(monkeypatch, engine, own_password, "prepare")
    app = open_app("password")
    app.text_input(key="password-present").set_value(present)
    app.text_input(key="password-new").set_value("kx7#river-lamp")
    app.text_input(key="password-again").set_value("kx7#river-lamp")
    app.button(key="password-change").click().run()
    assert ["15 minutes" in error.value for error in app.error] == [True]
    assert not tickets


def test_the_form_to_replace_the_password_says_what_is_missing(sign_in_as, tickets):
    sign_in_as(Role.LEADER)
    app = open_app("password")
    app.text_input(key="password-present").set_value(PASSWORD)
    app.text_input(key="password-new").set_value("kx7#river-lamp")
    app.text_input(key="password-again").set_value("kx7#river-lamp")
    app.button(key="password-change").click().run()
    assert "Missing: capital letters." in app.error[0].value
    assert not tickets


def test_who_the_proxy_names_signs_in_by_a_click(nobody, add, engine, tickets, monkeypatch):
    add("wang", Role.LEADER)
    monkeypatch.setattr(identity, "told_by_proxy", lambda: "wang")
    open_app().button(key="sign-in-proxy").click().run()
    with writing(engine) as connection:
        token = sign_in.redeem(connection, tickets[0], clock.now(), None)
        assert sign_in.viewer(connection, token, clock.now()).account == "wang"
    assert logged(engine)[0] == (Event.SIGNED_IN, "proxy")
    monkeypatch.setattr(identity, "told_by_proxy", lambda: "zhao")
    app = open_app().button(key="sign-in-proxy").click().run()
    assert "no account here" in app.error[0].value


def test_a_session_is_no_longer_that_of_whom_the_proxy_names_now(sign_in_as, monkeypatch):
    sign_in_as(Role.LEADER)
    monkeypatch.setattr(identity, "told_by_proxy", lambda: "wang")
    assert identity.viewer().account == "wang"
    monkeypatch.setattr(identity, "told_by_proxy", lambda: "zhao")
    assert identity.viewer() is None


def test_what_a_sign_in_elsewhere_came_to_is_said(nobody):
    assert "did not confirm" in open_app(sign_in="not-confirmed").error[0].value
    assert not open_app(sign_in="anything else").error


def test_who_a_provider_vouches_for_is_asked_for_the_code_that_is_still_to_come(
    nobody, add, engine, monkeypatch
):
    add("wang", Role.LEADER)
    monkeypatch.setattr(second_factor, "is_on", lambda *_asked: True)
    with writing(engine) as connection:
        half = sign_in.accept(connection, Act("wang", clock.now()), way=Way.PROVIDER)
    monkeypatch.setattr(identity, "half_ticket", lambda: half)
    app = open_app()
    assert app.text_input(key="sign-in-code")
    # Who goes back sees the form, and is not asked again for what the cookie still holds.
    app.button(key="sign-in-code-back").click().run()
    assert "sign-in-code" not in [field.key for field in app.text_input]


@pytest.mark.parametrize("said", ["database or disk is full", "No space left on device"])
def test_a_full_disk_is_called_one(monkeypatch, said):
    told = []
    monkeypatch.setattr(edge.st, "error", told.append)
    with edge.edge():
        raise OperationalError("INSERT", {}, sqlite3.OperationalError(said))
    assert told == [i18n._(edge.NO_ROOM)]
