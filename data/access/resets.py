"""Password resets and removals of second factors by administrators: which need a second
administrator, and how owners are told.

For an account that sees the whole district or administers, one administrator requests the act and
another confirms it before a one-time password is given out or the second factor is removed. The
owner of any account is told of both for 30 days, once a session; of a reset with the time and
address of the first sign-in.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlmodel import col

from data.access import accounts, second_factor
from data.access.accounts import GivenPassword
from data.access.permission import ALLOWED, Action, ResetNotice
from data.store import access_log
from data.store.access_log import Act
from models.account import Account, Event, PasswordReset, Role, role_of
from models.text import N_, TellingError

TWO_AGREE_ON = frozenset({Role.LEADER, Role.COMMITTEE, Role.STEWARD, *accounts.ADMINISTRATORS})
"""The roles whose password resets and removals of second factors need two administrators."""
MAY_CONFIRM = frozenset({Action.MANAGE_ACCOUNTS, Action.MANAGE_GRANTS})
WAITS = timedelta(hours=72)
"""How long a request is valid, from being made to being carried out."""
TOLD_FOR = timedelta(days=30)

NOT_ALLOWED = N_("Only an account administrator gives a new password.")
NOT_CONFIRMER = N_("Only an account or permission administrator agrees to a new password.")
OWN_REQUEST = N_("Another administrator must agree than the one who asked.")
ASKED_ALREADY = N_("A new password of “{account}” is asked for already.")
NOT_AGREED = N_(
    "“{account}” sees the whole district or administers: another administrator must agree before"
    " there is a new password."
)
NO_REMOVER = N_("Only an account administrator removes the second factor of an account.")
REMOVAL_ASKED_ALREADY = N_("The removal of the second factor of “{account}” is asked for already.")
REMOVAL_NOT_AGREED = N_(
    "“{account}” sees the whole district or administers: another administrator must agree before"
    " its second factor is removed."
)
NO_REQUEST = N_("This request is settled already.")


class ResetRefusedError(TellingError):
    """A step of a reset was refused; `sentence` says why."""


@dataclass(frozen=True, slots=True)
class Request:
    """A requested password reset or removal of a second factor that has not been carried out."""

    number: int
    account: str
    asked_by: str
    asked_at: datetime
    confirmed_by: str | None
    of_factor: bool


def needs_two(role: Role | None) -> bool:
    """Whether a reset or removal for an account of this role needs a second administrator."""
    return role in TWO_AGREE_ON


def ask(connection: Connection, act: Act, name: str, *, of_factor: bool = False) -> None:
    """Request a password reset for the account `name`, or with `of_factor` that its second factor
    be removed; to be confirmed by another administrator."""
    _require(connection, act, {Action.MANAGE_ACCOUNTS}, NO_REMOVER if of_factor else NOT_ALLOWED)
    if _asked_for(connection, act, name, of_factor=of_factor):
        message = REMOVAL_ASKED_ALREADY if of_factor else ASKED_ALREADY
        raise ResetRefusedError(message, account=name)
    _give_up(connection, name, of_factor=of_factor)
    connection.execute(
        insert(PasswordReset).values(
            account=name, asked_by=act.account, asked_at=act.at, of_factor=of_factor
        )
    )
    what = Event.FACTOR_REMOVAL_ASKED if of_factor else Event.RESET_ASKED
    access_log.append(connection, act, what, name)


def confirm(connection: Connection, act: Act, number: int) -> None:
    """Confirm request `number`; refused for the administrator who made it."""
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
    what = Event.FACTOR_REMOVAL_CONFIRMED if request.of_factor else Event.RESET_CONFIRMED
    access_log.append(connection, act, what, request.account)


def refuse(connection: Connection, act: Act, number: int) -> None:
    """Withdraw or reject request `number`."""
    _require(connection, act, MAY_CONFIRM, NOT_CONFIRMER)
    request = _request(connection, number, act.at)
    _give_up(connection, request.account, of_factor=request.of_factor)
    what = Event.FACTOR_REMOVAL_REFUSED if request.of_factor else Event.RESET_REFUSED
    access_log.append(connection, act, what, request.account)


def make(connection: Connection, act: Act, name: str, password: GivenPassword) -> None:
    """Give the account a one-time password.

    Raises `ResetRefusedError` where a second administrator must confirm first and has not.
    """
    _require(connection, act, {Action.MANAGE_ACCOUNTS}, NOT_ALLOWED)
    if not _is_agreed(connection, act, name, of_factor=False):
        raise ResetRefusedError(NOT_AGREED, account=name)
    accounts.reset_password(connection, act, name, password)


def remove_factor(connection: Connection, act: Act, name: str) -> None:
    """Remove the second factor of the account; its owner is told.

    Raises `ResetRefusedError` where a second administrator must confirm first and has not,
    `FactorRefusedError` where there is none.
    """
    _require(connection, act, {Action.MANAGE_ACCOUNTS}, NO_REMOVER)
    if not _is_agreed(connection, act, name, of_factor=True):
        raise ResetRefusedError(REMOVAL_NOT_AGREED, account=name)
    second_factor.remove(connection, act, name)


def waiting(connection: Connection, now: datetime) -> list[Request]:
    """The requests neither carried out nor expired, the oldest first."""
    return [
        Request(row.id, row.account, row.asked_by, row.asked_at, row.confirmed_by, row.of_factor)
        for row in connection.execute(
            select(PasswordReset.__table__)  # type: ignore[attr-defined]
            .where(col(PasswordReset.made_at).is_(None), col(PasswordReset.asked_at) > now - WAITS)
            .order_by(col(PasswordReset.id))
        )
    ]


def notices(connection: Connection, name: str, now: datetime) -> tuple[ResetNotice, ...]:
    """The recent resets and removals of which the owner of account `name` must be told, the latest
    first."""
    return tuple(
        ResetNotice(row.made_at, row.asked_by, row.used_at, row.used_from, row.of_factor)
        for row in connection.execute(
            select(PasswordReset.__table__)  # type: ignore[attr-defined]
            .where(col(PasswordReset.account) == name, col(PasswordReset.made_at) > now - TOLD_FOR)
            .order_by(col(PasswordReset.id).desc())
        )
    )


def _asked_for(connection: Connection, act: Act, name: str, *, of_factor: bool) -> list[Request]:
    return [
        each
        for each in waiting(connection, act.at)
        if each.account == name and each.of_factor == of_factor
    ]


def _is_agreed(connection: Connection, act: Act, name: str, *, of_factor: bool) -> bool:
    """Whether one administrator is enough for the account's role, or another has confirmed."""
    role = role_of(connection.scalar(select(col(Account.role)).where(col(Account.name) == name)))
    asked = _asked_for(connection, act, name, of_factor=of_factor)
    return not needs_two(role) or any(each.confirmed_by for each in asked)


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


def _give_up(connection: Connection, name: str, *, of_factor: bool) -> None:
    connection.execute(
        delete(PasswordReset).where(
            col(PasswordReset.account) == name,
            col(PasswordReset.made_at).is_(None),
            col(PasswordReset.of_factor) == of_factor,
        )
    )
