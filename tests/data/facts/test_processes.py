"""Processes that answer questions: they give way as much as the process that started them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ASK = """
import os
from pathlib import Path
from data.facts import processes

os.nice({niceness})
with processes.started("data.facts.comparing_apart", None) as several:
    for process in several._all:
        print(Path(f"/proc/{{process.pid}}/autogroup").read_text().split()[-1])
"""
HERE = Path("/proc/self/autogroup")


@pytest.mark.parametrize("niceness", [0, 7])
@pytest.mark.skipif(not HERE.exists(), reason="processors are not shared out among sessions")
def test_sessions_of_processes_have_the_niceness_of_the_one_that_started_them(
    niceness: int,
) -> None:
    told = subprocess.run(
        [sys.executable, "-c", ASK.format(niceness=niceness)],
        capture_output=True,
        text=True,
        check=True,
    )
    # The tests may themselves have been started behind others.
    assert set(told.stdout.split()) == {str(min(19, os.nice(0) + niceness))}
