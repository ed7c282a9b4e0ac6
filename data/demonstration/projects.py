"""The audit projects of the demonstration, cross review rounds, and what projects examined."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from data.demonstration.calendar import plus, yearly
from data.demonstration.district import District, Member
from models.audit import CheckResult, ContentCheck, Project, Source
from models.mechanism import CrossReview

ROUNDS = ((5, 31), (10, 31))
"""A round of cross review is due on these days of each year."""
FISCAL_EVERY, INSPECTED_EVERY, OTHER_EVERY, RUNNING_EVERY = 4, 5, 7, 4


@dataclass(slots=True)
class Planned:
    """A project, and the problems found in it by content item."""

    code: str
    unit: str
    source: Source
    planned_on: date
    started_on: date | None
    completed_on: date | None
    problems: set[str] = field(default_factory=set)


Projects = Mapping[str, list[Planned]]
"""By unit, its projects in the order of their completion; those not completed last."""

NAMES: Mapping[Source, str] = {
    Source.STATE: "预算执行和财务收支审计",
    Source.INTERNAL: "内部审计",
    Source.CROSS: "资金安全交叉互审",
    Source.SELF_CHECK: "资金安全自查",
    Source.FISCAL: "财会监督检查",
    Source.INSPECTION: "巡察财务专项检查",
    Source.OTHER: "专项核查",
}


def write(district: District) -> Projects:
    """Write projects and cross reviews; what each project found is not known yet."""
    made: dict[str, list[Planned]] = {member.code: [] for member in district.heard}
    for member in district.heard:
        made[member.code] += _own(district, member, district.chance("projects", member.code))
        if member.place % RUNNING_EVERY == 1:
            made[member.code].append(_running(district, member))
    for due_on in _round_days(district):
        _round(district, due_on, made)
    for projects in made.values():
        projects.sort(key=lambda each: (each.completed_on or date.max, each.code))
    return made


def write_checks(district: District, projects: Projects) -> None:
    """Write what every project examined, with a problem where a finding resulted."""
    items = list(district.references.item_groups)
    for unit, own in projects.items():
        chance = district.chance("checks", unit)
        for project in own:
            if project.completed_on is not None:
                _checks(district, project, items, chance)


def _own(district: District, member: Member, chance: random.Random) -> Iterator[Planned]:
    first = plus(member.enrolled_on, 20)
    last = plus(district.last_day, 60)
    state_year = district.first_day.year + 1 + member.place % 2
    for year in range(first.year, last.year + 1):
        plans = [(Source.INTERNAL, 3, 5), (Source.INTERNAL, 8, 9), (Source.SELF_CHECK, 4, 1)]
        if year == state_year:
            plans.append((Source.STATE, 5, 20))
        if (member.place + year) % FISCAL_EVERY == 0:
            plans.append((Source.FISCAL, 6, 15))
        if (member.place + year) % INSPECTED_EVERY == 0:
            plans.append((Source.INSPECTION, 9, 10))
        if (member.place + year) % OTHER_EVERY == 0:
            plans.append((Source.OTHER, 7, 10))
        for number, (source, month, day) in enumerate(plans, 1):
            planned_on = plus(date(year, month, day), chance.randint(-20, 30))
            if first <= planned_on <= last:
                code = f"XM{year}-{member.code}-{number}"
                yield _project(district, member, code, source, planned_on, chance)


def _running(district: District, member: Member) -> Planned:
    """A project that has begun but is not completed."""
    chance = district.chance("running", member.code)
    planned_on = plus(district.last_day, -chance.randint(8, 24))
    code = f"XM{planned_on.year}-{member.code}-ZX"
    return _project(district, member, code, Source.INTERNAL, planned_on, chance, falls_out=False)


def _project(
    district: District,
    member: Member,
    code: str,
    source: Source,
    planned_on: date,
    chance: random.Random,
    *,
    falls_out: bool = True,
) -> Planned:
    """A project begins about when it is planned, takes some weeks, and now and then falls out."""
    started_on: date | None = plus(planned_on, chance.randint(-5, 20 if falls_out else 5))
    completed_on: date | None = plus(planned_on, chance.randint(28, 60))
    if falls_out and chance.random() < 0.1 - 0.08 * district.age(planned_on):
        started_on = completed_on = None
    if started_on and started_on > district.last_day:
        started_on = None
    if completed_on and completed_on > district.last_day:
        completed_on = None
    project = Planned(code, member.code, source, planned_on, started_on, completed_on)
    district.book.add(
        Project,
        code=code,
        name=f"{member.name}{planned_on.year}年度{NAMES[source]}",
        unit=member.code,
        source=source,
        planned_on=planned_on,
        started_on=started_on,
        completed_on=completed_on,
    )
    return project


def _round_days(district: District) -> Iterator[date]:
    return yearly(plus(district.first_day, 90), plus(district.last_day, 90), ROUNDS)


def _round(district: District, due_on: date, made: dict[str, list[Planned]]) -> None:
    """Write a round in which every unit reviews the next in a ring, so that no reviews are
    mutual."""
    number = 1 + [month for month, _ in ROUNDS].index(due_on.month)
    name = f"{due_on.year}-{number}"
    chance = district.chance("round", name)
    ring = list(district.heard)
    chance.shuffle(ring)
    for reviewer, reviewed in zip(ring, [*ring[1:], ring[0]], strict=True):
        code = f"HS{name}-{reviewed.code}"
        project = _project(
            district, reviewed, code, Source.CROSS, plus(due_on, -chance.randint(60, 80)), chance
        )
        made[reviewed.code].append(project)
        completed_on = project.completed_on
        if completed_on and chance.random() < 0.12 * (1 - district.age(due_on)):
            completed_on = min(district.last_day, plus(due_on, chance.randint(3, 30)))
        district.book.add(
            CrossReview,
            round=name,
            reviewer=reviewer.code,
            reviewed=reviewed.code,
            due_on=due_on,
            completed_on=completed_on,
            project=code,
        )


def _checks(district: District, project: Planned, items: list[str], chance: random.Random) -> None:
    """Add the items that a project examined; their number grows over the years."""
    assert project.completed_on is not None
    age = district.age(project.completed_on)
    fund_safety, key_audit = items[:13], items[13:]
    match project.source:
        case Source.SELF_CHECK:
            looked_at = chance.sample(items, round(len(items) * (0.3 + 0.5 * age)))
        case Source.CROSS:
            looked_at = chance.sample(fund_safety, round(len(fund_safety) * (0.35 + 0.4 * age)))
        case Source.STATE | Source.INSPECTION:
            looked_at = chance.sample(key_audit, 5) + chance.sample(fund_safety, 3)
        case _:
            looked_at = chance.sample(items, 3 + round(2 * age))
    for item in sorted({*looked_at, *project.problems}):
        result = CheckResult.NOT_APPLICABLE if chance.random() < 0.05 else CheckResult.NORMAL
        if item in project.problems:
            result = CheckResult.PROBLEM
        district.book.add(
            ContentCheck,
            project=project.code,
            item=item,
            result=result,
            checked_on=project.completed_on,
        )
