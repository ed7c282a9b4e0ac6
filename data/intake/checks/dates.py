"""Check that rows are not dated before the row they refer to: events, letters, payments."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from data.intake.checks.arriving import Arriving, sound
from data.intake.checks.prospect import Prospect
from data.ledgers.belonging import referred_ledger
from data.ledgers.rows import Key
from data.workbook.rows import Fault
from models.registry import BY_ID, LEDGERS
from models.text import N_

TOO_EARLY = N_("This is before “{other}” of {key}, {day}. Correct one of the two dates.")
TOO_LATE = N_(
    "A row of “{ledger}” that belongs to {key} is dated {day}, before this. Correct one of the two "
    "dates."
)


class NotBefore(NamedTuple):
    """The rule that `date` of `ledger` may not be before `start` of the `target` row named by
    `refers`."""

    ledger: str
    date: str
    refers: str
    target: str
    start: str


def _rules() -> Iterator[NotBefore]:
    """The rules declared by columns as `not_before_referred`."""
    for ledger in LEDGERS:
        for column in ledger.columns:
            if column.not_before_referred:
                by, start = column.not_before_referred
                target = str(referred_ledger(ledger.column(by)))
                yield NotBefore(ledger.id(), column.id, by, target, start)


def too_early(prospect: Prospect) -> Iterator[Fault]:
    """Every breach: at the date that is too early, or at the changed row that made an old date
    too early."""
    for rule in _rules():
        moved = prospect.changes_in(rule.target, rule.start)
        if hanging := prospect.arriving.get(rule.ledger):
            yield from _of_arriving(prospect, rule, hanging, set(moved))
        if moved:
            yield from _of_kept(prospect, rule, prospect.arriving[rule.target])


def _of_arriving(
    prospect: Prospect, rule: NotBefore, hanging: Arriving, moved: set[object]
) -> Iterator[Fault]:
    pick = hanging.pick(rule.refers, rule.date)
    rows = list(hanging.stated())
    rows += [hanging.rows[key] for key in hanging.equal if pick(hanging.rows[key][1])[0] in moved]
    keys = {pick(values)[0] for _, values in rows}
    starts = prospect.lookup(rule.target, keys, (rule.start,))
    label = BY_ID[rule.target].column(rule.start).label
    for placed in rows:
        key, day = pick(placed[1])
        start = starts.get(key)
        if sound(start) and sound(day) and day < start:
            yield hanging.fault(placed, rule.date, TOO_EARLY, other=label, key=key, day=start)


def _of_kept(prospect: Prospect, rule: NotBefore, target: Arriving) -> Iterator[Fault]:
    start_of = target.pick(rule.start)
    moved = prospect.changes_in(rule.target, rule.start)
    earliest: dict[Key, date] = {}
    columns = (rule.refers, rule.date)
    for _, (key, day) in prospect.kept_by(rule.ledger, rule.refers, moved.keys(), columns):
        start = start_of(moved[key][1])
        if sound(start) and day < start:
            earliest[key] = min(day, earliest.get(key, day))
    label = BY_ID[rule.ledger].SHEET
    for key, day in earliest.items():
        yield target.fault(moved[key], rule.start, TOO_LATE, ledger=label, key=key, day=day)
