"""Derive facts from ledger rows again, for the units that a change touched, in its transaction."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlmodel import col

from data.facts import kept_facts, known_since, rules_mark, same_kind_warnings
from data.facts.district_facts import facts_of_district
from data.facts.replacement import Replacement
from data.ledgers.unit_rows import AT_ONCE, rows_of
from data.nodes import DISTRICT, groups_of
from data.reference.lists import References
from data.store import gc_pause
from models.grid import Unit
from models.rules.fact import NO_UNIT, Fact
from models.rules.known import GRID_ELEMENTS, KnownSince, days_known
from models.rules.light import Limits, lights
from models.rules.unit import Lists, UnitRows, facts_of, first_heard_on
from models.rules.warning import Rules

Progress = Callable[[int, int], None]
DeriveUnits = Callable[[Sequence[str], KnownSince, Mapping[str, list[Fact]], Progress | None], None]
"""Derives the facts of units, given what they depend on beside the rows of each."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """What a derivation did.

    The number of units derived, of facts added and deleted, whether the running totals were wrong,
    and the units that moved to other groups.
    """

    units: int
    new: int
    gone: int
    totals_differ: bool = False
    moved: int = 0

    @property
    def differs(self) -> bool:
        """Whether the stored facts or totals had to be changed."""
        return bool(self.new or self.gone or self.totals_differ or self.moved)


def lists_of(references: References) -> Lists:
    """The reference lists in the form in which the rules read them."""
    return Lists(
        references.duty_weights,
        references.rubric,
        references.item_groups,
        references.grades,
        Rules(references.thresholds, references.levels),
    )


@gc_pause.paused()
def derive(
    connection: Connection,
    units: Collection[str] | None,
    references: References,
    progress: Progress | None = None,
) -> Derivation:
    """Derive the facts of `units` (None = all; `NO_UNIT` is the district) and what depends on them.

    That is: warnings about one kind of problem in many units, lights, and running totals. If all
    units were derived, the facts are marked with the rules of this version (see `rules_mark`).
    """
    all_of_them = units is None or kept_facts.nothing_kept(connection)
    replacement = Replacement(connection, whole=units is None, writes=True)
    done = _Derivation(connection, references, replacement).run(units, progress)
    if all_of_them:
        rules_mark.keep_mark(connection, references)
    return done


@gc_pause.paused()
def derive_into(
    replacement: Replacement,
    connection: Connection,
    units: Collection[str] | None,
    references: References,
    progress: Progress | None = None,
    apart: DeriveUnits | None = None,
) -> Derivation:
    """Derive the facts of `units` (None = all) from `connection` and hand them to `replacement`.

    Units whose facts depend on those of `units` are included. `apart` derives them elsewhere, and
    hands them to `replacement`.
    """
    return _Derivation(connection, references, replacement, apart).run(units, progress)


@gc_pause.paused()
def compare(
    connection: Connection, references: References, progress: Progress | None = None
) -> Derivation:
    """What deriving all facts again would change; writes nothing."""
    replacement = Replacement(connection, whole=True, writes=False)
    return _Derivation(connection, references, replacement).run(None, progress)


class _Derivation:
    """The steps of one derivation."""

    def __init__(
        self,
        connection: Connection,
        references: References,
        replacement: Replacement,
        apart: DeriveUnits | None = None,
    ) -> None:
        self._connection = connection
        self._apart = apart
        self._lists, self._limits = lists_of(references), references.limits
        self._since = known_since.from_ledgers(connection)
        self._shared = same_kind_warnings.by_unit(connection, self._lists.warnings)
        self._replacement = replacement

    def run(self, units: Collection[str] | None, progress: Progress | None) -> Derivation:
        """Derive `units` (None = all), then the units that depend on what changed."""
        kept = set(self._connection.scalars(select(col(Unit.code))))
        wanted = self._all(kept) if units is None else self._affected(units)
        if NO_UNIT in wanted:
            self._derive_district()
        self._clear_units(wanted - kept - {NO_UNIT})
        ordered = sorted(wanted & kept)
        self._derive_units(ordered, progress)
        differ = self._replacement.write_balances()
        done = self._replacement
        return Derivation(len(ordered), done.new, done.gone, differ, done.moved)

    def _all(self, kept: set[str]) -> set[str]:
        return kept | {NO_UNIT} | set(self._connection.scalars(kept_facts.units_with_facts()))

    def _affected(self, units: Collection[str]) -> set[str]:
        """`units`, and the units whose facts depend on changed rows of other units."""
        return (
            set(units)
            | same_kind_warnings.units_that_differ(self._connection, self._shared)
            | known_since.units_that_differ(self._connection, self._since)
        )

    def _derive_district(self) -> None:
        own = list(facts_of_district(self._connection, self._since))
        # A unit without facts is in no group, like one that is not stored.
        self._replacement.replace_one(NO_UNIT, [DISTRICT] if own else [], own)

    def _clear_units(self, units: Collection[str]) -> None:
        """Delete the facts of units whose own row was deleted."""
        for unit in sorted(units):
            self._replacement.replace_one(unit, [], [])

    def _derive_units(self, units: list[str], progress: Progress | None) -> None:
        replacement = self._replacement
        if self._apart:
            self._apart(units, self._since, self._shared, progress)
            return
        with replacement.indexed_afterwards(len(units)):
            for first in range(0, len(units), AT_ONCE):
                chunk = units[first : first + AT_ONCE]
                derive_units(
                    self._connection,
                    chunk,
                    replacement,
                    self._lists,
                    self._limits,
                    self._since,
                    self._shared,
                )
                if progress:
                    progress(first + len(chunk), len(units))
            replacement.flush()


def derive_units(
    connection: Connection,
    units: Sequence[str],
    replacement: Replacement,
    lists: Lists,
    limits: Limits,
    since: KnownSince,
    shared: Mapping[str, Sequence[Fact]],
) -> None:
    """Derive the facts of a few `units` and hand them to `replacement`; see `facts_of_unit`."""
    kept, kept_nodes = replacement.kept(units)
    for rows in rows_of(connection, units):
        unit = rows.unit.code
        facts = facts_of_unit(rows, lists, limits, since, shared.get(unit, ()))
        replacement.replace(unit, list(groups_of(rows.unit)), facts, kept, kept_nodes)


def facts_of_unit(
    rows: UnitRows,
    lists: Lists,
    limits: Limits,
    since: KnownSince,
    shared: Sequence[Fact],
) -> list[Fact]:
    """Every fact of one unit; `shared` are its warnings that depend on rows of other units, too."""
    facts = [*facts_of(rows, lists, since), *shared]
    elements = days_known(since, GRID_ELEMENTS)
    return facts + list(lights(rows.unit, facts, first_heard_on(rows), limits, elements))
