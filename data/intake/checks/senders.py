"""Check that a unit's file has rows of that unit and the units below it only."""

from collections.abc import Collection, Iterator
from typing import Any

from data.intake.checks.arriving import Arriving, sound
from data.intake.checks.prospect import Prospect
from data.ledgers.belonging import names_unit, referred_ledger
from data.ledgers.rows import Key
from data.workbook.rows import Fault
from models.grid import Unit
from models.ledger import Column
from models.registry import BY_ID
from models.text import N_

FOREIGN = N_(
    "This file comes from {sender}, but the row belongs to {unit}. Take the row out, and have "
    "{unit} or the audit bureau send it."
)
OF_DISTRICT = N_(
    "This file comes from {sender}, but rows of “{ledger}” are not for a unit to send. Take the "
    "row out, and have the audit bureau send it."
)


def foreign_rows(
    prospect: Prospect, *, sender: str, units: Collection[str] | None
) -> Iterator[Fault]:
    """A fault for each new or changed row that is, or was, not of `units` (None = all)."""
    if units is None:
        return
    allowed = set(units) | _new_below(prospect, units)
    for arriving in prospect.arriving.values():
        owner = arriving.ledger.owner()
        if owner is None:
            first = arriving.ledger.columns[0].id
            for _, placed in arriving.touched():
                values = {"sender": sender, "ledger": arriving.ledger.SHEET}
                yield arriving.fault(placed, first, OF_DISTRICT, **values)
            continue
        yield from _of_others(prospect, arriving, owner, sender, allowed)


def _of_others(
    prospect: Prospect, arriving: Arriving, owner: Column, sender: str, allowed: set[str]
) -> Iterator[Fault]:
    pick = arriving.pick(owner.id)
    rows = [(key, placed) for key, placed in arriving.touched()]
    values = {pick(placed[1]) for _, placed in rows}
    values |= {pick(kept) for kept in arriving.before.values()}
    units = _units(prospect, owner, {each for each in values if sound(each)})
    for key, placed in rows:
        kept = arriving.before.get(key)
        forms = [placed[1]] if kept is None else [kept, placed[1]]
        belongs = [units.get(pick(form)) for form in forms]
        if foreign := next((unit for unit in belongs if unit and unit not in allowed), None):
            yield arriving.fault(placed, owner.id, FOREIGN, sender=sender, unit=foreign)


def _units(prospect: Prospect, column: Column, values: Collection[Key]) -> dict[Key, str]:
    """The unit of each value of an owner's column; stored rows take precedence.

    So a file cannot make a row the sender's own by also moving what the row belongs to.
    """
    if names_unit(column):
        return {value: str(value) for value in values}
    target = str(referred_ledger(column))
    owner = BY_ID[target].owner()
    if owner is None:
        return {}
    units_by_key: dict[Key, Any] = prospect.lookup(target, values, (owner.id,))
    if arriving := prospect.arriving.get(target):
        pick = arriving.pick(owner.id)
        units_by_key |= {
            key: pick(kept) for key, kept in arriving.before.items() if key in units_by_key
        }
    above = _units(prospect, owner, {each for each in units_by_key.values() if sound(each)})
    return {key: above[value] for key, value in units_by_key.items() if value in above}


def _new_below(prospect: Prospect, units: Collection[str]) -> set[str]:
    """The units that the file adds below those of the sender."""
    arriving = prospect.arriving.get(Unit.id())
    if arriving is None:
        return set()
    pick = arriving.pick("code", "parent")
    entered = {code: parent for code, parent in (pick(values) for _, values in arriving.new())}
    new_units: set[str] = set()
    while more := {
        code
        for code, parent in entered.items()
        if code not in new_units and (parent in units or parent in new_units)
    }:
        new_units |= more
    return new_units
