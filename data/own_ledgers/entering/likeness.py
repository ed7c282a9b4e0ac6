"""Find the texts that are nearly the same, as when a finding was worded anew."""

from collections import defaultdict
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

NEAR = 0.75
"""From this likeness of two texts on it is asked whether they are the same finding."""
LEAST_HELD = 5
"""How long a text must be to be looked for within another."""
MOST_PROPOSED = 3
MOST_COMPARED = 500
"""Characters of a text that are compared, from its beginning."""
A_PAIR, A_CHARACTER = 40, 8
"""Steps of looking at two texts at all, and of counting one of their characters."""
NOT_LOOKED_FOR = 32
"""Characters among which a text is looked for in one step."""
Near = dict[int, tuple[str, ...]]


class Worded(NamedTuple):
    """A text and the unit that it belongs to; texts of other units are like it only if equal."""

    unit: str
    text: str


class TooMuchToCompareError(Exception):
    """Comparing the texts takes more steps than allowed."""


def nearest(
    stated: Mapping[int, Worded], kept: Mapping[str, Worded], most: float = float("inf")
) -> Near:
    """For each stated text the keys of at most `MOST_PROPOSED` kept ones like it, the best first.

    Texts without one are left out. Raises `TooMuchToCompareError` after `most` steps; a processor
    does some forty million in a second.
    """
    found: Near = {}
    by_text = defaultdict(list)
    by_unit = defaultdict(list)
    for key, each in kept.items():
        by_text[each.text].append(key)
        by_unit[each.unit].append((key, each.text))
    steps = 0
    for at, (unit, text) in stated.items():
        likely = dict.fromkeys(by_text.get(text, ()), 1.0)
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(one := text[:MOST_COMPARED])
        for key, whole in by_unit.get(unit, ()):
            if steps > most:
                raise TooMuchToCompareError
            steps += A_PAIR + (len(text) + len(whole)) // NOT_LOOKED_FOR
            if _holds(text, whole):
                likely.setdefault(key, NEAR)
                continue
            matcher.set_seq1(other := whole[:MOST_COMPARED])
            if matcher.real_quick_ratio() < NEAR:
                continue
            steps += A_CHARACTER * (len(one) + len(other))
            if matcher.quick_ratio() >= NEAR:
                # Texts of the same few characters take time by the cube of their length.
                steps += len(one) * len(other) * min(len(one), len(other))
                likely.setdefault(key, matcher.ratio())
        ranked = sorted((-ratio, key) for key, ratio in likely.items() if ratio >= NEAR)
        if ranked:
            found[at] = tuple(key for _, key in ranked[:MOST_PROPOSED])
    return found


def _holds(one: str, other: str) -> bool:
    """Whether one text contains the other, as when a finding was split or two were merged."""
    return min(len(one), len(other)) >= LEAST_HELD and (one in other or other in one)
