"""Where a visitor comes from: told by trusted proxies only, and it reaches lock-out and log."""

import asyncio

import pytest

from dashboard import provider_settings, settings
from dashboard.serving import origin, proxies
from dashboard.serving.proxies import TrustedProxies
from dashboard.setting_origins import SettingsError

NGINX, WAF, VISITOR, STRANGER = "127.0.0.1", "10.9.0.4", "10.20.30.40", "10.66.6.6"


def seen(monkeypatch, trusted: str, peer: str, *forwarded: str, proto: str | None = None) -> dict:
    """What the dashboard sees of a request that `peer` sends."""
    monkeypatch.setenv("GRIDLIGHT_TRUSTED_PROXIES", trusted)
    found: dict = {}

    async def app(scope, _receive, _send) -> None:
        found.update(client=origin.client(scope), scheme=scope["scheme"])
        found["headers"] = dict(scope["headers"])

    headers = [(b"x-forwarded-for", each.encode()) for each in forwarded]
    if proto:
        headers.append((b"x-forwarded-proto", proto.encode()))
    scope = {"type": "http", "scheme": "http", "client": (peer, 4000), "headers": headers}
    asyncio.run(TrustedProxies(app)(scope, None, None))
    return found


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "client"),
    [
        ("", NGINX, [VISITOR], None),
        ("", STRANGER, [VISITOR], STRANGER),
        (NGINX, NGINX, [VISITOR], VISITOR),
        # What the visitor claims stands before what the proxy adds.
        (NGINX, NGINX, [f"{STRANGER}, {VISITOR}"], VISITOR),
        (NGINX, STRANGER, [VISITOR], STRANGER),
        # Two in a row: each added the address it was asked from.
        (f"{NGINX}, 10.9.0.0/28", NGINX, [f"{STRANGER}, {VISITOR}, {WAF}"], VISITOR),
        (f"{NGINX}, 10.9.0.0/28", NGINX, [f"{STRANGER}, {VISITOR}", WAF], VISITOR),
        # The second is not named, so it is as far as anybody can be sure.
        (NGINX, NGINX, [f"{STRANGER}, {VISITOR}, {WAF}"], WAF),
        ("::1", "::1", ["2001:db8::7"], "2001:db8::7"),
        (NGINX, NGINX, ["nobody knows"], None),
        (NGINX, NGINX, [], None),
    ],
)
def test_the_visitor_is_the_last_one_before_the_trusted_proxies(
    monkeypatch, trusted, peer, forwarded, client
):
    assert seen(monkeypatch, trusted, peer, *forwarded)["client"] == client


def test_https_is_believed_of_trusted_proxies_only(monkeypatch):
    assert seen(monkeypatch, NGINX, NGINX, VISITOR, proto="https")["scheme"] == "https"
    assert seen(monkeypatch, NGINX, STRANGER, VISITOR, proto="https")["scheme"] == "http"


def test_what_somebody_else_says_goes_no_further_and_is_told_once(monkeypatch, caplog):
    monkeypatch.setattr(proxies, "_named", set())
    for _again in range(3):
        found = seen(monkeypatch, NGINX, STRANGER, VISITOR, proto="https")
        assert found["headers"] == {}
    assert [record.getMessage().partition(" ")[0] for record in caplog.records] == [STRANGER]


@pytest.mark.parametrize("said", ["nginx", "10.0.0.1/8", "*", "127.0.0.1 ::1"])
def test_what_is_no_address_or_network_is_refused(said):
    with pytest.raises(SettingsError, match="TRUSTED_PROXIES"):
        settings.in_use({"GRIDLIGHT_TRUSTED_PROXIES": said})


NAMES = b"x-remote-user"


@pytest.mark.parametrize(
    ("peer", "sent", "accepted"),
    [
        (NGINX, [(NAMES, b"wang")], True),
        (STRANGER, [(NAMES, b"wang")], False),
        # What the visitor sent stands beside what the proxy says.
        (NGINX, [(NAMES, b"li"), (NAMES, b"wang")], False),
        (NGINX, [(b"x_remote_user", b"li"), (NAMES, b"wang")], False),
        (NGINX, [(b"x-remote_user", b"li")], False),
        (STRANGER, [(b"x_remote_user", b"li")], False),
    ],
)
def test_the_account_is_accepted_of_a_trusted_proxy_that_names_one(
    monkeypatch, peer, sent, accepted
):
    monkeypatch.setenv("GRIDLIGHT_TRUSTED_PROXIES", NGINX)
    monkeypatch.setenv("GRIDLIGHT_PROXY_ACCOUNT_HEADER", "X-Remote-User")
    found: list = []

    async def app(scope, _receive, _send) -> None:
        found.extend(scope["headers"])

    scope = {"type": "websocket", "scheme": "ws", "client": (peer, 4000), "headers": sent}
    asyncio.run(TrustedProxies(app)(scope, None, None))
    assert found == (sent if accepted else [])


@pytest.mark.parametrize("said", ["X Remote", "X-Remote:", "Überhaupt", "x_remote_user", "-x"])
def test_a_header_that_is_none_is_refused(said):
    given = {"GRIDLIGHT_PROXY_ACCOUNT_HEADER": said, "GRIDLIGHT_TRUSTED_PROXIES": NGINX}
    with pytest.raises(SettingsError, match="name of a header"):
        provider_settings.proxy_account_header(given)


def test_a_header_without_a_trusted_proxy_is_refused():
    with pytest.raises(SettingsError, match="needs trusted_proxies"):
        provider_settings.proxy_account_header({"GRIDLIGHT_PROXY_ACCOUNT_HEADER": "X-Remote-User"})
