"""Somebody sets up an authenticator, and signs in with password and code."""

import time

import pyotp
import pytest
from playwright.sync_api import expect

from dashboard import clock
from data.access import accounts, own_password
from data.store.access_log import Act
from data.store.database import writing
from models.account import Role
from tests.browser.served import PASSWORD, Served
from tests.browser.visit import Visit

NAME = "zhao"


@pytest.fixture
def account(served: Served) -> str:
    act = Act("operator", clock.now())
    first = PASSWORD + "!"
    with writing(served.engine) as connection:
        given = accounts.given_password(first, NAME)
        accounts.add(connection, act, name=NAME, full_name="赵某", password=given, role=Role.LEADER)
        replacement = own_password.prepare(connection, NAME, first, PASSWORD)
        own_password.replace(connection, Act(NAME, act.at), replacement)
    return NAME


def submit(visit: Visit, name: str) -> None:
    visit.page.get_by_label("Account").fill(name)
    visit.page.get_by_label("Password", exact=True).fill(PASSWORD)
    visit.page.get_by_role("button", name="Sign in").click()


def type_code(visit: Visit, code: str, button: str) -> None:
    visit.main.get_by_label("Sign-in code", exact=True).fill(code)
    visit.key(button).get_by_role("button").click()


def test_who_has_an_authenticator_signs_in_with_password_and_code(stranger, account):
    submit(stranger.open(), account)
    stranger.at("overview")
    stranger.open("second_factor")
    picture = stranger.key("second-factor-picture")
    expect(picture.get_by_role("img")).to_be_visible()
    secret = picture.locator("code").inner_text().replace(" ", "")
    type_code(stranger, pyotp.TOTP(secret).now(), "second-factor-confirm")
    # The button below the codes comes last: until then the picture may be drawn once more.
    expect(stranger.key("second-factor-kept").get_by_role("button")).to_be_visible()
    expect(picture.get_by_role("img")).to_have_count(0)
    codes = stranger.main.locator("code").inner_text().split()
    assert len(codes) == 10
    stranger.key("frame-account").get_by_role("button").click()
    stranger.key("frame-sign-out").get_by_role("button").click()

    submit(stranger, account)
    expect(stranger.main.get_by_label("Sign-in code", exact=True)).to_be_visible()
    used = pyotp.TOTP(secret)
    type_code(stranger, "000000", "sign-in-code-go")
    expect(stranger.main.get_by_role("alert")).to_contain_text("This code is not right")
    # That of this half minute has turned the authenticator on; the next is taken too.
    type_code(stranger, used.at(int(time.time()) + 30), "sign-in-code-go")
    expect(stranger.key("frame-account")).to_contain_text("赵某")
    assert stranger.problems == []
