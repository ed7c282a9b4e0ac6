"""What a page drew is sent again at the next run: no part of it has to be drawn anew."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboard.reads import cache, recording
from data.store.database import connect
from models.account import Role
from tests.dashboard.apps import open_app
from tests.dashboard.signed_in import SignIn
from tests.demonstration_day import TODAY

pytestmark = pytest.mark.usefixtures("english")

LARGE = {
    "overview": {},
    "coverage": {},
    "rectification": {},
    "rectification: ledger": {"tab": "ledger"},
    "rectification: flow": {"tab": "flow"},
    "mechanisms": {},
    "disposals": {},
    "tasks": {},
}
"""Pages with much on them, with what stands in their address."""


@pytest.fixture
def engine(demonstration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A copy of the demonstration, which the dashboard uses."""
    shutil.copy(demonstration, tmp_path / "gridlight.sqlite")
    engine = connect(f"sqlite:///{tmp_path / 'gridlight.sqlite'}")
    monkeypatch.setattr(cache, "engine", lambda: engine)
    monkeypatch.setenv("GRIDLIGHT_SECOND_FACTOR", "none")
    monkeypatch.setenv("GRIDLIGHT_KEY_FILE", str(tmp_path / "sign-in.key"))
    cache.forget_version()
    cache.forget_drawn()
    return engine


@pytest.mark.parametrize("page", LARGE)
def test_every_part_of_a_page_can_be_sent_again(
    page: str, sign_in_as: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part is drawn anew in each run where it is too large to keep, or holds a control that is
    not drawn live."""
    sign_in_as(Role.LEADER)
    made: list[recording.Recording | None] = []
    record = recording.record

    def watched(part: Callable[[], None], *, controls: bool = False) -> recording.Recording | None:
        made.append(record(part, controls=controls))
        return made[-1]

    monkeypatch.setattr(recording, "record", watched)
    app = open_app(page.partition(":")[0], as_of=TODAY.isoformat(), **LARGE[page])

    assert not app.exception
    assert made
    assert None not in made
