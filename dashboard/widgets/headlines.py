"""Titles of charts that say what is found there; ties are told as ties."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from dashboard.i18n import _
from models.rules import extremes

NAMED = 2
"""So many that tie are named; more are counted."""


def most(
    counted: Mapping[str, int | Fraction | None],
    *,
    subject: str,
    otherwise: str,
    written: Callable[[Fraction], str] = str,
) -> str:
    """Where there is the most of `subject`; `otherwise` where there is none. Keys are names."""
    found = extremes.most(counted)
    if found is None:
        return otherwise
    said = {"subject": subject, "value": written(found.value)}
    if len(found.keys) == 1:
        return _("{subject}: most in {where} ({value})", where=found.keys[0], **said)
    if found.all_alike:
        return _("{subject}: {value} everywhere", **said)
    return _("{subject}: most in {where} ({value} each)", where=named(found.keys), **said)


def least(
    shares: Mapping[str, int | Fraction | None],
    *,
    subject: str,
    otherwise: str,
    written: Callable[[Fraction], str] = str,
) -> str:
    """Where `subject` is least; `otherwise` where nothing is known. Keys are names."""
    found = extremes.least(shares)
    if found is None:
        return otherwise
    said = {"subject": subject, "value": written(found.value)}
    if found.all_alike:
        return _("{subject}: {value} everywhere", **said)
    if len(found.keys) == 1:
        return _("{subject}: lowest in {where} ({value})", where=found.keys[0], **said)
    return _("{subject}: lowest in {where} ({value} each)", where=named(found.keys), **said)


def named(names: Sequence[str]) -> str:
    """Names joined, or how many they are."""
    return _(", ").join(names) if len(names) <= NAMED else _("{n} places", n=len(names))
