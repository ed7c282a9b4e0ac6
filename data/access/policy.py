"""The sign-in policy of an installation, filled from its settings."""

from dataclasses import dataclass
from datetime import timedelta

from models.account import Role


@dataclass(frozen=True, slots=True)
class Policy:
    """The sign-in rules that installations can set."""

    password_age: timedelta | None = timedelta(days=180)
    """An older password must be replaced at the next sign-in; None: it may become as old as it
    likes."""
    idle: timedelta | None = timedelta(minutes=30)
    """Sessions without activity for this long end, except those that show a wall screen."""
    most_sessions: int | None = 5
    """The most sessions of an account; opening one more ends the longest inactive one."""
    second_factor: frozenset[Role] = frozenset()
    """The roles whose accounts must set up a second factor before anything else."""

    factor_left: bool = False
    """Whether a provider or proxy checks the second factor itself, so that none is asked for."""


DEFAULT = Policy()
