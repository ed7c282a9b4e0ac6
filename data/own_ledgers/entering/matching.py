"""Match stated findings to stored ones: by the sheet's own number, else by project, unit and
text."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from data.own_ledgers.entering.likeness import Worded
from data.own_ledgers.entering.likeness_apart import nearest_in_bounds
from data.own_ledgers.words.written import plain


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

    @property
    def worded(self) -> Worded:
        """Its unit and words."""
        return Worded(self.unit, self.text)


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
    twice. Raises `TooAlikeError` if there is too much to compare.
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
    near = nearest_in_bounds(
        {at: each.worded for at, each in enumerate(stated) if at not in same},
        {code: kept[code].worded for code in left},
    )
    return Matched(same, near)


def _by_number(each: Described) -> tuple[str, ...] | None:
    return (each.unit, each.number) if each.number else None


def _by_all(each: Described) -> tuple[str, ...] | None:
    return each.unit, each.project, each.text, each.category


def _by_text(each: Described) -> tuple[str, ...] | None:
    return each.unit, each.project, each.text
