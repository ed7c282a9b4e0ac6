"""Posts that a unit must fill, and since when one is empty."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from models.duty import GROUP, PostRole
from models.grid import UnitKind


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A post without anybody in it; `since` is the first day on which it was so."""

    role: PostRole
    since: date


def posts_of(kind: str) -> tuple[PostRole, ...]:
    """The posts that a unit of this kind must fill; a chief auditor is for state firms."""
    chief = (PostRole.CHIEF_AUDITOR,) if kind == UnitKind.SOE else ()
    return (PostRole.PRINCIPAL, PostRole.AUDITOR, *chief, *GROUP)


def vacancies(
    kind: str, enrolled_on: date, held_until: Mapping[str, date], day: date
) -> Iterator[Vacancy]:
    """The posts that are empty on `day` in a unit that is in the grid on it.

    `held_until` says of each post how long those appointed by `day` hold or held it at most: an
    empty post has been so since then, or since the unit was enrolled if that is later.
    """
    for role in posts_of(kind):
        until = held_until.get(role)
        if until is None or until <= day:
            yield Vacancy(role, enrolled_on if until is None else max(until, enrolled_on))
