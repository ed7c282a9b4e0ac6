"""Find texts that are nearly the same, many of them in a separate process with limits.

Whoever sends a file words it, and comparing two texts of the same few characters takes time by the
cube of their length. However long that becomes, the server goes on.
"""

from collections.abc import Mapping
from typing import cast

from data.own_ledgers.entering.likeness import Near, TooMuchToCompareError, Worded, nearest
from data.workbook.apart import TooMuchError, answer_apart, give_answer
from data.workbook.packing import Packing
from data.workbook.reading_turns import Bounds
from models.text import N_, TellingError

MODULE = "data.own_ledgers.entering.likeness_apart"
PACKING = Packing()
MOST_HERE = 40_000_000
"""Steps within this process: about a second."""
BOUNDS = Bounds(memory=1024, seconds=30, answer=64)
"""An import may hold the lock of writers meanwhile."""
TOO_ALIKE = N_(
    "So many findings of this file are worded like those kept without being the same that comparing"
    " them takes longer than {seconds} s. Nothing was changed. Give them the numbers by which they"
    " are kept, or take them in by several files."
)
Asked = tuple[Mapping[int, Worded], Mapping[str, Worded], Bounds]


class TooAlikeError(TellingError):
    """Comparing the findings of a file takes longer than allowed; `sentence` says so."""


def nearest_in_bounds(stated: Mapping[int, Worded], kept: Mapping[str, Worded]) -> Near:
    """Like `data.own_ledgers.entering.likeness.nearest`; raises `TooAlikeError` if it takes too
    long."""
    try:
        return nearest(stated, kept, MOST_HERE)
    except TooMuchToCompareError:
        pass
    try:
        asked: Asked = (stated, kept, BOUNDS)
        return cast("Near", answer_apart(MODULE, asked, BOUNDS, PACKING))
    except TooMuchError as error:
        raise TooAlikeError(TOO_ALIKE, seconds=BOUNDS.seconds) from error


def answer(asked: Asked) -> Near:
    """The result that the separate process writes; from here on it is held to its bounds."""
    stated, kept, _bounds = asked
    return nearest(stated, kept)


if __name__ == "__main__":
    give_answer(answer, PACKING)
