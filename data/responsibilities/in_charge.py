"""Who was answerable in a unit when a matter began, when it fell due, and on the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import col

from data.ledgers.personal import masked
from data.nodes import DISTRICT, Node
from data.scope import Scope
from data.store.ordering import by_bytes
from models.duty import Appointment, PostRole
from models.grid import Unit
from models.rules.in_charge import LateDays, Term, in_post, late_days

ANSWERABLE = (PostRole.PRINCIPAL, PostRole.AUDITOR)
"""The two responsible subjects (两个主体)."""

Terms = Mapping[PostRole, Sequence[Term]]
"""Who held the posts of the two responsible subjects of one unit."""


@dataclass(frozen=True, slots=True)
class InCharge:
    """The holders of one post at the three moments of a matter, and the days it was late under
    each.

    The names at a moment are empty if the post was vacant, and None if the moment is still to come.
    """

    role: PostRole
    at_begin: tuple[str, ...]
    at_due: tuple[str, ...] | None
    on_day: tuple[str, ...]
    late: tuple[LateDays, ...]


def in_charge(
    connection: Connection,
    scope: Scope,
    unit: str,
    *,
    begun_on: date,
    due: date,
    late_on: date | None,
    names_in_full: bool,
) -> tuple[InCharge, ...]:
    """For each responsible subject of `unit`, who held the post during a matter of the unit.

    The matter is late from the day after `due` to `late_on`: the day it was done, or the scope's
    day; None if it is not late. Empty if `unit` is out of the viewer's reach. Names are masked
    unless `names_in_full`.
    """
    held = terms(connection, scope.at(Node(DISTRICT)), unit).get(unit)
    if held is None:
        return ()

    def of(role: PostRole) -> InCharge:
        late = late_days(held[role], due, late_on) if late_on else ()
        return InCharge(
            role,
            shown(in_post(held[role], begun_on), in_full=names_in_full),
            shown(in_post(held[role], due), in_full=names_in_full) if due <= scope.as_of else None,
            shown(in_post(held[role], scope.as_of), in_full=names_in_full),
            late_shown(late, in_full=names_in_full),
        )

    return tuple(map(of, ANSWERABLE))


def principals(
    connection: Connection, scope: Scope, *, names_in_full: bool
) -> dict[str, tuple[str, ...]]:
    """By unit of `scope`, the principals in post on its day; empty if the post is vacant.

    Units whose posts nobody ever held are missing. Names are masked unless `names_in_full`.
    """
    found = answerable(connection, scope, names_in_full=names_in_full)
    return {unit: held[PostRole.PRINCIPAL] for unit, held in found.items()}


def answerable(
    connection: Connection, scope: Scope, *, names_in_full: bool
) -> dict[str, Mapping[PostRole, tuple[str, ...]]]:
    """By unit of `scope`, who holds the posts of the two responsible subjects on its day; no names
    if a post is vacant.

    Units whose posts nobody ever held are missing. Names are masked unless `names_in_full`.
    """
    return {
        unit: {
            role: shown(in_post(held[role], scope.as_of), in_full=names_in_full)
            for role in ANSWERABLE
        }
        for unit, held in terms(connection, scope).items()
    }


def terms(connection: Connection, scope: Scope, unit: str | None = None) -> dict[str, Terms]:
    """By unit of `scope` (only `unit` if given), the terms in the two posts begun by its day.

    Names are in full. Units whose posts nobody ever held are missing.
    """
    wanted = (
        select(
            col(Appointment.unit),
            col(Appointment.role),
            col(Appointment.name),
            col(Appointment.from_on),
            col(Appointment.until_on),
        )
        .join(Unit, col(Unit.code) == col(Appointment.unit))
        .where(
            col(Appointment.role).in_([str(role) for role in ANSWERABLE]),
            col(Appointment.from_on) <= scope.as_of,
            scope.holds(),
        )
        .order_by(col(Appointment.from_on), by_bytes(Appointment.name))
    )
    if unit is not None:
        wanted = wanted.where(col(Appointment.unit) == unit)
    found: dict[str, dict[PostRole, list[Term]]] = {}
    for code, role, name, from_on, until_on in connection.execute(wanted):
        held = found.setdefault(code, {role: [] for role in ANSWERABLE})
        held[PostRole(role)].append(Term(name, from_on, until_on))
    return dict(found)


def shown(names: tuple[str, ...], *, in_full: bool) -> tuple[str, ...]:
    """`names`, masked unless `in_full`.

    Mask only for display: two people of one family name look alike once masked.
    """
    return names if in_full else tuple(map(masked, names))


def late_shown(late: Sequence[LateDays], *, in_full: bool) -> tuple[LateDays, ...]:
    """The late days of each person, with names masked unless `in_full`."""
    return tuple(
        LateDays(each.name and shown((each.name,), in_full=in_full)[0], each.days) for each in late
    )
