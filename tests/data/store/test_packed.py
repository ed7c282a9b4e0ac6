"""Packed backups: whole, checked, and put back into either database, from either."""

import shutil
import tarfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import col, select

from data.access import accounts
from data.facts.derivation import compare
from data.reference.lists import current
from data.store import access_log, copy_text, log_anchors, packing
from data.store.access_log import Act
from data.store.backup import backup
from data.store.copying import CopyRefusedError, tables
from data.store.database import connect, reading, writing
from data.store.restoring import restore
from data.store.schema import FutureDatabaseError, migrate, upgrade
from models.account import Account, Role
from models.kept import Setting
from tests.data.contents import DEFAULTS, NOW, dump, kept, workbook
from tests.databases import BOTH, Postgres

ACT = Act("operator", NOW)
HARD = "a\ttab, a\nline, a \\ and \\N and \\. alone,\r“引号” ''"
"""A text with everything that the format writes in another way."""
UNEQUAL = {"settings", "access_entries", "sign_in_failures"}


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgres", marks=pytest.mark.postgres),
    ]
)
def filled(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """A database with rows of every ledger, an account and hard texts."""
    if request.param == "sqlite":
        engine = connect(f"sqlite:///{tmp_path / 'filled.sqlite'}")
        _fill(engine)
        yield engine
        engine.dispose()
        return
    server: Postgres = request.getfixturevalue("postgres")
    # Whether pg_dump is there, and not too old, differs from machine to machine.
    monkeypatch.setattr("data.store.packing.shutil.which", lambda _name: None)
    with server.bare_database() as engine:
        _fill(engine)
        yield engine


def _fill(engine: Engine) -> None:
    migrate(engine)
    kept(
        engine,
        workbook(
            **{ledger: [{}] for ledger in DEFAULTS}
            | {
                "units": [{"pilot_batch": 1}, {"code": "U2"}],
                "reports": [{"submitted_on": date(2026, 1, 30)}],
            }
        ),
    )
    with writing(engine) as connection:
        connection.execute(Setting.__table__.insert().values(name="hard", value=HARD))
        connection.execute(Setting.__table__.insert().values(name="none", value=""))
        accounts.add(
            connection,
            ACT,
            name="wang",
            full_name="王某",
            password=accounts.given_password("七月的风 and some rain"),
            role=Role.LEADER,
        )


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
def own(tmp_path: Path) -> Iterator[Engine]:
    engine = connect(f"sqlite:///{tmp_path / 'own.sqlite'}")
    _fill(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "kept").mkdir()
    return tmp_path / "kept" / "copy.gridlight"


def rows(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as the program reads them on either database."""
    with reading(engine) as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(table.select())), key=repr)
            for table in tables()
            if table.name not in UNEQUAL
        }


def settings(engine: Engine) -> dict[str, str]:
    with reading(engine) as connection:
        found = connection.execute(select(col(Setting.name), col(Setting.value)))
        return {name: value for name, value in found if name in ("hard", "none")}


def test_either_database_takes_what_either_packed(
    filled: Engine, target: Engine, file: Path
) -> None:
    backup(filled, file, ACT, packed=True)
    restore(target, file, ACT)
    assert rows(target) == rows(filled)
    assert settings(target) == {"hard": HARD, "none": ""}
    with reading(target) as connection:
        assert not compare(connection, current(connection)).differs
        assert access_log.verify(connection).broken_at is None
    assert kept(target, workbook(findings=[{"code": "F2"}])).number == 2


def test_it_is_one_small_file_for_its_owner_only_and_names_the_end_of_the_log(
    filled: Engine, file: Path
) -> None:
    with reading(filled) as connection:
        end = access_log.head(connection)
    backup(filled, file, ACT, packed=True)
    assert log_anchors.named(str(file)) == end
    assert file.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in file.parent.iterdir()] == [file.name]
    assert b"wang" not in file.read_bytes()


@pytest.mark.postgres
def test_instants_are_the_same_wherever_the_server_thinks_it_is(
    postgres: Postgres, tmp_path: Path
) -> None:
    made = datetime(2026, 7, 1, 16, 30, 0, 250_000, tzinfo=UTC)
    with postgres.bare_database() as engine:
        with engine.connect() as connection:
            connection.execute(
                text(f"ALTER DATABASE {engine.url.database} SET timezone = 'Asia/Shanghai'")
            )
            connection.commit()
        engine.dispose()
        migrate(engine)
        with writing(engine) as connection:
            accounts.add(
                connection,
                Act("operator", made),
                name="wang",
                full_name="王某",
                password=accounts.given_password("七月的风 and some rain"),
                role=Role.LEADER,
            )
        there_and_back = connect(f"sqlite:///{tmp_path / 'there.sqlite'}")
        backup(engine, tmp_path / "there", ACT, packed=True)
        restore(there_and_back, tmp_path / "there", ACT)
        backup(there_and_back, tmp_path / "back", ACT)
        restore(engine, tmp_path / "back", ACT, force=True)
        for each in (there_and_back, engine):
            with reading(each) as connection:
                assert connection.scalar(select(col(Account.created_at))) == made
                assert access_log.verify(connection).broken_at is None
        there_and_back.dispose()


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-30_000])


def changed(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def another(file: Path) -> None:
    with tarfile.open(file, "w") as tar:
        tar.add(__file__, "gridlight.json")


@pytest.mark.parametrize("damage", [cut, changed, another])
def test_what_is_no_whole_file_is_refused(
    own: Engine, tmp_path: Path, file: Path, damage: Any
) -> None:
    backup(own, file, ACT, packed=True)
    damage(file)
    target = connect(f"sqlite:///{tmp_path / 'target.sqlite'}")
    with pytest.raises(CopyRefusedError):
        restore(target, file, ACT)
    assert dump(target) == {}
    target.dispose()


def test_a_file_of_a_later_version_is_refused(own: Engine, tmp_path: Path, file: Path) -> None:
    with writing(own) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    plain = tmp_path / "plain"
    shutil.copy(str(own.url.database), plain)
    file.touch()
    packing.pack_sqlite(plain, file, "9999", (0, ""), None)
    target = connect(f"sqlite:///{tmp_path / 'target.sqlite'}")
    with pytest.raises(FutureDatabaseError):
        restore(target, file, ACT)
    target.dispose()


LISTED = """\
;
; Selected TOC Entries:
;
3650; 0 16402 TABLE DATA public facts gridlight_owner
3655; 0 0 SEQUENCE SET public facts_id_seq gridlight_owner
"""


def test_the_files_of_pg_dump_are_found_by_what_pg_restore_lists() -> None:
    assert packing.IN_LIST.findall(LISTED) == [("3650", "facts")]


@pytest.mark.parametrize(
    ("written", "rows"),
    [
        (b"a\tb\n\\\\.\tc\n\\.\n\n\n", b"a\tb\n\\\\.\tc\n"),
        (b"\\.\n\n\n", b""),
        (b"a\tb\n", b"a\tb\n"),
        (b"", b""),
    ],
)
def test_rows_end_where_pg_dump_says_so(written: bytes, rows: bytes) -> None:
    assert b"".join(copy_text.blocks(BytesIO(written))) == rows


@pytest.mark.postgres
@pytest.mark.parametrize(("said", "used"), [("9.6.24", False), ("99.1", True), ("", False)])
def test_pg_dump_is_used_unless_it_is_older_than_the_server(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str, used: bool
) -> None:
    for tool in ("pg_dump", "pg_restore"):
        script = tmp_path / tool
        script.write_text(f"#!/bin/sh\necho '{tool} (PostgreSQL) {said}'\n")
        script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with postgres.bare_database() as engine, engine.connect() as connection:
        assert packing._has_pg_dump(connection) is used


@pytest.mark.postgres
def test_tables_of_an_earlier_version_are_brought_up_to_date(
    postgres: Postgres, tmp_path: Path, file: Path
) -> None:
    with postgres.bare_database() as engine:
        with writing(engine) as connection:
            upgrade(connection, "0016")
            connection.execute(text("INSERT INTO settings (name, value) VALUES ('hard', 'x')"))
        monkey = pytest.MonkeyPatch()
        with monkey.context() as patch:
            # The earlier program knows its own tables only.
            there = set(_tables(engine))
            patch.setattr(
                packing, "tables", lambda: [each for each in tables() if each.name in there]
            )
            file.touch()
            (tmp_path / "parts").mkdir()
            packing.pack_postgres(engine, file, tmp_path / "parts", None)
        restore(engine, file, ACT, force=True)
        assert settings(engine) == {"hard": "x"}
        with reading(engine) as connection:
            assert connection.scalar(text("SELECT version_num FROM alembic_version")) > "0016"


def _tables(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(
            connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        )
