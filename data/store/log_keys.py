"""The keys with which the access log is signed: kept in a file, never in the database.

Whoever holds only the database can write neither an entry nor a whole log that fits them.
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
    """The file holds something else than keys."""


@dataclass(frozen=True, slots=True)
class LogKeys:
    """The keys by their ids, in the order in which they were made; the last one signs."""

    by_id: dict[str, bytes] = field(repr=False)

    @property
    def current(self) -> str:
        """The id of the key that signs."""
        return next(reversed(self.by_id))

    def signature(self, key: str, text: str) -> str | None:
        """The keyed hash (HMAC-SHA256) of `text`; None when the key is not among these."""
        found = self.by_id.get(key)
        return hmac.new(found, text.encode(), hashlib.sha256).hexdigest() if found else None


def id_of(key: bytes) -> str:
    """By what a key is named in entries and messages; it tells nothing of the key."""
    return hashlib.sha256(b"gridlight access log " + key).hexdigest()[:ID_LENGTH]


def read(file: Path) -> LogKeys:
    """The keys in `file`, which is made with a first one where it is missing, for its owner only.

    `OSError` when it cannot be read or made, `KeyFileError` when it holds something else.
    """
    try:
        changed = file.stat().st_mtime_ns
    except FileNotFoundError:
        new_files.make_once(file, _text([secrets.token_bytes(KEY_BYTES)]))
        changed = file.stat().st_mtime_ns
    return _read(file, changed)


def add(file: Path) -> str:
    """Add a key to `file`, which signs from now on; the earlier ones verify what they signed.

    Returns its id.
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
    """Sign what is entered through `engine` with the last of `keys`, asked at each entry."""
    _IN_USE[engine] = keys
    return engine


def use_as(engine: Engine, other: Engine) -> None:
    """Sign what is entered through `engine` as through `other`."""
    if other in _IN_USE:
        _IN_USE[engine] = _IN_USE[other]


def of(connection: Connection) -> LogKeys | None:
    """The keys with which entries through `connection` are signed; None: they are only chained."""
    found = _IN_USE.get(connection.engine)
    return found() if found else None


_IN_USE: WeakKeyDictionary[Engine, Callable[[], LogKeys]] = WeakKeyDictionary()
