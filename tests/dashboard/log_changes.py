"""Changes of the access log: an entry more, and what somebody does who holds the database."""

from sqlalchemy import Engine, text

from dashboard import clock
from data.store import access_log
from data.store.access_log import Act, Anchor
from data.store.database import recording, writing
from models.account import Event


def add(engine: Engine) -> Anchor:
    """Add an entry; returns where the log ends now."""
    with recording(engine) as connection:
        access_log.append(connection, Act("wang", clock.now()), Event.SIGNED_IN)
        return access_log.head(connection)


def cut(engine: Engine) -> None:
    """Delete the last entry, as somebody may who holds the database and takes the trigger away."""
    last = "(SELECT max(number) FROM access_entries)"
    with writing(engine) as connection:
        connection.execute(text("DROP TRIGGER IF EXISTS access_entries_not_deleted"))
        connection.execute(text(f"DELETE FROM access_entries WHERE number = {last}"))
