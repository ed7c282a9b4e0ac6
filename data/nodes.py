"""Nodes: the parts of the district for which figures are asked. A unit belongs to nodes by its
present row."""

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
    """The text names no node."""


@dataclass(frozen=True, slots=True)
class Node:
    """`district`, or a kind of node with the code it goes by."""

    kind: str
    code: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}" if self.code else self.kind

    @property
    def is_district(self) -> bool:
        """Whether tasks, meetings and decisions belong to it."""
        return self.kind == DISTRICT

    @property
    def is_unit(self) -> bool:
        """Whether it is one unit alone, without its subordinates."""
        return self.kind == "unit"

    def holds(self) -> ColumnElement[bool]:
        """The condition under which a row of `units` belongs to the node."""
        match self.kind:
            case "sector":
                return col(Unit.sector) == self.code
            case "subdistrict":
                return col(Unit.subdistrict) == self.code
            case "kind":
                return col(Unit.kind) == self.code
            case "batch":
                # A condition without a column would have no table.
                batch = int(self.code) if BATCH.fullmatch(self.code) else -1
                return col(Unit.pilot_batch) == batch
            case "unit":
                return col(Unit.code) == self.code
            case _:
                return true()


KINDS = ("sector", "subdistrict", "kind", "batch", "unit")


def parse(text: str) -> Node:
    """The node that `text` names; `UnknownNodeError` when it is of no form."""
    if text == DISTRICT:
        return Node(DISTRICT)
    kind, _, code = text.partition(":")
    if kind not in KINDS or not code:
        raise UnknownNodeError(text)
    return Node(kind, code)


def groups_of(unit: Any) -> Iterator[str]:
    """The group nodes to which a row of `units` belongs, as texts."""
    yield DISTRICT
    yield f"sector:{unit.sector}"
    yield f"kind:{unit.kind}"
    if unit.subdistrict:
        yield f"subdistrict:{unit.subdistrict}"
    if unit.pilot_batch is not None:
        yield f"batch:{unit.pilot_batch}"


def group_nodes(connection: Connection) -> list[str]:
    """Every group node that has a unit, the district first."""
    columns = (Unit.sector, Unit.kind, Unit.subdistrict, Unit.pilot_batch)
    seen = dict.fromkeys([DISTRICT])
    for unit in connection.execute(select(*map(col, columns)).distinct()):
        seen.update(dict.fromkeys(groups_of(unit)))
    return list(seen)
