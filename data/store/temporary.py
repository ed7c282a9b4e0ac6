"""Temporary folders that bear the number of their process, so that a killed one leaves nothing."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "gridlight-files-"


@contextmanager
def folder_in(place: Path) -> Iterator[Path]:
    """A new folder in `place`, deleted at the end; those of dead processes are deleted first."""
    delete_left(place)
    made = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=place))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def folder_of_process() -> Iterator[Path]:
    """A folder in which all temporary files of this process and its children are made.

    Raises `OSError` if there is no place for it.
    """
    with folder_in(Path(tempfile.gettempdir())) as made:
        before = tempfile.tempdir, os.environ.get("TMPDIR")
        tempfile.tempdir = os.environ["TMPDIR"] = str(made)
        try:
            yield made
        finally:
            tempfile.tempdir = before[0]
            if before[1] is None:
                os.environ.pop("TMPDIR", None)
            else:
                os.environ["TMPDIR"] = before[1]


def delete_left(place: Path) -> None:
    """Delete the folders that dead processes left in `place`."""
    for left in place.glob(f"{PREFIX}*"):
        process = left.name.removeprefix(PREFIX).partition("-")[0]
        if process.isdecimal() and not lives(int(process)):
            shutil.rmtree(left, ignore_errors=True)


def lives(process: int) -> bool:
    """Whether there is a process of this number on this machine."""
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True  # The process exists, but belongs to another user.
    return True
