"""Forecasts compared with the oracle: chances, their record, and what is expected at a node."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from math import isclose

from sqlalchemy import Connection

from data.nodes import parse
from data.outlook import expected, method
from data.scope import everything
from models.rules.expected import Expected
from models.rules.limits import Wait
from models.rules.outlook import FURTHEST, as_columns, learn
from tests.oracle import chances, outlook
from tests.oracle.district import District
from tests.oracle.outlook import Limit

GROUPS = tuple(
    (rect_type, severity, kind, extended)
    for rect_type in ("IMMEDIATE", "PHASED")
    for severity in ("ORDINARY", "MAJOR")
    for kind in ("AGENCY", "SOE")
    for extended in ("0", "2")
)
STATES = ("RECTIFYING", "REVIEWING")
Compared = Iterator[tuple[str, str, object, object]]


def compared_forecasts(
    connection: Connection, district: District, day: date, nodes: Iterable[str]
) -> Compared:
    """Chances of every open limit, the record, and what is expected at each node."""
    learnt = method.of_findings(connection, day), method.of_reports(connection, day)
    told = outlook.limits(district, day), outlook.limits_of_reports(district, day)
    said: list[Mapping[Limit, float | None]] = []
    for one, limits, told_then in zip(
        learnt, told, (outlook.limits, outlook.limits_of_reports), strict=True
    ):
        then = {month: told_then(district, month) for month in one.months}
        record = chances.score(then, limits, day)
        yield "records", "limits", one.score.limits, record.limits
        for brier, wanted in (
            (one.score.brier, record.brier),
            (one.score.brier_base, record.brier_base),
        ):
            yield "records", f"Brier {brier} {wanted}", _close(brier, wanted), True
        chance_of = chances.chances(limits, day)
        shown: dict[Limit, float | None] = {}
        for each in outlook.ahead(limits, day):
            chance = one.cohorts.chance(each.group, each.state, (each.due - day).days)
            whole, own = outlook.base(limits, day, each), chance_of(each)
            shown[each] = own if record.is_better else whole and whole.rate
            found = chance and (_round(chance.own), _round(chance.base), chance.of_all)
            wanted_chance = (
                whole
                and own is not None
                and (
                    _round(own),
                    _round(whole.rate),
                    whole.of_all,
                )
            )
            yield "chances", each.item, found, wanted_chance or None
            yield "chances", f"{each.item} cases", chance and chance.cases, whole and whole.cases
        said.append(shown)
    for node in dict.fromkeys(nodes):
        scope = everything(parse(node), day)
        for horizon in expected.outlook(connection, scope, *learnt).horizons:
            of_node = outlook.due_within(district, day, horizon.days, district.units_at(node))
            findings = [said[0][each] for each in of_node.findings]
            reports = [said[1][each] for each in of_node.reports]
            where = f"{node} in {horizon.days} days"
            yield "outlook", f"{where} findings", *_number(horizon.findings, findings)
            yield "outlook", f"{where} reports", *_number(horizon.reports, reports)
            yield "outlook", f"{where} money", *_sum(horizon.money, findings, of_node.money)


def _number(found: Expected | None, said: Sequence[float | None]) -> tuple[object, object]:
    known = [each for each in said if each is not None]
    if len(known) < len(said):
        return found, None
    mean, low, high = chances.number_expected(known)
    shown = found and (_round(found.mean), found.low, found.high, found.out_of)
    return shown, (_round(mean), low, high, len(said))


def _sum(
    found: Expected | None, said: Sequence[float | None], amounts: Sequence[int]
) -> tuple[object, object]:
    """The points of sums are compared to as many steps, a 4,000th of the whole, as amounts."""
    known = [each for each in said if each is not None]
    if found is None or len(known) < len(said):
        return found, (None if len(known) < len(said) else "known")
    mean, low, high = chances.sum_expected(known, amounts)
    near = len(amounts) * (sum(amounts) // 4_000 + 1)
    shown = isclose(found.mean, mean, abs_tol=1e-6), found.out_of
    points = abs(found.low - low) <= near, abs(found.high - high) <= near
    return (*shown, *points), (True, sum(amounts), True, True)


def compared_learning(chance: random.Random) -> Compared:
    """What is learnt from some hundred limits, whose groups differ, so that they tell something."""
    day = date(2026, 6, 30)
    rate = {group: chance.choice((0.05, 0.2, 0.5, 0.95)) for group in GROUPS}
    limits = [_limit(chance, day, at, rate) for at in range(chance.choice((20, 200, 600)))]
    cohorts = learn(as_columns(map(_wait, limits)), day)
    chance_of = chances.chances(limits, day)
    for group in chance.sample(GROUPS, 6):
        state = chance.choice((*STATES, "SUSPENDED"))
        left = chance.choice((0, 1, 29, FURTHEST, FURTHEST + 1, 400))
        asked = Limit("", group, state, date.min, date.max, day + timedelta(left), passed=False)
        found, wanted = cohorts.chance(group, state, left), chance_of(asked)
        where = f"{group} {state} {left}"
        yield "learning", where, found and _round(found.own), wanted and _round(wanted)


def _limit(
    chance: random.Random, day: date, at: int, rate: Mapping[tuple[str, ...], float]
) -> Limit:
    group = chance.choice(GROUPS)
    due = day - timedelta(chance.randint(-20, 740))
    first = due - timedelta(chance.randint(0, 120))
    after = first + timedelta(chance.randint(1, 150))
    passed = chance.random() < rate[group]
    return Limit(f"F{at}", group, chance.choice(STATES), first, after, due, passed)


def _wait(each: Limit) -> Wait:
    return Wait(each.group, each.state, each.first, each.after, each.due, each.passed)


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return isclose(one, other)


def _round(rate: float) -> float:
    return round(rate, 9)
