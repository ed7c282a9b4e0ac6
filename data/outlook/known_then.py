"""Ledger rows in all their versions, with the days from which and until which each was stored."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta, timezone
from types import SimpleNamespace
from typing import Any, NamedTuple

from sqlalchemy import Connection, select
from sqlmodel import col

from data.ledgers.rows import fetch, fetch_by, from_json, ids, key_ids
from models.days import FOREVER
from models.kept import Import, Version
from models.kinds import EARLIEST
from models.ledger import Ledger

SHANGHAI = timezone(timedelta(hours=8))
"""Days are counted in Asia/Shanghai, which has no summer time."""


class Form(NamedTuple):
    """A row as the database held it from `entered_on` until the day before `replaced_on`.

    `row` has the attributes of its ledger; `number` is that of the import that brought it.
    """

    key: tuple[Any, ...]
    row: Any
    number: int
    entered_on: date
    replaced_on: date


def forms(
    connection: Connection, ledger: type[Ledger], by: str, values: Collection[str] | None
) -> Iterator[Form]:
    """All present and earlier forms of the rows of `ledger` whose column `by` is in `values`.

    `values` None selects all rows. Forms replaced on the day of their entry are left out.
    """
    # Use the time of the import, not the day that it names: a withdrawal names an earlier day.
    imports = connection.execute(select(col(Import.number), col(Import.at)))
    days = {number: at.astimezone(SHANGHAI).date() for number, at in imports}
    names = (*ids(ledger), "import_number")
    rows = (
        fetch(connection, ledger, names)
        if values is None
        else fetch_by(connection, ledger, names, by, values)
    )
    for row in rows:
        named = dict(zip(names, row, strict=True))
        number = named.pop("import_number")
        yield _form(ledger, named, number, days.get(number, EARLIEST), FOREVER)
    earlier = select(
        col(Version.values), col(Version.import_number), col(Version.replaced_by)
    ).where(col(Version.ledger) == ledger.id())
    for kept, number, replaced_by in connection.execute(earlier):
        entered_on, replaced_on = days.get(number, EARLIEST), days.get(replaced_by, FOREVER)
        if entered_on < replaced_on and (values is None or kept[by] in values):
            yield _form(ledger, from_json(ledger, kept), number, entered_on, replaced_on)


def _form(
    ledger: type[Ledger], values: dict[str, Any], number: int, entered_on: date, replaced_on: date
) -> Form:
    key = tuple(values[each] for each in key_ids(ledger))
    return Form(key, SimpleNamespace(**values), number, entered_on, replaced_on)


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
