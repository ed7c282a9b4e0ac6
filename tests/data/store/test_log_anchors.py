"""The end of the access log that is kept outside the database never moves back."""

import json
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Engine

from data.store import access_log, log_anchors
from data.store.access_log import Act, Anchor
from data.store.database import reading, recording
from models.account import Event
from tests.data.contents import NOW


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file with the ends, as long as the test runs."""
    return tmp_path / "access-log.ends"


def add(engine: Engine) -> Anchor:
    """Add an entry; returns where the log ends now."""
    with recording(engine) as connection:
        access_log.append(connection, Act("wang", NOW), Event.SIGNED_IN)
        return access_log.head(connection)


def test_the_kept_end_follows_the_log(engine: Engine, file: Path) -> None:
    for _ in range(2):
        end = add(engine)
        with reading(engine) as connection:
            assert log_anchors.advance(connection, file, "a", log_anchors.kept(file, "a"))
        assert log_anchors.kept(file, "a") == end


def test_a_process_that_sees_less_moves_no_end_back(engine: Engine, file: Path) -> None:
    log_anchors.put(file, "a", add(engine))
    add(engine)
    before = log_anchors.kept(file, "a")
    with reading(engine) as connection:
        assert access_log.head(connection)[0] == 2
        # Another process adds and notes an entry that this look at the database does not see.
        log_anchors.put(file, "a", later := add(engine))
        assert log_anchors.advance(connection, file, "a", before)
    assert log_anchors.kept(file, "a") == later


def test_ends_of_several_databases_noted_at_once_are_all_kept(file: Path) -> None:
    def note(name: str) -> None:
        for number in range(1, 40):
            log_anchors.put(file, name, (number, "0" * 64))
            json.loads(file.read_text("utf-8"))

    threads = [Thread(target=note, args=(name,)) for name in ("a", "b", "c")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [log_anchors.kept(file, name) for name in ("a", "b", "c")] == [(39, "0" * 64)] * 3
