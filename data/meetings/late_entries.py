"""Rows entered, changed or removed after a freeze, and their effect on the frozen figures."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import col

from data.ledgers.belonging import references_of, units_of
from data.ledgers.rows import by_column, fetch, from_json, ids, table_of, text_of_key
from data.scope import Scope
from data.store.batches import batches
from models.choice import Choice
from models.grid import Unit
from models.kept import Change, Import, Version
from models.ledger import Ledger, key_text
from models.registry import BY_ID, LEDGERS


class Late(Choice):
    """What happened to a row after a freeze"""

    ENTERED = "ENTERED", "补录", "Entered after"
    CHANGED = "CHANGED", "变更", "Changed"
    CORRECTED = "CORRECTED", "更正", "Corrected"
    REMOVED = "REMOVED", "移除", "Removed"


OF_NODE: Mapping[str, str] = {
    "sector": "sector",
    "subdistrict": "subdistrict",
    "kind": "kind",
    "batch": "pilot_batch",
    "unit": "code",
}
"""By kind of node, the column of a unit that says whether the unit belongs to it."""
Key = tuple[str, str]
"""A ledger's id and the key of a row."""


@dataclass(frozen=True, slots=True)
class LateRow:
    """A changed ledger row: its values before and now, None where there was no row.

    `import_number` is the import that last changed or removed it. `units` are the units it belongs
    to, then or now ("" for the district). `about` are the rows it refers to.
    """

    ledger: str
    key: str
    late: Late
    before: Mapping[str, Any] | None
    now: Mapping[str, Any] | None
    import_number: int
    at: datetime
    account: str
    file_name: str
    reason: str | None
    units: frozenset[str]
    about: frozenset[Key]

    def changed(self) -> tuple[str, ...]:
        """The ids of the columns whose values differ."""
        before, now = self.before or {}, self.now or {}
        return tuple(
            column.id
            for column in BY_ID[self.ledger].columns
            if before.get(column.id) != now.get(column.id)
        )

    def concerns(self, day: date) -> bool:
        """Whether a changed date or a date of the key is on or before `day`; True if there is
        none."""
        before, now = self.before or {}, self.now or {}
        columns = set(self.changed()) | {each.id for each in BY_ID[self.ledger].key_columns()}
        days = [form[name] for form in (before, now) for name in columns if name in form]
        dated = [each for each in days if isinstance(each, date)]
        return not dated or min(dated) <= day


def late_rows(connection: Connection, scope: Scope, known: int) -> tuple[LateRow, ...]:
    """Every row of `scope` that has changed since import `known`, latest first."""
    found = [row for ledger in LEDGERS for row in _of_ledger(connection, ledger, known)]
    units = frozenset(connection.scalars(select(col(Unit.code)).where(scope.holds())))
    mine = [
        row for row in found if scope.whole_district or row.units & units or has_left(row, scope)
    ]
    return tuple(sorted(mine, key=lambda row: (-row.import_number, row.ledger, row.key)))


def has_left(row: LateRow, scope: Scope) -> bool:
    """Whether `row` is of a unit that belonged to the node of `scope` at the freeze but no
    longer does."""
    return _is_in(row.before, row, scope) and not _is_in(row.now, row, scope)


def has_joined(row: LateRow, scope: Scope) -> bool:
    """Whether `row` is of a unit known at the freeze that has joined the node of `scope` since."""
    known = row.before is not None
    return known and _is_in(row.now, row, scope) and not _is_in(row.before, row, scope)


def _is_in(values: Mapping[str, Any] | None, row: LateRow, scope: Scope) -> bool:
    """Whether a unit with `values` belongs to `scope`; False for rows that are not units."""
    if row.ledger != Unit.id() or values is None:
        return False
    column = OF_NODE.get(scope.node.kind)
    in_node = column is None or str(values[column]) == scope.node.code
    of_sector = scope.sectors is None or values["sector"] in scope.sectors
    return in_node and of_sector and (scope.units is None or values["code"] in scope.units)


@dataclass(frozen=True, slots=True)
class Entered:
    """Late rows, latest first: all of them, and those that concern the day asked for."""

    rows: tuple[LateRow, ...]
    concerning: tuple[LateRow, ...]


def by_ledger(rows: Iterable[LateRow]) -> Mapping[str, Counter[Late]]:
    """By ledger, how many rows were entered, changed, corrected and removed; the most first."""
    counted: dict[str, Counter[Late]] = {}
    for row in rows:
        counted.setdefault(row.ledger, Counter())[row.late] += 1
    return dict(sorted(counted.items(), key=lambda each: -each[1].total()))


def entered(connection: Connection, scope: Scope, known: int) -> Entered:
    """The late rows of `scope` after import `known`, and those of them that concern its day."""
    rows = late_rows(connection, scope, known)
    return Entered(rows, tuple(row for row in rows if row.concerns(scope.as_of)))


@dataclass(frozen=True, slots=True)
class _Replaced:
    """Two replaced versions of a row: the one known at the freeze, and the last one."""

    before: Mapping[str, Any] | None
    last: Any
    corrected: bool


def _of_ledger(connection: Connection, ledger: type[Ledger], known: int) -> Iterator[LateRow]:
    later = table_of(ledger).c.import_number > known
    columns = (*ids(ledger), "import_number")
    now: dict[str, tuple[dict[str, Any] | None, int]] = {}
    for values in fetch(connection, ledger, columns, later):
        entered = by_column(ledger, values)
        now[text_of_key(ledger, entered)] = entered, values[-1]
    replaced = _replaced(connection, ledger, known)
    numbers = {number for _, number in now.values()}
    numbers |= {each.last.replaced_by for each in replaced.values()}
    imports = _imports(connection, numbers)
    befores = {key: each.before for key, each in replaced.items() if each.before}
    units_now = _units_by_key(connection, ledger, {k: row for k, (row, _) in now.items() if row})
    units_before = _units_by_key(connection, ledger, befores)
    for key in sorted(now.keys() | replaced.keys()):
        row, number = now.get(key, (None, 0))
        history = replaced.get(key)
        before = history.before if history else None
        if row is None and before is None:
            continue  # It came and went: nobody who looks at either day can tell.
        last = imports[max(number, history.last.replaced_by if history else 0)]
        forms = [form for form in (before, row) if form]
        yield LateRow(
            ledger.id(),
            key,
            _late(before, row, history),
            before,
            row,
            last.number,
            last.at,
            last.account,
            last.file_name,
            history.last.reason if history and history.last.reason else last.reason,
            units_now.get(key, frozenset()) | units_before.get(key, frozenset()),
            frozenset(about for form in forms for about in _about(ledger, form)),
        )


def _late(
    before: Mapping[str, Any] | None, now: Mapping[str, Any] | None, history: _Replaced | None
) -> Late:
    if before is None:
        return Late.ENTERED
    if now is None:
        return Late.REMOVED
    return Late.CORRECTED if history and history.corrected else Late.CHANGED


def _replaced(connection: Connection, ledger: type[Ledger], known: int) -> dict[str, _Replaced]:
    """The replaced versions by key, for each row changed since the freeze."""
    statement = (
        select(
            col(Version.key),
            col(Version.values),
            col(Version.import_number),
            col(Version.replaced_by),
            col(Version.change),
            col(Version.reason),
        )
        .where(col(Version.ledger) == ledger.id(), col(Version.replaced_by) > known)
        .order_by(col(Version.replaced_by), col(Version.id))
    )
    found: dict[str, _Replaced] = {}
    for version in connection.execute(statement):
        earlier = found.get(version.key)
        then = earlier.before if earlier else None
        if version.import_number <= known:
            then = from_json(ledger, version.values)
        corrected = version.change == Change.CORRECTED or bool(earlier and earlier.corrected)
        found[version.key] = _Replaced(then, version, corrected)
    return found


def _imports(connection: Connection, numbers: Iterable[int]) -> dict[int, Any]:
    columns = (
        col(Import.number),
        col(Import.at),
        col(Import.account),
        col(Import.file_name),
        col(Import.reason),
    )
    return {
        row.number: row
        for batch in batches(sorted(numbers), 500)
        for row in connection.execute(select(*columns).where(col(Import.number).in_(batch)))
    }


def _units_by_key(
    connection: Connection, ledger: type[Ledger], rows: Mapping[str, Mapping[str, Any]]
) -> dict[str, frozenset[str]]:
    """The units that each of `rows` belongs to, by key."""
    return dict(zip(rows, units_of(connection, ledger, list(rows.values())), strict=True))


def _about(ledger: type[Ledger], row: Mapping[str, Any]) -> Iterator[Key]:
    """The rows to which `row` refers."""
    for reference in references_of(ledger):
        key = reference.key(row)
        if not reference.loose and None not in key:
            yield reference.target, key_text(key)
