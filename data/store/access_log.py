"""The access log: who did what, when and from where. It is only ever added to, and each entry
carries the hash of the one before, so that a change made behind its back shows."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select
from sqlmodel import col

from data.store.database import hold_log
from models.account import NAME_LENGTH, AccessEntry, Event

FIRST_PREVIOUS = "0" * 64
SUBJECT_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Act:
    """The circumstances of what is done: by which account, when, from which network address."""

    account: str
    at: datetime
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying the whole log found; `broken_at` is the number of the first broken entry."""

    entries: int
    head: str
    broken_at: int | None = None


def append(connection: Connection, act: Act, what: Event, subject: str = "") -> None:
    """Add an entry in the caller's transaction, which must be one of `writing` or `recording`.

    The last thing before the end of a long one: until then nobody else can add to the log.
    """
    hold_log(connection)
    last = connection.execute(
        select(col(AccessEntry.number), col(AccessEntry.hash))
        .order_by(col(AccessEntry.number).desc())
        .limit(1)
    ).first()
    entry: dict[str, Any] = {
        "number": last.number + 1 if last else 1,
        "at": act.at.astimezone(UTC),
        "account": act.account[:NAME_LENGTH],
        "what": what.value,
        "subject": subject[:SUBJECT_LENGTH],
        "address": act.address,
        "previous": last.hash if last else FIRST_PREVIOUS,
    }
    connection.execute(insert(AccessEntry).values(**entry, hash=_hash(entry)))


def verify(connection: Connection, anchor: tuple[int, str] | None = None) -> Verdict:
    """Verify the chain of hashes from the first entry to the last, or to the first broken one.

    Entries cut off at the end, or a chain written anew, fit: `anchor` is the number and hash of an
    entry noted elsewhere, which must stand there still.
    """
    number, previous = 0, FIRST_PREVIOUS
    statement = select(AccessEntry.__table__).order_by(col(AccessEntry.number))  # type: ignore[attr-defined]
    with connection.execute(statement, execution_options={"yield_per": 1000}) as rows:
        for row in rows:
            entry = dict(row._mapping)
            kept = entry.pop("hash")
            number += 1
            if (entry["number"], entry["previous"], _hash(entry)) != (number, previous, kept):
                return Verdict(number, previous, broken_at=number)
            if anchor and number == anchor[0] and kept != anchor[1]:
                return Verdict(number, previous, broken_at=number)
            previous = kept
    if anchor and number < anchor[0]:
        return Verdict(number, previous, broken_at=number + 1)
    return Verdict(number, previous)


def entries(
    connection: Connection,
    *,
    account: str | None = None,
    what: Event | None = None,
    before: int | None = None,
    limit: int = 200,
) -> Sequence[Any]:
    """The latest entries first: `number`, `at`, `account`, `what`, `subject`, `address`, `hash`."""
    query = select(
        col(AccessEntry.number),
        col(AccessEntry.at),
        col(AccessEntry.account),
        col(AccessEntry.what),
        col(AccessEntry.subject),
        col(AccessEntry.address),
        col(AccessEntry.hash),
    )
    if account:
        query = query.where(col(AccessEntry.account) == account)
    if what:
        query = query.where(col(AccessEntry.what) == what.value)
    if before is not None:
        query = query.where(col(AccessEntry.number) < before)
    return connection.execute(query.order_by(col(AccessEntry.number).desc()).limit(limit)).all()


def length(connection: Connection) -> int:
    """How many entries there are."""
    return int(connection.scalar(select(func.max(col(AccessEntry.number)))) or 0)


def _hash(entry: dict[str, Any]) -> str:
    text = json.dumps(
        {**entry, "at": entry["at"].isoformat(timespec="microseconds")},
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(text.encode()).hexdigest()
