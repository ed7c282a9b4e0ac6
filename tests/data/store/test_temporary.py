"""What is temporary lies in a folder of its process, and goes with it or after it."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from data.store import temporary

DEAD = 4194305
"""A number that no process of Linux can have."""


def test_what_a_killed_process_left_is_removed_by_the_next(tmp_path: Path) -> None:
    left = tmp_path / f"{temporary.PREFIX}{DEAD}-abc"
    of_a_living = tmp_path / f"{temporary.PREFIX}{os.getpid()}-abc"
    others = tmp_path / "gridlight-other"
    for each in (left, of_a_living, others):
        each.mkdir()
    with temporary.folder_in(tmp_path) as made:
        assert not left.exists()
        assert of_a_living.exists()
        assert others.exists()
    assert not made.exists()


def test_all_that_is_temporary_lies_in_the_folder_of_the_process_and_goes_with_it() -> None:
    before = tempfile.gettempdir()
    with temporary.folder_of_process() as folder:
        made = Path(tempfile.mkdtemp())
        assert made.parent == folder
        asked = [sys.executable, "-c", "import tempfile; print(tempfile.gettempdir())"]
        assert Path(subprocess.check_output(asked, text=True).strip()) == folder
    assert not made.exists()
    assert tempfile.gettempdir() == before
