"""Passwords: what makes one acceptable, how it is kept, how it is compared."""

import secrets
from functools import cache

import bcrypt

from models.text import N_

SHORTEST, LONGEST, MOST_BYTES = 12, 64, 72
"""Characters, and bytes: what bcrypt reads at most, about twenty-four Chinese characters."""
ROUNDS = 12
"""A quarter of a second of one core; half the guesses of an attacker for every one more."""

TOO_SHORT = N_("A password has at least {least} characters.")
TOO_LONG = N_("A password has at most {most} characters, and at most {bytes} bytes of UTF-8.")
EDGES = N_("A password neither begins nor ends with a space, and has no control characters.")
TOO_FEW = N_("A password has at least {least} different characters.")
NAMED = N_("A password does not contain the name of the account.")
FEWEST_DIFFERENT = 6


class PasswordRefusedError(Exception):
    """The password breaks a rule; `message` and `values` say which."""

    def __init__(self, message: str, **values: object) -> None:
        self.message, self.values = message, values
        super().__init__(message.format(**values))


def check(password: str, account: str) -> None:
    """Raise `PasswordRefusedError` for a password that `account` may not have."""
    if len(password) < SHORTEST:
        raise PasswordRefusedError(TOO_SHORT, least=SHORTEST)
    if len(password) > LONGEST or len(password.encode()) > MOST_BYTES:
        raise PasswordRefusedError(TOO_LONG, most=LONGEST, bytes=MOST_BYTES)
    # The form strips what it is given, so such a password would never match again.
    if password != password.strip() or not password.isprintable():
        raise PasswordRefusedError(EDGES)
    if len(set(password)) < FEWEST_DIFFERENT:
        raise PasswordRefusedError(TOO_FEW, least=FEWEST_DIFFERENT)
    if account and account.lower() in password.lower():
        raise PasswordRefusedError(NAMED)


def hashed(password: str) -> str:
    """What is kept of `password`; streamlit-authenticator reads the same form."""
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(ROUNDS)).decode()


def matches(password: str, kept: str) -> bool:
    """Whether `kept` is the hash of `password`."""
    return len(password.encode()) <= MOST_BYTES and bcrypt.checkpw(password.encode(), kept.encode())


def one_time() -> str:
    """A random password, for an account whose owner replaces it at the first sign-in."""
    return secrets.token_urlsafe(12)


@cache
def matched_by_none() -> str:
    """A hash that no known password has; to compare with it takes as long as with any other."""
    return hashed(secrets.token_urlsafe(32))
