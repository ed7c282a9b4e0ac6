"""The scope of a question: a node, a day, and the units that the viewer may see.

Every query takes a scope, so that no page can forget the permission.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from sqlalchemy import ColumnElement, Connection, exists, select
from sqlmodel import col

from data.nodes import DISTRICT, Node, UnknownNodeError, parse
from data.reference.lists import References
from models.grid import Sector, Unit, UnitKind
from models.kinds import EARLIEST, LATEST


class NoSuchNodeError(Exception):
    """The node does not exist or the viewer may not see it; the two cases are not told apart."""


class DayOutOfRangeError(Exception):
    """The day is not between 2000-01-01 and 2099-12-31."""


class Asker(Protocol):
    """The part of a viewer that a scope needs: the sectors and units it may see (None: all)."""

    @property
    def sectors(self) -> frozenset[str] | None: ...

    @property
    def units(self) -> frozenset[str] | None: ...


@dataclass(frozen=True, slots=True)
class Scope:
    """A node on a day, limited to the sectors and units that the viewer may see (None: all).

    With `frozen`, the number of a freeze, questions are answered by what was known at that freeze.
    """

    node: Node
    as_of: date
    sectors: frozenset[str] | None = None
    units: frozenset[str] | None = None
    frozen: int | None = None

    def on(self, day: date) -> "Scope":
        """The same scope on another day."""
        return replace(self, as_of=day)

    def as_frozen(self, freeze: int | None) -> "Scope":
        """The same scope as known at freeze number `freeze`, or as known now for None."""
        return replace(self, frozen=freeze)

    def at(self, node: Node) -> "Scope":
        """The same scope, with the same permissions, at another node."""
        return replace(self, node=node)

    @property
    def limited(self) -> bool:
        """Whether the viewer may see only a part of the node."""
        of_units = self.node.is_unit and self.node.code in (self.units or ())
        of_sectors = self.node.kind == "sector" and self.node.code in (self.sectors or ())
        return (self.units is not None and not of_units) or (
            self.sectors is not None and not of_sectors
        )

    @property
    def whole_district(self) -> bool:
        """Whether it is the district without limits, and so includes tasks, meetings and
        decisions."""
        return self.node.is_district and not self.limited

    def holds(self) -> ColumnElement[bool]:
        """The SQL condition for rows of `units` in the scope."""
        condition = self.node.holds()
        if self.sectors is not None:
            condition = condition & col(Unit.sector).in_(self.sectors)
        if self.units is not None:
            condition = condition & col(Unit.code).in_(self.units)
        return condition


def everything(node: Node, as_of: date) -> Scope:
    """A scope without limits, for the command line and background work."""
    return Scope(node, as_of)


def require_day(day: date) -> None:
    """Raise `DayOutOfRangeError` for a day before 2000-01-01 or after 2099-12-31."""
    if not EARLIEST <= day <= LATEST:
        raise DayOutOfRangeError(day.isoformat())


def make(
    connection: Connection, asker: Asker, node: str, as_of: date, references: References
) -> Scope:
    """The scope for `asker`; raises `NoSuchNodeError` if the node is unknown or out of reach."""
    require_day(as_of)
    try:
        parsed = parse(node)
    except UnknownNodeError as error:
        raise NoSuchNodeError(node) from error
    scope = Scope(parsed, as_of, asker.sectors, asker.units)
    if not _exists(connection, scope, references):
        raise NoSuchNodeError(node)
    return scope


def name_of_existing(
    connection: Connection, text: str, as_of: date, references: References
) -> str | None:
    """The name of the node that `text` names, whoever may see it.

    Of a node that does not exist, its kind alone, such as `unit`; None for any other text.
    """
    try:
        parsed = parse(text)
    except UnknownNodeError:
        return None
    exists_for_all = _exists(connection, everything(parsed, as_of), references)
    return str(parsed) if exists_for_all else parsed.kind


def _exists(connection: Connection, scope: Scope, references: References) -> bool:
    if scope.sectors is not None or scope.units is not None:
        if scope.node.kind == DISTRICT:
            return True
        return bool(connection.scalar(select(exists().where(scope.holds()))))
    kind, code = scope.node.kind, scope.node.code
    match kind:
        case "unit":
            return bool(connection.scalar(select(exists().where(col(Unit.code) == code))))
        case "sector":
            return bool(connection.scalar(select(exists().where(col(Sector.code) == code))))
        case "subdistrict":
            return code in references.codes["subdistricts"]
        case "kind":
            return code in _codes(UnitKind)
        case "batch":
            return code.isdecimal() and 1 <= int(code) <= 99
    return kind == DISTRICT


def _codes(choices: Iterable[str]) -> set[str]:
    return {str(choice) for choice in choices}
