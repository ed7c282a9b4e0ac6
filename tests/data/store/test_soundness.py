"""A damaged SQLite file is named when it is opened, before anything is done with it."""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data.store.database import DamagedDatabaseError, connect
from data.store.schema import migrate
from data.store.soundness import DERIVED, SMALL, WRONG, require_sound
from tests.databases import sqlite


@pytest.fixture
def file(tmp_path: Path) -> Path:
    engine = sqlite(tmp_path)
    engine.dispose()
    return tmp_path / "gridlight.db"


def overwritten(file: Path, page: int, content: bytes = b"\xff") -> None:
    with file.open("r+b") as opened:
        opened.seek((page - 1) * 4096)
        opened.write(content * 4096)


def root_of(file: Path, name: str) -> int:
    with closing(sqlite3.connect(file)) as raw:
        return int(
            raw.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [name]).fetchone()[0]
        )


def test_a_whole_file_an_empty_one_and_none_are_sound(file: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    for path in (file, tmp_path / "empty.db", tmp_path / "none.db"):
        require_sound(connect(f"sqlite:///{path}"), whole=True)


def test_a_lost_header_is_named(file: Path) -> None:
    overwritten(file, 1)
    with pytest.raises(DamagedDatabaseError, match="no header"):
        require_sound(connect(f"sqlite:///{file}"))


def test_a_damaged_table_is_named_even_where_only_first_pages_are_looked_at(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overwritten(file, root_of(file, "findings"))
    monkeypatch.setattr("data.store.soundness.SMALL", 0)
    with pytest.raises(DamagedDatabaseError, match="malformed"):
        require_sound(connect(f"sqlite:///{file}"))


def test_a_damaged_index_is_named_where_the_file_is_small_or_the_whole_is_asked_for(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overwritten(file, root_of(file, "ix_access_entries_account"))
    assert file.stat().st_size < SMALL
    with pytest.raises(DamagedDatabaseError):
        require_sound(connect(f"sqlite:///{file}"))
    monkeypatch.setattr("data.store.soundness.SMALL", 0)
    with pytest.raises(DamagedDatabaseError):
        require_sound(connect(f"sqlite:///{file}"), whole=True)


def test_a_file_cut_short_is_named(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size // 2)
    with pytest.raises(DamagedDatabaseError):
        require_sound(connect(f"sqlite:///{file}"))


def test_text_that_cannot_be_read_is_named_with_its_table(file: Path) -> None:
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("INSERT INTO settings VALUES ('issuing_body', CAST(x'fffeff' AS TEXT))")
    with pytest.raises(DamagedDatabaseError, match="settings"):
        require_sound(connect(f"sqlite:///{file}"), whole=True)


def test_every_type_of_column_is_looked_at(file: Path) -> None:
    with closing(sqlite3.connect(file)) as raw:
        tables = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        kinds = {
            kind.partition("(")[0]
            for (table,) in tables
            for _at, _name, kind, *_rest in raw.execute(f'PRAGMA table_info("{table}")')
        }
    assert {"VARCHAR", "DATE", "DATETIME"} < kinds <= set(WRONG)


TABLE = re.compile(r"(?:INTO|UPDATE) (\w+)")
KEPT = (
    "INSERT INTO facts"
    " (measure, bucket, unit, starts_on, ends_on, value, ledger, key, after_freeze) VALUES"
    " ('overdue', '', 'U1', '2026-01-01', '9999-12-31', 1, 'findings', 'F1', 0)",
    "INSERT INTO versions"
    ' (ledger, key, "values", import_number, sheet, row, replaced_by, change) VALUES'
    " ('findings', 'F1', '[1, \"整改\", null]', 1, '问题', 2, 2, 'CHANGED')",
    "INSERT INTO accounts (name, full_name, must_change, created_at, provisioned) VALUES"
    " ('wang', '王某', 0, '2026-01-02 09:00:00.000000', 0)",
    "INSERT INTO files_set_aside (sha256, file_name, content, at) VALUES"
    " ('ab', '台账.xlsx', x'504b', '2026-01-02 09:00:00.000000')",
)
NUL_IN_TEXT = "CAST(x'610062' AS TEXT)"


@pytest.mark.parametrize(
    "spoiled",
    [
        pytest.param("INSERT INTO settings VALUES ('issuing_body', x'61')", id="bytes as a text"),
        pytest.param(f"INSERT INTO settings VALUES ('body', {NUL_IN_TEXT})", id="NUL in a text"),
        pytest.param("UPDATE facts SET measure = CAST(x'ff' AS TEXT)", id="text of a fact"),
        pytest.param("UPDATE facts SET starts_on = 'soon'", id="a word as a day"),
        pytest.param("UPDATE facts SET starts_on = '2026-02-30'", id="no day of the calendar"),
        pytest.param("UPDATE facts SET starts_on = '20260201'", id="a day in another form"),
        pytest.param("UPDATE facts SET starts_on = '0000-01-01'", id="the year 0"),
        pytest.param("UPDATE facts SET starts_on = 2460000", id="a number as a day"),
        pytest.param(
            "UPDATE facts SET starts_on = CAST('2026-01-01' AS BLOB)", id="bytes as a day"
        ),
        pytest.param("UPDATE facts SET value = 'many'", id="a word as a number"),
        pytest.param("UPDATE facts SET value = 1.5", id="a fraction as a whole number"),
        pytest.param("UPDATE facts SET value = x'31'", id="bytes as a number"),
        pytest.param("UPDATE files_set_aside SET at = '2026-01-01 25:00:00.000000'", id="no hour"),
        pytest.param("UPDATE files_set_aside SET at = '2026-01-01T09:00'", id="another instant"),
        pytest.param("UPDATE files_set_aside SET at = '2026-01-01'", id="a day as an instant"),
        pytest.param("UPDATE files_set_aside SET content = 'text'", id="text as bytes"),
        pytest.param("UPDATE versions SET \"values\" = '[1, '", id="half a document"),
        pytest.param("UPDATE accounts SET must_change = 7", id="neither true nor false"),
    ],
)
def test_a_value_that_its_column_cannot_hold_is_named(
    file: Path, spoiled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite itself finds nothing wrong with any of them, and takes them."""
    with closing(sqlite3.connect(file)) as raw, raw:
        for row in KEPT:
            raw.execute(row)
    require_sound(connect(f"sqlite:///{file}"))
    with closing(sqlite3.connect(file)) as raw, raw:
        assert raw.execute(spoiled).rowcount == 1
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    table = TABLE.findall(spoiled)[0]
    with pytest.raises(DamagedDatabaseError, match=f"table {table}"):
        require_sound(connect(f"sqlite:///{file}"), whole=True)
    # What a rebuild derives again, most of a database, is looked at by `check` and by copies only.
    if table in DERIVED:
        require_sound(connect(f"sqlite:///{file}"))
    else:
        with pytest.raises(DamagedDatabaseError, match="cannot be read"):
            require_sound(connect(f"sqlite:///{file}"))
    # Of a large file only they look at every row.
    monkeypatch.setattr("data.store.soundness.SMALL", 0)
    require_sound(connect(f"sqlite:///{file}"))


@pytest.fixture(scope="module")
def of_this_version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "gridlight.db"
    engine = connect(f"sqlite:///{file}")
    migrate(engine)
    engine.dispose()
    return file


@pytest.fixture
def migrated(of_this_version: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(of_this_version, tmp_path / "migrated.db"))


def test_a_database_of_this_version_lacks_nothing(migrated: Path) -> None:
    require_sound(connect(f"sqlite:///{migrated}"))


@pytest.mark.parametrize(
    ("done", "named"),
    [
        pytest.param("DROP TABLE ratings", "table ratings", id="a table dropped"),
        pytest.param("ALTER TABLE ratings RENAME TO old", "table ratings", id="a table renamed"),
        pytest.param("ALTER TABLE findings DROP COLUMN note", "note of the table", id="a column"),
        pytest.param("DROP INDEX ix_facts_unit", "ix_facts_unit", id="an index"),
    ],
)
@pytest.mark.parametrize("small", [True, False])
def test_what_a_database_of_this_version_lacks_is_named(
    migrated: Path, monkeypatch: pytest.MonkeyPatch, done: str, named: str, small: bool
) -> None:
    with closing(sqlite3.connect(migrated)) as raw, raw:
        raw.execute(done)
    if not small:
        monkeypatch.setattr("data.store.soundness.SMALL", 0)
    with pytest.raises(DamagedDatabaseError, match=named):
        require_sound(connect(f"sqlite:///{migrated}"))


def test_a_column_that_no_longer_refuses_to_be_empty_is_named(migrated: Path) -> None:
    with closing(sqlite3.connect(migrated)) as raw, raw:
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '') WHERE name = 'facts'"
        )
    with pytest.raises(DamagedDatabaseError, match="may be empty"):
        require_sound(connect(f"sqlite:///{migrated}"))


def test_a_database_of_an_earlier_version_has_its_own_tables(migrated: Path) -> None:
    with closing(sqlite3.connect(migrated)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '0001'")
        raw.execute("DROP TABLE ratings")
    require_sound(connect(f"sqlite:///{migrated}"))
