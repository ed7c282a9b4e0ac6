"""The posts that a unit must fill, and since when one is vacant."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from models.duty import GROUP, PostRole
from models.grid import UnitKind


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A vacant post; `since` is the first day of the vacancy."""

    role: PostRole
    since: date


def posts_of(kind: str) -> tuple[PostRole, ...]:
    """The posts that a unit of this kind must fill; only state firms have a chief auditor."""
    chief = (PostRole.CHIEF_AUDITOR,) if kind == UnitKind.SOE else ()
    return (PostRole.PRINCIPAL, PostRole.AUDITOR, *chief, *GROUP)


def vacancies(
    kind: str, enrolled_on: date, held_until: Mapping[str, date], day: date
) -> Iterator[Vacancy]:
    """The posts vacant on `day` in a unit that is in the grid then.

    `held_until` gives by post the day from which nobody appointed so far holds it any more. A
    vacancy begins on that day, or with the unit's enrolment if that is later.
    """
    for role in posts_of(kind):
        until = held_until.get(role)
        if until is None or until <= day:
            yield Vacancy(role, enrolled_on if until is None else max(until, enrolled_on))
