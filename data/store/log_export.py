"""Export the access log as CSV for spreadsheets, or as one JSON object a line for log
collectors."""

import csv
import json
import os
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine, select
from sqlmodel import col

from data.store.access_log import Act
from data.store.database import reading
from data.store.logged_files import EXISTS, logged_file
from models.account import AccessEntry
from models.text import N_, TellingError

COLUMNS = ("number", "at", "account", "what", "subject", "address", "previous", "hash", "key")
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")
KINDS = (".csv", ".jsonl")
OTHER_KIND = N_("{file}: the log is written as .csv or .jsonl. Choose such a name.")


class LogExportRefusedError(TellingError):
    """Nothing was written; `sentence` says why."""


def export_log(
    engine: Engine,
    target: Path,
    act: Act,
    *,
    first: date | None,
    last: date | None,
    zone: tzinfo,
    force: bool = False,
) -> tuple[int, str]:
    """Write the entries of the days `first` to `last`, in the time zone `zone`, to `target`;
    logged.

    Returns the number of entries and the hash of the last one (64 zeros if there is none). The
    column `previous` lets anybody follow the chain without the database. Raises `OSError` if the
    file cannot be written.
    """
    if target.suffix not in KINDS:
        raise LogExportRefusedError(OTHER_KIND, file=target)
    if target.exists() and not force:
        raise LogExportRefusedError(EXISTS, file=target)
    count, head = 0, "0" * 64
    with logged_file(engine, target, act, "access log") as part:
        # The file holds account names and network addresses, so only its owner may read it.
        handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with (
            os.fdopen(handle, "w", encoding="utf-8", newline="") as file,
            reading(engine) as connection,
        ):
            write = _csv_writer(file) if target.suffix == ".csv" else _json_writer(file)
            for entry in _entries(connection, first, last, zone):
                write(entry)
                count, head = count + 1, entry["hash"]
    return count, head


def _entries(
    connection: Connection, first: date | None, last: date | None, zone: tzinfo
) -> Iterator[dict[str, Any]]:
    """The entries, oldest first; `at` is in `zone`, to the microsecond that entered the hash."""
    columns = [getattr(AccessEntry, name) for name in COLUMNS]
    query = select(*columns).order_by(col(AccessEntry.number))
    if first:
        query = query.where(col(AccessEntry.at) >= _midnight(first, zone))
    if last:
        query = query.where(col(AccessEntry.at) < _midnight(last + timedelta(days=1), zone))
    with connection.execute(query, execution_options={"yield_per": 1000}) as rows:
        for row in rows:
            entry = dict(row._mapping)
            entry["at"] = entry["at"].astimezone(zone).isoformat(timespec="microseconds")
            yield entry


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _csv_writer(file: IO[str]) -> Any:
    # Excel needs the byte order mark to read Chinese texts.
    file.write("\ufeff")
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    return lambda entry: writer.writerow({name: _guarded(entry[name]) for name in COLUMNS})


def _guarded(value: Any) -> Any:
    """`text` with an apostrophe in front if a spreadsheet would take it for a formula."""
    formula = isinstance(value, str) and value.startswith(FORMULA_BEGINS)
    return f"'{value}" if formula else value


def _json_writer(file: IO[str]) -> Any:
    return lambda entry: file.write(json.dumps(entry, ensure_ascii=False) + "\n")
