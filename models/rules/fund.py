"""Major funds: sums by stage, idle money, and the conditions of fund warnings."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate

from models.days import FOREVER, Span, later
from models.fund import FundFlow, FundProject, Stage
from models.rules.fact import Fact, origin

IDLE_DAYS = 90
AGES: tuple[tuple[str, int, int | None], ...] = (
    ("0-89", 0, IDLE_DAYS),
    ("90-180", IDLE_DAYS, 181),
    ("181-365", 181, 366),
    ("366+", 366, None),
)
"""Bands of days since unspent money was disbursed: id, first day, first day after the band.

All but the first are idle, so that they add up to the figure of idle money.
"""
FIRST_DAYS = [first for _, first, _after in AGES]


class Money:
    """Running sums of the money disbursed to a project and spent by it, in 分."""

    def __init__(self, flows: Iterable[FundFlow]) -> None:
        ordered = sorted((flow.on_date, flow.stage, flow.amount) for flow in flows)
        self._days = {stage: [on for on, each, _ in ordered if each == stage] for stage in Stage}
        self._sums = {
            stage: [0, *accumulate(amount for _, each, amount in ordered if each == stage)]
            for stage in Stage
        }

    def by(self, day: date, stage: Stage) -> int:
        """The sum of `stage` up to and including `day`."""
        return self._sums[stage][bisect_right(self._days[stage], day)]

    def between(self, first: date, last: date, stage: Stage) -> int:
        """The sum of `stage` from `first` to `last`, both included."""
        before = self._sums[stage][bisect_left(self._days[stage], first)]
        return self.by(last, stage) - before

    def days(self, *delays: int) -> list[date]:
        """The days on which a sum changes, and the days that lie `delays` days after them."""
        moved = {day for days in self._days.values() for day in days}
        return sorted({later(day, delay) for day in moved for delay in (0, *delays)})


def steps(days: Iterable[date], value: Callable[[date], int]) -> Iterator[tuple[Span, int]]:
    """`value` as a step function over `days`: spans with one value each, never two alike in a
    row."""
    ordered = sorted(set(days))
    starts_on, current = None, 0
    for day in ordered:
        now = value(day)
        if starts_on is not None and now == current:
            continue
        if starts_on is not None:
            yield Span(starts_on, day), current
        starts_on, current = day, now
    if starts_on is not None:
        yield Span(starts_on, FOREVER), current


def facts_of_fund(project: FundProject, flows: Sequence[FundFlow]) -> Iterator[Fact]:
    """The facts of a project's approved, disbursed, spent and idle money."""
    at = origin(project.unit, project, FundProject)
    yield from at.fact("fund_approved", Span(project.approved_on), project.approved, project.kind)
    for flow in flows:
        flow_at = origin(project.unit, flow, FundFlow)
        measure = "fund_disbursed" if flow.stage == Stage.DISBURSED else "fund_spent"
        yield from flow_at.fact(measure, Span(flow.on_date), flow.amount, project.kind)
    money = Money(flows)
    for span, idle in steps(money.days(IDLE_DAYS), lambda day: idle_on(money, day)):
        if idle:
            yield from at.fact("fund_idle", span, idle, project.kind)


def idle_on(money: Money, day: date) -> int:
    """The unspent money that was disbursed at least 90 days ago."""
    disbursed = money.by(later(day, -IDLE_DAYS), Stage.DISBURSED)
    return max(0, disbursed - money.by(day, Stage.SPENT))


def unspent_by_age(disbursed: Iterable[tuple[date, int]], spent: int, day: date) -> tuple[int, ...]:
    """The money `disbursed` by `day` and not spent, in 分, for each of AGES.

    The oldest money is taken to be spent first.
    """
    lying = [0] * len(AGES)
    for on_date, amount in sorted(disbursed):
        used = min(spent, amount)
        spent -= used
        if amount > used:
            band = bisect_right(FIRST_DAYS, (day - on_date).days) - 1
            lying[band] += amount - used
    return tuple(lying)
