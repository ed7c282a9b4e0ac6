"""Packed backups: one compressed file of every table, written and read many times as fast as rows.

A tar file. Its first member, `gridlight.json`, tells the version of the tables, the end of the
access log and, of every other member, table, columns and SHA-256. Those are gzip files: of a
table's rows in the text format of COPY, or of the whole SQLite database. Either kind can be
restored into either database.
"""

import gzip
import hashlib
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from data.store.access_log import Anchor
from data.store.copy_text import AT_ONCE, blocks
from data.store.copying import CopyRefusedError
from models.text import N_

MANIFEST, FORMAT = "gridlight.json", 1
MAGIC, MAGIC_AT = b"ustar", 257
"""What a tar file bears, and at which byte."""
DATABASE = "sqlite"
"""The member that holds a whole SQLite database, in place of a table."""
DAMAGED = N_("{file} is damaged. Choose another backup.")


@dataclass(frozen=True, slots=True)
class Member:
    """A gzip file in a packed backup."""

    name: str
    table: str
    """The table whose rows it holds, or `DATABASE`."""
    columns: list[str]
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the file says of itself."""

    version: str
    """The revision of the tables."""
    log_end: Anchor
    members: list[Member]

    @property
    def is_sqlite(self) -> bool:
        """Whether it holds a SQLite database, rather than tables of PostgreSQL."""
        return any(member.table == DATABASE for member in self.members)


def is_packed(file: Path) -> bool:
    """Whether the file is a packed backup, by its first bytes; raises `OSError`."""
    with file.open("rb") as opened:
        opened.seek(MAGIC_AT)
        if opened.read(len(MAGIC)) != MAGIC:
            return False
    try:
        manifest(file)
    except (tarfile.TarError, ValueError, KeyError, TypeError):
        return False
    return True


def manifest(file: Path) -> Manifest:
    """What a packed backup says of itself; raises `ValueError`, `KeyError` or `TarError` for
    another file."""
    with tarfile.open(file, "r:") as tar:
        first = tar.next()
        opened = tar.extractfile(first) if first and first.name == MANIFEST else None
        if opened is None:
            raise ValueError("no packed backup")
        said = json.loads(opened.read(first.size))  # type: ignore[union-attr]
    if said["format"] != FORMAT:
        raise ValueError("another format")
    number, found = said["log_end"]
    members = [Member(**each) for each in said["members"]]
    return Manifest(str(said["version"]), (int(number), str(found)), members)


def require_whole(file: Path, told: Manifest) -> None:
    """Raise `CopyRefusedError` unless every member is there as it was written."""
    for member in told.members:
        try:
            digest = hashlib.sha256()
            with _member(file, member) as raw:
                while block := raw.read(AT_ONCE):
                    digest.update(block)
            whole = digest.hexdigest() == member.sha256
        except (tarfile.TarError, KeyError, OSError):
            whole = False
        if not whole:
            raise CopyRefusedError(DAMAGED, file=file)


def rows_of(file: Path, member: Member) -> Iterator[bytes]:
    """The rows of a member as blocks of lines."""
    with _member(file, member) as raw, gzip.open(raw) as plain:
        yield from blocks(plain)  # type: ignore[arg-type]


def unpack_sqlite(file: Path, told: Manifest, target: Path) -> None:
    """Write the SQLite database that a packed backup holds to the new file `target`."""
    [member] = told.members
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with _member(file, member) as raw, gzip.open(raw) as plain, target.open("wb") as written:
        shutil.copyfileobj(plain, written, AT_ONCE)


@contextmanager
def _member(file: Path, member: Member) -> Iterator[IO[bytes]]:
    with tarfile.open(file, "r:") as tar:
        opened = tar.extractfile(member.name)
        if opened is None:
            raise tarfile.ReadError(member.name)
        with opened:
            yield opened
