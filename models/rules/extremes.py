"""What stands out among counts and shares, so that a sentence can name it; ties are one answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Extreme(Generic[Key]):
    """The greatest or the least value and all that have it; `all_alike` if nothing has another."""

    keys: tuple[Key, ...]
    value: Fraction
    all_alike: bool


def most(counted: Mapping[Key, int | Fraction | None]) -> Extreme[Key] | None:
    """What has the greatest value above zero; None where nothing has."""
    found = _extreme(counted, greatest=True)
    return found if found and found.value > 0 else None


def least(shares: Mapping[Key, int | Fraction | None]) -> Extreme[Key] | None:
    """What has the least value; None where nothing has one."""
    return _extreme(shares, greatest=False)


def _extreme(values: Mapping[Key, int | Fraction | None], *, greatest: bool) -> Extreme[Key] | None:
    known = {key: Fraction(value) for key, value in values.items() if value is not None}
    if not known:
        return None
    value = max(known.values()) if greatest else min(known.values())
    keys = tuple(key for key, each in known.items() if each == value)
    return Extreme(keys, value, len(keys) == len(known) > 1)
