"""Whether the titles of two findings say the same, by the pairs of neighbouring letters they
share."""

from fractions import Fraction

LIKE = Fraction(7, 10)
"""The share of pairs from which two titles are alike."""


def alike(one: str, other: str) -> bool:
    """Whether two titles are alike; figures, spaces and marks between letters do not count.

    The share is that of Dice: twice the common pairs by the pairs of both.
    """
    mine, others = _letters(one), _letters(other)
    if not mine or not others:
        return False
    if mine == others:
        return True
    pairs, of_other = _pairs(mine), _pairs(others)
    return 2 * len(pairs & of_other) >= LIKE * (len(pairs) + len(of_other)) > 0


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text.casefold()))


def _pairs(letters: str) -> set[str]:
    return {letters[at : at + 2] for at in range(len(letters) - 1)}
