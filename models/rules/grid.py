"""The supervision net: membership, the four elements, posts and institutions of both subjects."""

from collections.abc import Iterable, Iterator
from functools import reduce

from models.days import FOREVER, Span, overlap, union, year_from
from models.duty import GROUP, Appointment, Duty, Institution, InstitutionForm, PostRole
from models.grid import Element, GridElement, Unit, UnitKind
from models.rules.fact import Fact, Origin, origin


def membership(unit: Unit) -> Span:
    """The days on which the unit belongs to the grid: from enrolment until withdrawal."""
    return Span(unit.enrolled_on, unit.withdrawn_on or FOREVER)


def facts_of_grid(
    unit: Unit,
    elements: Iterable[GridElement],
    appointments: Iterable[Appointment],
    institutions: Iterable[Institution],
) -> Iterator[Fact]:
    """The unit's membership, elements, persons in post and institutions, while it is a member."""
    at, member = origin(unit.code, unit, Unit), [membership(unit)]
    yield from at.facts("member", member)

    met = {element: list[Span]() for element in Element}
    for row in elements:
        met[Element(row.element)].append(Span(row.met_on, row.lapsed_on or FOREVER))
    for element, spans in met.items():
        yield from at.facts("grid_element", overlap(union(spans), member), 1, element)
    yield from at.facts("grid_complete", overlap(_all(met.values()), member))

    posts = {role: list[Span]() for role in PostRole}
    for person in appointments:
        posts[PostRole(person.role)].append(Span(person.from_on, person.until_on or FOREVER))
    yield from _people(at, unit, posts, member)

    independent = union(
        Span(row.from_on, row.until_on or FOREVER)
        for row in institutions
        if row.form == InstitutionForm.INDEPENDENT
    )
    yield from at.facts("institution", overlap(independent, member))


def _people(
    at: Origin, unit: Unit, posts: dict[PostRole, list[Span]], member: list[Span]
) -> Iterator[Fact]:
    both = _all([posts[PostRole.PRINCIPAL], posts[PostRole.AUDITOR]])
    yield from at.facts("dual_responsibility", overlap(both, member))
    yield from at.facts("group", overlap(_all(posts[role] for role in GROUP), member))
    if unit.kind == UnitKind.SOE:
        chief = union(posts[PostRole.CHIEF_AUDITOR])
        yield from at.facts("state_firm", member)
        yield from at.facts("chief_auditor", overlap(chief, member))


def _all(sets: Iterable[Iterable[Span]]) -> list[Span]:
    """The days covered by every one of `sets`."""
    return reduce(lambda some, others: list(overlap(some, others)), map(union, sets))


def facts_of_duty(duty: Duty, subject: str, weight: int) -> Iterator[Fact]:
    """The facts of a duty, which counts for a year from its due day with the weight of its item."""
    at = origin(duty.unit, duty, Duty)
    window = year_from(duty.due_on)
    yield from at.fact("duty_due", window, weight, subject)
    if duty.done_on:
        yield from at.fact("duty_done", window.and_(Span(duty.done_on)), weight, subject)
        if duty.done_on <= duty.due_on:
            yield from at.fact("duty_on_time", window, weight, subject)
