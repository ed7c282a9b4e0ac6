"""The size of a demonstration: the pilot for presentation, or a city for measurements."""

from enum import Enum

PATTERN = 30
"""The units of the pilot; a city repeats them."""


class Size(Enum):
    """How often the pilot's units are repeated, how many findings they have, and the number of
    days between two entries on an open finding."""

    PILOT = (1, 240, 34)
    CITY = (100, 200_000, 70)

    def __init__(self, times: int, findings: int, pace: int) -> None:
        self.times = times
        self.findings = findings
        self.pace = pace

    @property
    def units(self) -> int:
        """The number of units."""
        return PATTERN * self.times
