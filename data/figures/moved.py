"""The rows that came into a figure between two days, and those that left it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from data.figures.rows import FigureRow


class Moved(StrEnum):
    """Whether a row counts in a figure on the later of two days alone, or on the earlier alone."""

    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class MovedRows:
    """The rows that count on the later day and not on the earlier, and the other way round.

    The number of new rows minus that of rows gone is how much longer the list became.
    """

    new: tuple[FigureRow, ...]
    gone: tuple[FigureRow, ...]


def moved_rows(before: Iterable[FigureRow], now: Iterable[FigureRow]) -> MovedRows:
    """The rows of one side of a figure that came and went between two days.

    A ledger row that counts on both days stays, also where it counts under another bucket, such as
    a finding that is overdue by more days. One that counts several times, such as under two rules,
    is told apart by its bucket, and beyond that the earliest stay.
    """
    then, today = _by_row(before), _by_row(now)
    new: list[FigureRow] = []
    gone: list[FigureRow] = []
    for key in {**today, **then}:
        came, went = _unmatched(today.get(key, ()), then.get(key, ()))
        new += came
        gone += went
    return MovedRows(tuple(new), tuple(gone))


_Key = tuple[str, str, str]


def _by_row(rows: Iterable[FigureRow]) -> dict[_Key, list[FigureRow]]:
    by_row: dict[_Key, list[FigureRow]] = defaultdict(list)
    for row in rows:
        by_row[row.ledger, row.key, row.unit].append(row)
    return by_row


def _unmatched(
    today: Sequence[FigureRow], then: Sequence[FigureRow]
) -> tuple[list[FigureRow], list[FigureRow]]:
    """Of one ledger row, what counts today beyond what counted then, and the other way round."""
    left = list(then)
    came: list[FigureRow] = []
    for row in today:
        same = next((each for each in left if each.bucket == row.bucket), None)
        if same is None:
            came.append(row)
        else:
            left.remove(same)
    both = min(len(came), len(left))
    in_order = sorted(came, key=lambda row: row.since), sorted(left, key=lambda row: row.since)
    return in_order[0][both:], in_order[1][both:]
