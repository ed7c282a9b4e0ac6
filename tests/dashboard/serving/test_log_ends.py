"""A running server notes outside the database where the access log ends."""

import logging
from collections.abc import Iterator
from threading import Event as Happened

import pytest
from sqlalchemy import Engine

from dashboard import log_guard
from dashboard.serving import log_ends
from data.store.access_log import Broken
from tests.dashboard.log_changes import add, cut

NOT_OFTEN = 60.0


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Happened]:
    """Set whenever the end has been noted once more."""
    happened, keep = Happened(), log_guard.keep_end

    def kept(engine: Engine) -> bool:
        well = keep(engine)
        happened.set()
        return well

    monkeypatch.setattr(log_guard, "keep_end", kept)
    yield happened


def await_next(noted: Happened) -> None:
    """Wait for a note that began after this call."""
    for _ in range(2):
        noted.clear()
        assert noted.wait(20)


def test_entries_cut_off_under_a_running_server_are_known(
    engine: Engine, noted: Happened, caplog: pytest.LogCaptureFixture
) -> None:
    stop = log_ends.begin(engine, every=0.02)
    try:
        add(engine)
        end = add(engine)
        await_next(noted)
        assert log_guard.last_end(engine) == end
        cut(engine)
        with caplog.at_level(logging.ERROR):
            await_next(noted)
            await_next(noted)
    finally:
        stop()
    # The noted end stays for the check, and the log of the server says it once.
    assert log_guard.last_end(engine) == end
    assert log_guard.verify(engine)[0].why is Broken.CUT
    assert [each.message for each in caplog.records if each.name == log_ends.__name__] == [
        "the access log no longer holds the end that was noted down before"
    ]


def test_an_orderly_stop_notes_the_end(engine: Engine) -> None:
    stop = log_ends.begin(engine, every=NOT_OFTEN)
    end = add(engine)
    assert log_guard.last_end(engine) is None
    stop()
    assert log_guard.last_end(engine) == end


def test_a_file_of_ends_that_cannot_be_read_stops_no_server(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    add(engine)
    log_guard.keep_end(engine)
    log_ends.log_guard.key_files.log_ends_file().write_text("{")
    with caplog.at_level(logging.ERROR):
        log_ends.begin(engine, every=NOT_OFTEN)()
    assert "cannot be noted" in caplog.text
