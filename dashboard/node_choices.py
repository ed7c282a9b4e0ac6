"""The nodes from which a viewer may choose, with their names."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from dashboard import clock, reads
from data.access.permission import Viewer
from data.figures import units as unit_lines
from data.nodes import DISTRICT, group_nodes, parse
from data.reference.lists import current
from data.reference.usual_names import usual
from data.scope import NoSuchNodeError, Scope, make
from models.grid import UnitKind
from models.text import N_, Label

UNITS_IN_MENU = 60
"""With more units than this, the choice has none; they are searched on the page of units."""

WHOLE_DISTRICT, ALL_OF_MINE = N_("The district"), N_("My scope")
KINDS_OF_NODES = {
    "sector": N_("Sector: {name}"),
    "kind": N_("Kind: {name}"),
    "subdistrict": N_("Subdistrict: {name}"),
    "batch": N_("Pilot batch {name}"),
    "unit": N_("{name}"),
}


@dataclass(frozen=True, slots=True)
class NodeChoice:
    """A node to choose from: a message for its kind, and its name."""

    id: str
    message: str
    name: Label


def nodes(viewer: Viewer) -> tuple[NodeChoice, ...]:
    """The nodes that `viewer` may see: the district, its parts, and its units if they are few."""
    return reads.ask(_nodes, viewer.sectors, viewer.units, clock.today())


def _nodes(
    connection: Connection,
    sectors: frozenset[str] | None,
    units: frozenset[str] | None,
    today: date,
) -> tuple[NodeChoice, ...]:
    mine = Scope(parse(DISTRICT), today, sectors, units)
    whole = ALL_OF_MINE if mine.limited else WHOLE_DISTRICT
    choices = [NodeChoice(DISTRICT, whole, Label("", ""))]
    if units is None:
        choices += _group_choices(connection, sectors)
    own_units = unit_lines.units(connection, mine)
    if len(own_units) <= UNITS_IN_MENU:
        choices += [
            NodeChoice(f"unit:{unit.code}", KINDS_OF_NODES["unit"], Label(unit.name, unit.name))
            for unit in sorted(own_units, key=lambda unit: unit.code)
        ]
    return tuple(choices)


def _group_choices(connection: Connection, sectors: frozenset[str] | None) -> list[NodeChoice]:
    known = unit_lines.sectors(connection)
    subdistricts = current(connection).codes["subdistricts"]
    kinds = {str(kind): kind.label for kind in UnitKind}
    choices = []
    for text in group_nodes(connection):
        node = parse(text)
        if node.is_district or (sectors is not None and node.kind != "sector"):
            continue
        if sectors is not None and node.code not in sectors:
            continue
        label = Label(node.code, node.code)
        if node.kind == "sector":
            label = usual(known.get(node.code, node.code))
        elif node.kind == "subdistrict" and node.code in subdistricts:
            name = subdistricts[node.code]["name"]
            label = Label(name, name)
        elif node.kind == "kind":
            label = kinds.get(node.code, label)
        choices.append(NodeChoice(text, KINDS_OF_NODES[node.kind], label))
    order = list(KINDS_OF_NODES)
    return sorted(choices, key=lambda choice: (order.index(parse(choice.id).kind), choice.id))


def node_name(viewer: Viewer, node: str) -> NodeChoice | None:
    """The name of a node that is not among `nodes`; None if `viewer` may not see it."""
    return reads.ask(_node_name, viewer.sectors, viewer.units, node, clock.today())


def _node_name(
    connection: Connection,
    sectors: frozenset[str] | None,
    units: frozenset[str] | None,
    node: str,
    today: date,
) -> NodeChoice | None:
    try:
        asker = Scope(parse(DISTRICT), today, sectors, units)
        scope = make(connection, asker, node, asker.as_of, current(connection))
    except NoSuchNodeError:
        return None
    code = scope.node.code
    called = unit_lines.names(connection, [code]).get(code, code)
    return NodeChoice(node, KINDS_OF_NODES[scope.node.kind], Label(called, called))
