"""Plant each fault in a copy of the sources, run its tests, and print which one caught it.

`python -m tests.mutate [WORD]` plants the faults whose kind or path contains WORD, or all of them.
Exits with 1 if a fault was not caught.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

from tests.demonstration_day import SHARED_DEMONSTRATION
from tests.mutate.faults import FAULTS, Fault

ROOT = Path(__file__).parents[2]
COPIED = ("models", "data", "dashboard", "pages", "tests", ".streamlit", "pyproject.toml", "docs")
SHOWING = "dashboard/"
"""Code that only displays: a fault in it does not change the demonstration."""
WORKERS = 2
"""Faults tried side by side, each in a copy of the sources of its own."""
TIME = 3_600
"""The most seconds for one run of tests."""


def copy(folder: Path) -> None:
    """Copy the sources and the tests, without build results."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy(source, folder / name)


def caught_by(fault: Fault, folder: Path) -> str | None:
    """The first test that fails with `fault` planted in `folder`; None if none does."""
    path = folder / fault.path
    right = path.read_text(encoding="utf-8")
    assert right.count(fault.right) == 1, fault
    path.write_text(right.replace(fault.right, fault.wrong), encoding="utf-8")
    try:
        run = _pytest(folder, fault.tests, shared=fault.path.startswith(SHOWING))
    finally:
        path.write_text(right, encoding="utf-8")
    failed = re.search(r"^(?:FAILED|ERROR) (\S+)", run.stdout, re.MULTILINE)
    if run.returncode and not failed:
        return f"pytest ended with {run.returncode}"
    return failed[1] if failed else None


def failing(folder: Path, chosen: list[Fault]) -> str:
    """The output of pytest if a chosen test fails without any fault; "" if none does."""
    tests = sorted({test for fault in chosen for test in fault.tests})
    run = _pytest(folder, ["-n", str(WORKERS), *tests], shared=True)
    return run.stdout if run.returncode else ""


def _pytest(
    folder: Path, arguments: Iterable[str], *, shared: bool
) -> subprocess.CompletedProcess[str]:
    """Run pytest; with `shared` they use the demonstration filled by an earlier run."""
    kept = {SHARED_DEMONSTRATION: str(folder / "demonstration.sqlite")} if shared else {}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        # Python would reuse the compiled file if the source changed within the same second.
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"} | kept,
        capture_output=True,
        text=True,
        timeout=TIME,
        check=False,
    )


def main(word: str = "") -> int:
    """Plant the faults that contain `word`; returns the number of those not caught."""
    chosen = [fault for fault in FAULTS if word in fault.kind or word in fault.path]
    with TemporaryDirectory() as name:
        folders: SimpleQueue[Path] = SimpleQueue()
        for worker in range(WORKERS):
            folder = Path(name) / str(worker)
            folder.mkdir()
            copy(folder)
            folders.put(folder)
        if said := failing(folder, chosen):
            print(said, "These tests fail without any fault.", sep="\n")
            return len(chosen)

        def tried(fault: Fault) -> str | None:
            folder = folders.get()
            try:
                return caught_by(fault, folder)
            finally:
                folders.put(folder)

        escaped = 0
        with ThreadPoolExecutor(WORKERS) as workers:
            for number, (fault, test) in enumerate(
                zip(chosen, workers.map(tried, chosen), strict=True), 1
            ):
                escaped += test is None
                print(
                    f"{number}/{len(chosen)} {fault.path}: {fault.kind}: {test or 'NOT CAUGHT'}",
                    flush=True,
                )
    print(f"{len(chosen) - escaped} of {len(chosen)} faults caught")
    return escaped


if __name__ == "__main__":
    sys.exit(1 if main(*sys.argv[1:2]) else 0)
