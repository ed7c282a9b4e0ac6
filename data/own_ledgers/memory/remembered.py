"""What is remembered of a sender's earlier sheets: days, rows, answers, waiting rows."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select, true, update
from sqlmodel import col

from data.store.access_log import Act
from data.store.batches import batches
from models.own_snapshot import (
    KnownAsOf,
    OwnAnswer,
    OwnRow,
    OwnSnapshot,
    SetAsideFile,
    SetAsideRow,
)

AT_ONCE = 2_000
TAKEN, DROPPED = "TAKEN", "DROPPED"
STAYS = timedelta(days=90)
DAYS_OF_FILE, DIGITS = "days@", 48
"""Under this and so many digits of a file's SHA-256 the days of its sheets are stored."""
MOST_BYTES = 20 * 1024 * 1024
"""A larger file is not kept; its rows come in with the next one."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """One row of the latest sheet that had it."""

    ledger: str
    key: str
    as_of: date
    place: int
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The identity of a sender's snapshot: its form and its day."""

    sender: str
    form: str
    as_of: date


def answers(connection: Connection, sender: str) -> dict[str, str]:
    """The answers given for this sender's sheets, by question id."""
    found = select(col(OwnAnswer.question), col(OwnAnswer.answer)).where(
        col(OwnAnswer.sender) == sender
    )
    return {question: answer for question, answer in connection.execute(found)}


def keep_answers(connection: Connection, sender: str, given: Mapping[str, str]) -> None:
    """Store the `given` answers, replacing earlier ones to the same questions."""
    for batch in batches(list(given), AT_ONCE):
        connection.execute(
            delete(OwnAnswer).where(
                col(OwnAnswer.sender) == sender, col(OwnAnswer.question).in_(batch)
            )
        )
        connection.execute(
            insert(OwnAnswer),
            [{"sender": sender, "question": each, "answer": given[each]} for each in batch],
        )


def days_of_file(connection: Connection, sender: str, sha256: str) -> dict[str, str]:
    """The days of which the sheets of this very file told when it was imported, by sheet."""
    found = connection.scalar(
        select(col(OwnAnswer.answer)).where(
            col(OwnAnswer.sender) == sender, col(OwnAnswer.question) == _of_file(sha256)
        )
    )
    return dict(json.loads(found)) if found else {}


def keep_days_of_file(
    connection: Connection, sender: str, sha256: str, days: Mapping[str, str]
) -> None:
    """Store the snapshot days of the sheets of a file, by sheet."""
    if days:
        known = {**days_of_file(connection, sender, sha256), **days}
        keep_answers(connection, sender, {_of_file(sha256): json.dumps(known, ensure_ascii=False)})


def _of_file(sha256: str) -> str:
    return f"{DAYS_OF_FILE}{sha256[:DIGITS]}"


def last_day(connection: Connection, sender: str, form: str) -> date | None:
    """The latest snapshot day of a sender and form; None if there is none."""
    found: date | None = connection.scalar(
        select(func.max(col(OwnSnapshot.as_of))).where(
            col(OwnSnapshot.sender) == sender, col(OwnSnapshot.form) == form
        )
    )
    return found


def was_taken(connection: Connection, sheet: Sheet, sha256: str) -> bool:
    """Whether this very file was imported as this sheet."""
    found = select(col(OwnSnapshot.number)).where(
        col(OwnSnapshot.sender) == sheet.sender,
        col(OwnSnapshot.form) == sheet.form,
        col(OwnSnapshot.as_of) == sheet.as_of,
        col(OwnSnapshot.sha256) == sha256,
    )
    return connection.execute(found.limit(1)).first() is not None


def known_from(connection: Connection) -> dict[str, date]:
    """The first snapshot day of each sender; nothing is known of the time before."""
    found = select(col(OwnSnapshot.sender), func.min(col(OwnSnapshot.as_of))).group_by(
        col(OwnSnapshot.sender)
    )
    return {sender: day for sender, day in connection.execute(found)}


def rows(connection: Connection, sender: str, form: str) -> list[Remembered]:
    """Every row in any sheet of this sender and form, in the order of the sheets."""
    found = (
        select(
            col(OwnRow.ledger),
            col(OwnRow.key),
            col(OwnRow.as_of),
            col(OwnRow.place),
            col(OwnRow.said),
        )
        .where(col(OwnRow.sender) == sender, col(OwnRow.form) == form)
        .order_by(col(OwnRow.as_of), col(OwnRow.place), col(OwnRow.key))
    )
    return [Remembered(*row) for row in connection.execute(found)]


def remember(
    connection: Connection,
    act: Act,
    sheet: Sheet,
    said: Sequence[Remembered],
    *,
    import_number: int | None,
    file_name: str,
    sha256: str,
    settles: Collection[int] | None = None,
) -> None:
    """Store that `sheet` was imported and what it said; waiting rows that it contains are settled.

    These are the rows whose ids are in `settles`, or all of this sheet and earlier ones.
    """
    connection.execute(
        insert(OwnSnapshot).values(
            sender=sheet.sender,
            form=sheet.form,
            as_of=sheet.as_of,
            import_number=import_number,
            file_name=file_name,
            sha256=sha256,
            at=act.at,
            account=act.account,
        )
    )
    here = (col(OwnRow.sender) == sheet.sender, col(OwnRow.form) == sheet.form)
    by_ledger: dict[str, dict[str, Remembered]] = {}
    for each in said:
        by_ledger.setdefault(each.ledger, {})[each.key] = each
    for ledger, by_key in by_ledger.items():
        for batch in batches(list(by_key), AT_ONCE):
            connection.execute(
                delete(OwnRow).where(
                    *here, col(OwnRow.ledger) == ledger, col(OwnRow.key).in_(batch)
                )
            )
            connection.execute(
                insert(OwnRow),
                [
                    {
                        "sender": sheet.sender,
                        "form": sheet.form,
                        "ledger": ledger,
                        "key": key,
                        "as_of": sheet.as_of,
                        "place": by_key[key].place,
                        "said": dict(by_key[key].said),
                    }
                    for key in batch
                ],
            )
    connection.execute(
        update(SetAsideRow)
        .where(
            col(SetAsideRow.sender) == sheet.sender,
            col(SetAsideRow.form) == sheet.form,
            col(SetAsideRow.as_of) <= sheet.as_of,
            col(SetAsideRow.settled_at).is_(None),
            true() if settles is None else col(SetAsideRow.id).in_(settles),
        )
        .values(settled_at=act.at, how=TAKEN, import_number=import_number)
    )


def set_aside(connection: Connection, given: Iterable[Mapping[str, Any]]) -> None:
    """Store waiting rows; each of `given` has the columns of `SetAsideRow`."""
    for batch in batches(given, AT_ONCE):
        connection.execute(insert(SetAsideRow), [dict(each) for each in batch])


def keep_file(connection: Connection, act: Act, name: str, sha256: str, content: bytes) -> None:
    """Store a file with waiting rows, and delete files without any.

    A file stays for a while after its rows were imported, since they wait again if the import is
    undone.
    """
    waits = or_(col(SetAsideRow.settled_at).is_(None), col(SetAsideRow.settled_at) > act.at - STAYS)
    connection.execute(
        delete(SetAsideFile).where(
            col(SetAsideFile.sha256).not_in(
                select(col(SetAsideRow.sha256)).where(col(SetAsideRow.sha256).is_not(None), waits)
            )
        )
    )
    there = select(col(SetAsideFile.sha256)).where(col(SetAsideFile.sha256) == sha256)
    if sha256 and len(content) <= MOST_BYTES and connection.scalar(there) is None:
        connection.execute(
            insert(SetAsideFile).values(sha256=sha256, file_name=name, content=content, at=act.at)
        )


def file_of(connection: Connection, sha256: str | None) -> bytes | None:
    """The file of a waiting row; None if it is not stored."""
    kept = select(col(SetAsideFile.content)).where(col(SetAsideFile.sha256) == sha256)
    content = connection.scalar(kept)
    return None if content is None else bytes(content)


def forget(connection: Connection, import_number: int) -> None:
    """Forget the sheet of an import that was undone; rows that had waited for it wait again."""
    connection.execute(
        update(SetAsideRow)
        .where(col(SetAsideRow.import_number) == import_number, col(SetAsideRow.how) == TAKEN)
        .values(settled_at=None, how=None, import_number=None)
    )
    gone = connection.execute(
        select(
            col(OwnSnapshot.number),
            col(OwnSnapshot.sender),
            col(OwnSnapshot.form),
            col(OwnSnapshot.as_of),
            col(OwnSnapshot.sha256),
        ).where(col(OwnSnapshot.import_number) == import_number)
    ).all()
    for number, sender, form, as_of, sha256 in gone:
        # It may have been undone because its day was wrong.
        connection.execute(
            delete(OwnAnswer).where(
                col(OwnAnswer.sender) == sender, col(OwnAnswer.question) == _of_file(sha256)
            )
        )
        connection.execute(delete(OwnSnapshot).where(col(OwnSnapshot.number) == number))
        others = select(col(OwnSnapshot.number)).where(
            col(OwnSnapshot.sender) == sender,
            col(OwnSnapshot.form) == form,
            col(OwnSnapshot.as_of) == as_of,
        )
        if connection.execute(others.limit(1)).first() is not None:
            # Other imports brought rows of the same sheet too, so those stay remembered.
            continue
        connection.execute(
            delete(OwnRow).where(
                col(OwnRow.sender) == sender,
                col(OwnRow.form) == form,
                col(OwnRow.as_of) == as_of,
            )
        )


def waiting(connection: Connection) -> list[SetAsideRow]:
    """The rows that wait to be answered or dropped, oldest first."""
    found = (
        select(SetAsideRow.__table__)  # type: ignore[attr-defined]
        .where(col(SetAsideRow.settled_at).is_(None))
        .order_by(col(SetAsideRow.as_of), col(SetAsideRow.id))
    )
    return [SetAsideRow(**dict(row._mapping)) for row in connection.execute(found)]


def drop(connection: Connection, act: Act, id_: int, reason: str) -> bool:
    """Drop a waiting row for a reason; False if there is none."""
    dropped = connection.execute(
        update(SetAsideRow)
        .where(col(SetAsideRow.id) == id_, col(SetAsideRow.settled_at).is_(None))
        .values(settled_at=act.at, how=DROPPED, reason=reason)
    )
    return bool(dropped.rowcount)


def mark_known_as_of(connection: Connection, marks: Mapping[tuple[str, str, str], Any]) -> None:
    """Store, by (ledger, key, column), the day as of which a value is known, and the sheet's
    words for it."""
    by_ledger: dict[str, list[tuple[str, str, str]]] = {}
    for mark in marks:
        by_ledger.setdefault(mark[0], []).append(mark)
    for ledger, those in by_ledger.items():
        kept: set[tuple[str, ...]] = set()
        for keys in batches([each[1] for each in those], AT_ONCE):
            found = select(col(KnownAsOf.key), col(KnownAsOf.column)).where(
                col(KnownAsOf.ledger) == ledger, col(KnownAsOf.key).in_(keys)
            )
            kept |= {tuple(row) for row in connection.execute(found)}
        new = [each for each in those if each[1:] not in kept]
        for batch in batches(new, AT_ONCE):
            connection.execute(
                insert(KnownAsOf),
                [
                    {
                        "ledger": ledger,
                        "key": key,
                        "column": column,
                        "as_of": marks[ledger, key, column][0],
                        "words": marks[ledger, key, column][1],
                    }
                    for _, key, column in batch
                ],
            )


def known_as_of(
    connection: Connection, ledger: str, keys: Sequence[str]
) -> dict[tuple[str, str], tuple[date, str | None]]:
    """The day as of which values of `ledger` are known, and the words for it, by key and column."""
    found = {}
    for batch in batches(keys, AT_ONCE):
        statement = select(
            col(KnownAsOf.key), col(KnownAsOf.column), col(KnownAsOf.as_of), col(KnownAsOf.words)
        ).where(col(KnownAsOf.ledger) == ledger, col(KnownAsOf.key).in_(batch))
        for key, column, day, words in connection.execute(statement):
            found[key, column] = (day, words)
    return found
