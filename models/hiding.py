"""Replaces names of units by numbers, for screens on which units must not be recognised."""

from collections.abc import Iterable, Mapping
from hashlib import sha256


def numbered(units: Iterable[str], meeting: str) -> Mapping[str, int]:
    """A number from 1 on for each unit's code: the same all through a meeting, others in the next.

    The order is that of a hash, so that it says nothing of the list of units.
    """
    mixed = sorted(set(units), key=lambda code: sha256(f"{meeting}\n{code}".encode()).digest())
    return {code: number for number, code in enumerate(mixed, start=1)}


def without_names(text: str, named: Mapping[str, str]) -> str:
    """`text` with each name of `named` replaced by what stands for it, the longest names first."""
    for name in sorted(named, key=len, reverse=True):
        if name:
            text = text.replace(name, named[name])
    return text
