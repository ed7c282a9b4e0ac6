"""Hash and compare passwords; which passwords are acceptable is in `password_rules`."""

import secrets
from functools import cache

import bcrypt

MOST_BYTES = 72
"""bcrypt ignores what comes after 72 bytes, which are about 24 Chinese characters."""
ROUNDS = 12
"""The bcrypt cost: a quarter of a second on one core; each round more doubles it."""


def hashed(password: str) -> str:
    """The bcrypt hash of `password`."""
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(ROUNDS)).decode()


def matches(password: str, kept: str) -> bool:
    """Whether `kept` is the hash of `password`."""
    return len(password.encode()) <= MOST_BYTES and bcrypt.checkpw(password.encode(), kept.encode())


@cache
def matched_by_none() -> str:
    """A hash that no password matches.

    Comparing with it takes as long as with a real one, so timing does not tell whether a name
    exists.
    """
    return hashed(secrets.token_urlsafe(32))
