"""Passwords given by somebody else: who must agree, and that the owner is told.

Where an account sees the whole district or administers, one administrator asks and another agrees
before there is a one-time password. Of every other reset the owner is told, for a month, on the
first page of each session, with the first sign-in that used it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlmodel import col

from data.access import accounts
from data.access.accounts import GivenPassword
from data.access.permission import ALLOWED, Action, ResetNotice
from data.store import access_log
from data.store.access_log import Act
from models.account import Account, Event, PasswordReset, Role, role_of
from models.text import N_, TellingError

TWO_AGREE_ON = frozenset({Role.LEADER, Role.COMMITTEE, Role.STEWARD, *accounts.ADMINISTRATORS})
"""The roles of which a password is reset by two administrators only."""
MAY_CONFIRM = frozenset({Action.MANAGE_ACCOUNTS, Action.MANAGE_GRANTS})
WAITS = timedelta(hours=72)
"""For a second administrator, and then to be carried out."""
TOLD_FOR = timedelta(days=30)

NOT_ALLOWED = N_("Only an account administrator gives a new password.")
NOT_CONFIRMER = N_("Only an account or permission administrator agrees to a new password.")
OWN_REQUEST = N_("Another administrator must agree than the one who asked.")
ASKED_ALREADY = N_("A new password of “{account}” is asked for already.")
NOT_AGREED = N_(
    "“{account}” sees the whole district or administers: another administrator must agree before"
    " there is a new password."
)
NO_REQUEST = N_("This request is settled already.")


class ResetRefusedError(TellingError):
    """The step was not taken; `sentence` says why."""


@dataclass(frozen=True, slots=True)
class Request:
    """A new password that is asked for and not yet given out."""

    number: int
    account: str
    asked_by: str
    asked_at: datetime
    confirmed_by: str | None


def needs_two(role: Role | None) -> bool:
    """Whether two administrators must agree to a new password for an account of this role."""
    return role in TWO_AGREE_ON


def ask(connection: Connection, act: Act, name: str) -> None:
    """Ask for a new password for an account, to which another administrator is to agree."""
    _require(connection, act, {Action.MANAGE_ACCOUNTS}, NOT_ALLOWED)
    if any(each.account == name for each in waiting(connection, act.at)):
        raise ResetRefusedError(ASKED_ALREADY, account=name)
    _give_up(connection, name)
    connection.execute(
        insert(PasswordReset).values(account=name, asked_by=act.account, asked_at=act.at)
    )
    access_log.append(connection, act, Event.RESET_ASKED, name)


def confirm(connection: Connection, act: Act, number: int) -> None:
    """Agree, as another administrator than the one who asked."""
    _require(connection, act, MAY_CONFIRM, NOT_CONFIRMER)
    request = _request(connection, number, act.at)
    if request.confirmed_at is not None:
        raise ResetRefusedError(NO_REQUEST)
    if request.asked_by == act.account:
        raise ResetRefusedError(OWN_REQUEST)
    connection.execute(
        update(PasswordReset)
        .where(col(PasswordReset.id) == number)
        .values(confirmed_by=act.account, confirmed_at=act.at)
    )
    access_log.append(connection, act, Event.RESET_CONFIRMED, request.account)


def refuse(connection: Connection, act: Act, number: int) -> None:
    """Take a request away: who asked gives it up, or another administrator does not agree."""
    _require(connection, act, MAY_CONFIRM, NOT_CONFIRMER)
    request = _request(connection, number, act.at)
    _give_up(connection, request.account)
    access_log.append(connection, act, Event.RESET_REFUSED, request.account)


def make(connection: Connection, act: Act, name: str, password: GivenPassword) -> None:
    """Give the account a one-time password, where one administrator may, or two have agreed."""
    _require(connection, act, {Action.MANAGE_ACCOUNTS}, NOT_ALLOWED)
    role = role_of(connection.scalar(select(col(Account.role)).where(col(Account.name) == name)))
    agreed = [each for each in waiting(connection, act.at) if each.account == name]
    if needs_two(role) and not any(each.confirmed_by for each in agreed):
        raise ResetRefusedError(NOT_AGREED, account=name)
    accounts.reset_password(connection, act, name, password)


def waiting(connection: Connection, now: datetime) -> list[Request]:
    """What is asked for and not given out yet, the oldest first."""
    return [
        Request(row.id, row.account, row.asked_by, row.asked_at, row.confirmed_by)
        for row in connection.execute(
            select(PasswordReset.__table__)  # type: ignore[attr-defined]
            .where(col(PasswordReset.made_at).is_(None), col(PasswordReset.asked_at) > now - WAITS)
            .order_by(col(PasswordReset.id))
        )
    ]


def notices(connection: Connection, name: str, now: datetime) -> tuple[ResetNotice, ...]:
    """What the owner of an account is to be told, the latest reset first."""
    return tuple(
        ResetNotice(row.made_at, row.asked_by, row.used_at, row.used_from)
        for row in connection.execute(
            select(PasswordReset.__table__)  # type: ignore[attr-defined]
            .where(col(PasswordReset.account) == name, col(PasswordReset.made_at) > now - TOLD_FOR)
            .order_by(col(PasswordReset.id).desc())
        )
    )


def _require(connection: Connection, act: Act, any_of: Any, otherwise: str) -> None:
    role = role_of(
        connection.scalar(
            select(col(Account.role)).where(
                col(Account.name) == act.account, col(Account.disabled_at).is_(None)
            )
        )
    )
    if role is None or not ALLOWED[role] & any_of:
        raise ResetRefusedError(otherwise)


def _request(connection: Connection, number: int, now: datetime) -> Row[Any]:
    request = connection.execute(
        select(PasswordReset.__table__).where(  # type: ignore[attr-defined]
            col(PasswordReset.id) == number,
            col(PasswordReset.made_at).is_(None),
            col(PasswordReset.asked_at) > now - WAITS,
        )
    ).first()
    if request is None:
        raise ResetRefusedError(NO_REQUEST)
    return request


def _give_up(connection: Connection, name: str) -> None:
    connection.execute(
        delete(PasswordReset).where(
            col(PasswordReset.account) == name, col(PasswordReset.made_at).is_(None)
        )
    )
