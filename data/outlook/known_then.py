"""Ledger rows in all their versions, with the days from which and until which each was stored."""

from collections import namedtuple
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta, timezone
from typing import Any, NamedTuple

from sqlalchemy import Connection, select
from sqlmodel import col

from data.ledgers.rows import fetch, fetch_by, from_json, key_ids, picker, table_of
from models.days import FOREVER
from models.kept import Import, Version
from models.kinds import EARLIEST
from models.ledger import Ledger

SHANGHAI = timezone(timedelta(hours=8))
"""Days are counted in Asia/Shanghai, which has no summer time."""


class Form(NamedTuple):
    """A row as the database held it from `entered_on` until the day before `replaced_on`.

    `row` has the columns that were asked for as attributes; `number` is that of the import that
    brought it.
    """

    key: tuple[Any, ...]
    row: Any
    number: int
    entered_on: date
    replaced_on: date


def forms(
    connection: Connection,
    ledger: type[Ledger],
    columns: Sequence[str],
    by: str,
    values: Collection[str] | None,
    actions: Collection[str] | None = None,
) -> Iterator[Form]:
    """All present and earlier forms of the rows of `ledger` whose column `by` is in `values`.

    `columns` are the columns to read and must include those of the key. `values` None selects all
    rows; with `actions`, of events only those of them. Forms replaced on the day of their entry are
    left out.
    """
    # Use the time of the import, not the day that it names: a withdrawal names an earlier day.
    imports = connection.execute(select(col(Import.number), col(Import.at)))
    days = {number: at.astimezone(SHANGHAI).date() for number, at in imports}
    plain = namedtuple("plain", columns)  # type: ignore[misc]
    keys = key_ids(ledger)
    pick = picker(columns, keys)
    several = len(keys) > 1
    names = (*columns, "import_number")
    where = None if actions is None else table_of(ledger).c.action.in_(actions)
    rows = (
        fetch(connection, ledger, names, where)
        if values is None
        else fetch_by(connection, ledger, names, by, values, where)
    )
    for values_of_row in rows:
        *row, number = values_of_row
        key = pick(values_of_row) if several else (pick(values_of_row),)
        yield Form(key, plain._make(row), number, days.get(number, EARLIEST), FOREVER)
    earlier = select(
        col(Version.values), col(Version.import_number), col(Version.replaced_by)
    ).where(col(Version.ledger) == ledger.id())
    for kept, number, replaced_by in connection.execute(earlier):
        entered_on, replaced_on = days.get(number, EARLIEST), days.get(replaced_by, FOREVER)
        asked = (values is None or kept[by] in values) and (
            actions is None or kept["action"] in actions
        )
        if entered_on < replaced_on and asked:
            named = from_json(ledger, kept)
            key = tuple(named[each] for each in keys)
            row = [named[each] for each in columns]
            yield Form(key, plain._make(row), number, entered_on, replaced_on)


def in_force(held: Iterable[Form], day: date | None) -> list[Form]:
    """The forms held at the end of `day`, at most one a key; with None, the present ones.

    After an import was withdrawn two forms of a row may cover a day: that of the later import
    counts.
    """
    found: dict[tuple[Any, ...], Form] = {}
    for form in held:
        if day is None:
            there = form.replaced_on == FOREVER
        else:
            there = form.entered_on <= day < form.replaced_on
        if there and (form.key not in found or found[form.key].number < form.number):
            found[form.key] = form
    return list(found.values())
