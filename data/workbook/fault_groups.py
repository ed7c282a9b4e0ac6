"""Faults told by their causes: many cells with the same fault in a column are one matter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.workbook.rows import Fault


@dataclass(frozen=True, slots=True)
class FaultGroup:
    """The faults of one kind in one column of a sheet; the first of them is the example."""

    faults: tuple[Fault, ...]

    @property
    def example(self) -> Fault:
        """The first fault of the group, in the order in which faults are told."""
        return self.faults[0]

    @property
    def count(self) -> int:
        """How many faults of the kind there are."""
        return len(self.faults)


def fault_groups(faults: Iterable[Fault]) -> Sequence[FaultGroup]:
    """`faults` by kind and column: the largest group first, equal ones as they are first told."""
    groups: dict[tuple[str | None, str | None, str], list[Fault]] = {}
    for fault in faults:
        groups.setdefault((fault.sheet, fault.column, fault.sentence.message), []).append(fault)
    return sorted(
        (FaultGroup(tuple(each)) for each in groups.values()), key=lambda each: -each.count
    )
