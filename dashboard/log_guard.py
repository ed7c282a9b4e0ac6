"""Protect the access log: entries are signed with keys stored outside the database.

The end of the log is stored beside the keys, so that cutting or rewriting it is noticed.
"""

from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, Engine

from dashboard import key_files
from data.store import access_log, log_anchors, log_keys
from data.store.access_log import Anchor, Verdict
from data.store.database import connect, reading


def opened(url: str) -> Engine:
    """The database at `url`, with a signed access log."""
    return log_keys.use(connect(url), key_files.log_keys_in_use)


def keep_end(engine: Engine) -> bool:
    """Store where the access log ends now; False if the end stored before is no longer in it.

    Any number of processes may do so at once: the stored end never moves back.
    """
    # A read-only data folder must not prevent reading.
    with suppress(OSError):
        # Read first: another process may store a later end than the connection sees.
        before = last_end(engine)
        with reading(engine) as connection:
            file = key_files.log_ends_file()
            return log_anchors.advance(connection, file, _name(engine), before)
    return True


def keep_end_of(connection: Connection) -> bool:
    """Like `keep_end`, for the state of the database that the connection sees."""
    with suppress(OSError):
        file, name = key_files.log_ends_file(), _name(connection.engine)
        return log_anchors.advance(connection, file, name, log_anchors.kept(file, name))
    return True


def keep_other_end(engine: Engine) -> None:
    """Store the end after a restore, which replaced the access log."""
    with reading(engine) as connection:
        end = access_log.head(connection)
    log_anchors.put(key_files.log_ends_file(), _name(engine), end)


def verify(engine: Engine) -> tuple[Verdict, Anchor | None]:
    """Verify the access log, and the stored end that it was held against, if there is one."""
    stored = last_end(engine)
    with reading(engine) as connection:
        end = kept_end(connection, stored)
        return access_log.verify(connection, [end] if end else []), end


def kept_end(connection: Connection, stored: Anchor | None) -> Anchor | None:
    """The end of the access log that was `stored`; None if there is none, or if a restore has
    replaced the log that ended there and was killed before it stored the new end.

    Ask `last_end` for it before the connection looks at the database: a server stores the end every
    few seconds, so that a later one could lie beyond what the connection sees.
    """
    return log_anchors.without_replaced(connection, stored)


def last_end(engine: Engine) -> Anchor | None:
    """The stored end of the access log, even if the database is damaged or lost; None if there is
    none."""
    return log_anchors.kept(key_files.log_ends_file(), _name(engine))


def missing_key(connection: Connection) -> str | None:
    """The id of the key of the last entry if it is not among our keys; else None."""
    keys, last = log_keys.of(connection), access_log.entries(connection, limit=1)
    used = last[0].key if last else None
    return used if keys and used and used not in keys.by_id else None


def _name(engine: Engine) -> str:
    """A name that identifies the database, without a password."""
    if engine.dialect.name == "sqlite":
        return str(Path(str(engine.url.database)).absolute())
    url = engine.url
    return f"{url.host or 'local'}:{url.port or 5432}/{url.database}"
