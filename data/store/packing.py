"""Write packed backups, whose format `data/store/packed.py` describes.

Tables of PostgreSQL are written by pg_dump, several at a time, if it is installed; otherwise by
this program.
"""

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, text

from data.store.access_log import Anchor, head
from data.store.copy_text import AT_ONCE
from data.store.copying import OF_THE_MOMENT, CopyRefusedError, Progress, tables
from data.store.database import reading
from data.store.packed import DATABASE, FORMAT, MANIFEST, Member
from data.store.schema import VERSION_TABLE
from models.text import N_

LEVEL = 1
"""gzip's quickest: the rows shrink to a fifth all the same."""
JOBS = min(4, os.cpu_count() or 1)
IN_LIST = re.compile(r"(?<!\d)(\d+); \d+ \d+ TABLE DATA \S+ (\S+) ")
"""A line of `pg_restore --list`: the number that the file is named after, and the table."""
SECRET = ("password",)
"""Parts of an address that are not handed on among the words of a process."""
DUMP_FAILED = N_("The backup could not be written: {reason}")


def pack_postgres(engine: Engine, part: Path, folder: Path, progress: Progress | None) -> None:
    """Write the database, as it is at one moment, to the file `part`, by way of `folder`."""
    with reading(engine) as connection:
        copied = [VERSION_TABLE, *(table.name for table in tables())]
        left_out = {str(table.__tablename__) for table in OF_THE_MOMENT}
        columns = {name: _columns(connection, name) for name in copied if name not in left_out}
        snapshot = str(connection.scalar(text("SELECT pg_export_snapshot()")))
        version = str(connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}")))
        log_end = head(connection)
        dump = _by_pg_dump if _has_pg_dump(connection) else _by_copy
        files = dump(engine, connection, snapshot, columns, folder)
    _write(part, version, log_end, [(file, name, columns[name]) for name, file in files], progress)


def pack_sqlite(
    copy: Path, part: Path, version: str, log_end: Anchor, progress: Progress | None
) -> None:
    """Write a whole SQLite database, the file `copy`, to the file `part`; `copy` is deleted."""
    squeezed = copy.with_name(f"{copy.name}.gz")
    with copy.open("rb") as plain, gzip.open(squeezed, "wb", LEVEL) as written:
        shutil.copyfileobj(plain, written, AT_ONCE)
    copy.unlink()
    _write(part, version, log_end, [(squeezed, DATABASE, [])], progress)


def _columns(connection: Connection, table: str) -> list[str]:
    """The columns in the order in which they were made, which is that of pg_dump."""
    found = connection.scalars(
        text(
            "SELECT attname FROM pg_attribute WHERE attrelid = CAST(:name AS regclass)"
            " AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
        ),
        {"name": connection.dialect.identifier_preparer.quote(table)},
    )
    return list(found)


def _has_pg_dump(connection: Connection) -> bool:
    """Whether PostgreSQL's own tools are there, and not older than the server."""
    if not shutil.which("pg_dump") or not shutil.which("pg_restore"):
        return False
    told = subprocess.run(
        ["pg_dump", "--version"], capture_output=True, text=True, check=False
    ).stdout
    major = re.search(r"(\d+)", told)
    server = connection.connection.driver_connection.info.server_version  # type: ignore[union-attr]
    return major is not None and int(major[1]) >= server // 10_000


def _by_pg_dump(
    engine: Engine,
    connection: Connection,
    snapshot: str,
    columns: dict[str, list[str]],
    folder: Path,
) -> list[tuple[str, Path]]:
    """Have pg_dump write the rows of tables; returns each table with its file."""
    from psycopg.conninfo import make_conninfo

    told: Any = connection.connection.driver_connection.info  # type: ignore[union-attr]
    # What psycopg sets of its own, an older pg_dump need not know; so take what the address says.
    server = {"host": told.host, "port": told.port, "user": told.user, "dbname": told.dbname}
    given = {name: value for name, value in engine.url.query.items() if name not in SECRET}
    environment = dict(os.environ)
    if told.password:
        # It must not stand among the words of a process.
        environment["PGPASSWORD"] = told.password
    target = folder / "dump"
    words = [
        "pg_dump",
        "--data-only",
        "--format=directory",
        f"--jobs={JOBS}",
        f"--compress={LEVEL}",
        "--encoding=UTF8",
        f"--snapshot={snapshot}",
        f"--file={target}",
        f"--dbname={make_conninfo(**{**given, **server})}",
        *(f'--table="{name}"' for name in columns),
    ]
    _run(words, environment)
    listed = _run(["pg_restore", "--list", str(target)], environment)
    by_table = {name: target / f"{number}.dat.gz" for number, name in IN_LIST.findall(listed)}
    missing = [name for name in columns if name not in by_table]
    if missing:
        raise CopyRefusedError(DUMP_FAILED, reason=f"pg_dump: {', '.join(missing)}")
    return [(name, by_table[name]) for name in columns]


def _run(words: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        words, env=environment, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        said = (done.stderr.strip().splitlines() or [f"{words[0]} {done.returncode}"])[-1]
        raise CopyRefusedError(DUMP_FAILED, reason=said)
    return done.stdout


def _by_copy(
    engine: Engine,
    _connection: Connection,
    snapshot: str,
    columns: dict[str, list[str]],
    folder: Path,
) -> list[tuple[str, Path]]:
    """Write the rows of tables without other tools; returns each table with its file."""
    quote = engine.dialect.identifier_preparer.quote

    def write(name: str) -> tuple[str, Path]:
        file = folder / f"{name}.gz"
        names = ", ".join(map(quote, columns[name]))
        with reading(engine) as own, gzip.open(file, "wb", LEVEL) as written:
            own.exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{snapshot}'")
            driver: Any = own.connection.driver_connection
            with (
                driver.cursor() as cursor,
                cursor.copy(f"COPY {quote(name)} ({names}) TO STDOUT") as copied,
            ):
                for rows in _joined(copied):
                    written.write(rows)
        return name, file

    with ThreadPoolExecutor(JOBS) as pool:
        return list(pool.map(write, columns))


def _joined(rows: Iterator[bytes]) -> Iterator[bytes]:
    held, size = [], 0
    for row in rows:
        held.append(bytes(row))
        size += len(held[-1])
        if size > AT_ONCE:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def _write(
    part: Path,
    version: str,
    log_end: Anchor,
    files: list[tuple[Path, str, list[str]]],
    progress: Progress | None,
) -> None:
    """Check each file by reading it to its end, and put it into the tar file."""
    members = [
        Member(f"{number:03}-{table}.gz", table, columns, _checked(file))
        for number, (file, table, columns) in enumerate(files)
    ]
    said = {
        "format": FORMAT,
        "version": version,
        "log_end": log_end,
        "members": list(map(asdict, members)),
    }
    with part.open("r+b") as opened, tarfile.open(fileobj=opened, mode="w") as tar:
        about = json.dumps(said, ensure_ascii=False, indent=1).encode()
        header = tarfile.TarInfo(MANIFEST)
        header.size, header.mode = len(about), 0o600
        tar.addfile(header, BytesIO(about))
        for done, (member, (file, _table, _columns)) in enumerate(
            zip(members, files, strict=True), start=1
        ):
            tar.add(file, member.name, filter=_for_owner_only)
            file.unlink()
            if progress:
                progress(done, len(files))


def _for_owner_only(header: tarfile.TarInfo) -> tarfile.TarInfo:
    header.mode, header.uid, header.gid, header.uname, header.gname = 0o600, 0, 0, "", ""
    return header


def _checked(file: Path) -> str:
    """The SHA-256 of a gzip file, after its own checksum was found right."""
    with gzip.open(file) as opened:
        while opened.read(AT_ONCE):
            pass
    with file.open("rb") as raw:
        return hashlib.file_digest(raw, "sha256").hexdigest()
