"""Agreement of reviewers: kappa and leniency against examples worked out by hand."""

from fractions import Fraction

import pytest

from models.rules.agreement import (
    ENOUGH,
    Strength,
    agreements,
    furthest,
    leniencies,
    strength,
    student_t,
    weighted_kappa,
)

EXAMPLE = [(0, 0)] * 4 + [(0, 1)] + [(1, 1)] * 3 + [(1, 2), (2, 2)]
"""Rows sum to 5, 4, 1 and columns to 4, 4, 2. Seen 1 + 1 = 2; by chance
(5·4 + 4·5·2 + 4·4 + 4·2 + 4·1·4 + 1·4) / 10 = 10.4; kappa 1 − 2/10.4 = 21/26."""


def test_kappa_weighs_a_disagreement_by_the_square_of_its_bands() -> None:
    assert weighted_kappa(EXAMPLE) == Fraction(21, 26)


def test_kappa_of_full_agreement_is_one() -> None:
    assert weighted_kappa([(0, 0), (3, 3), (4, 4)]) == 1


def test_kappa_of_what_chance_gives_is_nought() -> None:
    assert weighted_kappa([(0, 0), (0, 1), (1, 0), (1, 1)]) == 0


def test_kappa_of_opposite_reviewers_is_minus_one() -> None:
    assert weighted_kappa([(0, 1), (1, 0)]) == -1


def test_kappa_takes_no_side() -> None:
    assert weighted_kappa([(b, a) for a, b in EXAMPLE]) == weighted_kappa(EXAMPLE)


def test_kappa_does_not_exist_where_both_say_one_thing_throughout() -> None:
    assert weighted_kappa([(1, 1)] * 20) is None


def test_kappa_of_nothing_does_not_exist() -> None:
    assert weighted_kappa([]) is None


def test_totals_are_compared_by_their_grade_bands() -> None:
    marks = [{"A": 9000, "B": 8990}] * 10 + [{"A": 8999, "B": 8000}]
    (pair,) = agreements(marks)
    assert (pair.one, pair.other, pair.reports, pair.same) == ("A", "B", 11, 1)


@pytest.mark.parametrize(("reports", "exists"), [(ENOUGH - 1, False), (ENOUGH, True)])
def test_ten_common_reports_are_enough(reports: int, exists: bool) -> None:
    marks = [{"A": 9000 - 1000 * (at % 2), "B": 9000} for at in range(reports)]
    (pair,) = agreements(marks)
    assert (pair.kappa is not None) is exists
    assert pair.enough is exists


def test_three_reviewers_are_three_pairs() -> None:
    pairs = agreements([{"C": 9000, "A": 8000, "B": 7000}])
    assert [(pair.one, pair.other) for pair in pairs] == [("A", "B"), ("A", "C"), ("B", "C")]


def test_who_scored_alone_is_compared_with_nobody() -> None:
    alone = [{"A": 9000}]
    assert agreements(alone) == []
    assert leniencies(alone) == []


def test_leniency_is_the_mean_difference_to_the_others() -> None:
    # A stands 2, 4 and 6 points above B: mean 4, deviation 2, 4.303 · 2/√3 = 4.9687.
    mild, strict = leniencies([{"A": 8000 + 200 * at, "B": 8000} for at in (1, 2, 3)])
    assert (mild.reviewer, mild.reports, mild.difference) == ("A", 3, 400)
    assert (mild.low, mild.high) == pytest.approx((-96.87, 896.87), abs=0.01)
    assert (strict.reviewer, strict.difference) == ("B", -400)


def test_leniency_is_measured_against_the_mean_of_several_others() -> None:
    found = leniencies([{"A": 9000, "B": 8000, "C": 7500}])
    assert {each.reviewer: each.difference for each in found} == {
        "A": 1250,
        "B": -250,
        "C": -1000,
    }


def test_leniency_of_one_report_has_no_interval() -> None:
    one, _other = leniencies([{"A": 9000, "B": 8000}])
    assert (one.low, one.high, one.apart) == (None, None, False)


def test_reviewer_is_apart_when_the_interval_leaves_out_zero() -> None:
    # Differences 4, 5, 6: mean 5, deviation 1, 4.303 · 1/√3 = 2.48.
    mild, _strict = leniencies([{"A": 8300 + 100 * at, "B": 8000} for at in (1, 2, 3)])
    assert mild.apart


def test_reviewers_apart_come_first() -> None:
    marks = [{"A": 8300 + 100 * at, "B": 8000} for at in (1, 2, 3)]
    marks += [{"C": 9900, "D": 6000}]
    assert [each.reviewer for each in furthest(leniencies(marks), 3)] == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("freedom", "quantile"), [(1, 12.706), (30, 2.042), (31, 2.0395), (60, 2.0003), (1000, 1.9623)]
)
def test_student_t_is_that_of_the_tables(freedom: int, quantile: float) -> None:
    assert student_t(freedom) == pytest.approx(quantile, abs=5e-4)


@pytest.mark.parametrize(
    ("kappa", "word"),
    [
        (Fraction(-1, 3), Strength.NONE),
        (Fraction(0), Strength.NONE),
        (Fraction(1, 100), Strength.SLIGHT),
        (Fraction(1, 5), Strength.SLIGHT),
        (Fraction(21, 100), Strength.FAIR),
        (Fraction(3, 5), Strength.MODERATE),
        (Fraction(21, 26), Strength.PERFECT),
        (Fraction(4, 5), Strength.SUBSTANTIAL),
        (Fraction(1), Strength.PERFECT),
    ],
)
def test_agreement_is_named_by_fifths(kappa: Fraction, word: Strength) -> None:
    assert strength(kappa) == word
