"""The owner of an account replaces its password.

Comparing with five passwords takes a second, so it is done before anybody is kept from writing.
"""

from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, select
from sqlmodel import col

from data.access import kept_passwords, password_rules, passwords
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
    """What was typed as the present password is not it."""


class ReplacementRefusedError(TellingError):
    """The password was not replaced; `sentence` says why."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A new password that may take the place of the present one."""

    account: str
    present: str = field(repr=False)
    new: str = field(repr=False)
    """Hashes both."""


def prepare(connection: Connection, name: str, present: str, new: str) -> Replacement:
    """The replacement of an account's password, once `new` has passed every rule.

    Raises `WrongPasswordError`, or another `TellingError` that says what is missing.
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
    """Put the new password in the place of the present one; ends the account's sign-ins."""
    name = replacement.account
    kept = connection.scalar(select(col(Account.password_hash)).where(col(Account.name) == name))
    if kept != replacement.present:
        raise ReplacementRefusedError(CHANGED_MEANWHILE)
    kept_passwords.put(connection, name, replacement.new, act.at, must_change=False)
    connection.execute(delete(SignInSession).where(col(SignInSession.account) == name))
    access_log.append(connection, act, Event.PASSWORD_CHANGED, name)
