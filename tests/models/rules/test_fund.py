"""Sums of major funds, money that lies idle, and how long it has lain."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.days import Span
from models.fund import FundFlow, Stage
from models.rules.fact import Fact
from models.rules.fund import AGES, Money, facts_of_fund, idle_on, unspent_by_age
from tests.models.rules.rows import DAY, START, days, flow, fund, values

FEB, MAR = date(2025, 2, 1), date(2025, 3, 1)
IDLE = FEB + timedelta(90)


def about(*flows: FundFlow) -> list[Fact]:
    return list(facts_of_fund(fund(), flows))


def test_an_approval_counts_from_its_day() -> None:
    assert days(about(), "fund_approved", "OTHER") == [Span(START)]
    assert values(about(), "fund_approved", START) == [1000]


def test_each_flow_counts_from_its_day() -> None:
    facts = about(flow(FEB, "DISBURSED", 400), flow(MAR, "SPENT", 100))
    assert values(facts, "fund_disbursed", FEB, "OTHER") == [400]
    assert values(facts, "fund_spent", FEB) == []
    assert values(facts, "fund_spent", MAR, "OTHER") == [100]


def test_money_is_idle_from_ninety_days_after_its_disbursement() -> None:
    facts = about(flow(FEB, "DISBURSED", 400))
    assert values(facts, "fund_idle", IDLE - DAY) == []
    assert values(facts, "fund_idle", IDLE) == [400]


def test_what_is_spent_is_not_idle_whenever_it_was_disbursed() -> None:
    facts = about(
        flow(FEB, "DISBURSED", 400), flow(MAR, "DISBURSED", 500), flow(IDLE + DAY, "SPENT", 150)
    )
    assert values(facts, "fund_idle", IDLE) == [400]
    assert values(facts, "fund_idle", IDLE + DAY) == [250]


def test_money_spent_beyond_what_is_old_is_not_less_than_idle() -> None:
    facts = about(flow(FEB, "DISBURSED", 400), flow(MAR, "SPENT", 500))
    assert days(facts, "fund_idle") == []


# How long money has lain

TODAY = date(2026, 6, 30)


def ago(days: int) -> date:
    return TODAY - timedelta(days)


@pytest.mark.parametrize(
    ("days", "band"),
    [(0, 0), (89, 0), (90, 1), (180, 1), (181, 2), (365, 2), (366, 3), (3_000, 3)],
)
def test_money_lies_in_the_band_of_its_days(days: int, band: int) -> None:
    lying = unspent_by_age([(ago(days), 7)], 0, TODAY)
    assert [place for place, amount in enumerate(lying) if amount] == [band]


def test_the_oldest_money_is_spent_first() -> None:
    disbursed = [(ago(10), 300), (ago(400), 100), (ago(200), 100)]
    assert unspent_by_age(disbursed, 150, TODAY) == (300, 0, 50, 0)


def test_what_is_spent_beyond_the_disbursed_leaves_nothing_lying() -> None:
    assert unspent_by_age([(ago(100), 100)], 101, TODAY) == (0, 0, 0, 0)


def test_bands_join_without_gap() -> None:
    assert [after for _, _, after in AGES[:-1]] == [first for _, first, _ in AGES[1:]]


FLOWS = st.lists(
    st.builds(
        lambda days_ago, stage, amount: flow(ago(days_ago), stage, amount),
        st.sampled_from((-1, 0, 1, 89, 90, 91, 180, 181, 365, 366, 900)),
        st.sampled_from(list(Stage)),
        st.integers(0, 1_000),
    ),
    max_size=12,
)


def lying(flows: list[FundFlow]) -> tuple[int, ...]:
    known = [flow for flow in flows if flow.on_date <= TODAY]
    disbursed = [(each.on_date, each.amount) for each in known if each.stage == Stage.DISBURSED]
    return unspent_by_age(disbursed, Money(known).by(TODAY, Stage.SPENT), TODAY)


@given(FLOWS)
def test_what_lies_for_90_days_and_more_is_the_idle_money(flows: list[FundFlow]) -> None:
    assert sum(lying(flows)[1:]) == idle_on(Money(flows), TODAY)


@given(FLOWS)
def test_what_lies_is_what_was_disbursed_and_not_spent(flows: list[FundFlow]) -> None:
    money = Money(flows)
    unspent = money.by(TODAY, Stage.DISBURSED) - money.by(TODAY, Stage.SPENT)
    assert sum(lying(flows)) == max(0, unspent)
