"""The keys that sign the access log, kept in a file outside the database.

Somebody who can only write the database cannot forge an entry or a whole log.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from data.store import new_files

KEY_BYTES, ID_LENGTH = 32, 16


class KeyFileError(ValueError):
    """The file holds something other than keys."""


@dataclass(frozen=True, slots=True)
class LogKeys:
    """The keys by their ids, oldest first; the last one signs."""

    by_id: dict[str, bytes] = field(repr=False)

    @property
    def current(self) -> str:
        """The id of the key that signs."""
        return next(reversed(self.by_id))

    def signature(self, key: str, text: str) -> str | None:
        """The keyed hash (HMAC-SHA256) of `text`; None if there is no such key."""
        found = self.by_id.get(key)
        return hmac.new(found, text.encode(), hashlib.sha256).hexdigest() if found else None


def id_of(key: bytes) -> str:
    """The id of a key in entries and messages; it reveals nothing of the key."""
    return hashlib.sha256(b"gridlight access log " + key).hexdigest()[:ID_LENGTH]


def read(file: Path) -> LogKeys:
    """The keys in `file`, which is created with a first key, readable by its owner only, if
    missing.

    Raises `OSError` if it cannot be read or created, `KeyFileError` if it holds something other
    than keys.
    """
    try:
        changed = file.stat().st_mtime_ns
    except FileNotFoundError:
        new_files.make_once(file, _text([secrets.token_bytes(KEY_BYTES)]))
        changed = file.stat().st_mtime_ns
    return _read(file, changed)


def add(file: Path) -> str:
    """Add a key to `file` that signs from now on, and return its id.

    Earlier keys still verify what they signed.
    """
    key = secrets.token_bytes(KEY_BYTES)
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    new_files.make_once(part, _text([*read(file).by_id.values(), key]))
    part.replace(file)
    return id_of(key)


@lru_cache(maxsize=4)
def _read(file: Path, _changed: int) -> LogKeys:
    try:
        keys = [bytes.fromhex(line) for line in file.read_text("ascii").split()]
    except ValueError as error:
        raise KeyFileError(str(file)) from error
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise KeyFileError(str(file))
    return LogKeys({id_of(key): key for key in keys})


def _text(keys: list[bytes]) -> bytes:
    return "".join(f"{key.hex()}\n" for key in keys).encode("ascii")


def use(engine: Engine, keys: Callable[[], LogKeys]) -> Engine:
    """Sign entries made through `engine` with the last of `keys`, which is called for each
    entry."""
    _IN_USE[engine] = keys
    return engine


def use_as(engine: Engine, other: Engine) -> None:
    """Sign entries made through `engine` with the keys of `other`."""
    if other in _IN_USE:
        _IN_USE[engine] = _IN_USE[other]


def of(connection: Connection) -> LogKeys | None:
    """The keys for entries made through `connection`; None if entries are only chained, not
    signed."""
    found = _IN_USE.get(connection.engine)
    return found() if found else None


_IN_USE: WeakKeyDictionary[Engine, Callable[[], LogKeys]] = WeakKeyDictionary()
