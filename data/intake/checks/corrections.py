"""Corrections: what an audit trail may not lose changes only when the import says why."""

from collections.abc import Iterator

from data.intake.checks.cells import as_written
from data.intake.checks.prospect import Arriving, Prospect
from data.ledgers.rows import Key, Values, ids
from data.workbook.rows import FAULTY, Fault
from models.kept import Change
from models.ledger import Ledger
from models.text import N_, Label

UNASKED = N_(
    "Kept as: {kept}. To change it is a correction: import again with a reason for correcting, or "
    "put the kept value back."
)
EMPTY = Label("空", "empty")


def guarded(ledger: type[Ledger]) -> tuple[str, ...]:
    """The columns of `ledger` of which a change is a correction."""
    return tuple(column.id for column in ledger.columns if column.guarded)


def change_of(ledger: type[Ledger], kept: Values, new: Values) -> Change:
    """Whether `new` in the place of `kept` is a correction or an update."""
    order = ids(ledger)
    differs = any(kept[at] != new[at] for at in map(order.index, guarded(ledger)))
    return Change.CORRECTED if differs else Change.UPDATED


def unasked_corrections(prospect: Prospect) -> Iterator[Fault]:
    """Each guarded cell that a workbook changes though nobody said why."""
    for arriving in prospect.arriving.values():
        if guarded(arriving.ledger):
            for key, kept, _ in arriving.changed():
                yield from _of_row(arriving, key, kept)


def _of_row(arriving: Arriving, key: Key, kept: Values) -> Iterator[Fault]:
    placed = arriving.rows[key]
    for name in guarded(arriving.ledger):
        pick = arriving.pick(name)
        before, after = pick(kept), pick(placed[1])
        if before != after and after is not FAULTY:
            said = as_written(arriving.column(name).kind, before) or EMPTY
            yield arriving.fault(placed, name, UNASKED, kept=said)
