"""Read the stored facts and the group nodes of each unit."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, Select, Table, select
from sqlmodel import col

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
