"""Requests under a name that is not ours are refused before anything else answers them."""

import asyncio

import pytest

from dashboard import settings
from dashboard.serving.hosts import KnownHosts
from dashboard.setting_origins import SettingsError

OURS = "grid.example, 10.1.2.3, [2001:db8::7]"


def answered(
    monkeypatch: pytest.MonkeyPatch,
    host: str | None,
    *,
    path: str = "/",
    kind: str = "http",
    hosts: str = OURS,
) -> str:
    """The app, or what is answered instead of it: the status, or the code of closing."""
    monkeypatch.setenv("GRIDLIGHT_HOSTS", hosts)
    said: list[str] = []

    async def app(_scope, _receive, _send) -> None:
        said.append("app")

    async def send(message) -> None:
        if "status" in message or "code" in message:
            said.append(str(message.get("status") or message.get("code")))

    headers = [] if host is None else [(b"host", host.encode("latin-1"))]
    scope = {"type": kind, "path": path, "headers": headers}
    asyncio.run(KnownHosts(app)(scope, None, send))
    (answer,) = said
    return answer


@pytest.mark.parametrize(
    "host",
    ["grid.example", "GRID.example:8501", "grid.example.:443", "10.1.2.3:80", "[2001:db8::7]:8501"],
)
def test_our_names_are_answered_with_any_port(monkeypatch, host):
    assert answered(monkeypatch, host) == "app"
    assert answered(monkeypatch, host, kind="websocket") == "app"


@pytest.mark.parametrize(
    "host",
    [
        None,
        "",
        "evil.example",
        "grid.example.evil.example",
        "evil.example:grid.example",
        "[::1",
        "127.0.0.1:8501",
        "x@evil.example",
        "\xe9",
    ],
)
def test_other_names_are_refused(monkeypatch, host):
    assert answered(monkeypatch, host) == "400"
    assert answered(monkeypatch, host, kind="websocket", path="/_stcore/stream") == "1008"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_monitoring_is_answered_under_any_name(monkeypatch, path):
    assert answered(monkeypatch, "127.0.0.1:8501", path=path) == "app"


def test_without_the_setting_any_name_is_ours(monkeypatch):
    assert answered(monkeypatch, "evil.example", hosts="") == "app"


@pytest.mark.parametrize("given", ["https://grid.example", "grid.example:8501", "a b", "*"])
def test_what_is_no_name_of_a_host_is_refused_at_the_start(given):
    with pytest.raises(SettingsError, match="HOSTS"):
        settings.in_use({"GRIDLIGHT_HOSTS": given})
