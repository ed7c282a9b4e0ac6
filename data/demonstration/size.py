"""How large a demonstration is: the pilot to be looked at, or a city to be measured with."""

from enum import Enum

PATTERN = 30
"""The units of the pilot; a city repeats them."""


class Size(Enum):
    """How often the pilot's units are repeated, how many findings they have, and how many days
    lie between two entries about an open finding.
    """

    PILOT = (1, 240, 34)
    CITY = (100, 200_000, 70)

    def __init__(self, times: int, findings: int, pace: int) -> None:
        self.times = times
        self.findings = findings
        self.pace = pace

    @property
    def units(self) -> int:
        """How many units there are."""
        return PATTERN * self.times
