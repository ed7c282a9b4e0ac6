"""How grave a vacant post is."""

from datetime import date, timedelta

import pytest

from data.responsibilities.vacant_posts import (
    ChiefAuditorRule,
    VacantPost,
    gravest,
    with_levels,
)
from models.duty import PostRole
from models.rules.vacancy import Vacancy
from models.warning import Level

DAY = date(2026, 6, 30)
RULE = ChiefAuditorRule(60, Level.RED)


def vacant(role: PostRole, days: int) -> Vacancy:
    return Vacancy(role, DAY - timedelta(days))


def test_where_nobody_at_all_is_in_post_every_vacancy_is_red():
    found = [vacant(PostRole.PRINCIPAL, 1), vacant(PostRole.AUDITOR, 1)]
    assert {each.level for each in with_levels(found, 2, DAY, None)} == {Level.RED}
    some = list(with_levels(found, 3, DAY, RULE))
    assert {each.level for each in some} == {Level.YELLOW}
    assert gravest(some) is Level.YELLOW and gravest([]) is Level.YELLOW
    assert gravest([*some, VacantPost(PostRole.AUDITOR, DAY, Level.RED)]) is Level.RED


@pytest.mark.parametrize(("days", "level"), [(59, Level.YELLOW), (60, Level.RED)])
def test_the_post_of_chief_auditor_is_as_grave_as_the_rule_that_warns_of_it(days, level):
    found = [vacant(PostRole.CHIEF_AUDITOR, days)]
    assert [each.level for each in with_levels(found, 7, DAY, RULE)] == [level]
    assert [each.level for each in with_levels(found, 7, DAY, None)] == [Level.YELLOW]
