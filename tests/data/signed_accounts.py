"""Fixtures of account tests: a database with a unit, a fixed clock."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, insert

from data.access import accounts
from data.store.access_log import Act
from models.account import Role
from models.grid import Sector, Unit

NOW = datetime(2026, 6, 30, 1, 0, tzinfo=UTC)
PASSWORD = "七月的风 and some rain"
OPERATOR = Act("operator", NOW)


def later(**span: float) -> datetime:
    return NOW + timedelta(**span)


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as connection:
        provenance = {"import_number": 1, "sheet": "x", "row": 2}
        edu = {"code": "EDU", "name": "教育", **provenance}
        connection.execute(insert(Sector).values(**edu))
        unit = {"code": "E01", "name": "教育单位一", "kind": "INSTITUTION", "sector": "EDU"}
        connection.execute(insert(Unit).values(**unit, enrolled_on=NOW.date(), **provenance))
        yield connection


def add(connection: Connection, name: str = "wang", role: Role | None = Role.LEADER) -> None:
    given = accounts.given_password(PASSWORD, name, "王某")
    accounts.add(connection, OPERATOR, name=name, full_name="王某", password=given, role=role)
