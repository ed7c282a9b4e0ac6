"""The errors with which commands end."""

REFUSED, WRONG_USAGE = 1, 2


class RefusedError(Exception):
    """The command could not be carried out; the text, already translated, says why."""


class WrongUsageError(Exception):
    """An argument is invalid; the text, already translated, says which and what to do."""
