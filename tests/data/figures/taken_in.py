"""Import rows into an empty database, to read figures from it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from data.store.database import reading
from models.kinds import LATEST
from tests.data import districts
from tests.data.contents import kept
from tests.data.districts import Rows
from tests.databases import Databases, sqlite_database


@contextmanager
def taken_in(rows: Rows, databases: Databases = sqlite_database) -> Iterator[Connection]:
    """A connection to a database into which `rows` were imported."""
    with databases() as engine:
        kept(engine, districts.content(rows), day=LATEST)
        with reading(engine) as connection:
            yield connection
