"""Who watches is answered within a second, and made-up tickets take no lock."""

import asyncio
import json
import threading
from contextlib import contextmanager

import pytest

from dashboard.serving import health, sessions
from data.store.schema import Standing


def test_a_database_that_answers_is_there(monkeypatch):
    monkeypatch.setattr(health, "HEALTH_WITHIN", 30)
    monkeypatch.setattr(health, "_is_there", lambda: True)
    health._health.cache_clear()
    assert asyncio.run(health.healthz(None)).status_code == 200


def test_health_does_not_wait_for_a_database_that_hangs(monkeypatch):
    answered = threading.Event()

    async def asked() -> int:
        answer = await health.healthz(None)
        # asyncio waits for its threads at the end, a health does not.
        answered.set()
        return answer.status_code

    monkeypatch.setattr(health, "_is_there", lambda: answered.wait(30))
    health._health.cache_clear()
    assert asyncio.run(asked()) == 503
    assert health.HEALTH_WITHIN < 1


def test_a_made_up_ticket_takes_no_lock(monkeypatch):
    @contextmanager
    def looking(_engine):
        yield None

    monkeypatch.setattr(sessions.cache, "engine", lambda: None)
    monkeypatch.setattr(sessions, "reading", looking)
    monkeypatch.setattr(sessions.sign_in, "account_of_ticket", lambda *_asked: None)
    monkeypatch.setattr(sessions, "recording", lambda _engine: pytest.fail("it took the lock"))
    token, _account = sessions._redeem("made up", None)
    assert token is None


@pytest.mark.parametrize(
    ("standing", "written", "in_force", "said"),
    [
        (Standing.CURRENT, True, True, "ready"),
        (Standing.CURRENT, True, False, "derived by other rules"),
        (Standing.CURRENT, False, True, "cannot be written"),
        (Standing.OLDER, True, True, "of an older version"),
        (Standing.LATER, True, True, "of a later version"),
    ],
)
def test_readiness_names_what_keeps_people_from_working(
    monkeypatch, standing, written, in_force, said
):
    @contextmanager
    def looking(_engine):
        yield None

    monkeypatch.setattr(health.cache, "engine", lambda: None)
    monkeypatch.setattr(health, "reading", looking)
    monkeypatch.setattr(health, "standing", lambda _connection: standing)
    monkeypatch.setattr(health.room, "can_be_written", lambda _connection: written)
    monkeypatch.setattr(health.rules_mark, "in_force", lambda _connection: in_force)
    health._health.cache_clear()
    answer = asyncio.run(health.readyz(None))
    assert json.loads(answer.body) == {"database": said}
    assert answer.status_code == (200 if said == "ready" else 503)
