"""Let the owner of an account replace its password.

Comparing with earlier passwords takes a second, so `prepare` does it before the transaction.
"""

from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, select
from sqlmodel import col

from data.access import kept_passwords, password_rules, passwords, second_factor
from data.store import access_log
from data.store.access_log import Act
from models.account import Account, Event, SignInSession
from models.text import N_, TellingError

WRONG_PASSWORD = N_("The present password is not right.")
NO_PASSWORD = N_("This account has no password to change: it is opened otherwise.")
USED_BEFORE = N_(
    "The new password must differ from the last {remembered} that the account has had."
)
CHANGED_MEANWHILE = N_("The password has been changed meanwhile. Sign in again.")


class WrongPasswordError(TellingError):
    """The password typed as the present one is wrong."""


class ReplacementRefusedError(TellingError):
    """The new password was refused; `sentence` says why."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A new password that has passed every rule and can replace the present one."""

    account: str
    present: str = field(repr=False)
    new: str = field(repr=False)
    """The present and the new password, both as hashes."""


def prepare(connection: Connection, name: str, present: str, new: str) -> Replacement:
    """Check the `present` and the `new` password of an account.

    Raises `WrongPasswordError`, or another `TellingError` whose sentence says what is wrong.
    """
    account = connection.execute(
        select(col(Account.full_name), col(Account.password_hash)).where(col(Account.name) == name)
    ).first()
    if account is None or not account.password_hash:
        raise ReplacementRefusedError(NO_PASSWORD)
    if not passwords.matches(present, account.password_hash):
        raise WrongPasswordError(WRONG_PASSWORD)
    password_rules.check(new, (name, account.full_name))
    if kept_passwords.had_before(connection, name, new):
        raise ReplacementRefusedError(USED_BEFORE, remembered=kept_passwords.REMEMBERED)
    return Replacement(name, account.password_hash, passwords.hashed(new))


def replace(connection: Connection, act: Act, replacement: Replacement) -> None:
    """Store the new password and end all sessions of the account."""
    name = replacement.account
    kept = connection.scalar(select(col(Account.password_hash)).where(col(Account.name) == name))
    if kept != replacement.present:
        raise ReplacementRefusedError(CHANGED_MEANWHILE)
    kept_passwords.put(connection, name, replacement.new, act.at, must_change=False)
    second_factor.forget_begun(connection, name)
    connection.execute(delete(SignInSession).where(col(SignInSession.account) == name))
    access_log.append(connection, act, Event.PASSWORD_CHANGED, name)
