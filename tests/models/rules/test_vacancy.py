"""Which posts are empty, and since when."""

from datetime import date, timedelta

import pytest

from models.duty import PostRole
from models.rules.vacancy import ChiefAuditorRule, Vacancy, gravest, posts_of, vacancies
from models.warning import Level

ENROLLED, DAY = date(2025, 1, 1), date(2026, 6, 30)


def empty(**held_until: date) -> dict[PostRole, date]:
    return {each.role: each.since for each in vacancies("SOE", ENROLLED, held_until, DAY)}


@pytest.mark.parametrize(("kind", "owes"), [("SOE", True), ("AGENCY", False)])
def test_only_state_firms_owe_a_chief_auditor(kind, owes):
    assert (PostRole.CHIEF_AUDITOR in posts_of(kind)) == owes


def test_a_post_that_is_held_beyond_the_day_is_not_empty():
    assert PostRole.PRINCIPAL not in empty(PRINCIPAL=date(2026, 7, 1))


def test_who_leaves_on_the_day_is_no_longer_in_post():
    assert empty(PRINCIPAL=DAY)[PostRole.PRINCIPAL] == DAY


def test_a_post_is_empty_since_the_last_one_left():
    assert empty(PRINCIPAL=date(2026, 3, 1))[PostRole.PRINCIPAL] == date(2026, 3, 1)


@pytest.mark.parametrize("held", [{}, {"PRINCIPAL": date(2024, 3, 1)}])
def test_no_post_is_empty_before_the_unit_was_enrolled(held):
    assert empty(**held)[PostRole.PRINCIPAL] == ENROLLED


def test_vacancies_stand_in_the_order_of_posts():
    assert [each.role for each in vacancies("SOE", ENROLLED, {}, DAY)] == list(posts_of("SOE"))
    first = Vacancy(PostRole.PRINCIPAL, ENROLLED, Level.RED)
    assert next(vacancies("SOE", ENROLLED, {}, DAY)) == first


def test_where_nobody_at_all_is_in_post_every_vacancy_is_red():
    assert {each.level for each in vacancies("SOE", ENROLLED, {}, DAY)} == {Level.RED}
    some = list(vacancies("SOE", ENROLLED, {"PRINCIPAL": date(2026, 7, 1)}, DAY))
    assert {each.level for each in some} == {Level.YELLOW}
    assert gravest(some) is Level.YELLOW and gravest([]) is Level.YELLOW
    assert gravest([*some, Vacancy(PostRole.AUDITOR, DAY, Level.RED)]) is Level.RED


@pytest.mark.parametrize(("days", "level"), [(59, Level.YELLOW), (60, Level.RED)])
def test_the_post_of_chief_auditor_is_as_grave_as_the_rule_that_warns_of_it(days, level):
    held = dict.fromkeys(map(str, PostRole), date(2027, 1, 1))
    held["CHIEF_AUDITOR"] = DAY - timedelta(days)
    rule = ChiefAuditorRule(60, Level.RED)
    (found,) = vacancies("SOE", ENROLLED, held, DAY, rule)
    assert found.level is level
    (without,) = vacancies("SOE", ENROLLED, held, DAY)
    assert without.level is Level.YELLOW
