"""How the figures of a freeze differ from those known now, and the rows that explain it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from data.figures.reading import Reading, Readings
from data.figures.rows import FigureRow
from data.meetings.late_entries import LateRow, has_joined, has_left
from data.scope import Scope
from models.rules.known import SOURCES


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure whose value now differs from the frozen one."""

    key: str
    frozen: Reading
    known: Reading


def moved(frozen: Readings, known: Readings) -> tuple[Moved, ...]:
    """The figures and buckets that differ, in the order of the catalogue.

    Numbers are compared exactly, not as displayed.
    """
    return tuple(
        Moved(key, frozen[key], reading)
        for key, reading in known.items()
        if key in frozen
        and (frozen[key].numerator, frozen[key].denominator)
        != (reading.numerator, reading.denominator)
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """A row counted in a figure only as frozen, or only as known now.

    `causes` are the late rows that explain it, nearest first. `moved` is the row of its unit if
    that unit has left or joined the node since.
    """

    row: FigureRow
    was_frozen: bool
    causes: tuple[LateRow, ...]
    moved: LateRow | None = None


def differences(
    frozen: Sequence[FigureRow],
    known: Sequence[FigureRow],
    late: Sequence[LateRow],
    scope: Scope,
) -> tuple[Difference, ...]:
    """The rows behind a figure of `scope` that are counted in only one of the two states, with
    causes."""
    left = {each.key: each for each in late if has_left(each, scope)}
    joined = {each.key: each for each in late if has_joined(each, scope)}
    gone = [(row, True) for row in _not_in(known, frozen)]
    come = [(row, False) for row in _not_in(frozen, known)]
    return tuple(
        Difference(
            row, was_frozen, causes(row, late), (left if was_frozen else joined).get(row.unit)
        )
        for row, was_frozen in (*gone, *come)
    )


def made_known(moved: Moved, late: Sequence[LateRow]) -> tuple[LateRow, ...]:
    """The late rows by which a figure came to be known, or is no longer: those of the ledger that
    it is known by, else all.

    Empty if it is known in both states, or in none. Such a figure may differ without a row that is
    counted in only one state: none was counted before, and the first rows of its ledger add none.
    """
    source = moved.known.figure.known_by
    if source is None or moved.frozen.known == moved.known.known:
        return ()
    of_ledger = tuple(each for each in late if each.ledger == SOURCES[source])
    return of_ledger or tuple(late)


def _not_in(others: Sequence[FigureRow], rows: Sequence[FigureRow]) -> Iterator[FigureRow]:
    left = Counter(map(_counts, others))
    for row in rows:
        counted = _counts(row)
        if left[counted]:
            left[counted] -= 1
        else:
            yield row


def _counts(row: FigureRow) -> tuple[Any, ...]:
    return row.side, row.ledger, row.key, row.unit, row.value


def causes(row: FigureRow, late: Sequence[LateRow]) -> tuple[LateRow, ...]:
    """The late rows that explain `row`: itself, else rows that refer to it, else those of its unit
    or others.

    Empty only if no ledger row has changed; then a reference list has.
    """
    itself = [each for each in late if (each.ledger, each.key) == (row.ledger, row.key)]
    near = [each for each in late if (row.ledger, row.key) in each.about]
    if itself or near:
        return (*itself, *near)
    of_unit = tuple(each for each in late if row.unit in each.units)
    return of_unit or tuple(late)
