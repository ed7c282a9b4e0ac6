"""A served dashboard, and session cookies for it."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from dashboard import clock
from data.access import sign_in
from data.store.access_log import Act
from data.store.database import writing
from models.account import Role
from tests.browser.visit import Visit

PATIENCE = 60_000
"""Milliseconds to wait for a state on a machine that has much else to do."""


ACCOUNT, PASSWORD = "wang", "七月的风 and some rain"


@dataclass(frozen=True)
class Served:
    """A served dashboard: its address, its database, and its output."""

    address: str
    engine: Engine
    log: Path


def cookie(served: Served, role: Role) -> dict[str, str]:
    """The cookie of a new session of the role's demonstration account."""
    now = clock.now()
    account = f"demo-{role.value.replace('_', '-')}"
    with writing(served.engine) as connection:
        ticket = sign_in.enter(connection, Act(account, now))
        token = sign_in.redeem(connection, ticket or "", now, None)
    return {"name": "gridlight", "value": token or "", "url": served.address}


def submit(visit: Visit, password: str) -> None:
    visit.page.get_by_label("Account").fill(ACCOUNT)
    visit.page.get_by_label("Password", exact=True).fill(password)
    visit.page.get_by_role("button", name="Sign in").click()
