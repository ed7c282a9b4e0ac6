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
from tests.databases import Postgres

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


SQLITE_WAYS = {
    "condition": "BEFORE DELETE ON {table} WHEN 0 BEGIN {refuse}; END",
    "other table": "BEFORE DELETE ON accounts BEGIN {refuse}; END",
    "other change": "BEFORE INSERT ON {table} BEGIN {refuse}; END",
    "no row": "BEFORE DELETE ON {table} BEGIN {refuse} WHERE 0; END",
    "only words": "BEFORE DELETE ON {table} BEGIN SELECT 'RAISE(ABORT'; END",
}
POSTGRESQL_WAYS = {
    "condition": "BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW WHEN (false) {run}",
    "other table": "BEFORE UPDATE OR DELETE OR TRUNCATE ON accounts {run}",
    "some changes": "BEFORE UPDATE OR TRUNCATE ON {table} {run}",
    "some columns": 'BEFORE UPDATE OF "{column}" OR DELETE OR TRUNCATE ON {table} {run}',
}
"""Triggers of the right name that do not refuse every change."""


@pytest.mark.parametrize("table", append_only.PROTECTED)
def test_a_trigger_that_is_there_but_refuses_nothing_is_known(
    bare_engine: Engine, table: str
) -> None:
    migrate(bare_engine)
    words = {
        "table": table,
        "refuse": f"SELECT RAISE(ABORT, '{append_only.PROTECTED[table]}')",
        "run": f"EXECUTE FUNCTION {table}_only_added()",
        "column": "freeze" if table == "frozen_figures" else "number",
    }
    if bare_engine.dialect.name == "sqlite":
        drop, make, ways = "DROP TRIGGER {}", "CREATE TRIGGER {} {}", SQLITE_WAYS
        trigger = f"{table}_not_deleted"
    else:
        drop, make, ways = f"DROP TRIGGER {{}} ON {table}", "CREATE TRIGGER {} {}", POSTGRESQL_WAYS
        trigger = f"{table}_only_added"
    for way, made in ways.items():
        with bare_engine.connect() as connection, connection.begin() as transaction:
            connection.exec_driver_sql(drop.format(trigger))
            connection.exec_driver_sql(make.format(trigger, made.format(**words)))
            assert append_only.unprotected(connection) == [table], way
            transaction.rollback()


@pytest.mark.postgres
@pytest.mark.parametrize(
    "disarmed",
    [
        "CREATE OR REPLACE FUNCTION freezes_only_added() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RETURN NULL; RAISE EXCEPTION 'what is frozen is never changed'; END $$",
        "ALTER TABLE freezes ENABLE REPLICA TRIGGER freezes_only_added",
    ],
    ids=["other function", "of replicas"],
)
def test_a_trigger_that_postgresql_no_longer_obeys_is_known(
    postgres: Postgres, disarmed: str
) -> None:
    with postgres.bare_database() as engine:
        migrate(engine)
        with writing(engine) as connection:
            connection.exec_driver_sql(disarmed)
            assert append_only.unprotected(connection) == ["freezes"]


def test_white_space_does_not_disarm_a_trigger(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'gridlight.db'}")
    migrate(engine)
    with writing(engine) as connection:
        connection.exec_driver_sql("DROP TRIGGER freezes_not_changed")
        connection.exec_driver_sql(
            "CREATE TRIGGER freezes_not_changed\n  BEFORE UPDATE ON freezes\nBEGIN"
            " SELECT RAISE(ABORT, 'what is frozen is never changed');\nEND"
        )
        assert append_only.unprotected(connection) == []


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
