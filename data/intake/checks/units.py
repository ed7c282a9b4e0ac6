"""Check units against each other: credit codes, superior units, and distinct names."""

from collections.abc import Iterator
from datetime import date

from data.intake.checks.arriving import Arriving, Placed, sound
from data.intake.checks.prospect import Prospect
from data.ledgers.rows import Key
from data.workbook.rows import FAULTY, Fault
from models.registry import BY_ID
from models.text import N_

CODE_TWICE = N_(
    "Unit {unit} has the same credit code and is not withdrawn. Correct the code, or enter the "
    "day on which one of the two was withdrawn."
)
NAME_OF_OTHER = N_(
    "This is the name of unit {unit}. Enter another name, or the unit that bears this one."
)
OTHER_NAME_OF_OTHER = N_(
    "Unit {unit} is known by this name as well (“{ledger}”). Enter the unit's own name, or take "
    "that other name out first."
)
LOOP = N_("The units above this one lead back to it. Correct the superior unit.")


def credit_codes(prospect: Prospect, day: date) -> Iterator[Fault]:
    """A fault for each credit code that two units share which are not withdrawn on `day`."""
    units = prospect.arriving.get("units")
    if units is None:
        return
    pick = units.pick("uscc", "withdrawn_on")
    holders: dict[str, Key] = {}
    claims: list[tuple[str, Key, Placed]] = []
    for key, placed in units.rows.items():
        code, withdrawn_on = pick(placed[1])
        if sound(code) and withdrawn_on is not FAULTY and _stands(withdrawn_on, day):
            if key in units.equal:
                holders.setdefault(code, key)
            else:
                claims.append((code, key, placed))
    wanted = {code for code, _, _ in claims}
    columns = ("uscc", "withdrawn_on")
    for key, (code, withdrawn_on) in prospect.kept_by("units", "uscc", wanted, columns):
        if _stands(withdrawn_on, day):
            holders.setdefault(code, key)
    for code, key, placed in claims:
        holder = holders.setdefault(code, key)
        if holder != key:
            yield units.fault(placed, ("uscc", "withdrawn_on"), CODE_TWICE, unit=holder)


def _stands(withdrawn_on: date | None, day: date) -> bool:
    return withdrawn_on is None or withdrawn_on > day


def superiors(prospect: Prospect) -> Iterator[Fault]:
    """A fault for each loop of superior units, at the last row that closed it."""
    units = prospect.arriving.get("units")
    if units is None:
        return
    pick = units.pick("parent")
    above: dict[Key, Key] = {key: pick(values) for key, (_, values) in units.rows.items()}
    starts = [key for key, _ in units.touched() if sound(above[key])]
    _add_kept(prospect, above)
    seen: set[Key] = set()
    for start in starts:
        loop = _loop(start, above, seen)
        rows = [units.rows[key] for key in loop if _made(units, key)]
        if rows:
            yield units.fault(max(rows), "parent", LOOP)


def _made(units: Arriving, key: Key) -> bool:
    return key in units.rows and units.differs(key, "parent")


def _add_kept(prospect: Prospect, above: dict[Key, Key]) -> None:
    """Add the stored superior units, one level at a time."""
    wanted = {parent for parent in above.values() if sound(parent) and parent not in above}
    while wanted:
        parents = prospect.lookup("units", wanted, ("parent",))
        above.update(parents)
        wanted = {parent for parent in parents.values() if sound(parent) and parent not in above}


def _loop(start: Key, above: dict[Key, Key], seen: set[Key]) -> list[Key]:
    """The units of the loop reached by going up from `start`; none if there is no loop or it is
    known."""
    way: list[Key] = []
    place: dict[Key, int] = {}
    at = start
    while sound(at) and at not in seen:
        seen.add(at)
        place[at] = len(way)
        way.append(at)
        at = above.get(at)
    return way[place[at] :] if at in place else []


def other_names(prospect: Prospect) -> Iterator[Fault]:
    """A fault for each other name that is the name of a different unit, at the row that caused
    it."""
    yield from _names_of_units(prospect)
    yield from _names_of_others(prospect)


def _names_of_units(prospect: Prospect) -> Iterator[Fault]:
    others = prospect.arriving.get("unit_names")
    if others is None:
        return
    pick = others.pick("unit", "name")
    stated = [placed for _, placed in others.touched() if sound(pick(placed[1]))]
    names = {pick(values)[1] for _, values in stated}
    bearers: dict[str, list[str]] = {}
    for code, name in prospect.all_by("units", "name", names, ("code", "name")):
        if sound(code):
            bearers.setdefault(name, []).append(code)
    for placed in stated:
        unit, name = pick(placed[1])
        if others_of := sorted(code for code in bearers.get(name, ()) if code != unit):
            yield others.fault(placed, "name", NAME_OF_OTHER, unit=others_of[0])


def _names_of_others(prospect: Prospect) -> Iterator[Fault]:
    units = prospect.arriving.get("units")
    if units is None:
        return
    pick, others = units.pick("name"), prospect.arriving.get("unit_names")
    stated = {key: placed for key, placed in units.touched() if units.differs(key, "name")}
    names = {name for _, values in stated.values() if sound(name := pick(values))}
    bearers = {
        name: unit
        for _, (unit, name) in prospect.kept_by("unit_names", "name", names, ("unit", "name"))
    }
    if others is not None:
        unit_and_name = others.pick("unit", "name")
        bearers |= {
            name: unit
            for unit, name in (unit_and_name(others.rows[key][1]) for key in others.equal)
        }
    for key, placed in stated.items():
        unit = bearers.get(pick(placed[1]))
        if unit is not None and unit != key:
            label = BY_ID["unit_names"].SHEET
            yield units.fault(placed, "name", OTHER_NAME_OF_OTHER, unit=unit, ledger=label)
