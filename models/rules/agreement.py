"""How far reviewers of the same reports agree: weighted kappa of pairs, leniency of each.

These are not figures of units; they show how far scores can be trusted.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import sqrt
from statistics import stdev

from models.choice import Choice
from models.rules.report import GRADES, grade

ENOUGH = 10
"""With fewer common reports two reviewers are too few to compare."""
BANDS: Mapping[str, int] = {band: place for place, (band, _lowest) in enumerate(GRADES)}

Marks = Iterable[Mapping[str, int]]
"""For each report, the total in hundredths of every reviewer who scored all of it."""


class Strength(Choice):
    """The strength of an agreement, in the words of Landis and Koch (1977)."""

    NONE = "NONE", "不一致", "None"
    SLIGHT = "SLIGHT", "很弱", "Slight"
    FAIR = "FAIR", "较弱", "Fair"
    MODERATE = "MODERATE", "中等", "Moderate"
    SUBSTANTIAL = "SUBSTANTIAL", "较强", "Substantial"
    PERFECT = "PERFECT", "几乎完全一致", "Almost perfect"


def strength(kappa: Fraction) -> Strength:
    """The word for `kappa`; the bands are a fifth wide and include their upper end."""
    if kappa <= 0:
        return Strength.NONE
    fifths = -(-kappa * 5 // 1)
    return list(Strength)[int(fifths)]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two reviewers and the reports that both scored.

    `same` is the number of reports that both put into the same grade band. `kappa` is None for too
    few reports, and where it is undefined: both put every report into one and the same band.
    """

    one: str
    other: str
    reports: int
    same: int
    kappa: Fraction | None

    @property
    def enough(self) -> bool:
        """Whether there are enough common reports for a judgement."""
        return self.reports >= ENOUGH


@dataclass(frozen=True, slots=True)
class Leniency:
    """How much higher a reviewer scores than others who scored the same reports.

    In hundredths of a point. `low` and `high` bound the 95 % confidence interval of the mean
    (Student's t over the reports); they are None for a single report.
    """

    reviewer: str
    reports: int
    difference: Fraction
    low: float | None
    high: float | None

    @property
    def apart(self) -> bool:
        """Whether the interval excludes zero: more lenient or stricter than chance explains."""
        return self.low is not None and self.high is not None and not self.low <= 0 <= self.high


def agreements(marks: Marks) -> list[Agreement]:
    """Every pair of reviewers with a common report, ordered by name."""
    bands: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for totals in marks:
        placed = {reviewer: BANDS[grade(total)] for reviewer, total in totals.items()}
        for pair in combinations(sorted(placed), 2):
            bands.setdefault(pair, []).append((placed[pair[0]], placed[pair[1]]))
    return [
        Agreement(
            one,
            other,
            len(both),
            sum(mine == yours for mine, yours in both),
            weighted_kappa(both) if len(both) >= ENOUGH else None,
        )
        for (one, other), both in sorted(bands.items())
    ]


def weighted_kappa(bands: Sequence[tuple[int, int]]) -> Fraction | None:
    """Cohen's kappa with quadratic weights, for pairs of bands given to the same things.

    1 is full agreement, 0 what chance would give. None if both used only one and the same band.
    """
    mine, yours = Counter(one for one, _ in bands), Counter(other for _, other in bands)
    by_chance = sum(
        (one - other) ** 2 * times * others
        for one, times in mine.items()
        for other, others in yours.items()
    )
    if not by_chance:
        return None
    seen = sum((one - other) ** 2 for one, other in bands)
    return 1 - Fraction(len(bands) * seen, by_chance)


def leniencies(marks: Marks) -> list[Leniency]:
    """The leniency of every reviewer of reports that others scored as well, ordered by name."""
    differences: dict[str, list[Fraction]] = {}
    for totals in marks:
        if len(totals) < 2:
            continue
        whole = sum(totals.values())
        for reviewer, total in totals.items():
            others = Fraction(whole - total, len(totals) - 1)
            differences.setdefault(reviewer, []).append(total - others)
    return [
        _leniency(reviewer, differences_of_reviewer)
        for reviewer, differences_of_reviewer in sorted(differences.items())
    ]


def _leniency(reviewer: str, differences: Sequence[Fraction]) -> Leniency:
    reports = len(differences)
    mean = sum(differences, Fraction(0)) / reports
    if reports < 2:
        return Leniency(reviewer, reports, mean, None, None)
    spread = stdev(map(float, differences)) / sqrt(reports)
    reach = student_t(reports - 1) * spread
    return Leniency(reviewer, reports, mean, float(mean) - reach, float(mean) + reach)


# The 97.5 % quantile of Student's t for 1 to 30 degrees of freedom.
# fmt: off
_STUDENT_T = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)
# fmt: on
_NORMAL = 1.959964


def student_t(freedom: int) -> float:
    """The 97.5 % quantile of Student's t; above 30 degrees of freedom by a series approximation."""
    if freedom <= len(_STUDENT_T):
        return _STUDENT_T[freedom - 1]
    z = _NORMAL
    return z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)


def furthest(leniencies: Iterable[Leniency], most: int) -> list[Leniency]:
    """At most `most` reviewers: those who differ beyond chance first, then by difference."""
    ranked = sorted(leniencies, key=lambda each: (not each.apart, -abs(each.difference)))
    return ranked[:most]
