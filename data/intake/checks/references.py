"""Check that every reference names a row that will exist, and that no key is repeated in a
workbook."""

from collections.abc import Iterator
from typing import Any

from data.intake.checks.arriving import Arriving, sound
from data.intake.checks.prospect import Prospect
from data.ledgers.belonging import Reference, references_of
from data.ledgers.rows import key_ids
from data.workbook.rows import Fault
from models.grid import Unit
from models.registry import BY_ID
from models.text import N_

REPEATED = N_("This key stands in row {row} already. Keep one of the two rows.")
UNKNOWN = N_("No row of “{ledger}” has this key. Correct it, or add the row to its sheet.")

NO_UNIT = N_(
    "No unit has this code, name or other name. Correct it, or add the unit to “{ledger}”."
)


def repeated_keys(prospect: Prospect) -> Iterator[Fault]:
    """A fault for each row that repeats an earlier key, at its first key column."""
    for arriving in prospect.arriving.values():
        first = key_ids(arriving.ledger)[0]
        for placed, row in arriving.repeated:
            yield arriving.fault(placed, first, REPEATED, row=row)


def unknown_references(prospect: Prospect) -> Iterator[Fault]:
    """A fault for each cell that names a row which is neither in the workbook nor stored."""
    for arriving in prospect.arriving.values():
        for reference in references_of(arriving.ledger):
            # Composite and loose references are checked elsewhere, with further rules.
            if reference.loose or len(reference.columns) > 1:
                continue
            target = prospect.arriving.get(reference.target)
            if target is None or not target.lacks_key():
                yield from _unknown(prospect, arriving, reference)


def _unknown(prospect: Prospect, arriving: Arriving, reference: Reference) -> Iterator[Fault]:
    pick = arriving.pick(reference.columns[0].id)
    named: set[Any] = {pick(values) for _, values in arriving.stated()}
    unknown = {each for each in named if sound(each)} - prospect.existing(reference.target, named)
    if not unknown:
        return
    label = BY_ID[reference.target].SHEET
    message = NO_UNIT if reference.target == Unit.id() else UNKNOWN
    for placed in arriving.stated():
        if pick(placed[1]) in unknown:
            yield arriving.fault(placed, reference.columns[0].id, message, ledger=label)
