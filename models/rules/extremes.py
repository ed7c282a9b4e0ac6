"""The greatest or smallest of counts and shares, to be named in a sentence; ties are one answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Extreme(Generic[Key]):
    """The greatest or least value and all keys that have it; `all_alike` if every key has it."""

    keys: tuple[Key, ...]
    value: Fraction
    all_alike: bool


def most(counted: Mapping[Key, int | Fraction | None]) -> Extreme[Key] | None:
    """The greatest value and its keys; None if no value is above zero."""
    found = _extreme(counted, greatest=True)
    return found if found and found.value > 0 else None


def least(shares: Mapping[Key, int | Fraction | None]) -> Extreme[Key] | None:
    """The least value and its keys; None if there are no values."""
    return _extreme(shares, greatest=False)


def _extreme(values: Mapping[Key, int | Fraction | None], *, greatest: bool) -> Extreme[Key] | None:
    known = {key: Fraction(value) for key, value in values.items() if value is not None}
    if not known:
        return None
    value = max(known.values()) if greatest else min(known.values())
    keys = tuple(key for key, each in known.items() if each == value)
    return Extreme(keys, value, len(keys) == len(known) > 1)
