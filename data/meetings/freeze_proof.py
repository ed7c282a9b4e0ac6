"""Verify that freezes are unchanged: the access log holds a hash of each.

The log is chained and signed, so it reveals changes made directly in the database.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import col

from data.facts.derivation import Progress
from data.store.ordering import by_bytes
from models.account import AccessEntry, Event
from models.freeze import Freeze, FrozenFigure

SUBJECT = re.compile(r"([0-9]+) sha256:([0-9a-f]{64})")
HASHED = (
    "number",
    "meeting",
    "meeting_name",
    "meeting_on",
    "version",
    "as_of",
    "import_number",
    "facts_sha256",
    "definitions",
    "lists",
    "replaced",
    "unknown",
    "account",
)
"""What the hash is over, beside the moment and the figures. Columns that come later stay out."""
_quoted = json.encoder.encode_basestring
ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=str)


class Astray(Enum):
    """The fault of a freeze."""

    CHANGED = auto()
    GONE = auto()
    UNKNOWN = auto()
    """The log does not know that it was made."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The result of verifying every freeze: the faults by freeze number, in order."""

    freezes: int
    unhashed: int
    """Freezes of earlier versions, of which the log says only that they were made."""
    astray: dict[int, Astray]


def subject(connection: Connection, number: int) -> str:
    """The subject of the access log entry for a freeze that was just made."""
    return f"{number} sha256:{sha256(connection, number)}"


def sha256(connection: Connection, number: int) -> str:
    """The hash of a freeze and all its figures; the same on both databases."""
    digest = hashlib.sha256()
    line = connection.execute(
        select(*(getattr(Freeze, name) for name in (*HASHED, "at"))).where(
            col(Freeze.number) == number
        )
    ).one()
    said = {name: getattr(line, name) for name in HASHED}
    said |= {"at": line.at.isoformat(timespec="microseconds")}
    digest.update(_text(said))
    figures = (
        select(
            col(FrozenFigure.node),
            col(FrozenFigure.figure),
            col(FrozenFigure.numerator),
            col(FrozenFigure.denominator),
        )
        .where(col(FrozenFigure.freeze) == number)
        .order_by(by_bytes(col(FrozenFigure.node)), by_bytes(col(FrozenFigure.figure)))
    )
    with connection.execute(figures, execution_options={"yield_per": 10_000}) as rows:
        for several in rows.partitions():
            digest.update("".join(_line(*row) for row in several).encode())
    return digest.hexdigest()


def verify(connection: Connection, progress: Progress | None = None) -> Proof:
    """Compare every freeze with its hash in the access log; `progress` is told how many are
    done."""
    there = {
        row.number: f"{row.meeting} {row.version} {row.as_of}"
        for row in connection.execute(
            select(
                col(Freeze.number), col(Freeze.meeting), col(Freeze.version), col(Freeze.as_of)
            ).order_by(col(Freeze.number))
        )
    }
    hashed: dict[int, str] = {}
    named: set[str] = set()
    for said in _entries(connection):
        found = SUBJECT.fullmatch(said)
        if found:
            hashed[int(found[1])] = found[2]
        else:
            named.add(said)
    astray = {}
    for done, (number, noted) in enumerate(hashed.items()):
        if progress:
            progress(done, len(hashed))
        if number in there and sha256(connection, number) != noted:
            astray[number] = Astray.CHANGED
    astray |= {number: Astray.GONE for number in hashed.keys() - there.keys()}
    unhashed = there.keys() - hashed.keys()
    astray |= {number: Astray.UNKNOWN for number in unhashed if there[number] not in named}
    return Proof(len(there), len(unhashed), dict(sorted(astray.items())))


def _entries(connection: Connection) -> Iterator[str]:
    yield from connection.scalars(
        select(col(AccessEntry.subject))
        .where(col(AccessEntry.what) == Event.FROZEN.value)
        .order_by(col(AccessEntry.number))
    )


def _line(node: str, figure: str, numerator: str | None, denominator: int | None) -> str:
    """A figure as `_text` would write it, in a fraction of the time."""
    above = "null" if numerator is None else _quoted(numerator)
    below = "null" if denominator is None else denominator
    return f"[{_quoted(node)}, {_quoted(figure)}, {above}, {below}]\n"


def _text(value: Any) -> bytes:
    return ENCODER.encode(value).encode() + b"\n"
