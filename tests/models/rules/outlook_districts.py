"""Random districts by seed, in which a finding's properties decide how often it is late."""

from datetime import date, timedelta
from itertools import product

import numpy as np
import numpy.typing as npt

from models.days import FOREVER
from models.rules.forecast_record import Case
from models.rules.outlook import FURTHEST, Waits, learn

LAST_DAY = date(2026, 6, 30)
YEARS = 4
FINDINGS = 1_200
PROPERTIES = ("IPC", "OM", "abcd", "01")
"""The codes of each property; of the first severity there are twice as many, of no extension four
times."""
ODDS_OF_EACH = ((1, 1, 1), (2, 1), (1, 1, 1, 1), (4, 1))
GROUPS = {group: place for place, group in enumerate(product(*PROPERTIES))}
STATE = "RECTIFYING"


def waits(seed: int, differences: float) -> Waits:
    """The waits of a district's findings over the four years up to LAST_DAY.

    Types, severities, kinds of unit and extensions differ in how often they are late by
    `differences`, the standard deviation of log odds over all of them; 0 for no difference.
    """
    chance = np.random.default_rng(seed)
    group = np.zeros(FINDINGS, dtype=np.int64)
    odds = np.full(FINDINGS, -1.0)
    for codes, weights in zip(PROPERTIES, ODDS_OF_EACH, strict=True):
        share = np.array(weights) / sum(weights)
        own = chance.choice(len(codes), FINDINGS, p=share)
        group = group * len(codes) + own
        odds += chance.normal(0, differences / 2, len(codes))[own]
    days = chance.choice([45, 60, 120, 200], FINDINGS)
    starts = LAST_DAY.toordinal() - chance.integers(0, 365 * YEARS, FINDINGS, endpoint=True)
    due = starts + days
    late = chance.random(FINDINGS) < 1 / (1 + np.exp(-odds))
    early = (days * chance.random(FINDINGS) ** 2 * 0.9).astype(np.int64)
    ends = np.where(late, due + chance.integers(2, 90, FINDINGS, endpoint=True), due - early)
    ends = np.minimum(ends, FOREVER.toordinal())
    state = np.zeros(FINDINGS, dtype=np.int64)
    return Waits(dict(GROUPS), {STATE: 0}, group, state, starts, ends, due, late.astype(np.int64))


def forecast(district: Waits, day: date) -> list[Case]:
    """The forecast made on `day` for limits of the next ninety days, with what happened."""
    today = day.toordinal()
    begun = district.where(district.starts <= today)
    cohorts = learn(begun, day)
    left: npt.NDArray[np.int64] = begun.due - today
    ahead = begun.where((today < begun.ends) & (left >= 0) & (left < FURTHEST))
    groups = list(GROUPS)
    cases = []
    columns = (ahead.group, ahead.due, ahead.went_over)
    for item, (group, due, went_over) in enumerate(zip(*columns, strict=True)):
        chance = cohorts.chance(groups[group], STATE, int(due) - today)
        assert chance is not None
        limit = day + timedelta(int(due) - today)
        code = f"F{item}"
        cases.append(Case(day, code, code, limit, chance.own, chance.base, bool(went_over)))
    return cases
