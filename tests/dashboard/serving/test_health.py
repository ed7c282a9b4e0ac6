"""Who watches is answered within a second, and made-up tickets take no lock."""

import asyncio
import json
import time
from contextlib import contextmanager

import pytest

from dashboard import server
from data.store.database import Standing


@pytest.mark.parametrize(("takes", "status"), [(0, 200), (3, 503)])
def test_health_is_told_within_a_second_whatever_the_database_does(monkeypatch, takes, status):
    async def asked() -> tuple[int, float]:
        started = time.monotonic()
        answer = await server.healthz(None)
        return answer.status_code, time.monotonic() - started

    monkeypatch.setattr(server, "_is_there", lambda: time.sleep(takes) or True)
    server._health.cache_clear()
    found, lasted = asyncio.run(asked())
    assert found == status
    # asyncio waits for its threads at the end, a server does not.
    assert lasted < 1


def test_a_made_up_ticket_takes_no_lock(monkeypatch):
    @contextmanager
    def looking(_engine):
        yield None

    monkeypatch.setattr(server.cache, "engine", lambda: None)
    monkeypatch.setattr(server, "reading", looking)
    monkeypatch.setattr(server.sign_in, "account_of_ticket", lambda *_asked: None)
    monkeypatch.setattr(server, "recording", lambda _engine: pytest.fail("it took the lock"))
    assert server._redeem("made up", None) is None


@pytest.mark.parametrize(
    ("standing", "in_force", "said"),
    [
        (Standing.CURRENT, True, "ready"),
        (Standing.CURRENT, False, "derived by other rules"),
        (Standing.OLDER, True, "of an older version"),
        (Standing.LATER, True, "of a later version"),
    ],
)
def test_readiness_names_what_keeps_people_from_working(monkeypatch, standing, in_force, said):
    @contextmanager
    def looking(_engine):
        yield None

    monkeypatch.setattr(server.cache, "engine", lambda: None)
    monkeypatch.setattr(server, "reading", looking)
    monkeypatch.setattr(server, "standing", lambda _connection: standing)
    monkeypatch.setattr(server.rules_mark, "in_force", lambda _connection: in_force)
    server._health.cache_clear()
    answer = asyncio.run(server.readyz(None))
    assert json.loads(answer.body) == {"database": said}
    assert answer.status_code == (200 if said == "ready" else 503)
