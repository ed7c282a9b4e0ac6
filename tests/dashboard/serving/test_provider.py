"""Sign-in by an OpenID Connect provider that runs beside the test."""

import asyncio
import json
import time
from collections.abc import Iterator
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from starlette.datastructures import Headers
from starlette.routing import Route, Router

from dashboard import clock, provider_settings, settings
from dashboard.serving import oidc, provider, provider_sign_out, sessions
from dashboard.setting_origins import SettingsError
from data.access import accounts, second_factor, sign_in
from data.store import access_log
from data.store.access_log import Act
from data.store.database import reading, writing
from models.account import Event, Role
from tests.dashboard.serving.identity_provider import (
    CLIENT,
    KEY,
    OTHER_KEY,
    SECRET,
    IdentityProvider,
    running,
)

PAGE = "/rectification?node=kind%3ASOE"


@pytest.fixture(scope="module")
def started() -> Iterator[IdentityProvider]:
    with running() as found:
        yield found


@pytest.fixture
def confirming(started, engine, tmp_path, monkeypatch) -> IdentityProvider:
    """The provider, named in the settings, as it is before anybody tampers with it."""
    started.claims = {"sub": "17", "preferred_username": "wang", "name": "王某"}
    started.forged, started.key, started.asked = {}, KEY, []
    started.end = f"{started.issuer}/end"
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    for name, value in {
        "ISSUER": started.issuer,
        "CLIENT_ID": CLIENT,
        "CLIENT_SECRET_FILE": str(secret),
    }.items():
        monkeypatch.setenv(f"GRIDLIGHT_OIDC_{name}", value)
    oidc._client.cache_clear()
    return started


class Browser:
    """Asks the two routes, keeps cookies and follows no redirect."""

    def __init__(self, runner: asyncio.Runner) -> None:
        self.cookies: dict[str, str] = {}
        self._runner = runner
        self._app = Router(
            [
                Route(provider.BEGIN, provider.begin),
                Route(provider.RETURN, provider.come_back),
                Route(provider_sign_out.END, provider_sign_out.end),
                Route("/session", sessions.open_session, methods=["POST"]),
                Route("/session", sessions.close_session, methods=["DELETE"]),
            ]
        )

    def get(self, address: str) -> tuple[int, Headers]:
        """Status and headers of the answer."""
        status, headers, _body = self.ask("GET", address)
        return status, headers

    def ask(self, method: str, address: str, body: bytes = b"") -> tuple[int, Headers, bytes]:
        """Status, headers and body of the answer."""
        path, _mark, query = address.partition("?")
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "scheme": "http",
            "client": ("10.20.30.40", 4000),
            "headers": [
                (b"host", b"127.0.0.1:8501"),
                (b"origin", b"http://127.0.0.1:8501"),
                (b"cookie", cookies.encode()),
            ],
        }
        answers: list[dict] = []

        async def send(message) -> None:
            answers.append(message)

        async def receive():
            return {"type": "http.request", "body": body}

        self._runner.run(self._app(scope, receive, send))
        headers = Headers(raw=answers[0]["headers"])
        for each in headers.getlist("set-cookie"):
            for name, kept in SimpleCookie(each).items():
                self.cookies[name] = kept.value
                if not kept.value:
                    del self.cookies[name]
        return answers[0]["status"], headers, answers[1].get("body", b"")

    def to(self, address: str) -> str:
        """Where the answer sends to."""
        status, headers = self.get(address)
        assert status == 303
        return headers["location"]


@pytest.fixture
def browser(engine) -> Iterator[Browser]:
    for each in (provider, provider_sign_out):
        each._outside.cache_clear()
    with asyncio.Runner() as runner:
        yield Browser(runner)
    for each in (provider, provider_sign_out):
        each._outside.cache_clear()


def leave(browser: Browser, page: str = PAGE) -> str:
    return browser.to(f"{provider.BEGIN}?{urlencode({'next': page})}")


def way_back(confirming: IdentityProvider, browser: Browser, page: str = PAGE) -> str:
    back = urlsplit(confirming.confirm(leave(browser, page)))
    return f"{back.path}?{back.query}"


def sign_in_by(confirming: IdentityProvider, browser: Browser) -> str:
    """Where a whole sign-in leads to."""
    return browser.to(way_back(confirming, browser))


def outcome(location: str) -> str:
    return parse_qs(urlsplit(location).query)["sign_in"][0]


def viewer_of(engine, browser: Browser):
    token = browser.cookies.get("gridlight")
    with reading(engine) as connection:
        found = sign_in.viewer(connection, token or "", clock.now(), settings.policy())
    return found


def entries(engine) -> list[tuple[str, str, str]]:
    with reading(engine) as connection:
        return [(each.account, each.what, each.subject) for each in access_log.entries(connection)]


def test_an_account_signs_in_and_comes_back_to_the_page_asked_for(confirming, browser, add, engine):
    add("wang", Role.LEADER)
    _status, headers = browser.get(way_back(confirming, browser))
    assert headers["location"] == PAGE
    [session] = [each for each in headers.getlist("set-cookie") if each.startswith("gridlight=")]
    assert "HttpOnly" in session
    assert "samesite=strict" in session.lower()
    assert viewer_of(engine, browser).account == "wang"
    assert entries(engine)[0] == ("wang", Event.SIGNED_IN, "provider")


@pytest.mark.parametrize(
    "forged",
    [
        {"nonce": "another"},
        {"aud": "somebody else"},
        {"iss": "http://127.0.0.1:1"},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        "key",
    ],
)
def test_a_token_that_is_not_for_us_now_or_not_signed_by_the_provider_opens_nothing(
    confirming, browser, add, engine, forged
):
    add("wang", Role.LEADER)
    if forged == "key":
        confirming.key = OTHER_KEY
    else:
        confirming.forged = forged
    assert outcome(sign_in_by(confirming, browser)) == "not-confirmed"
    assert "gridlight" not in browser.cookies
    assert entries(engine)[0] == ("?", Event.SIGN_IN_REFUSED, "provider: not confirmed")


def test_who_did_not_set_out_from_here_does_not_come_back_here(confirming, browser, add, engine):
    add("wang", Role.LEADER)
    back = way_back(confirming, browser)
    browser.cookies.clear()
    assert outcome(browser.to(back)) == "too-late"
    back = way_back(confirming, browser)
    assert outcome(browser.to(back.replace("state=", "state=x"))) == "too-late"
    # The journey is over with the first answer.
    assert outcome(browser.to(back)) == "too-late"
    assert "/token" not in confirming.asked


def test_who_did_not_agree_at_the_provider_is_not_confirmed(confirming, browser, add, engine):
    add("wang", Role.LEADER)
    refused = way_back(confirming, browser).replace("code=", "error=access_denied&x=")
    assert outcome(browser.to(refused)) == "not-confirmed"
    assert entries(engine)[0][1] == Event.SIGN_IN_REFUSED


def test_a_code_is_for_the_browser_that_asked_for_it(confirming, browser, add):
    add("wang", Role.LEADER)
    code = parse_qs(urlsplit(confirming.confirm(leave(browser))).query)["code"][0]
    state = parse_qs(urlsplit(leave(browser)).query)["state"][0]
    # The verifier of the second journey does not open the code of the first.
    assert outcome(browser.to(f"{provider.RETURN}?code={code}&state={state}")) == "not-confirmed"


@pytest.mark.parametrize("told", ["nobody", "Wáng", "wang" + "x" * 40, "\u212aang", 17, None])
def test_only_an_account_there_is_opens(confirming, browser, add, engine, told):
    add("kang", Role.LEADER)
    confirming.claims["preferred_username"] = told
    assert outcome(sign_in_by(confirming, browser)) == "no-account"
    assert entries(engine)[0] == ("?", Event.SIGN_IN_REFUSED, "provider: no account")
    with reading(engine) as connection:
        assert [each.name for each in accounts.listed(connection)] == ["kang"]


def test_a_disabled_account_stays_closed(confirming, browser, add, engine):
    add("wang", Role.LEADER)
    with writing(engine) as connection:
        accounts.disable(connection, Act("operator", clock.now()), "wang")
    assert outcome(sign_in_by(confirming, browser)) == "no-account"
    assert entries(engine)[0] == ("wang", Event.SIGN_IN_REFUSED, "provider: no account")


def test_an_account_is_made_with_the_rights_told_and_they_follow(
    confirming, browser, engine, monkeypatch
):
    monkeypatch.setenv("GRIDLIGHT_OIDC_PROVISION", "1")
    monkeypatch.setenv("GRIDLIGHT_OIDC_ROLE_CLAIM", "groups")
    monkeypatch.setenv("GRIDLIGHT_OIDC_ROLES", "gl-units=unit, gl-leaders=leader")
    monkeypatch.setenv("GRIDLIGHT_OIDC_UNIT_CLAIM", "units")
    confirming.claims |= {"groups": ["staff", "gl-units"], "units": "E01"}
    assert sign_in_by(confirming, browser) == PAGE
    found = viewer_of(engine, browser)
    assert (found.role, found.units, found.must_change) == (Role.UNIT, {"E01"}, None)
    assert [entry[1:] for entry in reversed(entries(engine))] == [
        (Event.ACCOUNT_ADDED, "wang"),
        (Event.GRANTED, "wang unit unit:E01"),
        (Event.SIGNED_IN, "provider"),
    ]
    confirming.claims |= {"groups": ["gl-leaders"]}
    sign_in_by(confirming, browser)
    assert viewer_of(engine, browser).role is Role.LEADER
    # A unit that is not there: nothing is given, nobody comes in.
    confirming.claims |= {"groups": "gl-units", "units": ["NONE"]}
    assert outcome(sign_in_by(confirming, browser)) == "no-account"
    assert entries(engine)[0][2] == "provider: rights"
    with writing(engine) as connection:
        assert sign_in.enter(connection, Act("wang", clock.now())) is None


def test_no_claim_makes_an_administrator_or_changes_an_account_made_by_hand(
    confirming, browser, add, engine, monkeypatch
):
    monkeypatch.setenv("GRIDLIGHT_OIDC_PROVISION", "1")
    monkeypatch.setenv("GRIDLIGHT_OIDC_ROLE_CLAIM", "groups")
    add("li", Role.MANAGER, sectors=["EDU"])
    confirming.claims |= {"groups": ["log_admin", "leader"], "preferred_username": "li"}
    sign_in_by(confirming, browser)
    assert viewer_of(engine, browser).role is Role.MANAGER
    confirming.claims |= {"groups": "account_admin", "preferred_username": "wang"}
    sign_in_by(confirming, browser)
    assert viewer_of(engine, browser).role is None
    with pytest.raises(SettingsError, match="OIDC_ROLES"):
        monkeypatch.setenv("GRIDLIGHT_OIDC_ROLES", "x=account_admin")
        provider_settings.provider()


@pytest.mark.parametrize(("elsewhere", "opens"), [("0", False), ("1", True)])
def test_a_second_factor_is_asked_for_here_unless_it_is_left_to_the_provider(
    confirming, browser, add, engine, monkeypatch, elsewhere, opens
):
    add("wang", Role.LEADER)
    monkeypatch.setenv("GRIDLIGHT_SECOND_FACTOR_ELSEWHERE", elsewhere)
    monkeypatch.setattr(second_factor, "is_on", lambda *_asked: True)
    assert sign_in_by(confirming, browser) == PAGE
    assert ("gridlight" in browser.cookies) is opens
    half = browser.cookies.get("gridlight-code")
    with reading(engine) as connection:
        waiting = sign_in.awaits_code(connection, half or "", clock.now())
    assert waiting == (None if opens else "wang")


def test_must_enrol_is_left_to_the_provider_too(confirming, browser, add, engine, monkeypatch):
    add("wang", Role.LEADER)
    monkeypatch.setenv("GRIDLIGHT_SECOND_FACTOR", "leader")
    sign_in_by(confirming, browser)
    assert viewer_of(engine, browser).must_enrol
    monkeypatch.setenv("GRIDLIGHT_SECOND_FACTOR_ELSEWHERE", "1")
    assert not viewer_of(engine, browser).must_enrol


def signed_out(browser: Browser) -> str | None:
    """Where signing out here leads on to; None if nowhere."""
    status, _headers, body = browser.ask("DELETE", "/session")
    return json.loads(body)["next"] if status == 200 else None


def signed_in_with_a_ticket(engine, browser: Browser, account: str) -> None:
    with writing(engine) as connection:
        ticket = sign_in.accept(connection, Act(account, clock.now()))
    sent = json.dumps({"ticket": ticket}).encode()
    assert browser.ask("POST", "/session", sent)[0] == 204


def test_who_came_by_the_provider_signs_out_there_too_and_comes_back(
    confirming, browser, add, engine
):
    add("wang", Role.LEADER)
    sign_in_by(confirming, browser)
    assert signed_out(browser) == provider_sign_out.END
    assert viewer_of(engine, browser) is None
    there = browser.to(provider_sign_out.END)
    assert there.startswith(f"{confirming.issuer}/end?")
    assert confirming.ended(there) == "http://127.0.0.1:8501/"
    assert browser.cookies == {}
    assert browser.to(provider_sign_out.END) == "/"


@pytest.mark.parametrize("end", [None, "http://sso.example/end", "away"])
def test_signing_out_here_is_all_where_the_provider_cannot_do_it_safely(
    confirming, browser, add, engine, monkeypatch, end
):
    confirming.end = end
    add("wang", Role.LEADER)
    sign_in_by(confirming, browser)
    if end == "away":
        monkeypatch.setenv("GRIDLIGHT_OIDC_ISSUER", "http://127.0.0.1:9")
    signed_out(browser)
    assert browser.to(provider_sign_out.END) == "/"
    assert browser.cookies == {}


def test_signing_out_at_the_provider_can_be_switched_off(confirming, browser, add, monkeypatch):
    monkeypatch.setenv("GRIDLIGHT_OIDC_SIGN_OUT", "0")
    add("wang", Role.LEADER)
    sign_in_by(confirming, browser)
    assert signed_out(browser) is None
    assert browser.cookies == {}


@pytest.mark.parametrize(("then", "leads"), [("wang", True), ("li", False)])
def test_who_came_in_otherwise_since_is_signed_out_here_only(
    confirming, browser, add, engine, then, leads
):
    add("wang", Role.LEADER)
    add("li", Role.LEADER)
    sign_in_by(confirming, browser)
    # With a code of the second factor the same account goes on in this way.
    signed_in_with_a_ticket(engine, browser, then)
    assert (signed_out(browser) is not None) is leads


def test_a_token_too_long_for_a_cookie_is_left_out(confirming, browser, add):
    confirming.claims["groups"] = ["x" * 30] * 200
    add("wang", Role.LEADER)
    sign_in_by(confirming, browser)
    assert len(browser.cookies["gridlight-provider"]) < provider_sign_out.LONGEST
    assert "id_token_hint" not in browser.to(provider_sign_out.END)


@pytest.mark.parametrize(
    ("page", "back"),
    [
        ("/coverage", "/coverage"),
        ("/coverage?sign_in=too-late&as_of=2026-06-30", "/coverage?as_of=2026-06-30"),
        ("//elsewhere/x", "/"),
        ("/\\elsewhere", "/"),
        ("https://elsewhere/", "/"),
        ("/a\nset-cookie: x", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_leads_to_a_page_of_ours_only(page, back):
    assert provider._own_page(page) == back


def test_a_provider_that_does_not_answer_or_calls_itself_otherwise_is_said_to_be_away(
    confirming, browser, monkeypatch, caplog
):
    monkeypatch.setenv("GRIDLIGHT_OIDC_ISSUER", confirming.issuer.replace("127.0.0.1", "localhost"))
    assert outcome(browser.to(provider.BEGIN)) == "provider-away"
    monkeypatch.setenv("GRIDLIGHT_OIDC_ISSUER", "http://127.0.0.1:9")
    assert outcome(browser.to(provider.BEGIN)) == "provider-away"
    assert len(caplog.records) == 2


def test_without_a_provider_there_is_no_way_to_one(browser, engine):
    assert browser.get(provider.BEGIN)[0] == 404
    assert browser.get(provider.RETURN)[0] == 404


@pytest.mark.parametrize("issuer", ["http://sso.example", "sso.example", "ftp://sso.example"])
def test_a_provider_without_https_is_refused(issuer):
    with pytest.raises(SettingsError, match="https://"):
        provider_settings.provider({"GRIDLIGHT_OIDC_ISSUER": issuer})
