"""Chart titles that state the main result; where several places tie, all are named, or the first
and how many they are."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from dashboard.i18n import _
from data.figures.reading import Reading
from models.rules import extremes

NAMED = 2
"""The most places that a title names if they tie; of more the first is named, all are counted."""
FIRST_NAMED = 3
"""The most names before "and n more"."""


def most(
    counted: Mapping[str, int | Fraction | None],
    *,
    subject: str,
    otherwise: str,
    written: Callable[[Fraction], str] = str,
) -> str:
    """Return a title that names the places with the most of `subject`; `otherwise` if there are
    none.

    `counted` has a number by place name; `written` formats the number.
    """
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
    """Return a title that names the places where `subject` is lowest; `otherwise` if no share is
    known.

    `shares` has a number or None by place name; `written` formats the number.
    """
    found = extremes.least(shares)
    if found is None:
        return otherwise
    said = {"subject": subject, "value": written(found.value)}
    if found.all_alike:
        return _("{subject}: {value} everywhere", **said)
    if len(found.keys) == 1:
        return _("{subject}: lowest in {where} ({value})", where=found.keys[0], **said)
    return _("{subject}: lowest in {where} ({value} each)", where=named(found.keys), **said)


def least_reading(readings: Mapping[str, Reading], *, subject: str, otherwise: str) -> str:
    """Return the title of `least` for `readings` by place name, with the value as it is written."""
    texts = {reading.exact: reading.text for reading in readings.values()}
    return least(
        {place: reading.exact for place, reading in readings.items()},
        subject=subject,
        otherwise=otherwise,
        written=texts.__getitem__,
    )


def first_of(says: str, shown: int, of: int) -> str:
    """Return `says`, with how many are not shown if there are more than `shown`."""
    return _("{says}; {n} more are not shown", says=says, n=of - shown) if of > shown else says


def first_named(names: Sequence[str], of: int = 0) -> str:
    """Return up to three names joined by commas, and how many more there are of `of`, which is the
    number of `names` if it is less."""
    shown = names[:FIRST_NAMED]
    more = max(of, len(names)) - len(shown)
    joined = _(", ").join(shown)
    return _("{units} and {n} more", units=joined, n=more) if more else joined


def named(names: Sequence[str]) -> str:
    """Return up to two names joined by commas; for more, the first and how many there are."""
    if len(names) <= NAMED:
        return _(", ").join(names)
    return _("{n} places such as {first}", n=len(names), first=names[0])
