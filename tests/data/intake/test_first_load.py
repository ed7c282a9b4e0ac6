"""The first load of a whole district is prepared beside the database, and nobody waits for it."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, inspect, select
from sqlmodel import SQLModel, col

from data.facts import processes
from data.facts.apart import Derivers, derivers
from data.facts.first_facts import Filling, FirstFacts
from data.intake import taking as intake
from data.intake.taken import Taken
from data.reference.lists import shipped
from data.store import beside, out_of_sqlite
from data.store.beside import folder_beside, remove_abandoned
from data.store.database import connect, reading, waiting_told, writing
from data.workbook.rows import Content
from models.grid import Unit
from models.kept import KeptFact
from tests.data.contents import dump, kept, net, taking, workbook
from tests.data.facts.workbook_steps import nothing_differs
from tests.databases import Databases, Postgres

NUMBERED = ("facts", "import_warnings")
"""The tables whose rows the database numbers."""


@pytest.fixture
def empty(
    databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """An empty database into which everything is a first load."""
    monkeypatch.setattr(intake, "AHEAD_UP_TO", 0)
    monkeypatch.setattr(processes, "MOST_PROCESSES", 1)
    # Where files for PostgreSQL are prepared.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with databases() as engine:
        yield engine


def district() -> Content:
    """A district with rows of several kinds, and facts of no unit."""
    return workbook(
        **net("U1", "U2", "U3"),
        findings=[{"category": "X", "code": f"F{at}", "unit": f"U{at}"} for at in (1, 2, 3)],
        duties=[{}],
        decisions=[{}],
        meetings=[{}],
    )


def load(engine: Engine, file: Path, content: Callable[[], Content] = district) -> Taken:
    """Import `content` as if it stood in `file`, the beginning of a district."""
    file.write_bytes(b"a workbook")
    return taking(engine, file, reader=lambda *_, **__: content())


def left_beside(engine: Engine) -> list[Path]:
    """What a first load left beside the database."""
    place = beside.place_of(engine)
    assert place, "there is room"
    return list(place.parent.glob(".*-filling-*"))


def during(
    monkeypatch: pytest.MonkeyPatch, maker: type, name: str, do: Callable[[Any], object]
) -> list[int]:
    """Do something before each call of the method `name`; the list grows with each call."""
    calls: list[int] = []
    real = getattr(maker, name)

    def called(self: Any, *asked: Any) -> Any:
        calls.append(1)
        do(self)
        return real(self, *asked)

    monkeypatch.setattr(maker, name, called)
    return calls


def test_a_first_load_stores_what_another_import_stores_and_nobody_waits(
    empty: Engine, databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(_district: object) -> None:
        with waiting_told(lambda _holder: pytest.fail("the lock is held")), writing(empty):
            pass

    during(monkeypatch, Filling, "derive", write)
    stored = during(monkeypatch, FirstFacts, "write_to", lambda _ready: None)
    load(empty, tmp_path / "district.xlsx")
    assert stored == [1]
    assert not left_beside(empty)
    assert nothing_differs(empty)
    monkeypatch.setattr(intake, "AHEAD_UP_TO", 1_000)
    with databases() as usual:
        load(usual, tmp_path / "district.xlsx")
        one, other = dump(empty), dump(usual)
    assert one["facts"]
    assert one.keys() == other.keys()
    for each in (one, other):
        # PostgreSQL goes on counting in a database that was emptied.
        for table in NUMBERED:
            each[table] = sorted((row[1:] for row in each[table]), key=repr)
    for table in one.keys() - {"access_entries"}:  # each database seals its own log
        assert one[table] == other[table], table


def test_what_others_wrote_meanwhile_is_not_lost(
    empty: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(_district: object) -> None:
        kept(empty, workbook(**net("U9")))

    during(monkeypatch, Filling, "derive", write)
    load(empty, tmp_path / "district.xlsx")
    with reading(empty) as connection:
        units = set(connection.scalars(select(col(Unit.code))))
    assert units == {"U1", "U2", "U3", "U9"}
    assert nothing_differs(empty)
    assert not left_beside(empty)


def test_a_district_is_loaded_even_if_a_process_is_lost(
    empty: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(processes: Any) -> None:
        for process in processes._processes._all:
            process.kill()

    calls = during(monkeypatch, Derivers, "derive", lose)
    load(empty, tmp_path / "district.xlsx")
    assert calls == [1]
    assert nothing_differs(empty)
    with reading(empty) as connection:
        assert connection.scalars(select(col(KeptFact.id)).limit(1)).all()
    assert not left_beside(empty)


def test_a_refused_first_load_leaves_nothing(empty: Engine, tmp_path: Path) -> None:
    def faulty() -> Content:
        return workbook(**net("U1"), duties=[{"unit": "U7"}])

    before = dump(empty)
    assert load(empty, tmp_path / "district.xlsx", faulty).refused
    assert dump(empty) == before
    assert not left_beside(empty)


@contextmanager
def served_by_another_role(owner: Engine) -> Iterator[Engine]:
    """The database as a role that may change its rows and owns none of its tables."""
    with owner.begin() as connection:
        for statement in (
            "CREATE ROLE service",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO service",
            "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO service",
        ):
            connection.exec_driver_sql(statement)
    service = connect(owner.url.render_as_string(hide_password=False))

    @event.listens_for(service, "checkout")
    def act_as_service(made: Any, _record: object, _proxy: object) -> None:
        made.execute("SET ROLE service")
        made.commit()

    yield service
    service.dispose()
    with owner.begin() as connection:
        connection.exec_driver_sql("DROP OWNED BY service")
        connection.exec_driver_sql("DROP ROLE service")


@pytest.mark.postgres
def test_a_service_that_owns_no_table_loads_a_district_and_keeps_the_indexes(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "AHEAD_UP_TO", 0)
    monkeypatch.setattr(processes, "MOST_PROCESSES", 1)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(out_of_sqlite, "MANY", 0)
    stored = during(monkeypatch, FirstFacts, "write_to", lambda _ready: None)
    with postgres.bare_database() as owner:
        SQLModel.metadata.create_all(owner)
        before = inspect(owner).get_indexes("facts")
        with served_by_another_role(owner) as service:
            assert not load(service, tmp_path / "district.xlsx").refused
        assert stored == [1]
        assert nothing_differs(owner)
        assert inspect(owner).get_indexes("facts") == before


def test_processes_whose_import_was_killed_end_and_delete_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "filling"
    folder.mkdir()
    (folder / "rows.sqlite").write_bytes(b"rows")
    with derivers(folder / "rows.sqlite", shipped()) as processes:
        # The operating system closes what a killed process held.
        for process in processes._processes._all:
            process.stdin.close()
        for process in processes._processes._all:
            process.wait()
            process.stdin = None
        assert not folder.exists()


def test_files_of_killed_imports_are_deleted_by_the_next(tmp_path: Path) -> None:
    database = tmp_path / "gridlight.db"
    abandoned = tmp_path / ".gridlight.db-filling-abandoned"
    abandoned.mkdir()
    (abandoned / "rows.sqlite").write_bytes(b"rows")
    with folder_beside(database) as mine:
        assert not abandoned.exists()
        remove_abandoned(database)
        assert mine.exists()
    assert not list(tmp_path.iterdir())
