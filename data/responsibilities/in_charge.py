"""Who was answerable in a unit when a matter began, when it fell due, and on the day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import col

from data.ledgers.personal import masked
from data.nodes import DISTRICT, Node
from data.scope import Scope
from models.duty import Appointment, PostRole
from models.grid import Unit
from models.rules.in_charge import LateDays, Term, in_post, late_days

ANSWERABLE = (PostRole.PRINCIPAL, PostRole.AUDITOR)
"""The two responsible subjects (两个主体)."""


@dataclass(frozen=True, slots=True)
class InCharge:
    """Who held a post at the three moments of a matter, and under whom it was late how long.

    The names at a moment are empty where nobody held it, and None where it has not come yet.
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
    """For each responsible subject of `unit`, who held its post for a matter of that unit.

    It is late from the day after `due` to `late_on`, which is the day of `scope` or the day it was
    done; None for a matter that is not late. Empty for a unit that is not the asker's. Names are
    masked unless they are to be shown in full.
    """
    seen = scope.at(Node(DISTRICT))
    found = connection.execute(
        select(
            col(Appointment.role),
            col(Appointment.name),
            col(Appointment.from_on),
            col(Appointment.until_on),
        )
        .join(Unit, col(Unit.code) == col(Appointment.unit))
        .where(
            col(Appointment.unit) == unit,
            col(Appointment.role).in_([str(role) for role in ANSWERABLE]),
            col(Appointment.from_on) <= scope.as_of,
            seen.holds(),
        )
    ).all()
    if not found:
        return ()
    held: dict[str, list[Term]] = {str(role): [] for role in ANSWERABLE}
    for role, name, from_on, until_on in found:
        held[role].append(Term(name, from_on, until_on))

    def shown(names: tuple[str, ...]) -> tuple[str, ...]:
        # Only now: two people of one family name look alike once their names are masked.
        return names if names_in_full else tuple(map(masked, names))

    def of(role: PostRole, terms: list[Term]) -> InCharge:
        late = late_days(terms, due, late_on) if late_on else ()
        return InCharge(
            role,
            shown(in_post(terms, begun_on)),
            shown(in_post(terms, due)) if due <= scope.as_of else None,
            shown(in_post(terms, scope.as_of)),
            tuple(LateDays(each.name and shown((each.name,))[0], each.days) for each in late),
        )

    return tuple(of(role, held[str(role)]) for role in ANSWERABLE)
