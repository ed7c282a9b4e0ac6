"""Fixtures of identity tests: a database in a file, and a browser signed in to it."""

import functools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert

from dashboard import clock, identity
from dashboard.reads import cache
from data.access import accounts, own_password, passwords, sign_in
from data.store.access_log import Act
from data.store.database import writing
from models.account import Role
from models.grid import Sector, Unit
from tests.databases import sqlite_file

PASSWORD = "七月的风 and some rain"
PROVENANCE = {"import_number": 1, "sheet": "x", "row": 2}
SignIn = Callable[..., str]


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A database with two units in two sectors, which the dashboard uses."""
    engine = sqlite_file(tmp_path / "gridlight.sqlite")
    _add_two_units(engine)
    monkeypatch.setattr(cache, "engine", lambda: engine)
    monkeypatch.setenv("GRIDLIGHT_SECOND_FACTOR", "none")
    monkeypatch.setenv("GRIDLIGHT_KEY_FILE", str(tmp_path / "sign-in.key"))
    cache.forget_drawn()
    yield engine
    cache.forget_drawn()
    engine.dispose()


def _add_two_units(engine: Engine) -> None:
    with writing(engine) as connection:
        for sector, unit in (("EDU", "E01"), ("SOE", "S01")):
            connection.execute(insert(Sector).values(code=sector, name=sector, **PROVENANCE))
            connection.execute(
                insert(Unit).values(
                    code=unit,
                    name=f"单位{unit}",
                    kind="INSTITUTION",
                    sector=sector,
                    enrolled_on=clock.today(),
                    **PROVENANCE,
                )
            )


@pytest.fixture
def add(engine: Engine) -> Callable[..., None]:
    """A function that adds an account whose password its owner has chosen."""

    def added(name: str, role: Role | None, **grants: list[str]) -> None:
        act = Act("operator", clock.now())
        given, own = _passwords()
        with writing(engine) as connection:
            accounts.add(connection, act, name=name, full_name=name, password=given, role=role)
            accounts.grant(connection, act, name, role=role, **grants)
            replacement = own_password.Replacement(name, given.kept, own)
            own_password.replace(connection, Act(name, act.at), replacement)

    return added


@functools.cache
def _passwords() -> tuple[accounts.GivenPassword, str]:
    """The password that an account is given, and its owner's as a hash.

    Both are made once, since to hold them against the rules takes longer than to sign in.
    """
    return accounts.given_password(PASSWORD + "!"), passwords.hashed(PASSWORD)


@pytest.fixture
def sign_in_as(engine: Engine, add: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> SignIn:
    """A function that adds an account with a role and signs the page in; returns the cookie."""

    def signed_in(role: Role | None, **grants: list[str]) -> str:
        add("wang", role, **grants)
        now = clock.now()
        with writing(engine) as connection:
            ticket = sign_in.accept(connection, Act("wang", now))
            token = sign_in.redeem(connection, ticket, now, None)
        assert token
        monkeypatch.setattr(identity, "token", lambda: token)
        return token

    return signed_in
