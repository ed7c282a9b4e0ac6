"""Passwords: how one is kept and how it is compared. What makes one acceptable is elsewhere."""

import secrets
from functools import cache

import bcrypt

MOST_BYTES = 72
"""What bcrypt reads at most: about twenty-four Chinese characters."""
ROUNDS = 12
"""A quarter of a second of one core; half the guesses of an attacker for every one more."""


def hashed(password: str) -> str:
    """What is kept of `password`; streamlit-authenticator reads the same form."""
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(ROUNDS)).decode()


def matches(password: str, kept: str) -> bool:
    """Whether `kept` is the hash of `password`."""
    return len(password.encode()) <= MOST_BYTES and bcrypt.checkpw(password.encode(), kept.encode())


@cache
def matched_by_none() -> str:
    """A hash that no known password has; to compare with it takes as long as with any other."""
    return hashed(secrets.token_urlsafe(32))
