"""Anchors of the access log: entries noted outside the database to prove that none were cut off.

One anchor per database is kept in a file beside the key. A server moves it to the latest entry
every few seconds, as do each writing command, start, stop and check. Backups and files of
`gridlight log export` hold further anchors.
"""

import csv
import fcntl
import json
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, select
from sqlmodel import col

from data.store import packed
from data.store.access_log import Anchor, head, replaced
from data.store.log_export import KINDS
from models.account import AccessEntry
from models.text import N_, TellingError

SQLITE = b"SQLite format 3\x00"
NOT_ONE = N_(
    "“{text}” is no end of an access log. Give NUMBER:HASH as “gridlight check” prints it, a"
    " backup, or a file of “gridlight log export”."
)


class NoAnchorError(TellingError):
    """The given text names no anchor; `sentence` says what would."""


def named(text: str) -> Anchor:
    """The anchor given by `text`: written out, or taken from the backup or export at that path."""
    number, colon, found = text.partition(":")
    if colon and re.fullmatch("[0-9]{1,11}", number) and re.fullmatch("[0-9a-f]{64}", found):
        return int(number), found
    anchor = _in_file(Path(text))
    if anchor is None:
        raise NoAnchorError(NOT_ONE, text=text[:90])
    return anchor


def kept(file: Path, database: str) -> Anchor | None:
    """The anchor of `database` that is kept in `file`."""
    number, found = _all(file).get(database, (None, None))
    return (number, found) if isinstance(number, int) and isinstance(found, str) else None


def advance(connection: Connection, file: Path, database: str, before: Anchor | None) -> bool:
    """Keep the present end of the log of `database` in `file`.

    `before` is the anchor that was kept there before the connection's look at the database began;
    a later one could lie beyond what the connection sees. Returns False, and leaves the kept
    anchor for a check to report, if that anchor no longer fits the log. An anchor that another
    process has kept meanwhile stays. Raises `OSError` if the file cannot be written.
    """
    now = head(connection)
    if before is not None and is_missing(connection, before):
        return False
    if before != now and now[0]:
        with _alone(file):
            # Another process may have seen later entries; the end never moves back.
            if kept(file, database) == before:
                _write(file, database, now)
    return True


def put(file: Path, database: str, anchor: Anchor) -> None:
    """Keep this anchor for `database` in place of any other, after a restore has replaced its
    log."""
    with _alone(file):
        _write(file, database, anchor)


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Keep other processes and threads from changing `file`, which serves several databases."""
    file.parent.mkdir(0o700, parents=True, exist_ok=True)
    handle = os.open(f"{file}.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _write(file: Path, database: str, anchor: Anchor) -> None:
    """Replace `file` in one step, so that whoever reads it never finds half of it."""
    part = file.with_name(f"{file.name}.{os.getpid()}")
    handle = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as opened:
        json.dump(_all(file) | {database: anchor}, opened, indent=1, ensure_ascii=False)
        opened.flush()
        os.fsync(opened.fileno())
    part.replace(file)


def is_missing(connection: Connection, anchor: Anchor) -> bool:
    """Whether the log no longer has the anchor's entry although no restore has replaced it."""
    return not _stands(connection, anchor) and not replaced(connection, anchor)


def without_replaced(connection: Connection, anchor: Anchor | None) -> Anchor | None:
    """The anchor that the log must hold: None for the end of a log that a restore has replaced.

    Such an anchor stays where a restore was killed before it noted the new end.
    """
    if anchor is None or _stands(connection, anchor) or not replaced(connection, anchor):
        return anchor
    return None


def _stands(connection: Connection, anchor: Anchor) -> bool:
    """Whether the log still has the anchor's entry with the same hash."""
    number, noted = anchor
    if number == 0:
        return True
    found = connection.scalar(
        select(col(AccessEntry.hash)).where(col(AccessEntry.number) == number)
    )
    return found == noted


def _all(file: Path) -> dict[str, Anchor]:
    try:
        found = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise NoAnchorError(NOT_ONE, text=file) from error
    return {name: tuple(end) for name, end in found.items()} if isinstance(found, dict) else {}


def _in_file(file: Path) -> Anchor | None:
    try:
        with file.open("rb") as opened:
            start = opened.read(len(SQLITE))
        if start == SQLITE:
            return _in_backup(file)
        if packed.is_packed(file):
            end = packed.manifest(file).log_end
            return end if end[0] else None
        return _in_export(file) if file.suffix in KINDS else None
    except (OSError, ValueError, KeyError, sqlite3.Error):
        return None


def _in_backup(file: Path) -> Anchor | None:
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as copy:
        found = copy.execute(
            "SELECT number, hash FROM access_entries ORDER BY number DESC LIMIT 1"
        ).fetchone()
    return (int(found[0]), str(found[1])) if found else None


def _in_export(file: Path) -> Anchor | None:
    last = None
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = csv.DictReader(opened) if file.suffix == ".csv" else map(json.loads, opened)
        for last in rows:  # noqa: B007 — only the last one is asked for
            pass
    return (int(last["number"]), str(last["hash"])) if last else None
