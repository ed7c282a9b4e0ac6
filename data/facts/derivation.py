"""From ledgers to facts: those of touched units are derived again, in the writer's transaction."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, delete, func, insert, select
from sqlmodel import col

from data.facts import balances, known_since
from data.ledgers.unit_rows import AT_ONCE, rows_of
from data.nodes import DISTRICT, groups_of
from data.reference.lists import References
from data.store import bulk, gc_pause
from data.store.batches import batches
from models.days import FOREVER, Span, year_from
from models.grid import Unit
from models.kept import KeptFact, UnitNode
from models.ledger import Ledger
from models.rectification import Action, Finding, RectificationEvent
from models.rules.fact import NO_UNIT, Fact
from models.rules.known import (
    GRID_ELEMENTS,
    JUDGED_WHEN_MISSING,
    KnownSince,
    days_known,
    facts_of_known,
)
from models.rules.light import lights
from models.rules.unit import Lists, UnitRows, facts_of, first_heard_on
from models.rules.warning import Rules, SameKind, same_kind_in_many_units
from models.rules.work import facts_of_decision, facts_of_meeting, facts_of_task
from models.work import Decision, KeyTask, Meeting, TaskProgress

COLUMNS = (
    "measure",
    "bucket",
    "unit",
    "starts_on",
    "ends_on",
    "value",
    "ledger",
    "key",
)
INSERTED_AT_ONCE = 20_000
DELETED_AT_ONCE = 500
MANY_UNITS = 300
TABLE: Table = KeptFact.__table__  # type: ignore[attr-defined]
NODES: Table = UnitNode.__table__  # type: ignore[attr-defined]
Kept = dict[str, dict[Fact, list[int]]]
"""By unit, the kept facts with their numbers in the table."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Derivation:
    """What deriving again came to: units gone through, facts that are new, facts that went,
    whether the running totals had to be counted anew, and units that came into other groups.
    """

    units: int
    new: int
    gone: int
    totals_differ: bool = False
    moved: int = 0

    @property
    def differs(self) -> bool:
        """Whether anything had to be changed."""
        return bool(self.new or self.gone or self.totals_differ or self.moved)


def lists_of(references: References) -> Lists:
    """The reference lists as the rules read them."""
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
    """Derive the facts of `units` again (None = all; "" is the district itself), and what hangs on
    them: warnings about one kind of problem in many units, lights, running totals.
    """
    return _Run(connection, references, progress, whole=units is None).all(units)


@gc_pause.paused()
def compare(
    connection: Connection, references: References, progress: Progress | None = None
) -> Derivation:
    """What deriving all facts again would come to; nothing is written."""
    return _Run(connection, references, progress, whole=True, keeps=False).all(None)


class _Run:
    """One derivation: compares with what is kept and writes only what differs."""

    def __init__(
        self,
        connection: Connection,
        references: References,
        progress: Progress | None,
        *,
        whole: bool,
        keeps: bool = True,
    ) -> None:
        self._connection = connection
        self._keeps = keeps
        self._lists, self._limits = lists_of(references), references.limits
        self._progress = progress
        self._changes = balances.Changes()
        self._whole = balances.Changes() if whole else None
        self._inserts: list[bulk.Row] = []
        self._new = self._gone = self._moved = 0
        self._fresh = all(_is_empty(connection, table) for table in (TABLE, NODES))
        self._since = known_since.from_ledgers(connection)

    def all(self, units: Collection[str] | None) -> Derivation:
        known = set(self._connection.scalars(select(col(Unit.code))))
        shared = self._shared_warnings()
        if units is None:
            wanted = known | {NO_UNIT} | set(self._connection.scalars(_units_with_facts()))
        else:
            wanted = set(units) | self._units_whose_shared_differ(shared)
            wanted |= self._units_known_otherwise(known_since.from_facts(self._connection))
        if NO_UNIT in wanted:
            own = list(self._of_district())
            # Without facts it stands nowhere, as a unit that is not kept.
            self._replace_one(NO_UNIT, [DISTRICT] if own else [], own)
        for gone in sorted(wanted - known - {NO_UNIT}):
            self._replace_one(gone, [], [])
        ordered = sorted(wanted & known)
        with self._indexed_afterwards(len(ordered)):
            for first in range(0, len(ordered), AT_ONCE):
                chunk = ordered[first : first + AT_ONCE]
                kept = self._kept(chunk)
                for rows in rows_of(self._connection, chunk):
                    facts = self._of_unit(rows, shared.get(rows.unit.code, []))
                    self._replace(rows.unit.code, list(groups_of(rows.unit)), facts, *kept)
                if self._progress:
                    self._progress(first + len(chunk), len(ordered))
            self._flush()
        if self._keeps:
            balances.write(self._connection, self._changes)
        totals_differ = self._whole is not None and balances.differs(self._connection, self._whole)
        if self._whole is not None and totals_differ and self._keeps:
            balances.clear(self._connection)
            balances.write(self._connection, self._whole)
        return Derivation(len(ordered), self._new, self._gone, totals_differ, self._moved)

    @contextmanager
    def _indexed_afterwards(self, units: int) -> Iterator[None]:
        """The facts of many units come in first and are indexed then, which takes a fraction."""
        # The district's own facts may be in the table already; they are few.
        apart = self._fresh and self._keeps and units > MANY_UNITS
        indexes = sorted(TABLE.indexes, key=lambda index: str(index.name)) if apart else []
        for index in indexes:
            index.drop(self._connection)
        yield
        for index in indexes:
            index.create(self._connection)

    def _of_unit(self, rows: UnitRows, shared: list[Fact]) -> list[Fact]:
        facts = [*facts_of(rows, self._lists, self._since), *shared]
        elements = days_known(self._since, GRID_ELEMENTS)
        shown = lights(rows.unit, facts, first_heard_on(rows), self._limits, elements)
        return facts + list(shown)

    def _units_known_otherwise(self, before: KnownSince) -> set[str]:
        """The units whose facts change because the first row of a source is of another day.

        What is judged when missing counts from that day on, in the days of a unit's membership:
        only a unit that was in the grid between the two days can have other facts. The district
        itself is among them for any source, since it keeps the days.
        """
        if before == self._since:
            return set()
        units = {NO_UNIT}
        for source in JUDGED_WHEN_MISSING:
            first, last = sorted(
                days_known(each, source).starts_on for each in (before, self._since)
            )
            between = and_(
                col(Unit.enrolled_on) < last, func.coalesce(col(Unit.withdrawn_on), FOREVER) > first
            )
            if first < last:
                units.update(self._connection.scalars(select(col(Unit.code)).where(between)))
        return units

    def _of_district(self) -> Iterator[Fact]:
        yield from facts_of_known(self._since)
        progress: dict[int, list[TaskProgress]] = {}
        for row in self._rows(TaskProgress):
            progress.setdefault(row.number, []).append(row)
        for task in self._rows(KeyTask):
            yield from facts_of_task(task, progress.get(task.number, []))
        for meeting in self._rows(Meeting):
            yield from facts_of_meeting(meeting)
        for decision in self._rows(Decision):
            yield from facts_of_decision(decision)

    def _rows(self, ledger: type[Ledger]) -> Iterator[Any]:
        columns = [getattr(ledger, each.id) for each in ledger.columns]
        return iter(self._connection.execute(select(*columns)))

    def _shared_warnings(self) -> dict[str, list[Fact]]:
        """By unit, the warnings that need every unit's findings."""
        voided = (
            select(
                col(RectificationEvent.finding).label("finding"),
                func.min(col(RectificationEvent.on_date)).label("on_date"),
            )
            .where(col(RectificationEvent.action) == Action.VOID)
            .group_by(col(RectificationEvent.finding))
            .subquery()
        )
        findings = (
            select(
                col(Finding.unit),
                col(Finding.code),
                col(Finding.category),
                col(Finding.issued_on),
                voided.c.on_date,
            )
            .outerjoin(voided, voided.c.finding == col(Finding.code))
            .where(col(Finding.category).is_not(None))
        )
        by_category: dict[str, list[SameKind]] = {}
        for unit, code, category, issued_on, voided_on in self._connection.execute(findings):
            span = year_from(issued_on).and_(Span(issued_on, voided_on or FOREVER))
            if span:
                by_category.setdefault(category, []).append(SameKind(unit, code, span))
        shared: dict[str, list[Fact]] = {}
        for category in sorted(by_category):
            for fact in same_kind_in_many_units(self._lists.warnings, by_category[category]):
                shared.setdefault(fact.unit, []).append(fact)
        return shared

    def _units_whose_shared_differ(self, shared: dict[str, list[Fact]]) -> set[str]:
        kept: dict[str, Counter[Fact]] = {}
        rule = col(KeptFact.measure).like("warning%") & col(KeptFact.bucket).like("%rule=W18")
        for _, fact in self._select(rule):
            kept.setdefault(fact.unit, Counter())[fact] += 1
        return {
            unit
            for unit in kept.keys() | shared.keys()
            if kept.get(unit, Counter()) != Counter(shared.get(unit, []))
        }

    def _kept(self, units: list[str]) -> tuple[Kept, dict[str, list[str]]]:
        if self._fresh:
            return {}, {}
        facts: Kept = {}
        for number, fact in self._select(col(KeptFact.unit).in_(units)):
            facts.setdefault(fact.unit, {}).setdefault(fact, []).append(number)
        nodes: dict[str, list[str]] = {}
        node, unit = col(UnitNode.node), col(UnitNode.unit)
        members = select(unit, node).where(unit.in_(units))
        for member, group in self._connection.execute(members):
            nodes.setdefault(member, []).append(group)
        return facts, nodes

    def _select(self, condition: ColumnElement[bool]) -> Iterator[tuple[int, Fact]]:
        columns = [TABLE.c[name] for name in COLUMNS]
        for row in self._connection.execute(select(TABLE.c.id, *columns).where(condition)):
            number, measure, bucket, unit, starts_on, ends_on, value, ledger, key = row
            yield (
                number,
                Fact(measure, bucket, unit, Span(starts_on, ends_on), value, ledger, key),
            )

    def _replace_one(self, unit: str, nodes: list[str], facts: list[Fact]) -> None:
        self._replace(unit, nodes, facts, *self._kept([unit]))

    def _replace(
        self,
        unit: str,
        nodes: list[str],
        facts: list[Fact],
        kept: Kept,
        kept_nodes: dict[str, list[str]],
    ) -> None:
        """Write the difference between `facts` and what is kept of `unit`; move its balances."""
        old, old_nodes = kept.get(unit, {}), kept_nodes.get(unit, [])
        new = _not_in(old, facts) if old else facts
        gone = [(fact, number) for fact, numbers in old.items() for number in numbers]
        if set(old_nodes) == set(nodes):
            self._changes.add(nodes, (fact for fact, _ in gone), -1)
            self._changes.add(nodes, new)
        else:
            if old_nodes:
                stayed = Counter(facts) - Counter(new)
                before = [*stayed.elements(), *(fact for fact, _ in gone)]
                self._changes.add(old_nodes, before, -1)
            self._changes.add(nodes, facts)
            self._keep_nodes(unit, nodes)
        if self._whole is not None:
            self._whole.add(nodes, facts)
        self._delete([number for _, number in gone])
        self._insert(new)

    def _keep_nodes(self, unit: str, nodes: list[str]) -> None:
        self._moved += 1
        if not self._keeps:
            return
        self._connection.execute(delete(UnitNode).where(col(UnitNode.unit) == unit))
        if nodes:
            rows = [{"unit": unit, "node": node} for node in nodes]
            self._connection.execute(insert(UnitNode), rows)

    def _delete(self, numbers: list[int]) -> None:
        self._gone += len(numbers)
        if not self._keeps:
            return
        for chunk in batches(numbers, DELETED_AT_ONCE):
            self._connection.execute(delete(KeptFact).where(col(KeptFact.id).in_(chunk)))

    def _insert(self, facts: list[Fact]) -> None:
        self._new += len(facts)
        if not self._keeps:
            return
        self._inserts += [
            (measure, bucket, unit, *span, value, ledger, key)
            for measure, bucket, unit, span, value, ledger, key in facts
        ]
        if len(self._inserts) >= INSERTED_AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        if self._inserts:
            bulk.insert_rows(self._connection, TABLE, COLUMNS, self._inserts)
            self._inserts = []


def _is_empty(connection: Connection, table: Table) -> bool:
    return connection.execute(select(1).select_from(table).limit(1)).first() is None


def _not_in(old: dict[Fact, list[int]], facts: list[Fact]) -> list[Fact]:
    """The facts that are not among the `old` ones, from which those that are lose a number."""
    new = []
    for fact in facts:
        numbers = old.get(fact)
        if numbers:
            numbers.pop()
        else:
            new.append(fact)
    return new


def _units_with_facts() -> Select[str]:
    return select(col(UnitNode.unit)).distinct()
