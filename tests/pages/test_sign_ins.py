"""Who is signed in where, and passwords given by others, as pages show them."""

import pytest

from dashboard import clock, identity
from dashboard.reads import cache
from data.access import accounts, own_password, resets, sessions, sign_in
from data.store.access_log import Act
from data.store.database import reading, writing
from models.account import Role
from tests.dashboard.apps import open_app

pytestmark = pytest.mark.usefixtures("english")
ELSEWHERE = "10.0.0.2"


def enter(engine, name, address=ELSEWHERE):
    now = clock.now()
    with writing(engine) as connection:
        ticket = sign_in.accept(connection, Act(name, now, address))
        return sign_in.redeem(connection, ticket, now, address)


def open_now(engine):
    with reading(engine) as connection:
        return [(each.account, each.address) for each in sessions.listed(connection, clock.now())]


def test_ones_own_other_session_is_ended_on_the_page(sign_in_as, engine):
    sign_in_as(Role.LEADER)
    enter(engine, "wang")
    app = open_app("sign_ins")
    assert not app.exception
    box = app.selectbox(key="own-sessions-chosen")
    assert [ELSEWHERE in option for option in box.options] == [True]
    box.select_index(0).run()
    app.button(key="own-sessions-end").click().run()
    assert app.success[0].value == "The session is over."
    assert open_now(engine) == [("wang", None)]


def test_nobody_sees_sessions_of_others_there(sign_in_as, add, engine):
    sign_in_as(Role.LEADER)
    add("li", Role.LEADER)
    enter(engine, "li")
    app = open_app("sign_ins")
    assert [each.key for each in app.selectbox] == []


def test_an_account_administrator_ends_the_session_of_another(sign_in_as, add, engine):
    sign_in_as(Role.ACCOUNT_ADMIN)
    add("li", Role.LEADER)
    enter(engine, "li")
    app = open_app("administration")
    box = app.selectbox(key="all-sessions-chosen")
    box.select_index(next(n for n, option in enumerate(box.options) if "li" in option)).run()
    app.button(key="all-sessions-end").click().run()
    assert open_now(engine) == [("wang", None)]


def test_a_leader_gets_a_new_password_by_two_administrators(sign_in_as, add, engine, monkeypatch):
    sign_in_as(Role.ACCOUNT_ADMIN)
    add("li", Role.LEADER)
    add("second", Role.PERMISSION_ADMIN)
    app = open_app("administration")
    chosen = app.selectbox(key="account-chosen")
    chosen.select_index([option.startswith("li") for option in chosen.options].index(True)).run()
    app.button(key="account-ask-reset").click().run()
    assert "account-reset" not in [button.key for button in app.button]
    own = identity.token
    token = enter(engine, "second")
    monkeypatch.setattr(identity, "token", lambda: token)
    other = open_app("administration")
    other.button(key="reset-agree-1").click().run()
    assert "may now give out" in other.success[0].value
    monkeypatch.setattr(identity, "token", own)
    app.run()
    app.button(key="account-reset").click().run()
    assert app.success[0].value.startswith("One-time password of li")


def test_the_owner_is_told_on_the_next_page_until_it_is_read(sign_in_as, engine, monkeypatch):
    sign_in_as(Role.LEADER)
    given, own = "seven lamps over a river", "nine boats beyond the hill"
    now = clock.now()
    with writing(engine) as connection:
        accounts.reset_password(
            connection, Act("operator", now), "wang", accounts.given_password(given)
        )
    enter(engine, "wang", "10.0.0.9")
    with writing(engine) as connection:
        replacement = own_password.prepare(connection, "wang", given, own)
        own_password.replace(connection, Act("wang", now), replacement)
        assert resets.notices(connection, "wang", now)
    token = enter(engine, "wang")
    monkeypatch.setattr(identity, "token", lambda: token)
    app = open_app()
    assert "operator gave your account a new password" in app.warning[0].value
    assert r"from 10\.0\.0\.9" in app.warning[0].value
    app.button(key="frame-reset-read").click().run()
    assert not app.exception
    assert [each.value for each in app.warning if "operator" in each.value] == []


def test_the_owner_is_told_of_every_reset_the_latest_first(sign_in_as, engine, monkeypatch):
    sign_in_as(Role.LEADER)
    given, own = "seven lamps over a river", "nine boats beyond the hill"
    now = clock.now()
    with writing(engine) as connection:
        accounts.reset_password(
            connection, Act("stranger", now), "wang", accounts.given_password("one road, ten gates")
        )
    enter(engine, "wang", "10.0.0.9")
    with writing(engine) as connection:
        accounts.reset_password(
            connection, Act("operator", now), "wang", accounts.given_password(given)
        )
        replacement = own_password.prepare(connection, "wang", given, own)
        own_password.replace(connection, Act("wang", now), replacement)
    token = enter(engine, "wang")
    monkeypatch.setattr(identity, "token", lambda: token)
    app = open_app()
    latest, former = [each.value for each in app.warning if "new password" in each.value]
    assert latest.startswith("operator gave")
    assert "Nobody has signed in with it" in latest
    assert former.startswith("stranger gave")
    assert r"from 10\.0\.0\.9" in former
    app.button(key="frame-reset-read").click().run()
    assert [each.value for each in app.warning if "new password" in each.value] == []


def test_what_a_page_is_asked_counts_as_use_of_the_session(sign_in_as, engine, monkeypatch):
    token = sign_in_as(Role.LEADER)
    noted = []
    monkeypatch.setattr(identity._notes, "submit", lambda work, *args: noted.append((work, args)))
    open_app("sign_ins")
    # The test client does not know the widgets of parts that are sent again as they were.
    cache.forget_drawn()
    open_app("sign_ins")
    assert len(noted) == 1
    work, args = noted[0]
    assert args[:2] == (engine, token)
    work(engine, token, clock.now())
    with reading(cache.engine()) as connection:
        (session,) = sessions.listed(connection, clock.now())
        assert session.seen_at > session.started_at
