"""Who holds the writer's lock and since when, so that writers who wait can be told.

On PostgreSQL the transaction carries the account's name. On SQLite the name is written to a small
file beside the database, which the writer keeps locked; the operating system releases that lock
when the process ends, so that a file left by a killed process is ignored.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, text

MARK = "gridlight:"
LONGEST = 63
"""Bytes of an application name that PostgreSQL keeps; all of them ASCII."""
LONGEST_NAME = 1000
"""Bytes of a name that are read from the file."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A writer: the account, "" if unknown, and the moment when it got the lock (UTC)."""

    account: str
    since: datetime


@contextmanager
def named(connection: Connection, account: str) -> Iterator[None]:
    """Tell others, until the block ends, that `account` holds the writer's lock."""
    if connection.dialect.name == "postgresql":
        name = (MARK + account.encode().hex())[:LONGEST]
        connection.execute(
            text("SELECT set_config('application_name', :name, true)"), {"name": name}
        )
        yield
        return
    file = _file(connection.engine)
    if file is None:
        yield
        return
    try:
        handle = os.open(file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError:
        # The disk is full or the folder read-only: the writer itself is about to report that.
        yield
        return
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
            os.ftruncate(handle, 0)
            os.pwrite(handle, account.encode(), 0)
            # Without a name nothing is written: the moment has to be noted all the same.
            os.utime(handle)
        yield
    finally:
        # The next writer creates the file again; none can begin before this transaction ends.
        file.unlink(missing_ok=True)
        os.close(handle)


def holder(engine: Engine, lock: int) -> Holder | None:
    """The present holder of the writer's lock, or None; `lock` is the lock's number on
    PostgreSQL."""
    if engine.dialect.name == "postgresql":
        return _of_postgres(engine, lock)
    file = _file(engine)
    return _of_file(file) if file is not None else None


def _of_postgres(engine: Engine, lock: int) -> Holder | None:
    asked = text(
        "SELECT application_name, xact_start FROM pg_locks JOIN pg_stat_activity USING (pid)"
        " WHERE locktype = 'advisory' AND granted AND objid = :lock AND classid = 0"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    with engine.connect() as connection:
        found = connection.execute(asked, {"lock": lock}).first()
    if found is None or found.xact_start is None:
        return None
    digits = found.application_name.removeprefix(MARK)
    known = digits != found.application_name
    # A long name was cut, perhaps in the middle of a character.
    account = bytes.fromhex(digits[: len(digits) // 2 * 2]).decode(errors="ignore") if known else ""
    return Holder(account, found.xact_start.astimezone(UTC))


def _of_file(file: Path) -> Holder | None:
    try:
        handle = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        if _is_free(handle):
            return None
        since = datetime.fromtimestamp(os.fstat(handle).st_mtime, UTC)
        return Holder(os.read(handle, LONGEST_NAME).decode(errors="ignore"), since)
    finally:
        os.close(handle)


def _is_free(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _file(engine: Engine) -> Path | None:
    name = engine.url.database
    if not name or not Path(name).is_file():
        return None
    return Path(f"{name}-writer")
