"""Read the stored facts and the group nodes of each unit."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Select,
    String,
    Table,
    bindparam,
    select,
    type_coerce,
)
from sqlmodel import col

from data.store import bulk
from models.days import Span
from models.kept import KeptFact, UnitNode
from models.rules.fact import Fact

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
TABLE: Table = KeptFact.__table__  # type: ignore[attr-defined]
NODES: Table = UnitNode.__table__  # type: ignore[attr-defined]
Kept = dict[str, dict[Fact, list[int]]]
"""By unit, its facts with their numbers in the table."""
StoredRow = tuple[Any, ...]
"""The values of `COLUMNS` as a database stores them: SQLite has days as texts."""
KeptNodes = dict[str, list[str]]
"""By unit, its group nodes."""


def nothing_kept(connection: Connection) -> bool:
    """Whether no fact is stored and no unit is in a group."""
    return all(
        connection.execute(select(1).select_from(table).limit(1)).first() is None
        for table in (TABLE, NODES)
    )


def of_units(connection: Connection, units: Sequence[str]) -> tuple[Kept, KeptNodes]:
    """The stored facts of `units`, and the group nodes whose balances include them."""
    facts: Kept = {}
    for number, fact in facts_where(connection, col(KeptFact.unit).in_(units)):
        facts.setdefault(fact.unit, {}).setdefault(fact, []).append(number)
    return facts, nodes_of_units(connection, units)


def stored_rows(connection: Connection, unit: str) -> Sequence[StoredRow]:
    """The stored facts of `unit` as the driver gives them, in a fraction of the time of
    `of_units`."""
    result = connection.execute(_of_unit(_days_are_texts(connection)), {"unit": unit})
    assert result.cursor is not None, "a query has a cursor until it is closed"
    rows: Sequence[StoredRow] = result.cursor.fetchall()
    result.close()
    return rows


@cache
def _of_unit(days_as_texts: bool) -> Select[Any]:  # noqa: FBT001 — a key of the cache
    columns = (
        type_coerce(each, String) if days_as_texts and isinstance(each.type, Date) else each
        for each in (TABLE.c[name] for name in COLUMNS)
    )
    return select(*columns).where(TABLE.c.unit == bindparam("unit"))


def as_stored(facts: Iterable[Fact], connection: Connection) -> Iterator[StoredRow]:
    """The facts as `stored_rows` gives them."""
    # A bucket may be a choice, which is a text with a name of its own.
    text = str.__str__
    if _days_are_texts(connection):
        day = bulk.text_of_day
        for measure, bucket, unit, (starts_on, ends_on), value, ledger, key in facts:
            yield measure, text(bucket), unit, day(starts_on), day(ends_on), value, ledger, key
    else:
        for measure, bucket, unit, span, value, ledger, key in facts:
            yield measure, text(bucket), unit, *span, value, ledger, key


def _days_are_texts(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def nodes_of_units(connection: Connection, units: Sequence[str]) -> KeptNodes:
    """The group nodes whose balances include the facts of `units`."""
    nodes: dict[str, list[str]] = {}
    node, unit = col(UnitNode.node), col(UnitNode.unit)
    members = select(unit, node).where(unit.in_(units))
    for member, group in connection.execute(members):
        nodes.setdefault(member, []).append(group)
    return nodes


def facts_where(
    connection: Connection, condition: ColumnElement[bool]
) -> Iterator[tuple[int, Fact]]:
    """The stored facts that meet `condition`, each with its number in the table."""
    columns = [TABLE.c[name] for name in COLUMNS]
    for row in connection.execute(select(TABLE.c.id, *columns).where(condition)):
        number, measure, bucket, unit, starts_on, ends_on, value, ledger, key = row
        yield (
            number,
            Fact(measure, bucket, unit, Span(starts_on, ends_on), value, ledger, key),
        )


def units_with_facts() -> Select[str]:
    """The query for the codes of units that are in a group; "" is the district."""
    return select(col(UnitNode.unit)).distinct()
