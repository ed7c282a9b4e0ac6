"""The posts that a unit must fill, since when one is vacant, and how grave that is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from models.duty import GROUP, PostRole
from models.grid import UnitKind
from models.warning import Level

CHIEF_AUDITOR_RULE = "W21"
"""The warning rule about state firms without a chief auditor."""


@dataclass(frozen=True, slots=True)
class ChiefAuditorRule:
    """That rule where it is switched on: the days of vacancy from which it warns, and its level."""

    days: int
    level: Level


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A vacant post; `since` is the first day of the vacancy.

    `level` is how grave the vacancy is, wherever it is shown: red in a unit in which nobody at all
    is in post, that of the warning rule once it warns of the post, else yellow.
    """

    role: PostRole
    since: date
    level: Level = Level.YELLOW


def posts_of(kind: str) -> tuple[PostRole, ...]:
    """The posts that a unit of this kind must fill; only state firms have a chief auditor."""
    chief = (PostRole.CHIEF_AUDITOR,) if kind == UnitKind.SOE else ()
    return (PostRole.PRINCIPAL, PostRole.AUDITOR, *chief, *GROUP)


def vacancies(
    kind: str,
    enrolled_on: date,
    held_until: Mapping[str, date],
    day: date,
    rule: ChiefAuditorRule | None = None,
) -> Iterator[Vacancy]:
    """The posts vacant on `day` in a unit that is in the grid then.

    `held_until` gives by post the day from which nobody appointed so far holds it any more. A
    vacancy begins on that day, or with the unit's enrolment if that is later. `rule` is that about
    chief auditors, None while it is switched off.
    """
    since = {
        role: max(held_until.get(role, enrolled_on), enrolled_on)
        for role in posts_of(kind)
        if role not in held_until or held_until[role] <= day
    }
    nobody = len(since) == len(posts_of(kind))
    for role, first_day in since.items():
        warned = role is PostRole.CHIEF_AUDITOR and rule and (day - first_day).days >= rule.days
        level = rule.level if rule and warned else Level.YELLOW
        yield Vacancy(role, first_day, Level.RED if nobody else level)


def gravest(found: Iterable[Vacancy]) -> Level:
    """The level of the gravest of several vacancies; yellow without any."""
    levels = {each.level for each in found}
    return Level.RED if Level.RED in levels else Level.YELLOW
