"""Write files that leave the system so that none appears under its name before it is logged."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from data.store import access_log
from data.store.access_log import Act
from data.store.database import writing
from models.account import Event


@contextmanager
def logged_file(engine: Engine, target: Path, act: Act, subject: str) -> Iterator[Path]:
    """A path beside `target` to write to; it is renamed to `target` once the block ends and is
    logged.

    Only its owner may read it, since such files hold names. If writing or logging fails, `target`
    is unchanged and nothing is left beside it. Raises an `OSError` that names `target` if the file
    cannot be written.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        _remove(part)
        yield part
        part.chmod(0o600)
        with writing(engine) as connection:
            access_log.append(connection, act, Event.EXPORTED, subject)
        part.replace(target)
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(target)) from error
    finally:
        _remove(part)


def _remove(part: Path) -> None:
    """Delete the file, and what SQLite leaves beside it on a full disk."""
    for end in ("", "-journal", "-wal", "-shm"):
        part.with_name(f"{part.name}{end}").unlink(missing_ok=True)
