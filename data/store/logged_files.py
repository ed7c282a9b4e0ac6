"""Write files that leave the system so that none appears under its name before it is logged."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Engine

from data.store import access_log
from data.store.access_log import Act
from data.store.database import writing
from data.store.temporary import lives
from models.account import Event
from models.text import N_

EXISTS = N_("{file} is there already. Choose another name, or add --force to replace it.")
COMPANIONS = ("-journal", "-wal", "-shm")
"""What SQLite may lay beside a file."""
PART = re.compile(rf".+\.gridlight-(\d+)\.part({'|'.join(COMPANIONS)})?")
"""The name of a file that the process of this number is writing, or of what lies beside it."""


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A path beside `target` to write to; it is renamed to `target` once the block ends.

    Only its owner may read it, since such files hold names. If the block fails, `target` is
    unchanged and nothing is left beside it. What killed processes left in its folder is deleted
    first. Raises an `OSError` that names `target` if the file cannot be written.
    """
    part = target.with_name(f"{target.name}.gridlight-{os.getpid()}.part")
    try:
        _remove(part)
        _delete_left(target.parent)
        yield part
        part.chmod(0o600)
        part.replace(target)
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(target)) from error
    finally:
        _remove(part)


@contextmanager
def logged_file(engine: Engine, target: Path, act: Act, subject: str) -> Iterator[Path]:
    """As `whole_file`, for what leaves the system: it is logged before it has its name."""
    with whole_file(target) as part:
        yield part
        with writing(engine) as connection:
            access_log.append(connection, act, Event.EXPORTED, subject)


def _remove(part: Path) -> None:
    """Delete the file, and what SQLite leaves beside it on a full disk."""
    for end in ("", *COMPANIONS):
        part.with_name(f"{part.name}{end}").unlink(missing_ok=True)


def _delete_left(folder: Path) -> None:
    """Delete the half-written files that dead processes left in the folder."""
    for left in folder.glob("*.gridlight-*.part*"):
        found = PART.fullmatch(left.name)
        if found and not lives(int(found.group(1))):
            with suppress(OSError):  # Of another user, in a folder where only owners may delete.
                left.unlink()
