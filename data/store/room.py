"""Whether the database can be written, without writing to it or waiting for a writer."""

import os
import tempfile
from pathlib import Path

from sqlalchemy import Connection

ROOM = 1 << 20
"""Bytes that must be free beside a SQLite database: less than one small entry and its log take."""


def can_be_written(connection: Connection) -> bool:
    """Whether the database accepts changes; takes no lock.

    Checks the file, folder and disk space of SQLite, and whether PostgreSQL is read-only, as a
    standby is; PostgreSQL does not tell how full its disk is.
    """
    if connection.dialect.name == "postgresql":
        return bool(connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "off")
    name = connection.engine.url.database
    if not name or not Path(name).is_file():
        return True
    return os.access(name, os.W_OK) and has_room(Path(name).parent)


def has_room(folder: Path) -> bool:
    """Whether the disk of `folder` has room for a small entry."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            os.posix_fallocate(file.fileno(), 0, ROOM)
    except OSError:
        return False
    return True
