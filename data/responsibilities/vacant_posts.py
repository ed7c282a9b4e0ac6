"""How grave a vacant post is: the one level that every place shows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from models.duty import PostRole
from models.rules.vacancy import Vacancy
from models.warning import Level

CHIEF_AUDITOR_RULE = "W21"
"""The warning rule about state firms without a chief auditor."""


@dataclass(frozen=True, slots=True)
class ChiefAuditorRule:
    """That rule where it is switched on: the days of vacancy from which it warns, and its level."""

    days: int
    level: Level


@dataclass(frozen=True, slots=True)
class VacantPost:
    """A vacant post, the first day of the vacancy, and how grave it is."""

    role: PostRole
    since: date
    level: Level


def with_levels(
    found: Sequence[Vacancy], posts: int, day: date, rule: ChiefAuditorRule | None
) -> Iterator[VacantPost]:
    """The vacancies `found` on `day` in a unit that must fill so many `posts`, each with its level.

    It is red in a unit in which nobody at all is in post, that of `rule` for a chief auditor whose
    post is vacant for as long as it says, else yellow. `rule` is None while it is switched off.
    """
    for each in found:
        long = rule is not None and (day - each.since).days >= rule.days
        warned = long and each.role is PostRole.CHIEF_AUDITOR
        level = rule.level if rule and warned else Level.YELLOW
        yield VacantPost(each.role, each.since, Level.RED if len(found) == posts else level)


def gravest(found: Iterable[VacantPost]) -> Level:
    """The level of the gravest of several vacancies; yellow without any."""
    levels = {each.level for each in found}
    return Level.RED if Level.RED in levels else Level.YELLOW
