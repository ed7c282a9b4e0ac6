"""Rules within one row of which the sheet gives only a part: the rest is what is kept."""

from collections.abc import Iterator

from data.intake.checks.prospect import Arriving, Prospect
from data.ledgers.rows import ids
from data.reference.lists import References
from data.workbook.row_rules import CheckedRule, row_rules
from data.workbook.rows import FAULTY, Fault


def broken_rows(prospect: Prospect, references: References) -> Iterator[Fault]:
    """Each row that breaks a rule together with values that stand in no column of its sheet."""
    for arriving in prospect.arriving.values():
        present = set(arriving.sheet.present)
        for rule in row_rules(arriving.ledger, references):
            # Where all columns stand on the sheet, its reader has applied the rule already.
            if present & set(rule.columns) and not present >= set(rule.columns):
                yield from _broken(arriving, rule)


def _broken(arriving: Arriving, rule: CheckedRule) -> Iterator[Fault]:
    pick = arriving.pick(*rule.columns)
    others = [each for each in reversed(ids(arriving.ledger)) if each in rule.columns]
    for _, placed in arriving.touched():
        values = pick(placed[1])
        if FAULTY not in values and (wrong := rule.broken(*values)):
            yield arriving.fault(placed, (rule.at, *others), wrong.message, **wrong.values)
