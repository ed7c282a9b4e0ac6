"""The fixtures of command tests: a shell, and one whose database has a row in every ledger."""

import shutil
from pathlib import Path

import pytest

from tests.dashboard.commands.calling import EVERY_LEDGER, Shell
from tests.reading_here import reading_here


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture(scope="session")
def folder_of_every_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What lies in the folder of a shell that has taken a row of every ledger in; to be copied."""
    folder = tmp_path_factory.mktemp("every-ledger")
    with reading_here():
        Shell(folder).take(**EVERY_LEDGER)
    return folder


@pytest.fixture
def filled(shell: Shell, folder_of_every_ledger: Path) -> Shell:
    shutil.copytree(folder_of_every_ledger, shell.folder, dirs_exist_ok=True)
    return shell
