"""The access log of the database in use is guarded: signed with keys that lie beside the settings,
and its end noted down beside them, so that what is cut off or written anew behind it shows."""

from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, Engine

from dashboard import settings
from data.store import access_log, log_anchors, log_keys
from data.store.access_log import Anchor
from data.store.database import connect, reading


def opened(url: str) -> Engine:
    """The database at `url`; what is entered into its access log is signed."""
    return log_keys.use(connect(url), settings.log_keys_in_use)


def keep_end(engine: Engine) -> bool:
    """Note down where the log ends now; False where it no longer holds the end noted before."""
    # A data folder that cannot be written to keeps nobody from reading.
    with suppress(OSError), reading(engine) as connection:
        return log_anchors.advance(connection, settings.log_ends_file(), _name(engine))
    return True


def keep_other_end(engine: Engine) -> None:
    """The same after a restore, which put another log in the place of the one noted."""
    with reading(engine) as connection:
        end = access_log.head(connection)
    log_anchors.put(settings.log_ends_file(), _name(engine), end)


def kept_end(engine: Engine) -> Anchor | None:
    """The end that was noted down."""
    return log_anchors.kept(settings.log_ends_file(), _name(engine))


def missing_key(connection: Connection) -> str | None:
    """The id of the key that signed the last entry, where it is none of ours."""
    keys, last = log_keys.of(connection), access_log.entries(connection, limit=1)
    used = last[0].key if last else None
    return used if keys and used and used not in keys.by_id else None


def _name(engine: Engine) -> str:
    """By what the database is told from others; without a password."""
    if engine.dialect.name == "sqlite":
        return str(Path(str(engine.url.database)).absolute())
    url = engine.url
    return f"{url.host or 'local'}:{url.port or 5432}/{url.database}"
