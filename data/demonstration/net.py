"""The organization of the demonstration: units, elements, people, institutions, duties."""

import random
from collections.abc import Mapping
from datetime import date

from data.demonstration.calendar import plus, yearly
from data.demonstration.district import SECTORS, District, Member, person
from data.demonstration.traits import Trait
from models.duty import GROUP, Appointment, Duty, Institution, InstitutionForm, PostRole
from models.grid import Element, GridElement, Sector, Unit, UnitKind, UnitName, UnitNameKind

SOON, LAST_JOINED = 80, 0.72
"""Days within which the first units are complete; the share of the history after which all are."""
FIRST_SHARE = 0.42
AHEAD = 92
"""Duties are entered a quarter before they are due."""
QUARTERLY = ((3, 31), (6, 30), (9, 30), (12, 31))
HALF_YEARLY = ((6, 30), (12, 15))
DUE: Mapping[str, tuple[tuple[int, int], ...]] = {
    "P1": ((3, 31),),
    "P2": QUARTERLY,
    "P3": ((1, 31),),
    "P4": HALF_YEARLY,
    "P5": HALF_YEARLY,
    "P6": QUARTERLY,
    "P7": HALF_YEARLY,
    "A1": ((1, 31),),
    "A2": HALF_YEARLY,
    "A3": HALF_YEARLY,
    "A4": QUARTERLY,
    "A5": HALF_YEARLY,
    "A6": ((11, 30),),
    "A7": ((1, 15),),
}
HEARING = "P2"
RENAMED_EVERY = 12


def write(district: District) -> None:
    """Write the ledgers of the organization."""
    for code, name, lead in SECTORS:
        district.book.add(Sector, code=code, name=name, lead=lead)
    for member in district.members:
        _unit(district, member)
    for member in district.heard:
        chance = district.chance("net", member.code)
        _elements(district, member, chance)
        _people(district, member, chance)
        _institution(district, member, chance)
    for member in district.members:
        _duties(district, member, district.chance("duties", member.code))


def _unit(district: District, member: Member) -> None:
    district.book.add(
        Unit,
        code=member.code,
        name=member.name,
        kind=member.group.kind,
        sector=member.group.sector,
        subdistrict=member.subdistrict,
        parent=member.parent,
        pilot_batch=member.batch,
        enrolled_on=member.enrolled_on,
    )
    if member.place % RENAMED_EVERY == 0:
        former = f"原{member.name}"
        district.book.add(UnitName, unit=member.code, name=former, kind=UnitNameKind.FORMER)


def _complete_on(district: District, member: Member) -> date:
    """The day on which the last element was met: some units at once, the others one by one."""
    at = (member.place * 11 % 30) / 30
    if at < FIRST_SHARE:
        return plus(member.enrolled_on, 20 + int(at / FIRST_SHARE * (SOON - 20)))
    whole = (district.last_day - district.first_day).days
    share = (at - FIRST_SHARE) / (1 - FIRST_SHARE)
    return plus(member.enrolled_on, SOON + int(share * (LAST_JOINED * whole - SOON)))


def _elements(district: District, member: Member, chance: random.Random) -> None:
    complete_on = _complete_on(district, member)
    span = (complete_on - member.enrolled_on).days
    for element in Element:
        last = element is Element.MECHANISMS
        if last and Trait.INCOMPLETE in member.traits:
            continue
        met_on = complete_on if last else plus(member.enrolled_on, chance.randint(5, max(6, span)))
        lapsed_on = None
        if element is Element.TASKS and member.place % 9 == 4:
            # A task list that ran out and was renewed.
            lapsed_on = plus(met_on, 150)
            _element(district, member, element, plus(lapsed_on, chance.randint(10, 40)), None)
        _element(district, member, element, met_on, lapsed_on)


def _element(
    district: District, member: Member, element: Element, met_on: date, lapsed_on: date | None
) -> None:
    district.book.add(
        GridElement,
        unit=member.code,
        element=element,
        met_on=met_on,
        lapsed_on=lapsed_on,
        evidence=f"演示〔{met_on.year}〕{list(Element).index(element) + 1}号",
    )


def _people(district: District, member: Member, chance: random.Random) -> None:
    roles = [PostRole.PRINCIPAL, PostRole.AUDITOR]
    # Every sixth unit has not yet filled its group.
    group = GROUP[:-1] if member.place % 6 == 3 else GROUP
    for role in roles:
        from_on = plus(member.enrolled_on, chance.randint(0, 150))
        _post(district, member, role, from_on, chance)
    later = chance.randint(60, 600)
    for role in group:
        _post(district, member, role, plus(member.enrolled_on, later), chance)
    if member.group.kind is UnitKind.SOE and Trait.NO_CHIEF not in member.traits:
        from_on = plus(member.enrolled_on, chance.randint(20, 300))
        _post(district, member, PostRole.CHIEF_AUDITOR, from_on, chance)
    if Trait.NO_CHIEF in member.traits:
        from_on, until_on = plus(member.enrolled_on, 40), plus(district.last_day, -95)
        _appoint(district, member, PostRole.CHIEF_AUDITOR, from_on, until_on, chance)


def _post(
    district: District, member: Member, role: PostRole, from_on: date, chance: random.Random
) -> None:
    """Somebody in post from `from_on`; some are followed by somebody else."""
    handed_on = plus(from_on, chance.randint(250, 700))
    if chance.random() < 0.25 and handed_on < district.last_day:
        _appoint(district, member, role, from_on, handed_on, chance)
        from_on = handed_on
    _appoint(district, member, role, from_on, None, chance)


def _appoint(
    district: District,
    member: Member,
    role: PostRole,
    from_on: date,
    until_on: date | None,
    chance: random.Random,
) -> None:
    district.book.add(
        Appointment,
        unit=member.code,
        name=person(chance),
        role=role,
        from_on=from_on,
        until_on=until_on,
        full_time=chance.random() < 0.6 if role is PostRole.AUDITOR else None,
    )


def _institution(district: District, member: Member, chance: random.Random) -> None:
    from_on = plus(member.enrolled_on, chance.randint(10, 200))
    if member.place % 10 < 4:
        _set_up(district, member, InstitutionForm.INDEPENDENT, from_on, None)
        return
    turned_on = plus(member.enrolled_on, chance.randint(300, 950))
    if member.place % 10 < 8:
        _set_up(district, member, InstitutionForm.JOINT, from_on, turned_on)
        _set_up(district, member, InstitutionForm.INDEPENDENT, turned_on, None)
    else:
        _set_up(district, member, InstitutionForm.JOINT, from_on, None)


def _set_up(
    district: District,
    member: Member,
    form: InstitutionForm,
    from_on: date,
    until_on: date | None,
) -> None:
    district.book.add(Institution, unit=member.code, form=form, from_on=from_on, until_on=until_on)


def _duties(district: District, member: Member, chance: random.Random) -> None:
    for item, days in DUE.items():
        last = plus(district.last_day, AHEAD)
        for due_on in yearly(member.enrolled_on, last, days):
            done_on = None
            if not member.silent:
                done_on = _done_on(district, member, item, due_on, chance)
            district.book.add(Duty, unit=member.code, item=item, due_on=due_on, done_on=done_on)


def _done_on(
    district: District, member: Member, item: str, due_on: date, chance: random.Random
) -> date | None:
    """The day on which a duty was done; over the years more are done, and more in time."""
    last_day, age = district.last_day, district.age(due_on)
    if item == HEARING:
        # Heard a few days before the quarter ends, so that never a hundred days lie between.
        done_on = plus(due_on, -chance.randint(0, 7))
        if Trait.NOT_HEARD in member.traits and done_on > plus(last_day, -105):
            return None
    else:
        if chance.random() < 0.22 - 0.18 * age - 0.04 * member.quality:
            return None
        late = chance.random() < 0.25 - 0.18 * age
        done_on = plus(due_on, chance.randint(2, 40) if late else -chance.randint(0, 20))
    return done_on if done_on <= last_day and done_on >= member.enrolled_on else None
