"""The sentences with which a file with faults goes back to its unit, for the steward to edit."""

from collections.abc import Sequence

from dashboard.i18n import _, say
from data.workbook.fault_groups import FaultGroup, fault_groups
from data.workbook.rows import Fault
from models.collection import REASON_LENGTH

MOST = 5
"""The most kinds of faults that are told; the unit sees all when it checks its file."""


def of_faults(faults: Sequence[Fault]) -> str:
    """Return what is wrong by kind of fault, the most frequent first, as far as it fits."""
    groups = fault_groups(faults)
    lines = [
        _("Please correct the file and send it again. Faults: {n}.", n=len(faults)),
        *(f"{at}. {_of_group(group)}" for at, group in enumerate(groups[:MOST], 1)),
    ]
    rest = _("Further faults are shown when the file is chosen again.")
    cut = len(groups) > MOST
    while len(_joined(lines, rest, cut=cut)) > REASON_LENGTH and len(lines) > 1:
        lines.pop()
        cut = True
    return _joined(lines, rest, cut=cut)


def _joined(lines: Sequence[str], rest: str, *, cut: bool) -> str:
    return "\n".join((*lines, rest) if cut else lines)


def _of_group(group: FaultGroup) -> str:
    """Return place, number and remedy of a kind of fault."""
    fault = group.example
    row = _("row {n}", n=fault.row) if fault.row is not None else ""
    place = " · ".join(filter(None, (fault.sheet, row, fault.column)))
    more = _("and {n} more alike", n=group.count - 1) if group.count > 1 else ""
    where = _(", ").join(filter(None, (place, more)))
    return f"{where}: {say(fault.sentence)}" if where else say(fault.sentence)
