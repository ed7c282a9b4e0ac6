"""The classes of the attributes by which a ledger describes its rows beyond their columns; see
`models.ledger.Ledger`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from models.choice import Choice
from models.text import Sentence


class Referred(NamedTuple):
    """The column `column` of the row that the reference column `by` of this ledger names."""

    by: str
    column: str


class CompositeReference(NamedTuple):
    """Columns that hold together, in this order, the key of a row of `ledger`."""

    ledger: str
    columns: tuple[str, ...]


class UnitTab(Choice):
    """The tab of a unit's page on which a ledger is shown"""

    FINDINGS = "FINDINGS", "问题", "Findings"
    PEOPLE = "PEOPLE", "人员与履责", "People and duties"
    REPORTS = "REPORTS", "四类报告", "Reports"
    AUDIT = "AUDIT", "审计与互审", "Audit and review"
    MONEY = "MONEY", "资金、清理盘活与预警", "Money, disposals, warnings"


class TimeLine(NamedTuple):
    """How a row stands on a unit's time line: on the day in column `on`, in the words of the first
    two columns of `words` that are filled."""

    on: str
    words: tuple[str, ...]


class RuleLists(Protocol):
    """The reference lists that rules within a row look into."""

    @property
    def rubric(self) -> Mapping[str, Mapping[str, int]]:
        """By kind of report, the weight of each dimension."""


@dataclass(frozen=True, slots=True)
class RowRule:
    """A rule between the cells of `columns` of one row.

    `broken` takes the reference lists and the values of `columns`, None for an empty cell. It
    returns what is wrong, or None.
    """

    columns: tuple[str, ...]
    broken: Callable[..., Sentence | None]
