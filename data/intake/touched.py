"""Which units an import touches: those whose figures may be others once its rows are kept."""

from collections.abc import Iterator

from data.intake.checks.prospect import Arriving, Prospect, sound
from data.ledgers.belonging import OF_DISTRICT, OWN, THROUGH

DISTRICT = ""


def touched_units(prospect: Prospect) -> set[str]:
    """The codes of the units, of a row that moves the old and the new one; "" is the district."""
    units: set[str] = set()
    for ledger, arriving in prospect.arriving.items():
        if len(arriving.equal) == len(arriving.rows):
            continue
        if ledger in OF_DISTRICT:
            units.add(DISTRICT)
        elif ledger in THROUGH:
            units.update(_through(prospect, arriving))
        elif ledger in OWN:
            units.update(_own(arriving))
    units.update(_of_moved_projects(prospect))
    units.update(_of_moved_trainings(prospect))
    return units


def _own(arriving: Arriving) -> Iterator[str]:
    for column in OWN[arriving.ledger.id()]:
        pick = arriving.pick(column)
        yield from {pick(values) for _, (_, values) in arriving.touched()}
        yield from {pick(kept) for kept in arriving.before.values()}


def _through(prospect: Prospect, arriving: Arriving) -> Iterator[str]:
    column, target = THROUGH[arriving.ledger.id()]
    pick = arriving.pick(column)
    keys = {pick(values) for _, (_, values) in arriving.touched()}
    yield from prospect.lookup(target, keys, ("unit",)).values()


def _of_moved_projects(prospect: Prospect) -> Iterator[str]:
    """A project gives its findings their source, wherever they lie."""
    moved = prospect.changes_in("projects", "source").keys()
    yield from prospect.all_by("findings", "project", moved, ("unit",))


def _of_moved_trainings(prospect: Prospect) -> Iterator[str]:
    moved = prospect.changes_in("trainings", "on_date").keys()
    units = prospect.all_by("attendance", "training", moved, ("unit",))
    yield from (unit for unit in units if sound(unit))
