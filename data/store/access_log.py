"""The access log: who did what, when and from where.

Entries are only ever added. Each carries the hash of the entry before it, made with a key that is
kept outside the database, so that later tampering can be detected.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlmodel import col

from data.store import log_keys
from data.store.database import hold_log
from data.store.log_keys import LogKeys
from models.account import NAME_LENGTH, AccessEntry, Event

FIRST_PREVIOUS = "0" * 64
SUBJECT_LENGTH = 500
Anchor = tuple[int, str]
"""Number and hash of an entry, noted down elsewhere; 0 for a log without entries."""


@dataclass(frozen=True, slots=True)
class Act:
    """The circumstances of an act: the account, the moment and the network address."""

    account: str
    at: datetime
    address: str | None = None


class Broken(Enum):
    """The fault found in an entry."""

    CHANGED = auto()
    """It does not fit its hash, or not the entry before."""
    UNSIGNED = auto()
    """It bears no key although one before it does."""
    CUT = auto()
    """It was noted elsewhere and is not there."""
    OTHER = auto()
    """Another stands where it was noted elsewhere."""
    KEY_MISSING = auto()
    """The key that it was signed with is not among ours."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of verifying the whole log; `broken_at` is the number of the first broken
    entry."""

    entries: int
    head: str
    broken_at: int | None = None
    why: Broken | None = None
    unsigned: int = 0
    """How many entries at the beginning bear no key: those of earlier versions."""
    key: str | None = None
    """The id of the key that is missing."""


def append(connection: Connection, act: Act, what: Event, subject: str = "") -> None:
    """Add an entry in the caller's transaction, which must be one of `writing` or `recording`.

    In a long transaction call it last: until the commit nobody else can add to the log.
    """
    hold_log(connection)
    number, previous = head(connection)
    keys = log_keys.of(connection)
    entry: dict[str, Any] = {
        "number": number + 1,
        "at": act.at.astimezone(UTC),
        "account": act.account[:NAME_LENGTH],
        "what": what.value,
        "subject": subject[:SUBJECT_LENGTH],
        "address": act.address,
        "previous": previous,
        "key": keys.current if keys else None,
    }
    connection.execute(insert(AccessEntry).values(**entry, hash=_hash(entry, keys)))


def add_key(connection: Connection, act: Act, file: Path) -> str:
    """Add a key to `file`; it signs this entry and all that follow. Returns the key's id."""
    made = log_keys.add(file)
    append(connection, act, Event.LOG_KEY_ADDED, made)
    return made


def head(connection: Connection) -> Anchor:
    """The number and hash of the last entry."""
    last = connection.execute(
        select(col(AccessEntry.number), col(AccessEntry.hash))
        .order_by(col(AccessEntry.number).desc())
        .limit(1)
    ).first()
    return (last.number, last.hash) if last else (0, FIRST_PREVIOUS)


def verify(connection: Connection, anchors: Iterable[Anchor] = ()) -> Verdict:
    """Verify the chain of hashes from the first entry to the last, or to the first broken one.

    Somebody who has the key can cut off the last entries or rewrite the whole log without breaking
    the chain. `anchors` guard against that: each is an entry noted elsewhere that must still be in
    the log.
    """
    noted = dict(anchors)
    keys = log_keys.of(connection)
    number, previous, unsigned = 0, FIRST_PREVIOUS, 0
    missing: Verdict | None = None
    statement = select(AccessEntry.__table__).order_by(col(AccessEntry.number))  # type: ignore[attr-defined]
    with connection.execute(statement, execution_options={"yield_per": 1000}) as rows:
        for row in rows:
            entry = dict(row._mapping)
            kept = entry.pop("hash")
            number += 1
            why = _wrong(entry, kept, (number, previous), keys, all_unsigned=unsigned == number - 1)
            if why is None and noted.get(number, kept) != kept:
                why = Broken.OTHER
            if why is Broken.KEY_MISSING:
                missing = missing or Verdict(number, kept, number, why, unsigned, entry["key"])
            elif why:
                return Verdict(number, previous, number, why, unsigned)
            unsigned += entry["key"] is None
            previous = kept
    if max(noted, default=0) > number:
        return Verdict(number, previous, number + 1, Broken.CUT, unsigned)
    return missing or Verdict(number, previous, unsigned=unsigned)


def _wrong(
    entry: dict[str, Any],
    kept: str,
    expected: tuple[int, str],
    keys: LogKeys | None,
    *,
    all_unsigned: bool,
) -> Broken | None:
    if (entry["number"], entry["previous"]) != expected:
        return Broken.CHANGED
    if entry["key"] is None and not all_unsigned:
        return Broken.UNSIGNED
    made = _hash(entry, keys)
    if made is None:
        return Broken.KEY_MISSING
    return None if made == kept else Broken.CHANGED


def entries(
    connection: Connection,
    *,
    account: str | None = None,
    what: Event | None = None,
    before: int | None = None,
    limit: int = 200,
) -> Sequence[Any]:
    """The latest entries first: `number`, `at`, `account`, `what`, `subject`, `address`, `hash`,
    `key`."""
    query = select(
        col(AccessEntry.number),
        col(AccessEntry.at),
        col(AccessEntry.account),
        col(AccessEntry.what),
        col(AccessEntry.subject),
        col(AccessEntry.address),
        col(AccessEntry.hash),
        col(AccessEntry.key),
    )
    if account:
        query = query.where(col(AccessEntry.account) == account)
    if what:
        query = query.where(col(AccessEntry.what) == what.value)
    if before is not None:
        query = query.where(col(AccessEntry.number) < before)
    return connection.execute(query.order_by(col(AccessEntry.number).desc()).limit(limit)).all()


def replaced(connection: Connection, end: Anchor) -> bool:
    """Whether a signed entry says that a restore replaced the log that ended with this anchor.

    Entries without a key do not count: whoever can write to the database could have made them.
    """
    keys = log_keys.of(connection)
    statement = select(AccessEntry.__table__).where(  # type: ignore[attr-defined]
        col(AccessEntry.what) == Event.RESTORED.value,
        col(AccessEntry.subject) == f"{end[0]}:{end[1]}",
        col(AccessEntry.key).is_not(None),
    )
    for row in connection.execute(statement):
        entry = dict(row._mapping)
        if entry.pop("hash") == _hash(entry, keys):
            return True
    return False


def _hash(entry: dict[str, Any], keys: LogKeys | None) -> str | None:
    """The hash of an entry; None if the key that signed it is not among `keys`."""
    key = entry["key"]
    # Entries of earlier versions had no key, so their hash was made without that field.
    said = {name: value for name, value in entry.items() if name != "key" or value is not None}
    text = json.dumps(
        {**said, "at": entry["at"].isoformat(timespec="microseconds")},
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    if key is None:
        return hashlib.sha256(text.encode()).hexdigest()
    return keys.signature(key, text) if keys else None
