"""Chief auditors of the state firms in the grid: who is in post, or since when nobody is."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import col

from data.figures import alive, of
from data.lists import masked
from data.scope import Scope
from models.days import FOREVER, Span
from models.duty import Appointment, PostRole
from models.grid import Unit
from models.kept import KeptFact
from models.rules.mechanism import vacant_since


@dataclass(frozen=True, slots=True)
class Post:
    """The post of chief auditor of a state firm: `person` holds it, else it is vacant."""

    code: str
    name: str
    person: str | None
    from_on: date | None
    full_time: bool | None
    vacant_since: date | None


def posts(connection: Connection, scope: Scope, *, names_in_full: bool) -> tuple[Post, ...]:
    """The posts of `scope`, the longest vacant first, then by unit; names masked unless in full."""
    firms = connection.execute(
        select(col(Unit.code), col(Unit.name), col(Unit.enrolled_on), col(Unit.withdrawn_on))
        .join(KeptFact, col(KeptFact.unit) == col(Unit.code))
        .where(col(KeptFact.measure) == "state_firm", alive(scope.as_of), of(scope))
    ).all()
    people: dict[str, list[Appointment]] = {code: [] for code, *_rest in firms}
    columns = (Appointment.unit, Appointment.name, Appointment.role, Appointment.from_on)
    for row in connection.execute(
        select(*map(col, columns), col(Appointment.until_on), col(Appointment.full_time)).where(
            col(Appointment.role) == PostRole.CHIEF_AUDITOR,
            col(Appointment.unit).in_(people),
            col(Appointment.from_on) <= scope.as_of,
        )
    ):
        people[row.unit].append(row)  # type: ignore[arg-type]
    found = []
    for code, name, enrolled_on, withdrawn_on in firms:
        member = Span(enrolled_on, withdrawn_on or FOREVER)
        since = vacant_since(people[code], PostRole.CHIEF_AUDITOR, member, scope.as_of)
        found.append(_post(code, name, people[code], since, scope.as_of, names_in_full))
    return tuple(
        sorted(found, key=lambda post: (post.vacant_since or FOREVER, post.code)),
    )


def _post(
    code: str,
    name: str,
    people: list[Appointment],
    since: date | None,
    day: date,
    names_in_full: bool,
) -> Post:
    if since:
        return Post(code, name, None, None, None, since)
    in_post = [person for person in people if day < (person.until_on or FOREVER)]
    latest = max(in_post, key=lambda person: (person.from_on, person.name))
    called = latest.name if names_in_full else masked(latest.name)
    return Post(code, name, called, latest.from_on, latest.full_time, None)
