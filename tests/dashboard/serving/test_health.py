"""Who watches is answered within a second, and made-up tickets take no lock."""

import asyncio
import time

import pytest

from dashboard import server


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
    from contextlib import contextmanager

    @contextmanager
    def looking(_engine):
        yield None

    monkeypatch.setattr(server.cache, "engine", lambda: None)
    monkeypatch.setattr(server, "reading", looking)
    monkeypatch.setattr(server.sign_in, "account_of_ticket", lambda *_asked: None)
    monkeypatch.setattr(server, "recording", lambda _engine: pytest.fail("it took the lock"))
    assert server._redeem("made up", None) is None
