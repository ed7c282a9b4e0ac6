"""What applies to the whole district: reference lists, last import and meeting; a viewer's
scope."""

from datetime import date

from sqlalchemy import Connection

from dashboard.i18n import name
from dashboard.reads.questions import ask, ask_now, frozen_number
from data.access.permission import Viewer
from data.facts import rules_mark
from data.figures import units as unit_lines
from data.ledgers import imports
from data.ledgers.imports import LastImport
from data.meetings import held
from data.nodes import DISTRICT, parse
from data.reference.lists import References, current
from data.reference.usual_names import usual
from data.scope import Scope, make, name_of_existing


def references() -> References:
    """The reference lists in force."""
    return ask(current)


def sectors() -> dict[str, str]:
    """The names of the sectors by code, in the language in use where they are usual ones."""
    return {code: name(usual(called)) for code, called in ask(unit_lines.sectors).items()}


def latest_import() -> LastImport | None:
    """The last import; None if there was none."""
    return ask(imports.latest)


def rules_in_force() -> bool:
    """Whether the facts were derived by the rules of this version and the lists in force."""
    return ask(rules_mark.in_force)


def latest_day() -> date | None:
    """The day of the last import; None if there was none."""
    last = latest_import()
    return last.day if last else None


def last_meeting(day: date) -> date | None:
    """The day of the last meeting of the audit committee before `day`."""
    return ask(held.last_before, day)


def scope(viewer: Viewer, node: str, as_of: date) -> Scope:
    """The scope of `viewer` at `node` on `as_of`, at the freeze that the address names, if any.

    Raises what `data.scope.make` raises.
    """
    made = ask(_scope, viewer.sectors, viewer.units, node, as_of)
    return made.as_frozen(frozen_number())


def name_of_node(text: str, as_of: date) -> str | None:
    """What `data.scope.name_of_existing` answers, for the present database."""
    return ask_now(_name_of_node, text, as_of)


def _name_of_node(connection: Connection, text: str, as_of: date) -> str | None:
    return name_of_existing(connection, text, as_of, current(connection))


def _scope(
    connection: Connection,
    sectors: frozenset[str] | None,
    units: frozenset[str] | None,
    node: str,
    as_of: date,
) -> Scope:
    asker = Scope(parse(DISTRICT), as_of, sectors, units)
    return make(connection, asker, node, as_of, current(connection))
