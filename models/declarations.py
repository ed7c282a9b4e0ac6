"""The classes with which a ledger declares more than its columns; see `models.ledger.Ledger`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from models.choice import Choice
from models.text import Sentence


class Referred(NamedTuple):
    """Column `column` of the row that this ledger's reference column `by` refers to."""

    by: str
    column: str


class CompositeReference(NamedTuple):
    """Columns that together, in this order, hold the key of a row of `ledger`."""

    ledger: str
    columns: tuple[str, ...]


class UnitTab(Choice):
    """The tab of the unit page on which a ledger is shown."""

    FINDINGS = "FINDINGS", "问题", "Findings"
    PEOPLE = "PEOPLE", "人员与履责", "People and duties"
    REPORTS = "REPORTS", "四类报告", "Reports"
    AUDIT = "AUDIT", "审计与互审", "Audit and review"
    MONEY = "MONEY", "资金、清理盘活与预警", "Money, disposals, warnings"


class TimeLine(NamedTuple):
    """How rows appear on a unit's time line.

    At the day in column `on`, with the text of the first two columns of `words` that are filled.
    """

    on: str
    words: tuple[str, ...]


class RuleLists(Protocol):
    """The reference lists that row rules use."""

    @property
    def rubric(self) -> Mapping[str, Mapping[str, int]]:
        """By kind of report, the weight of each dimension."""


@dataclass(frozen=True, slots=True)
class RowRule:
    """A rule about the cells `columns` of one row.

    `broken` gets the reference lists and the values of `columns`, None for empty cells. It returns
    what is wrong, or None.
    """

    columns: tuple[str, ...]
    broken: Callable[..., Sentence | None]
