"""Ledger rows in all their versions, with the days from which and until which each was stored."""

from collections import namedtuple
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, select
from sqlmodel import col

from data.ledgers.rows import ASKED_AT_ONCE, from_json, key_ids, table_of
from data.store import bulk
from data.store.batches import batches
from models.days import FOREVER
from models.kept import Import, Version
from models.kinds import EARLIEST
from models.ledger import Ledger
from models.times import SHANGHAI


class RowVersion(NamedTuple):
    """A row as the database held it from `entered_on` until the day before `replaced_on`.

    `row` has the columns that were asked for as attributes; `number` is that of the import that
    brought it.
    """

    key: tuple[Any, ...]
    row: Any
    number: int
    entered_on: date
    replaced_on: date


class VersionColumns(NamedTuple):
    """Versions of rows as columns: `values` by column of the ledger, and of each version its import
    and the days from which and until which it was stored, as in `RowVersion`."""

    values: dict[str, list[Any]]
    numbers: list[int]
    entered_on: list[date]
    replaced_on: list[date]


def version_columns(
    connection: Connection,
    ledger: type[Ledger],
    columns: Sequence[str],
    by: str,
    wanted: Collection[str] | None,
    actions: Collection[str] | None = None,
) -> VersionColumns:
    """All present and earlier versions of the rows of `ledger` whose column `by` is in `wanted`.

    `columns` are the columns to read. `wanted` None selects all rows; with `actions`, of events
    only those of them. Versions replaced on the day of their entry are left out.
    """
    # Use the time of the import, not the day that it names: a withdrawal names an earlier day.
    imports = connection.execute(select(col(Import.number), col(Import.at)))
    days = {number: at.astimezone(SHANGHAI).date() for number, at in imports}
    *present, numbers = _present(
        connection, ledger, (*columns, "import_number"), by, wanted, actions
    )
    found = VersionColumns(
        dict(zip(columns, present, strict=True)),
        numbers,
        [days.get(number, EARLIEST) for number in numbers],
        [FOREVER] * len(numbers),
    )
    earlier = select(
        col(Version.values), col(Version.import_number), col(Version.replaced_by)
    ).where(col(Version.ledger) == ledger.id())
    for kept, number, replaced_by in connection.execute(earlier):
        entered_on, replaced_on = days.get(number, EARLIEST), days.get(replaced_by, FOREVER)
        asked = (wanted is None or kept[by] in wanted) and (
            actions is None or kept["action"] in actions
        )
        if entered_on < replaced_on and asked:
            named = from_json(ledger, kept)
            for name, values in found.values.items():
                values.append(named[name])
            found.numbers.append(number)
            found.entered_on.append(entered_on)
            found.replaced_on.append(replaced_on)
    return found


def _present(
    connection: Connection,
    ledger: type[Ledger],
    columns: Sequence[str],
    by: str,
    wanted: Collection[str] | None,
    actions: Collection[str] | None,
) -> list[list[Any]]:
    """The `columns` of the rows as they are stored now."""
    table = table_of(ledger)
    statement = select(*(table.c[each] for each in columns))
    if actions is not None:
        statement = statement.where(table.c.action.in_(actions))
    if wanted is None:
        return bulk.fetch_columns(connection, statement)
    found: list[list[Any]] = [[] for _column in columns]
    for batch in batches(wanted, ASKED_AT_ONCE):
        read = bulk.fetch_columns(connection, statement.where(table.c[by].in_(batch)))
        for values, of_batch in zip(found, read, strict=True):
            values += of_batch
    return found


def row_versions(ledger: type[Ledger], found: VersionColumns) -> Iterator[RowVersion]:
    """The versions of `found` one by one; its columns must include those of the key."""
    plain = namedtuple("plain", found.values)  # type: ignore[misc]
    keys = zip(*(found.values[each] for each in key_ids(ledger)), strict=True)
    rows = map(plain._make, zip(*found.values.values(), strict=True))
    of_versions = zip(keys, rows, found.numbers, found.entered_on, found.replaced_on, strict=True)
    return map(RowVersion._make, of_versions)


def in_force(held: Iterable[RowVersion], day: date | None) -> list[RowVersion]:
    """The versions held at the end of `day`, at most one a key; with None, the present ones.

    After an import was withdrawn two versions of a row may cover a day: that of the later import
    counts.
    """
    found: dict[tuple[Any, ...], RowVersion] = {}
    for version in held:
        if day is None:
            there = version.replaced_on == FOREVER
        else:
            there = version.entered_on <= day < version.replaced_on
        if there and (version.key not in found or found[version.key].number < version.number):
            found[version.key] = version
    return list(found.values())
