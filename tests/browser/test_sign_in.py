"""Who signs in gets in, who signs out is out, and a link leads on to what it shows."""

import re

import pytest
from playwright.sync_api import Cookie, expect

from dashboard import clock
from data.access import sessions, sign_in
from data.store.access_log import Act
from data.store.database import writing
from models.account import Role
from tests.browser.served import PASSWORD, Served, cookie, submit
from tests.browser.visit import Visit

FORM = "Who is signing in?"


def held(visit: Visit) -> list[Cookie]:
    """The cookies that say who is signed in."""
    return [each for each in visit.page.context.cookies() if each.get("name") == "gridlight"]


def test_right_password_opens_the_first_page(stranger):
    submit(stranger.open(), PASSWORD)
    stranger.at("overview")
    expect(stranger.key("frame-account")).to_contain_text("王某")
    assert stranger.problems == []


def test_wrong_password_opens_nothing_and_says_only_that_something_is_not_right(stranger):
    submit(stranger.open(), PASSWORD + "?")
    expect(stranger.main.get_by_role("alert")).to_have_text("Account or password is not right.")
    expect(stranger.title).to_have_text(FORM)
    assert held(stranger) == []


def test_one_click_opens_an_account_of_the_demonstration(stranger):
    stranger.open().key("enter-demo-manager").get_by_role("button").click()
    stranger.at("my_units")
    expect(stranger.key("frame-account")).to_contain_text(Role.MANAGER.zh)


def test_page_node_and_day_of_a_link_survive_sign_in(stranger):
    stranger.open("rectification", node="kind:SOE", as_of="2026-03-31")
    stranger.key("enter-demo-leader").get_by_role("button").click()
    expect(stranger.key("frame-account")).to_be_visible()
    stranger.at("rectification")
    expect(stranger.page).to_have_url(re.compile(r"node=kind(:|%3A)SOE&as_of=2026-03-31"))
    month = stranger.key("frame-as_of").get_by_role("spinbutton", name="month")
    expect(month).to_have_text("03")


def test_single_sign_on_leads_to_the_provider_and_back_to_the_page_asked_for(stranger):
    stranger.open("rectification", node="kind:SOE", as_of="2026-03-31")
    stranger.key("sign-in-provider").get_by_role("button").click()
    expect(stranger.key("frame-account")).to_contain_text("王某")
    stranger.at("rectification")
    expect(stranger.page).to_have_url(re.compile(r"node=kind(:|%3A)SOE&as_of=2026-03-31"))
    assert [each["sameSite"] for each in held(stranger)] == ["Strict"]
    [left] = stranger.problems
    assert re.match(r"left the machine: http://localhost:\d+/authorize\?", left)


def test_who_came_by_the_provider_signs_out_there_and_is_sent_back(stranger):
    stranger.open().key("sign-in-provider").get_by_role("button").click()
    expect(stranger.key("frame-account")).to_contain_text("王某")
    stranger.key("frame-account").get_by_role("button").first.click()
    stranger.key("frame-sign-out").get_by_role("button").click()
    expect(stranger.key("sign-in-provider")).to_be_visible()
    assert held(stranger) == []
    left = [each for each in stranger.problems if re.search(r"localhost:\d+/end\?", each)]
    assert len(left) == 1


def test_scripts_cannot_read_the_cookie(stranger):
    stranger.open().key("enter-demo-leader").get_by_role("button").click()
    stranger.at("overview")
    assert [(each["httpOnly"], each["sameSite"]) for each in held(stranger)] == [(True, "Strict")]
    assert "gridlight" not in stranger.page.evaluate("document.cookie")


@pytest.fixture
def signed_out(stranger: Visit, served: Served) -> tuple[str, str]:
    """The cookie of somebody who has signed out, and the address of what they downloaded."""
    given = cookie(served, Role.LEADER)
    stranger.page.context.add_cookies([given])
    stranger.open("list", figure="units")
    with stranger.page.expect_download() as download:
        stranger.key("listing-download").get_by_role("button").click()
    address = download.value.url
    # What was fetched is gone, with the same cookie too.
    assert stranger.page.request.get(address).status == 403
    stranger.key("frame-account").get_by_role("button").click()
    stranger.key("frame-sign-out").get_by_role("button").click()
    expect(stranger.title).to_have_text(FORM)
    return given["value"], address


def test_sign_out_ends_the_session_of_the_cookie(signed_out, stranger, served):
    token, address = signed_out
    assert held(stranger) == []
    refused = stranger.page.request.get(address, headers={"cookie": f"gridlight={token}"})
    assert refused.status == 403
    old = {"name": "gridlight", "value": token, "url": served.address}
    stranger.page.context.add_cookies([old])
    expect(stranger.open("list", figure="units").title).to_have_text(FORM)


def test_what_is_on_the_screen_goes_when_the_session_is_ended_elsewhere(stranger, served):
    given = cookie(served, Role.LEADER)
    stranger.page.context.add_cookies([given])
    stranger.open("sign_ins")
    expect(stranger.title).to_have_text("Where are you signed in?")
    with stranger.page.expect_response("**/api/session"):
        stranger.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    with writing(served.engine) as connection:
        handle = sign_in.handle_of(given["value"])
        sessions.end(connection, Act("demo-leader", clock.now()), handle)
    # Who is signed in is asked of the database every few seconds.
    for _attempt in range(20):
        stranger.page.wait_for_timeout(1000)
        stranger.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        if stranger.title.inner_text() == FORM:
            break
    expect(stranger.title).to_have_text(FORM)
