"""The session route: whose cookie changes something, and whose takes no lock."""

import asyncio
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from dashboard import identity
from dashboard.serving import sessions
from data.store import access_log
from data.store.database import BusyError, FullDiskError, reading
from models.account import Event, Role
from tests.dashboard.signed_in import add as add
from tests.dashboard.signed_in import engine as engine
from tests.dashboard.signed_in import sign_in_as as sign_in_as

HOST = "grid.example:8501"


WHOLE = {"type": "http.request", "body": b"", "more_body": False}
BROKEN_OFF = {"type": "http.disconnect"}


def ask(method: str, token: str, sent: dict = WHOLE) -> int:
    """The status with which the route answers a request with the cookie."""
    return int(asked(method, token, sent)["status"])


def asked(method: str, token: str, sent: dict = WHOLE) -> dict:
    """The beginning of the route's answer to a request with the cookie."""
    answers: list[dict] = []
    scope = {
        "type": "http",
        "method": method,
        "path": "/api/session",
        "root_path": "",
        "query_string": b"",
        "scheme": "http",
        "client": ("10.0.0.7", 1),
        "headers": [
            (b"host", HOST.encode()),
            (b"origin", f"http://{HOST}".encode()),
            (b"cookie", f"{identity.cookie_name()}={token}".encode()),
        ],
    }

    async def receive() -> dict:
        return sent

    async def send(message: dict) -> None:
        answers.append(message)

    app = Starlette(
        routes=[
            Route("/api/session", sessions.open_session, methods=["POST"]),
            Route("/api/session", sessions.renew_session, methods=["PUT"]),
            Route("/api/session", sessions.close_session, methods=["DELETE"]),
        ]
    )
    asyncio.run(app(scope, receive, send))
    return answers[0]


@pytest.mark.parametrize(("method", "status"), [("PUT", 401), ("DELETE", 204)])
def test_a_made_up_cookie_takes_no_lock(engine, monkeypatch, method, status):
    for module in (sessions, identity):
        monkeypatch.setattr(module, "recording", lambda _engine: pytest.fail("it took the lock"))
    assert ask(method, "made-up") == status


def test_a_ticket_that_breaks_off_is_no_error(engine):
    assert ask("POST", "", BROKEN_OFF) == 400


def test_a_cookie_of_a_session_renews_and_ends_it(engine, sign_in_as):
    token = sign_in_as(Role.LEADER)
    assert ask("PUT", token) == 204
    assert ask("DELETE", token) == 204
    assert ask("PUT", token) == 401
    with reading(engine) as connection:
        [out] = access_log.entries(connection, what=Event.SIGNED_OUT)
    assert (out.account, out.address) == ("wang", "10.0.0.7")


@pytest.mark.parametrize("error", [FullDiskError(Path("data")), BusyError("a long write")])
def test_a_browser_is_signed_out_even_where_that_cannot_be_written(
    engine, sign_in_as, monkeypatch, caplog, error
):
    token = sign_in_as(Role.LEADER)

    def refused(_engine):
        raise error

    monkeypatch.setattr(identity, "recording", refused)
    answer = asked("DELETE", token)
    assert answer["status"] == 204
    [cookie] = [value.decode() for name, value in answer["headers"] if name == b"set-cookie"]
    assert cookie.startswith(f'{identity.cookie_name()}="";')
    assert "Max-Age=0" in cookie
    assert "a session could not be ended" in caplog.text
