"""Replace unit names by numbers, for screens on which units must not be recognised."""

from collections.abc import Iterable, Mapping
from hashlib import sha256


def numbered(units: Iterable[str], meeting: str) -> Mapping[str, int]:
    """A number from 1 on for each unit code: the same throughout a meeting, different in another.

    The numbers follow a hash, so that they do not reveal the order of the units.
    """
    mixed = sorted(set(units), key=lambda code: sha256(f"{meeting}\n{code}".encode()).digest())
    return {code: number for number, code in enumerate(mixed, start=1)}


def without_names(text: str, named: Mapping[str, str]) -> str:
    """`text` with each key of `named` replaced by its value; longer names are replaced first."""
    for name in sorted(named, key=len, reverse=True):
        if name:
            text = text.replace(name, named[name])
    return text
