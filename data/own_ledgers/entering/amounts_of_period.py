"""Turn the amounts of a single month or quarter into cumulative amounts.

A sheet states the money put right, paid out or spent either so far or in its month alone. Headings
such as 本月整改金额 tell the latter; if most amounts fell, the user is asked once.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from data.own_ledgers.entering.rows_to_enter import FEN_IN_WAN
from data.own_ledgers.entering.taking_sheet import TakingSheet
from data.own_ledgers.forms.subjects import OF_PERIOD
from data.own_ledgers.words.questions import Questions
from data.own_ledgers.words.stated import Proposal, QuestionKind, StatedRow
from data.own_ledgers.words.sum_names import sum_label
from models.text import N_, sentence

SO_FAR, PERIOD = "SO_FAR", "PERIOD"
PROPOSALS = (
    Proposal(PERIOD, sentence(N_("amounts of the month or quarter alone"))),
    Proposal(SO_FAR, sentence(N_("amounts so far"))),
)
WHICH = N_(
    "In “{column}”, {less} of {all} amounts are less than what is kept as of {day}. What are they?"
)
LEAST = 2
"""So many rows, and half of those that can be compared, must be less before it is asked."""


class AmountsOfPeriod:
    """The cumulative amounts of the rows of one sheet, based on what is stored from before its
    month."""

    def __init__(self, taking: TakingSheet, ledger: str) -> None:
        self.taking = taking
        self._before: dict[tuple[str, str], int] = {
            (each.key, column): int(each.said[_name(column)])
            for each in taking.remembered
            if each.ledger == ledger and each.as_of == taking.as_of
            for column in OF_PERIOD
            if _name(column) in each.said
        }
        self._converted: set[str] = set()

    def settle(self, column: str, rows: Sequence[StatedRow], kept: Mapping[int, int]) -> None:
        """Find out, by a question if needed, whether the amounts in `column` are those of the month
        alone.

        `kept` is the stored cumulative amount by row id, in 分.
        """
        what = (self.taking.form, "period", column)
        id_ = Questions({}).id_of(QuestionKind.CONTRADICTION, *what)
        if self.taking.answers.get(id_) == PERIOD:
            self._converted.add(column)
            self.taking.used[id_] = PERIOD
            return
        told = {
            id(row): row.values[column] * FEN_IN_WAN
            for row in rows
            if isinstance(row.values.get(column), Decimal) and kept.get(id(row))
        }
        less = [row for row in rows if id(row) in told and told[id(row)] < kept[id(row)]]
        if len(less) < LEAST or 2 * len(less) < len(told) or self.taking.last == self.taking.as_of:
            return
        self.taking.ask(
            QuestionKind.CONTRADICTION,
            what,
            less,
            value=column,
            proposals=PROPOSALS,
            asks=sentence(
                WHICH,
                column=sum_label(column),
                less=len(less),
                all=len(told),
                day=self.taking.last or date.min,
            ),
        )

    def so_far(self, row: StatedRow, column: str, key: str | None, kept: int) -> object:
        """The cumulative amount of the row in 万元; `kept` is the stored one in 分."""
        of_period = row.values.get(column if column in self._converted else OF_PERIOD[column])
        if not isinstance(of_period, Decimal):
            return row.values.get(column)
        before = self._before.get((key or "", column), kept)
        total = Decimal(before) / FEN_IN_WAN + of_period
        self.taking.so_far[id(row), column] = total
        return total

    def remembered(self, row: StatedRow, column: str, key: str | None, kept: int) -> dict[str, int]:
        """The values to remember, so that importing the same sheet again adds nothing."""
        if (id(row), column) not in self.taking.so_far:
            return {}
        return {_name(column): self._before.get((key or "", column), kept)}


def _name(column: str) -> str:
    return f"{column}_before"
