"""The stages of an import, and the function that is called with its progress."""

from collections.abc import Callable

from models.text import N_

Progress = Callable[[str, int, int], None]
"""Called with the stage, how much of it is done, and how much there is."""

READING = N_("Reading the workbook")
CHECKING = N_("Comparing and checking")
WRITING = N_("Writing rows")
DERIVING = N_("Deriving figures")


def ignore_progress(stage: str, done: int, of: int) -> None:
    """Ignore the progress of an import."""


def deriving(say: Progress) -> Callable[[int, int], None]:
    """Tells `say` how far the deriving of facts is."""
    return lambda done, of: say(DERIVING, done, of)
