"""Districts drawn from a seed, in which the properties of a finding say how often it is late."""

import math
import random
from collections.abc import Iterable
from datetime import date, timedelta

from models.days import later
from models.rules.forecast_record import Case
from models.rules.limits import Wait
from models.rules.outlook import FURTHEST, as_columns, learn

LAST_DAY = date(2026, 6, 30)
YEARS = 4
FINDINGS = 1_200


def waits(seed: int, differences: float = 1.0) -> list[Wait]:
    """The waits of a district's findings over four years up to LAST_DAY.

    Types, severities, kinds of unit and extensions differ in how often they are late by
    `differences`, a standard deviation in log odds for each.
    """
    chance = random.Random(seed)
    effects = {part: chance.gauss(0, differences / 2) for part in ("I", "P", "C", "O", "M")}
    effects |= {part: chance.gauss(0, differences / 2) for part in ("a", "b", "c", "d", "0", "1")}
    return [_wait(f"F{number}", effects, chance) for number in range(FINDINGS)]


def _wait(item: str, effects: dict[str, float], chance: random.Random) -> Wait:
    group = tuple(chance.choice(parts) for parts in ("IPC", "OOM", "abcd", "0001"))
    odds = -1.0 + sum(effects[part] for part in group)
    days = chance.choice((45, 60, 120, 200))
    issued_on = LAST_DAY - timedelta(chance.randint(0, 365 * YEARS))
    due = later(issued_on, days)
    if chance.random() < 1 / (1 + math.exp(-odds)):
        ends_on, late = later(due, chance.randint(2, 90)), True
    else:
        ends_on, late = later(due, -int(days * chance.random() ** 2 * 0.9)), False
    return Wait(item, item, group, "RECTIFYING", issued_on, ends_on, due, late)


def forecast(district: Iterable[Wait], day: date) -> list[Case]:
    """The forecast made on `day` for the limits of the next ninety days, with what came."""
    begun = [wait for wait in district if wait.starts_on <= day]
    cohorts = learn(as_columns(begun), day)
    cases = []
    for wait in begun:
        days_left = (wait.due - day).days
        if day < wait.ends_on and 0 <= days_left < FURTHEST:
            chance = cohorts.chance(wait.group, wait.state, days_left)
            assert chance is not None
            cases.append(
                Case(day, wait.item, wait.unit, wait.due, chance.own, chance.base, wait.went_over)
            )
    return cases
