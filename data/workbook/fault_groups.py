"""Group faults by cause: many cells of a column with the same fault count as one group."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.workbook.rows import Fault


@dataclass(frozen=True, slots=True)
class FaultGroup:
    """The faults of one kind in one column of a sheet."""

    faults: tuple[Fault, ...]

    @property
    def example(self) -> Fault:
        """The first fault of the group."""
        return self.faults[0]

    @property
    def count(self) -> int:
        """The number of faults in the group."""
        return len(self.faults)


def fault_groups(faults: Iterable[Fault]) -> Sequence[FaultGroup]:
    """`faults` grouped by kind and column, largest group first, equal ones in order of first
    appearance."""
    groups: dict[tuple[str | None, str | None, str], list[Fault]] = {}
    for fault in faults:
        groups.setdefault((fault.sheet, fault.column, fault.sentence.message), []).append(fault)
    return sorted(
        (FaultGroup(tuple(each)) for each in groups.values()), key=lambda each: -each.count
    )
