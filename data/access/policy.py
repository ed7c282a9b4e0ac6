"""The sign-in policy of an installation, filled from its settings."""

from dataclasses import dataclass
from datetime import timedelta

from models.account import Role


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of sign-in that differ from one installation to the next."""

    password_age: timedelta | None = timedelta(days=180)
    """An older password must be replaced at the next sign-in; None: it may become as old as it
    likes."""
    idle: timedelta | None = timedelta(minutes=30)
    """A session that asks for nothing for so long is over, unless it shows a wall screen."""
    most_sessions: int | None = 5
    """Browsers in which an account is signed in at once; one more ends the one silent longest."""
    second_factor: frozenset[Role] = frozenset()
    """The roles whose accounts must set up a second factor before anything else."""

    factor_left: bool = False
    """A provider or proxy sees to the second factor of whom it vouches for; none is asked here."""


DEFAULT = Policy()
