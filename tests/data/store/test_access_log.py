from importlib import import_module

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from data.store import access_log
from data.store.access_log import FIRST_PREVIOUS, Act, Verdict
from data.store.database import reading, writing
from models.account import AccessEntry, Event
from tests.data.signed_accounts import NOW, later
from tests.data.signed_accounts import connection as connection

TABLE = AccessEntry.__table__


@pytest.fixture
def three(connection):
    """A connection to a log of three entries."""
    access_log.append(connection, Act("wang", NOW, "10.0.0.1"), Event.SIGNED_IN)
    access_log.append(connection, Act("wang", later(minutes=1)), Event.EXPORTED, "ledgers EDU")
    access_log.append(connection, Act("li", later(minutes=2)), Event.IMPORTED, "6月.xlsx")
    return connection


def test_entries_come_latest_first_with_everything_said(three):
    latest, _, first = access_log.entries(three)
    assert (latest.number, latest.account, latest.subject) == (3, "li", "6月.xlsx")
    assert (first.at, first.what, first.address) == (NOW, Event.SIGNED_IN, "10.0.0.1")


def test_entries_by_account_kind_and_place(three):
    assert [e.number for e in access_log.entries(three, account="wang")] == [2, 1]
    assert [e.number for e in access_log.entries(three, what=Event.EXPORTED)] == [2]
    assert [e.number for e in access_log.entries(three, before=3, limit=1)] == [2]


def test_each_entry_carries_the_hash_of_the_one_before(three):
    rows = three.execute(TABLE.select().order_by(TABLE.c.number)).all()
    assert [row.previous for row in rows] == [FIRST_PREVIOUS, rows[0].hash, rows[1].hash]


def test_untouched_log_verifies(connection, three):
    assert access_log.verify(three) == Verdict(3, access_log.entries(three)[0].hash, unsigned=3)


def test_empty_log_verifies(connection):
    assert access_log.verify(connection) == Verdict(0, FIRST_PREVIOUS)
    assert access_log.entries(connection) == []


@pytest.mark.parametrize(
    "change",
    [
        {"account": "li"},
        {"at": later(days=1)},
        {"subject": "something else"},
        {"address": None},
        {"what": "exported"},
        {"hash": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_changed_entry_breaks_the_chain_there(three, change):
    three.execute(update(TABLE).where(TABLE.c.number == 1).values(**change))
    assert access_log.verify(three).broken_at == 1


def test_entry_taken_out_breaks_the_chain_there(three):
    three.execute(delete(TABLE).where(TABLE.c.number == 2))
    assert access_log.verify(three).broken_at == 2


def test_long_subject_is_cut_before_it_is_hashed(connection):
    access_log.append(connection, Act("wang", NOW), Event.EXPORTED, "x" * 10_000)
    assert len(access_log.entries(connection)[0].subject) == access_log.SUBJECT_LENGTH
    assert access_log.verify(connection).broken_at is None


@pytest.mark.parametrize(
    "statement", [delete(TABLE), update(TABLE).values(subject="")], ids=["delete", "update"]
)
def test_protected_log_refuses_change(three, statement):
    migration = import_module("data.store.migrations.versions.0001_first_tables")
    with Operations.context(MigrationContext.configure(three)):
        migration.protect("access_entries", "the access log is only added to")
    with pytest.raises(DBAPIError, match="only added to"), three.begin_nested():
        three.execute(statement)
    access_log.append(three, Act("wang", NOW), Event.SIGNED_OUT)
    assert access_log.verify(three).broken_at is None


def test_a_cut_tail_and_a_chain_written_anew_do_not_fit_what_was_noted_elsewhere(engine):
    act = access_log.Act("wang", NOW)
    with writing(engine) as connection:
        access_log.append(connection, act, Event.SIGNED_IN)
        noted = access_log.verify(connection)
        access_log.append(connection, act, Event.SIGNED_OUT)
    anchor = noted.entries, noted.head
    with reading(engine) as connection:
        assert access_log.verify(connection, [anchor]).broken_at is None
        assert access_log.verify(connection, [(3, noted.head)]).broken_at == 3
        assert access_log.verify(connection, [(1, "0" * 64)]).broken_at == 1
