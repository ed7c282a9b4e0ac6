"""The steps bring a database to exactly the tables that the models declare."""

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, insert, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

import models.tables  # noqa: F401
from data.store import access_log, append_only
from data.store.access_log import Act
from data.store.database import connect, writing
from data.store.schema import MIGRATIONS, FutureDatabaseError, Standing, migrate, standing
from models.account import Event
from models.freeze import Freeze, FrozenFigure
from tests.data.contents import NOW

STEPS = sorted((MIGRATIONS / "versions").glob("[0-9]*.py"))
FREEZE = {
    "number": 1,
    "meeting": "M1",
    "meeting_name": "会议",
    "meeting_on": NOW.date(),
    "version": 1,
    "as_of": NOW.date(),
    "import_number": 0,
    "facts_sha256": "",
    "definitions": {},
    "lists": {},
    "replaced": [],
    "at": NOW,
    "account": "wang",
}


def test_the_steps_make_every_table_as_declared(bare_engine: Engine) -> None:
    migrate(bare_engine)
    with bare_engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_balances_need_no_row_numbers_on_sqlite(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'gridlight.db'}")
    migrate(engine)
    with engine.connect() as connection:
        made = "SELECT sql FROM sqlite_master WHERE name = 'balances'"
        assert "WITHOUT ROWID" in connection.execute(text(made)).scalar_one()


def test_migrating_again_changes_nothing(bare_engine: Engine) -> None:
    with bare_engine.connect() as connection:
        assert standing(connection) is not Standing.CURRENT
    migrate(bare_engine)
    migrate(bare_engine)
    with bare_engine.connect() as connection:
        assert standing(connection) is Standing.CURRENT
        assert "findings" in inspect(connection).get_table_names()


def test_a_database_of_a_later_version_is_refused_and_left_alone(bare_engine: Engine) -> None:
    migrate(bare_engine)
    with bare_engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(FutureDatabaseError):
        migrate(bare_engine)
    with bare_engine.connect() as connection:
        assert (
            connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"
        )


def test_what_is_only_added_to_is_known_to_be(bare_engine: Engine) -> None:
    migrate(bare_engine)
    with writing(bare_engine) as connection:
        assert append_only.unprotected(connection) == []
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER freezes_not_changed"))
        else:
            connection.execute(text("ALTER TABLE freezes DISABLE TRIGGER freezes_only_added"))
        assert append_only.unprotected(connection) == ["freezes"]


@pytest.mark.parametrize(
    "statement", ["UPDATE access_entries SET what = 'x'", "DELETE FROM access_entries"]
)
def test_the_access_log_is_only_added_to(bare_engine: Engine, statement: str) -> None:
    migrate(bare_engine)
    with writing(bare_engine) as connection:
        access_log.append(connection, Act("wang", NOW), Event.SIGNED_IN)
    with pytest.raises(DBAPIError, match="only added to"), writing(bare_engine) as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE freezes SET as_of = '2020-01-01'",
        "DELETE FROM freezes",
        "UPDATE frozen_figures SET numerator = '1'",
        "DELETE FROM frozen_figures",
    ],
)
def test_what_is_frozen_is_never_changed(bare_engine: Engine, statement: str) -> None:
    migrate(bare_engine)
    with writing(bare_engine) as connection:
        connection.execute(insert(Freeze).values(**FREEZE))
        connection.execute(
            insert(FrozenFigure).values(freeze=1, node="district", figure="units", numerator="3")
        )
    with pytest.raises(DBAPIError, match="never changed"), writing(bare_engine) as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize("step", STEPS, ids=lambda path: path.stem)
def test_a_step_depends_on_no_code_of_today(step: Path) -> None:
    text = step.read_text(encoding="utf-8")
    assert not re.search(r"^\s*(from|import) (models|data|dashboard)\b", text, re.MULTILINE)
