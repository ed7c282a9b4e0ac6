"""The visible traits of each unit on the last day; all else about it is random."""

from collections.abc import Mapping
from enum import Enum, auto


class Trait(Enum):
    """A visible property of a unit on the last day."""

    SILENT = auto()
    """Enrolled, and nothing has come in."""

    # Red lights.
    LONG_OVERDUE = auto()
    """A major finding overdue by more than half a year, another by a quarter."""
    OVERDUE = auto()
    """Findings overdue by one to six months."""
    SAME_KIND = auto()
    """A finding of the one kind that lies in many units."""
    RED_WARNING = auto()
    OVERSPENT = auto()
    """More is spent on a fund project than was disbursed."""
    VETO = auto()
    """The latest rating is 0A by a veto."""

    # Yellow lights.
    JUST_OVERDUE = auto()
    """Findings overdue by less than a month."""
    DUE_SOON = auto()
    STALE = auto()
    """Nothing has been entered about a finding for two months."""
    LATE_REPORT = auto()
    NOT_HEARD = auto()
    """The principal has heard no report for more than a quarter."""
    SLOW_FUNDS = auto()
    IDLE_FUNDS = auto()
    DECEMBER_RUSH = auto()
    YELLOW_WARNING = auto()
    INCOMPLETE = auto()
    """Only three of the four grid elements are met."""
    NO_CHIEF = auto()
    """A state firm without a chief auditor."""

    # No light.
    UNDER_REVIEW = auto()
    SUSPENDED = auto()
    REOPENED = auto()
    FUNDED = auto()
    """A fund project that goes as it should."""


TRAITS: Mapping[str, frozenset[Trait]] = {
    "JG02": frozenset({Trait.UNDER_REVIEW, Trait.FUNDED}),
    "JG03": frozenset({Trait.LONG_OVERDUE}),
    "JG05": frozenset({Trait.JUST_OVERDUE}),
    "JG06": frozenset({Trait.SLOW_FUNDS, Trait.DECEMBER_RUSH}),
    "JG07": frozenset({Trait.FUNDED, Trait.REOPENED}),
    "JG08": frozenset({Trait.LATE_REPORT}),
    "JD01": frozenset({Trait.FUNDED}),
    "JD02": frozenset({Trait.RED_WARNING, Trait.SAME_KIND}),
    "JD04": frozenset({Trait.DUE_SOON}),
    "JD06": frozenset({Trait.SILENT}),
    "JY01": frozenset({Trait.SUSPENDED}),
    "JY02": frozenset({Trait.OVERDUE, Trait.SAME_KIND}),
    "JY03": frozenset({Trait.FUNDED}),
    "JY04": frozenset({Trait.STALE}),
    "JY06": frozenset({Trait.SILENT}),
    "YL01": frozenset({Trait.OVERDUE, Trait.SAME_KIND}),
    "YL02": frozenset({Trait.UNDER_REVIEW, Trait.FUNDED}),
    "YL03": frozenset({Trait.NOT_HEARD, Trait.YELLOW_WARNING}),
    "YL04": frozenset({Trait.FUNDED}),
    "YL05": frozenset({Trait.INCOMPLETE}),
    "GQ01": frozenset({Trait.SUSPENDED, Trait.FUNDED}),
    "GQ02": frozenset({Trait.VETO, Trait.OVERSPENT}),
    "GQ03": frozenset({Trait.FUNDED}),
    "GQ04": frozenset({Trait.NO_CHIEF, Trait.IDLE_FUNDS}),
    "GQ05": frozenset({Trait.JUST_OVERDUE, Trait.YELLOW_WARNING}),
}
"""The traits of units of the pilot, by code; a unit without any has a green light."""

CALLS_FOR_ACTION = frozenset(list(Trait)[: list(Trait).index(Trait.UNDER_REVIEW)])
"""What keeps a light from being green."""
