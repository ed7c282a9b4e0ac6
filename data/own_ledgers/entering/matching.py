"""Match stated findings to stored ones: by the sheet's own number, else by project, unit and
text."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from data.own_ledgers.words.written import plain

NEAR = 0.75
"""From this likeness of two texts on it is asked whether they are the same finding."""
LEAST_HELD = 5
"""How long a text must be to be looked for within another."""
MOST_PROPOSED = 3


@dataclass(frozen=True, slots=True)
class Described:
    """What identifies a finding. `number` is the sheet's own number, if it has one."""

    unit: str
    project: str
    title: str
    category: str = ""
    number: str = ""

    @property
    def text(self) -> str:
        """The words, without variations of writing."""
        return _plain(self.title)


_plain = lru_cache(maxsize=50_000)(plain)


@dataclass(frozen=True, slots=True)
class Matched:
    """The matching stored findings, by position of the stated one, and possible matches of the
    others."""

    same: Mapping[int, str]
    near: Mapping[int, tuple[str, ...]]


def matched(
    stated: Sequence[Described],
    kept: Mapping[str, Described],
    remembered: Iterable[str],
) -> Matched:
    """The matching stored finding for each of `stated`, or those that may be the same.

    `remembered` are the codes of findings in this sender's earlier sheets. Only these are possible
    matches: a similar finding of another sender is a different one. No stored finding is matched
    twice.
    """
    own = [code for code in remembered if code in kept]
    free = dict.fromkeys([*own, *sorted(kept)])
    same: dict[int, str] = {}
    for key_of in (_by_number, _by_all, _by_text):
        places: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for code in free:
            if key := key_of(kept[code]):
                places[key].append(code)
        for at, each in enumerate(stated):
            key = key_of(each) if at not in same else None
            if key and places.get(key):
                same[at] = places[key].pop(0)
                del free[same[at]]
    left = [code for code in own if code in free]
    return Matched(same, _near(stated, kept, same, left))


def _by_number(each: Described) -> tuple[str, ...] | None:
    return (each.unit, each.number) if each.number else None


def _by_all(each: Described) -> tuple[str, ...] | None:
    return each.unit, each.project, each.text, each.category


def _by_text(each: Described) -> tuple[str, ...] | None:
    return each.unit, each.project, each.text


def _holds(one: str, other: str) -> bool:
    """Whether one text contains the other, as when a finding was split or two were merged."""
    return min(len(one), len(other)) >= LEAST_HELD and (one in other or other in one)


def _near(
    stated: Sequence[Described],
    kept: Mapping[str, Described],
    same: Mapping[int, str],
    left: Sequence[str],
) -> dict[int, tuple[str, ...]]:
    """The remaining stored findings with similar words, by position of the unmatched stated
    finding."""
    found = {}
    by_text = defaultdict(list)
    by_unit = defaultdict(list)
    for code in left:
        by_text[kept[code].text].append(code)
        by_unit[kept[code].unit].append(code)
    for at, each in enumerate(stated):
        if at in same:
            continue
        likely = {code: 1.0 for code in by_text.get(each.text, ())}
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(each.text)
        for code in by_unit.get(each.unit, ()):
            if _holds(each.text, kept[code].text):
                likely.setdefault(code, NEAR)
                continue
            matcher.set_seq1(kept[code].text)
            if matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR:
                likely.setdefault(code, matcher.ratio())
        ranked = sorted((-ratio, code) for code, ratio in likely.items() if ratio >= NEAR)
        if ranked:
            found[at] = tuple(code for _, code in ranked[:MOST_PROPOSED])
    return found
