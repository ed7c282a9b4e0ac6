"""Detect a column pasted one row too low or too high beside its texts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

ENOUGH_ROWS = 3
MOSTLY = 0.8
SELDOM = 0.2
MOST_COMPARED = 4_000_000
"""Rows of a sheet by those of the last one: of more, only texts that stand on each sheet once are
matched, since matching their order takes time by the square where that was turned around."""


@dataclass(frozen=True, slots=True)
class Shift:
    """`columns` that are `by` rows lower (1) or higher (-1) than before, first at `row`."""

    columns: tuple[str, ...]
    by: int
    row: int


def shift(
    before: Sequence[Mapping[str, Any]],
    now: Sequence[Mapping[str, Any]],
    columns: Sequence[str],
    *,
    text: str,
) -> Shift | None:
    """The columns shifted against the last sheet; None if none are.

    Rows are in the order of the sheets, each with `row`, and are matched by the column `text`.
    """
    pairs = _pairs([str(each.get(text)) for each in before], [str(each.get(text)) for each in now])
    for by in (1, -1):
        found = [
            each for each in columns if each != text and _shifted(before, now, pairs, each, by)
        ]
        if found:
            first = next(
                at for was, at in pairs if now[at].get(found[0]) != before[was].get(found[0])
            )
            return Shift(tuple(found), by, now[first]["row"])
    return None


def _pairs(before: Sequence[str], now: Sequence[str]) -> list[tuple[int, int]]:
    """The places of the same text on both sheets."""
    if len(before) * len(now) > MOST_COMPARED:
        places = _only_once(before)
        return [(places[text], at) for text, at in _only_once(now).items() if text in places]
    blocks = SequenceMatcher(None, before, now).get_matching_blocks()
    return [(a + at, b + at) for a, b, size in blocks for at in range(size)]


def _shifted(
    before: Sequence[Mapping[str, Any]],
    now: Sequence[Mapping[str, Any]],
    pairs: Sequence[tuple[int, int]],
    column: str,
    by: int,
) -> bool:
    """Whether most rows that differ have the value that their neighbour had in `column`."""
    same = moved = telling = 0
    for was, at in pairs:
        if not 0 <= was - by < len(before):
            continue
        own, neighbour = before[was].get(column), before[was - by].get(column)
        if own == neighbour:
            continue
        telling += 1
        value = now[at].get(column)
        same += value == own
        moved += value == neighbour
    return moved >= ENOUGH_ROWS and moved >= MOSTLY * telling and same <= SELDOM * telling


def _only_once(texts: Sequence[str]) -> dict[str, int]:
    """The places of the texts that occur once, in order."""
    counted = Counter(texts)
    return {text: at for at, text in enumerate(texts) if counted[text] == 1}
