"""Nodes: the parts of the district for which figures are asked.

A unit's present row decides to which nodes it belongs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, true
from sqlmodel import col

from models.grid import Unit

DISTRICT = "district"
BATCH = re.compile(r"[0-9]{1,4}")


class UnknownNodeError(ValueError):
    """The text is not the name of a node."""


@dataclass(frozen=True, slots=True)
class Node:
    """The district, or a kind of node with a code."""

    kind: str
    code: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}" if self.code else self.kind

    @property
    def is_district(self) -> bool:
        """Whether it is the whole district, to which tasks, meetings and decisions belong."""
        return self.kind == DISTRICT

    @property
    def is_unit(self) -> bool:
        """Whether it is a single unit without its subordinates."""
        return self.kind == "unit"

    def holds(self) -> ColumnElement[bool]:
        """The SQL condition for rows of `units` that belong to the node."""
        match self.kind:
            case "sector":
                return col(Unit.sector) == self.code
            case "subdistrict":
                return col(Unit.subdistrict) == self.code
            case "kind":
                return col(Unit.kind) == self.code
            case "batch":
                # -1 matches no batch. `false()` would leave the query without a table.
                batch = int(self.code) if BATCH.fullmatch(self.code) else -1
                return col(Unit.pilot_batch) == batch
            case "unit":
                return col(Unit.code) == self.code
            case _:
                return true()


KINDS = ("sector", "subdistrict", "kind", "batch", "unit")


def parse(text: str) -> Node:
    """The node named by `text`; raises `UnknownNodeError` for malformed text."""
    if text == DISTRICT:
        return Node(DISTRICT)
    kind, _, code = text.partition(":")
    if kind not in KINDS or not code:
        raise UnknownNodeError(text)
    return Node(kind, code)


def groups_of(unit: Any) -> Iterator[str]:
    """The names of the group nodes to which a row of `units` belongs."""
    yield DISTRICT
    yield f"sector:{unit.sector}"
    yield f"kind:{unit.kind}"
    if unit.subdistrict:
        yield f"subdistrict:{unit.subdistrict}"
    if unit.pilot_batch is not None:
        yield f"batch:{unit.pilot_batch}"


def group_nodes(connection: Connection) -> list[str]:
    """The name of every group node with at least one unit, the district first."""
    columns = (Unit.sector, Unit.kind, Unit.subdistrict, Unit.pilot_batch)
    seen = dict.fromkeys([DISTRICT])
    for unit in connection.execute(select(*map(col, columns)).distinct()):
        seen.update(dict.fromkeys(groups_of(unit)))
    return list(seen)
