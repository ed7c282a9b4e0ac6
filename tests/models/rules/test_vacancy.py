"""Which posts are empty, and since when."""

from datetime import date

import pytest

from models.duty import PostRole
from models.rules.vacancy import Vacancy, posts_of, vacancies

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
    assert next(vacancies("SOE", ENROLLED, {}, DAY)) == Vacancy(PostRole.PRINCIPAL, ENROLLED)
