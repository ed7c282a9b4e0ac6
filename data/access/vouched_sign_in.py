"""Signing in by what somebody else vouches for: an OpenID Connect provider, or a trusted proxy.

What it says of an account has been verified before. Functions that change something want one of the
transactions of `data.store.database`.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlmodel import col

from data.access import accounts, sign_in
from data.access.accounts import ADMINISTRATORS, NAME, AccountRefusedError
from data.access.brakes import NOBODY
from data.access.permission import GRANTED
from data.store import access_log
from data.store.access_log import Act
from models.account import Account, Event, Grant, GrantKind, Role, Way, role_of

NO_ACCOUNT, NOT_CONFIRMED, RIGHTS = "no account", "not confirmed", "rights"
"""In the log, behind the way, what was wrong with a sign-in."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """What is vouched for: the name of an account, and what a provider says of its owner."""

    account: str
    full_name: str = ""
    rights_told: bool = False
    """Whether role and codes are told at all; else rights are given here."""
    role: Role | None = None
    codes: tuple[str, ...] = ()
    """The units of a unit's account, the sectors of a competent department's."""


def enter(
    connection: Connection,
    act: Act,
    way: Way,
    vouched: Vouched,
    *,
    provisions: bool = False,
    factor_left: bool = False,
) -> str | None:
    """A ticket for the account that is vouched for; None, and an entry in the log, for none.

    `provisions`: an account that is missing is made. The rights of accounts so made follow what is
    told at every sign-in; those of all others stay. `factor_left`: no second factor is asked for
    here. Where one is, the ticket only awaits it, as after a password.
    """
    act = Act(plain(vouched.account), act.at, act.address)
    account = _account(connection, act.account)
    if account is None and provisions and act.account:
        account = _made(connection, act, vouched)
    if account is None or account.disabled_at is not None or _is_of_demonstration(account):
        refuse(connection, act, way, NO_ACCOUNT, known=account is not None)
        return None
    if not _follow(connection, act, account, vouched):
        refuse(connection, act, way, RIGHTS, known=True)
        return None
    return sign_in.accept(connection, act, way=way, code_given=factor_left)


def refuse(connection: Connection, act: Act, way: Way, reason: str, *, known: bool = False) -> None:
    """Enter in the access log that what somebody vouched for opened nothing."""
    logged = act if known else Act(NOBODY, act.at, act.address)
    access_log.append(connection, logged, Event.SIGN_IN_REFUSED, f"{way.value}: {reason}")


def plain(told: str) -> str:
    """The name of an account as it is kept; "" for what can be none.

    Neither cut to length nor brought from other alphabets: two people might come to one name.
    """
    name = told.strip()
    return name.lower() if name.isascii() and NAME.fullmatch(name.lower()) else ""


def _made(connection: Connection, act: Act, vouched: Vouched) -> Row[Any] | None:
    """The account that is missing, without a password; its rights come after."""
    full_name = vouched.full_name.strip()[: accounts.FULL_NAME_LENGTH] or act.account
    accounts.add(connection, _itself(act), name=act.account, full_name=full_name, password=None)
    return _account(connection, act.account)


def _follow(connection: Connection, act: Act, account: Row[Any], vouched: Vouched) -> bool:
    """Give an account that was made here so the rights that are told; False where they cannot be.

    Administrators are made by hand, and stay so.
    """
    if not (account.provisioned and vouched.rights_told) or account.role in ADMINISTRATORS:
        return True
    kind = GRANTED.get(vouched.role) if vouched.role else None
    wanted = {(kind.value, code) for code in vouched.codes} if kind else set()
    granted = connection.execute(
        select(col(Grant.kind), col(Grant.code)).where(col(Grant.account) == account.name)
    )
    if role_of(account.role) is vouched.role and {tuple(row) for row in granted} == wanted:
        return True
    try:
        with connection.begin_nested():
            accounts.grant(
                connection,
                _itself(act),
                account.name,
                role=vouched.role,
                sectors=vouched.codes if kind is GrantKind.SECTOR else (),
                units=vouched.codes if kind is GrantKind.UNIT else (),
            )
    except AccountRefusedError:
        return False
    return True


def _itself(act: Act) -> Act:
    """Who acts in the log when accounts are made and given rights: no account can have the name."""
    return Act("provider:oidc", act.at, act.address)


def _is_of_demonstration(account: Row[Any]) -> bool:
    return account.password_hash is None and not account.provisioned


def _account(connection: Connection, name: str) -> Row[Any] | None:
    return connection.execute(
        select(Account.__table__).where(col(Account.name) == name)  # type: ignore[attr-defined]
    ).first()
