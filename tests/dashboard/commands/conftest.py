"""The fixtures of command tests: a shell, and one whose database has a row in every ledger."""

from pathlib import Path

import pytest

from data.access import passwords
from tests.dashboard.commands.calling import EVERY_LEDGER, Shell


@pytest.fixture(autouse=True)
def quick_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "ROUNDS", 4)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def filled(shell: Shell) -> Shell:
    shell.take(**EVERY_LEDGER)
    return shell
