"""How far a figure moved, and whether a change for the worse is grave enough to be red."""

from fractions import Fraction

GRAVE_POINTS = Fraction(3, 100)
"""A share has moved far that moved by three percentage points."""
GRAVE_PART = Fraction(1, 10)
"""Any other figure has moved far that moved by this part of what it was."""


def weight(now: Fraction, before: Fraction, *, is_share: bool) -> Fraction:
    """How far a figure moved from `before` to `now`, at least 0.

    A share, in percent, is weighed by its percentage points, 4 points as 4/100; any other figure by
    what it was before. From nothing to something counts as a doubling.
    """
    if now == before:
        return Fraction(0)
    if is_share:
        return abs(now - before) / 100
    return abs(now - before) / abs(before) if before else Fraction(1)


def how_far(now: Fraction, before: Fraction, *, is_share: bool) -> Fraction:
    """How far a figure moved, as a multiple of a grave change, so that shares and other figures
    can be put in one order."""
    return weight(now, before, is_share=is_share) / (GRAVE_POINTS if is_share else GRAVE_PART)


def is_grave(now: Fraction, before: Fraction, *, is_share: bool) -> bool:
    """Whether a change is far enough to be red if it is for the worse.

    Red says that somebody has to act. Between two meetings most figures of a district move a little
    and half of them down: if each were red, the one that fell by ten points would not be seen among
    them, and a single late report of thirty units moves a share by three points. So a change within
    three points of a share, or a tenth of another figure, is said with its arrow and that it is
    worse, in a quiet colour. Every screen and document asks this rule.
    """
    return how_far(now, before, is_share=is_share) >= 1
