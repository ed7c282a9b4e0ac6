"""How a command ends when it does not end well."""

REFUSED, WRONG_USAGE = 1, 2


class RefusedError(Exception):
    """The command could not be carried out; the text, already translated, says why."""


class WrongUsageError(Exception):
    """An argument that cannot be; the text, already translated, says which and what to do."""
