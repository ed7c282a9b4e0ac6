"""Backups: whole, of one moment, and put back into either database with equal figures."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Column, Engine, Table, delete, func, insert, select, text
from sqlalchemy.exc import DataError, DBAPIError
from sqlmodel import col

from data.access import accounts, sign_in
from data.facts.derivation import compare
from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.nodes import parse
from data.reference.lists import current
from data.scope import everything
from data.store import access_log, data_version
from data.store.access_log import Act
from data.store.backup import backup, copy_unchanged
from data.store.copying import CopyRefusedError, tables
from data.store.database import connect, reading, writing
from data.store.restoring import holds_anything, restore
from data.store.schema import FutureDatabaseError, Standing, migrate, standing
from models.account import Event, Role
from models.kept import Setting
from models.times import UtcDateTime
from tests.data.contents import DEFAULTS, NOW, dump, kept, workbook
from tests.databases import BOTH, Postgres

ACT = Act("operator", NOW)
EVERY_LEDGER: dict[str, list[dict[str, Any]]] = {
    **{ledger: [{}] for ledger in DEFAULTS},
    "units": [{"pilot_batch": 1}, {"code": "U2"}],
    "reports": [{"submitted_on": date(2026, 1, 30)}],
}
UNEQUAL = {"settings", "access_entries", "sign_in_failures"}


@pytest.fixture
def filled(bare_engine: Engine) -> Engine:
    fill(bare_engine)
    return bare_engine


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Engine]:
    engine = connect(f"sqlite:///{tmp_path / 'own.sqlite'}")
    fill(engine)
    yield engine
    engine.dispose()


@pytest.fixture(params=BOTH)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        engine = connect(f"sqlite:///{tmp_path / 'target.sqlite'}")
        yield engine
        engine.dispose()
    else:
        server: Postgres = request.getfixturevalue("postgres")
        with server.bare_database() as engine:
            yield engine


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy.gridlight"


def fill(engine: Engine) -> None:
    migrate(engine)
    kept(engine, workbook(**EVERY_LEDGER))
    with writing(engine) as connection:
        accounts.add(
            connection,
            ACT,
            name="wang",
            full_name="王某",
            password=accounts.given_password("七月的风 and some rain"),
            role=Role.LEADER,
        )


def figures(engine: Engine) -> dict[str, str]:
    with reading(engine) as connection:
        lists = catalogue(current(connection))
        return {
            f"{node} {day} {name}": reading.text
            for node in ("district", "unit:U1")
            for day in (date(2026, 3, 15), date(2026, 6, 30))
            for name, reading in read(connection, everything(parse(node), day), lists).items()
        }


def rows(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    return {table: found for table, found in dump(engine).items() if table not in UNEQUAL}


def test_a_restored_database_holds_the_same_rows_and_figures(
    filled: Engine, target: Engine, copy: Path
) -> None:
    backup(filled, copy, ACT)
    restore(target, copy, ACT)
    assert figures(target) == figures(filled)
    with reading(target) as connection:
        assert not compare(connection, current(connection)).differs
        assert access_log.verify(connection).broken_at is None


def test_a_restored_database_takes_further_imports(
    filled: Engine, target: Engine, copy: Path
) -> None:
    backup(filled, copy, ACT)
    restore(target, copy, ACT)
    more = workbook(findings=[{"code": "F2", "issued_on": date(2026, 5, 1)}])
    assert kept(target, more).number == 2


NUMBERED_BY_US = {"access_entries", "freezes", "imports", "sent_files"}
"""Tables whose numbers the program gives."""


def a_value(column: Column[Any]) -> object:
    """Something that the column can hold."""
    match column.type:
        case UtcDateTime():
            return NOW
        case JSON():
            return {}
        case _:
            of_kind = {int: 1, bool: False, date: date(2026, 3, 1), bytes: b"x"}
            return of_kind.get(column.type.python_type, "wang")


def a_row(table: Table) -> dict[str, object]:
    """A row with something in each column that needs a value, and with the number 9."""
    needed = [each for each in table.columns if not each.nullable and not each.primary_key]
    values = {each.name: a_value(each) for each in needed}
    assert table.autoincrement_column is not None
    return {**values, table.autoincrement_column.name: 9}


@pytest.mark.postgres
def test_postgres_numbers_the_rows_of_every_table_on(
    on_sqlite: Engine, postgres: Postgres, copy: Path
) -> None:
    numbered = [
        each
        for each in tables()
        if each.autoincrement_column is not None and each.name not in NUMBERED_BY_US
    ]
    with writing(on_sqlite) as connection:
        for table in numbered:
            if connection.scalar(select(func.count()).select_from(table)) == 0:
                connection.execute(insert(table).values(a_row(table)))
    backup(on_sqlite, copy, ACT)
    continued = set()
    with postgres.bare_database() as target:
        restore(target, copy, ACT)
        with writing(target) as connection:
            for table in numbered:
                column = table.autoincrement_column
                assert column is not None
                name = text("SELECT pg_get_serial_sequence(:table, :column)")
                where = {"table": table.name, "column": column.name}
                sequence = connection.scalar(name, where)
                highest = connection.scalar(select(func.max(column)))
                # Rows of the moment, such as failed sign-ins, are not restored.
                if sequence and highest is not None:
                    assert connection.scalar(select(func.nextval(sequence))) == highest + 1
                    continued.add(table.name)
    assert {"import_warnings", "rows_set_aside", "own_snapshots", "facts"} <= continued


@pytest.mark.postgres
def test_postgres_knows_at_once_how_many_rows_were_restored(
    on_sqlite: Engine, postgres: Postgres, copy: Path
) -> None:
    backup(on_sqlite, copy, ACT)
    with postgres.bare_database() as target:
        restore(target, copy, ACT)
        with reading(target) as connection:
            units = text("SELECT reltuples FROM pg_class WHERE relname = 'units'")
            assert connection.scalar(units) == len(EVERY_LEDGER["units"])


def test_the_log_of_a_restored_database_is_still_only_added_to(
    filled: Engine, target: Engine, copy: Path
) -> None:
    backup(filled, copy, ACT)
    restore(target, copy, ACT)
    with pytest.raises(DBAPIError, match="only added to"), writing(target) as connection:
        connection.execute(text("DELETE FROM access_entries"))


def test_a_restore_is_in_the_log(on_sqlite: Engine, target: Engine, copy: Path) -> None:
    backup(on_sqlite, copy, ACT)
    restore(target, copy, ACT)
    with reading(target) as connection:
        [entry] = access_log.entries(connection, what=Event.RESTORED)
    assert (entry.account, entry.subject) == ("operator", "")


def test_a_restore_moves_the_data_version_past_both(
    on_sqlite: Engine, target: Engine, copy: Path
) -> None:
    backup(on_sqlite, copy, ACT)
    migrate(target)
    with writing(target) as connection:
        data_version.move_past(connection, 40)
    restore(target, copy, ACT, force=True)
    with reading(target) as connection:
        assert data_version.current(connection) == 42


def test_nobody_is_signed_in_after_a_restore(filled: Engine, target: Engine, copy: Path) -> None:
    with writing(filled) as connection:
        token = sign_in.redeem(connection, sign_in.accept(connection, Act("wang", NOW)), NOW, None)
    assert token
    backup(filled, copy, ACT)
    restore(target, copy, ACT)
    with reading(target) as connection:
        assert sign_in.viewer(connection, token, NOW) is None


def test_a_backup_holds_no_sessions(filled: Engine, copy: Path) -> None:
    with writing(filled) as connection:
        sign_in.redeem(connection, sign_in.accept(connection, Act("wang", NOW)), NOW, None)
    backup(filled, copy, ACT)
    with closing(sqlite3.connect(copy)) as held:
        assert held.execute("SELECT count(*) FROM sign_in_sessions").fetchone() == (0,)


def test_a_backup_is_one_file_for_its_owner_only(filled: Engine, copy: Path) -> None:
    backup(filled, copy, ACT)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in copy.parent.glob("copy*")] == [copy.name]


def test_a_backup_is_of_the_moment_at_which_it_began(on_sqlite: Engine, copy: Path) -> None:
    other = connect(str(on_sqlite.url))
    before = rows(on_sqlite)

    def write(_done: int, _of: int) -> None:
        with writing(other) as connection:
            connection.execute(delete(Setting).where(col(Setting.name) == "written"))
            connection.execute(insert(Setting).values(name="written", value="meanwhile"))

    backup(on_sqlite, copy, ACT, progress=write)
    other.dispose()
    restored = connect(f"sqlite:///{copy}")
    with reading(restored) as connection:
        assert connection.scalar(text("SELECT count(*) FROM settings WHERE name = 'written'")) == 0
    assert rows(restored) == before
    restored.dispose()


def test_a_backup_is_not_overwritten_unless_forced(on_sqlite: Engine, copy: Path) -> None:
    copy.write_text("mine")
    with pytest.raises(CopyRefusedError):
        backup(on_sqlite, copy, ACT)
    assert copy.read_text() == "mine"
    backup(on_sqlite, copy, ACT, force=True)
    assert copy.read_bytes().startswith(b"SQLite format 3")


def test_a_backup_does_not_overwrite_the_database(on_sqlite: Engine) -> None:
    own = Path(on_sqlite.url.database or "")
    with pytest.raises(CopyRefusedError):
        backup(on_sqlite, own, ACT, force=True)


def test_a_database_without_tables_is_not_backed_up(bare_engine: Engine, copy: Path) -> None:
    with pytest.raises(CopyRefusedError):
        backup(bare_engine, copy, ACT)
    assert not copy.exists()


def test_a_database_that_holds_anything_is_not_replaced_unless_forced(
    on_sqlite: Engine, target: Engine, copy: Path
) -> None:
    backup(on_sqlite, copy, ACT)
    migrate(target)
    kept(target, workbook(sectors=[{"code": "OWN"}]))
    before = dump(target)
    with pytest.raises(CopyRefusedError):
        restore(target, copy, ACT)
    assert dump(target) == before
    restore(target, copy, ACT, force=True)
    assert figures(target) == figures(on_sqlite)


def test_an_empty_database_holds_nothing(bare_engine: Engine) -> None:
    migrate(bare_engine)
    with reading(bare_engine) as connection:
        assert not holds_anything(connection)
        assert standing(connection) is Standing.CURRENT


def truncated(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:20_000])


def no_database(copy: Path) -> None:
    copy.write_bytes(b"PK\x03\x04" * 1000)


def another_database(copy: Path) -> None:
    copy.unlink()
    with closing(sqlite3.connect(copy)) as other:
        other.execute("CREATE TABLE notes (text)")


@pytest.mark.parametrize("damage", [truncated, no_database, another_database, Path.unlink])
def test_what_is_no_whole_backup_is_refused(
    on_sqlite: Engine, tmp_path: Path, copy: Path, damage: Any
) -> None:
    backup(on_sqlite, copy, ACT)
    damage(copy)
    target = connect(f"sqlite:///{tmp_path / 'target.sqlite'}")
    with pytest.raises(CopyRefusedError):
        restore(target, copy, ACT)
    assert dump(target) == {}
    target.dispose()


def test_a_backup_of_a_later_version_is_refused(
    on_sqlite: Engine, target: Engine, copy: Path
) -> None:
    backup(on_sqlite, copy, ACT)
    with closing(sqlite3.connect(copy)) as later:
        later.execute("UPDATE alembic_version SET version_num = '9999'")
        later.commit()
    with pytest.raises(FutureDatabaseError):
        restore(target, copy, ACT)


def test_a_plain_copy_of_the_file_is_a_backup_too(on_sqlite: Engine, copy: Path) -> None:
    on_sqlite.dispose()
    shutil.copy(on_sqlite.url.database or "", copy)
    target = connect(f"sqlite:///{copy.parent / 'target.sqlite'}")
    restore(target, copy, ACT)
    assert figures(target) == figures(on_sqlite)
    target.dispose()


def test_a_damaged_database_does_not_replace_a_good_backup(on_sqlite, tmp_path):
    target = tmp_path / "kept" / "backup.sqlite"
    target.parent.mkdir()
    backup(on_sqlite, target, ACT)
    good = target.read_bytes()
    on_sqlite.dispose()
    file = Path(str(on_sqlite.url.database))
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'findings'").fetchone()
        size = raw.execute("PRAGMA page_size").fetchone()[0]
    with file.open("r+b") as opened:
        opened.seek((root[0] - 1) * size)
        opened.write(b"\xff" * size)
    with pytest.raises(CopyRefusedError, match="damaged"):
        backup(on_sqlite, target, ACT, force=True)
    assert target.read_bytes() == good
    assert [each.name for each in target.parent.iterdir()] == ["backup.sqlite"]


SPOILED = {
    "a title": "UPDATE findings SET title = CAST(x'fffeff' AS TEXT) WHERE rowid = 1",
    "a day": "UPDATE findings SET issued_on = '2026-02-30' WHERE rowid = 1",
    "a fact": "UPDATE facts SET value = x'31' WHERE rowid = 1",
}
"""What SQLite takes, and finds nothing wrong with."""


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("what", SPOILED)
def test_what_cannot_be_read_does_not_replace_a_good_backup(
    on_sqlite: Engine, copy: Path, what: str, packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However large the database: every row of what was written is looked at."""
    monkeypatch.setattr("data.store.soundness.SMALL", 0)
    backup(on_sqlite, copy, ACT, packed=packed)
    good = copy.read_bytes()
    spoil(Path(str(on_sqlite.url.database)), what)
    with pytest.raises(CopyRefusedError, match="damaged"):
        backup(on_sqlite, copy, ACT, force=True, packed=packed)
    assert copy.read_bytes() == good


@pytest.mark.parametrize("what", SPOILED)
def test_what_cannot_be_read_is_not_restored(
    on_sqlite: Engine, copy: Path, tmp_path: Path, what: str
) -> None:
    backup(on_sqlite, copy, ACT)
    spoil(copy, what)
    assert_not_restored(copy, tmp_path)


def test_a_damaged_index_is_not_restored(on_sqlite: Engine, copy: Path, tmp_path: Path) -> None:
    """Of what a backup refuses to write nothing is restored either."""
    backup(on_sqlite, copy, ACT)
    with closing(sqlite3.connect(copy)) as raw, raw:
        raw.execute("PRAGMA writable_schema = ON")
        moved = "UPDATE sqlite_master SET sql = replace(sql, '(account)', '(what)') WHERE name = ?"
        assert raw.execute(moved, ["ix_access_entries_account"]).rowcount == 1
    with closing(sqlite3.connect(copy)) as raw:
        assert raw.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    assert_not_restored(copy, tmp_path)


def assert_not_restored(copy: Path, tmp_path: Path) -> None:
    target = connect(f"sqlite:///{tmp_path / 'target.sqlite'}")
    with pytest.raises(CopyRefusedError, match="damaged"):
        restore(target, copy, ACT)
    assert dump(target) == {}
    target.dispose()


@pytest.mark.parametrize("what", SPOILED)
def test_a_copy_before_a_migration_that_is_refused_leaves_nothing(
    on_sqlite: Engine, tmp_path: Path, what: str
) -> None:
    spoil(Path(str(on_sqlite.url.database)), what)
    folder = tmp_path / "copies"
    folder.mkdir()
    with pytest.raises(CopyRefusedError, match="damaged"):
        copy_unchanged(on_sqlite, folder / "before.sqlite")
    assert list(folder.iterdir()) == []


def spoil(file: Path, what: str) -> None:
    with closing(sqlite3.connect(file)) as raw, raw:
        assert raw.execute(SPOILED[what]).rowcount == 1


def test_a_nul_character_is_refused_before_it_could_spoil_backups(filled: Engine) -> None:
    """On both databases; on SQLite it would be taken, and no backup be written any more."""
    with pytest.raises(DataError, match="NUL"), writing(filled) as connection:
        connection.execute(insert(Setting).values(name="written", value="a\0b"))


def test_a_database_is_for_its_owner_only(tmp_path):
    engine = connect(f"sqlite:///{tmp_path / 'new' / 'own.sqlite'}")
    migrate(engine)
    engine.dispose()
    assert (tmp_path / "new" / "own.sqlite").stat().st_mode & 0o777 == 0o600


def test_a_restore_that_cannot_be_logged_changes_nothing(
    on_sqlite: Engine, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup(on_sqlite, copy, ACT)
    before = figures(on_sqlite), versions(on_sqlite)

    def fail(*_: object) -> None:
        raise OSError("the log cannot be written")

    monkeypatch.setattr("data.store.access_log.append", fail)
    with pytest.raises(OSError, match="the log"):
        restore(on_sqlite, copy, ACT, force=True)
    assert (figures(on_sqlite), versions(on_sqlite)) == before


def versions(engine: Engine) -> int:
    with reading(engine) as connection:
        return data_version.current(connection)
