"""Sign in people whose identity an OpenID Connect provider or a trusted proxy vouches for.

Callers verify the provider's or proxy's message first. Functions that write expect a transaction of
`data.store.database`.
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
"""The reasons logged for a refused sign-in, after the way of signing in."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """The account that a provider or proxy vouches for, with what it says about the owner."""

    account: str
    full_name: str = ""
    rights_told: bool = False
    """Whether the provider sends role and codes; if not, rights are given in this application."""
    role: Role | None = None
    codes: tuple[str, ...] = ()
    """The codes of the units or sectors, depending on the role, that the account may see."""


def enter(
    connection: Connection,
    act: Act,
    way: Way,
    vouched: Vouched,
    *,
    provisions: bool = False,
    factor_left: bool = False,
) -> str | None:
    """A ticket for the account vouched for; None, and an entry in the access log, if it is refused.

    With `provisions`, a missing account is added. An account so added gets the provider's role and
    grants at every sign-in; other accounts keep theirs. With `factor_left`, the provider has
    checked a second factor and none is asked for here; otherwise the ticket may need a code, as
    after a password.
    """
    act = Act(plain(vouched.account), act.at, act.address)
    account = _account(connection, act.account)
    if account is None and provisions and act.account:
        account = _add_account(connection, act, vouched)
    if account is None or account.disabled_at is not None or _is_of_demonstration(account):
        refuse(connection, act, way, NO_ACCOUNT, known=account is not None)
        return None
    if not _update_rights(connection, act, account, vouched):
        refuse(connection, act, way, RIGHTS, known=True)
        return None
    return sign_in.accept(connection, act, way=way, code_given=factor_left)


def refuse(connection: Connection, act: Act, way: Way, reason: str, *, known: bool = False) -> None:
    """Log that a sign-in by `way` was refused; `known` says whether the account exists."""
    logged = act if known else Act(NOBODY, act.at, act.address)
    access_log.append(connection, logged, Event.SIGN_IN_REFUSED, f"{way.value}: {reason}")


def plain(told: str) -> str:
    """The account name that the provider sent, as it is stored; "" if it cannot be an account's
    name.

    It is not cut or transliterated, which could give two people the same name.
    """
    name = told.strip()
    return name.lower() if name.isascii() and NAME.fullmatch(name.lower()) else ""


def _add_account(connection: Connection, act: Act, vouched: Vouched) -> Row[Any] | None:
    """Add the missing account, without a password, role or grants."""
    full_name = vouched.full_name.strip()[: accounts.FULL_NAME_LENGTH] or act.account
    accounts.add(
        connection, _by_provider(act), name=act.account, full_name=full_name, password=None
    )
    return _account(connection, act.account)


def _update_rights(connection: Connection, act: Act, account: Row[Any], vouched: Vouched) -> bool:
    """Give a provisioned account the provider's role and grants; False if they cannot be given.

    Administrators are only ever appointed by hand: their rights stay.
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
                _by_provider(act),
                account.name,
                role=vouched.role,
                sectors=vouched.codes if kind is GrantKind.SECTOR else (),
                units=vouched.codes if kind is GrantKind.UNIT else (),
            )
    except AccountRefusedError:
        return False
    return True


def _by_provider(act: Act) -> Act:
    """The actor logged when accounts are provisioned; no account can have this name."""
    return Act("provider:oidc", act.at, act.address)


def _is_of_demonstration(account: Row[Any]) -> bool:
    return account.password_hash is None and not account.provisioned


def _account(connection: Connection, name: str) -> Row[Any] | None:
    return connection.execute(
        select(Account.__table__).where(col(Account.name) == name)  # type: ignore[attr-defined]
    ).first()
