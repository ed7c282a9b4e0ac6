"""Blind spots: content items of a unit not checked for a year, ranked by urgency."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest

from models.days import YEAR


@dataclass(frozen=True, slots=True)
class Item:
    """A content item, its weight among the items of its list, and whether it is a key item."""

    code: str
    weight: int
    key: bool = False


@dataclass(frozen=True, slots=True)
class BlindSpot:
    """An item of a unit without a check in the last year; `checked_on` is None if never checked.

    `days` count from the last check, or from the unit's enrolment if there was none.
    """

    unit: str
    item: Item
    checked_on: date | None
    days: int

    @property
    def urgency(self) -> int:
        """Days × weight, by which blind spots are ranked."""
        return self.days * self.item.weight


def blind_spots(
    enrolled: Mapping[str, date],
    items: Iterable[Item],
    checked: Mapping[tuple[str, str], date],
    day: date,
) -> Iterator[BlindSpot]:
    """Every blind spot on `day`; `enrolled` is by unit, `checked` has the last check by unit and
    item."""
    listed = list(items)
    for unit, enrolled_on in enrolled.items():
        for item in listed:
            checked_on = checked.get((unit, item.code))
            days = (day - (checked_on or enrolled_on)).days
            if checked_on is None or days >= YEAR:
                yield BlindSpot(unit, item, checked_on, days)


def most_urgent(spots: Iterable[BlindSpot], most: int) -> list[BlindSpot]:
    """At most `most`: key items first, then by urgency, then those never checked."""
    return nsmallest(most, spots, key=_place)


def _place(spot: BlindSpot) -> tuple[bool, int, bool, str, str]:
    return (
        not spot.item.key,
        -spot.urgency,
        spot.checked_on is not None,
        spot.unit,
        spot.item.code,
    )
