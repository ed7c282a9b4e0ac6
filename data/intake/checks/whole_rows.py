"""Rules within one row that need more than its sheet: stored columns, or units given by name."""

from collections.abc import Iterator

from data.intake.checks.arriving import Arriving
from data.intake.checks.prospect import Prospect
from data.ledgers.belonging import referred_ledger
from data.ledgers.rows import ids
from data.reference.lists import References
from data.workbook.row_rules import CheckedRule, row_rules
from data.workbook.rows import FAULTY, Fault
from models.grid import Unit


def broken_rows(prospect: Prospect, references: References) -> Iterator[Fault]:
    """A fault for each row that breaks a rule once stored values are added and unit names
    resolved."""
    for arriving in prospect.arriving.values():
        present = set(arriving.sheet.present)
        for rule in row_rules(arriving.ledger, references):
            columns = set(rule.columns)
            # If the sheet has all columns, its reader has already applied the rule.
            if present & columns and (not present >= columns or _names_units(arriving, columns)):
                yield from _broken(arriving, rule)


def _names_units(arriving: Arriving, columns: set[str]) -> bool:
    return any(referred_ledger(arriving.column(each)) == Unit.id() for each in columns)


def _broken(arriving: Arriving, rule: CheckedRule) -> Iterator[Fault]:
    pick = arriving.pick(*rule.columns)
    others = [each for each in reversed(ids(arriving.ledger)) if each in rule.columns]
    for _, placed in arriving.touched():
        values = pick(placed[1])
        if FAULTY not in values and (wrong := rule.broken(*values)):
            yield arriving.fault(placed, (rule.at, *others), wrong.message, **wrong.values)
