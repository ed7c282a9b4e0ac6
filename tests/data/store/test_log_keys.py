"""The access log is signed with a key that is not in the database."""

import stat

import pytest
from sqlalchemy import insert, update

from data.store import access_log, log_keys, new_files
from data.store.access_log import Act, Broken, _hash
from data.store.database import recording
from data.store.log_keys import KeyFileError
from models.account import AccessEntry, Event
from tests.data.signed_accounts import NOW

ACT = Act("wang", NOW)
TABLE = AccessEntry.__table__


@pytest.fixture
def file(tmp_path):
    return tmp_path / "keys" / "access-log.key"


@pytest.fixture(autouse=True)
def unsigned_again(engine):
    """Engines are used again by other tests."""
    yield
    log_keys._IN_USE.pop(engine, None)


@pytest.fixture
def signed(engine, file):
    """A database whose log is signed with the keys in `file`."""
    return log_keys.use(engine, lambda: log_keys.read(file))


def enter(engine, *events):
    for event in events:
        with recording(engine) as connection:
            access_log.append(connection, ACT, event)


def verdict(engine, *anchors):
    with engine.connect() as connection:
        found = access_log.verify(connection, anchors)
    return found.why, found.broken_at


def written_anew(engine, keys=None, *, leave_out=()):
    """The log written again by somebody who knows how, but has only `keys`."""
    with engine.begin() as connection:
        rows = connection.execute(TABLE.select().order_by(TABLE.c.number)).mappings().all()
        connection.execute(TABLE.delete())
        number, previous = 0, access_log.FIRST_PREVIOUS
        for row in rows:
            if row["number"] in leave_out:
                continue
            number += 1
            entry = {**row, "number": number, "previous": previous}
            entry["key"] = keys.current if keys else None
            del entry["hash"]
            previous = _hash(entry, keys)
            connection.execute(insert(AccessEntry).values(**entry, hash=previous))


def test_the_key_is_made_once_for_its_owner_only(file):
    made = log_keys.read(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert log_keys.read(file) == made
    assert next(iter(made.by_id.values())).hex() not in repr(made)


def test_no_half_key_is_left_where_it_cannot_be_written(file, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(new_files.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        log_keys.read(file)
    assert list(file.parent.iterdir()) == []


@pytest.mark.parametrize("content", ["", "no key\n", "00ff\n"])
def test_a_file_of_something_else_is_refused_and_left(file, content):
    file.parent.mkdir()
    file.write_text(content)
    with pytest.raises(KeyFileError):
        log_keys.read(file)
    assert file.read_text() == content


def test_entries_are_signed_and_verify(signed, file):
    enter(signed, Event.SIGNED_IN, Event.SIGNED_OUT)
    assert verdict(signed) == (None, None)
    with signed.connect() as connection:
        used = {entry.key for entry in access_log.entries(connection)}
    assert used == {log_keys.read(file).current}


def test_the_database_does_not_hold_the_key(signed, file):
    enter(signed, Event.SIGNED_IN)
    [key] = file.read_text().split()
    with signed.connect() as connection:
        assert not any(
            key in str(value) for row in connection.execute(TABLE.select()) for value in row
        )


def test_who_has_no_key_cannot_change_an_entry(signed):
    enter(signed, Event.SIGNED_IN, Event.EXPORTED)
    with signed.begin() as connection:
        row = connection.execute(TABLE.select().where(TABLE.c.number == 2)).mappings().one()
        entry = {**row, "subject": "nothing"}
        del entry["hash"]
        plain = _hash({**entry, "key": None}, None)
        connection.execute(
            update(TABLE).where(TABLE.c.number == 2).values(subject="nothing", hash=plain)
        )
    assert verdict(signed) == (Broken.CHANGED, 2)


def test_entries_before_there_was_a_key_are_told_and_none_may_follow_it(engine, file):
    enter(engine, Event.SIGNED_IN)
    log_keys.use(engine, lambda: log_keys.read(file))
    enter(engine, Event.SIGNED_OUT)
    with engine.connect() as connection:
        found = access_log.verify(connection)
    assert (found.why, found.unsigned) == (None, 1)
    log_keys._IN_USE.pop(engine)
    enter(engine, Event.SIGNED_IN)
    log_keys.use(engine, lambda: log_keys.read(file))
    assert verdict(engine) == (Broken.UNSIGNED, 3)


def test_a_log_written_anew_without_the_key_does_not_fit_the_end_noted_before(signed):
    enter(signed, Event.SIGNED_IN, Event.EXPORTED, Event.SIGNED_OUT)
    with signed.connect() as connection:
        end = access_log.head(connection)
    written_anew(signed, leave_out=[2])
    enter(signed, Event.SIGNED_IN)
    assert verdict(signed, end) == (Broken.OTHER, 3)


def test_a_log_written_anew_with_another_key_is_told(signed, file, tmp_path):
    enter(signed, Event.SIGNED_IN, Event.EXPORTED)
    written_anew(signed, log_keys.read(tmp_path / "other.key"), leave_out=[2])
    assert verdict(signed) == (Broken.KEY_MISSING, 1)


def test_after_a_new_key_the_earlier_one_verifies_what_it_signed(signed, file):
    enter(signed, Event.SIGNED_IN)
    first = log_keys.read(file).current
    made = log_keys.add(file)
    enter(signed, Event.SIGNED_OUT)
    with signed.connect() as connection:
        assert [entry.key for entry in access_log.entries(connection)] == [made, first]
    assert verdict(signed) == (None, None)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_lost_key_is_told_and_harder_faults_before_it(signed, file):
    enter(signed, Event.SIGNED_IN, Event.SIGNED_OUT)
    lost = log_keys.read(file).current
    file.unlink()
    enter(signed, Event.SIGNED_IN)
    with signed.connect() as connection:
        found = access_log.verify(connection)
    assert (found.why, found.broken_at, found.key) == (Broken.KEY_MISSING, 1, lost)
    with signed.begin() as connection:
        connection.execute(update(TABLE).where(TABLE.c.number == 3).values(account="li"))
    assert verdict(signed) == (Broken.CHANGED, 3)
