"""What the server answers to any browser: headers, language, width, and no secret."""

import pytest
from playwright.sync_api import expect

from dashboard.navigation import PAGES
from dashboard.serving.headers import HEADERS
from models.account import Role
from tests.browser.menu_tour import look
from tests.browser.served import ACCOUNT, submit
from tests.browser.visit import PHONE

SCROLLED = "[document.documentElement, document.querySelector('.stMain')].map(e => e.scrollWidth)"
"""How wide that is which would scroll with the page; a table scrolls within itself."""
SCREENS = [page.name for page in PAGES if page.name != "administration"]


@pytest.mark.parametrize("path", ["/", "/overview", "/healthz", "/_stcore/health", "/media/none"])
def test_every_answer_carries_the_security_headers(stranger, served, path):
    answer = stranger.page.request.get(f"{served.address}{path}")
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize(("asked", "tag"), [("zh_CN", "zh-CN"), ("en", "en"), ("xx", "zh-CN")])
def test_page_says_its_language(stranger, asked, tag):
    stranger.open(lang=asked)
    expect(stranger.page.locator("html")).to_have_attribute("lang", tag)


def test_no_page_on_a_phone_scrolls_sideways_or_has_an_error(enter):
    """For a steward, who is offered more than others on the same pages."""
    visit = enter(Role.STEWARD)
    visit.page.set_viewport_size(PHONE)
    visit.open()
    wide = {}
    problems: list[str] = []
    for name in SCREENS:
        visit.turn_to(name)
        problems += look(visit)
        width = max(visit.page.evaluate(SCROLLED))
        if width > PHONE["width"]:
            wide[name] = width
    assert wide == {}
    assert problems + visit.problems == []


SECRET = "never to be written down 1"


def test_no_password_and_no_traceback_is_written_or_shown(stranger, served):
    submit(stranger.open(), SECRET)
    expect(stranger.main.get_by_role("alert")).to_be_visible()
    assert SECRET not in stranger.main.inner_text()
    stranger.open("list", figure="nothing of the kind", as_of="never")
    for body in (b"{", b'{"ticket": 1}', b'{"ticket": "' + SECRET.encode() + b'"}'):
        stranger.page.request.post(f"{served.address}/api/session", data=body)
    written = served.log.read_text()
    assert "Traceback" not in written
    assert SECRET not in written
    with served.engine.connect() as connection:
        kept = "\n".join(connection.connection.driver_connection.iterdump())
    assert SECRET not in kept
    assert ACCOUNT in kept
