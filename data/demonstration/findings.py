"""The findings of the demonstration: unit, project, severity and time limit."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice

from data.demonstration.calendar import plus
from data.demonstration.cases import FATES, Case, Ending, Fate
from data.demonstration.district import District, Member
from data.demonstration.findings_said import SHARED, Problem, problem
from data.demonstration.histories import write_history
from data.demonstration.projects import Planned, Projects
from data.demonstration.traits import Trait
from models.audit import Source
from models.rectification import Finding, RectType, Severity

SETTLING = 45
"""No finding in the first days of the history."""
RECENT = 30
"""Days before the last one after which no project brings a finding any more."""
FEWEST = 6
LONGEST_TO_ISSUE = 150
"""Days from the end of a project to a finding of it."""
SPREAD = 6
"""Days by which the limits of overdue findings differ from unit to unit."""
NO_PROJECT, REPEATED, INSTRUCTED = 0.04, 0.14, 0.04

TYPES = (RectType.IMMEDIATE,) * 26 + (RectType.PHASED,) * 15 + (RectType.CONTINUOUS,) * 9
"""Fifty findings: 52, 30 and 18 in a hundred."""
LASTS: Mapping[RectType, tuple[int, int]] = {
    RectType.IMMEDIATE: (30, 60),
    RectType.PHASED: (120, 270),
    RectType.CONTINUOUS: (300, 420),
}
SEVERITIES = (Severity.ORDINARY,) * 13 + (Severity.IMPORTANT,) * 6 + (Severity.MAJOR,)
WEIGHTS: Mapping[Source, float] = {
    Source.STATE: 5,
    Source.INTERNAL: 1.6,
    Source.CROSS: 1.4,
    Source.SELF_CHECK: 1,
    Source.FISCAL: 3,
    Source.INSPECTION: 3,
    Source.OTHER: 2,
}


@dataclass(frozen=True, slots=True)
class RequiredFinding:
    """A finding that must have a given state on the last day; its time limit is counted from that
    day.

    `extended` is the number of days by which the limit is later than the original one.
    """

    ending: Ending
    rect_type: RectType
    due_in: int
    severity: Severity | None = None
    extended: int = 0
    shared: bool = False


WANTED: Mapping[Trait, tuple[RequiredFinding, ...]] = {
    Trait.LONG_OVERDUE: (
        RequiredFinding(Ending.OVERDUE, RectType.PHASED, -203, Severity.MAJOR, extended=60),
        RequiredFinding(Ending.OVERDUE, RectType.IMMEDIATE, -118),
    ),
    Trait.OVERDUE: (
        RequiredFinding(Ending.OVERDUE, RectType.IMMEDIATE, -46),
        RequiredFinding(Ending.OVERDUE, RectType.PHASED, -72, Severity.IMPORTANT, extended=45),
    ),
    Trait.JUST_OVERDUE: (
        RequiredFinding(Ending.OVERDUE, RectType.IMMEDIATE, -11),
        RequiredFinding(Ending.OVERDUE, RectType.PHASED, -24),
    ),
    Trait.DUE_SOON: (
        RequiredFinding(Ending.OPEN, RectType.PHASED, 4),
        RequiredFinding(Ending.OPEN, RectType.IMMEDIATE, 12),
    ),
    Trait.STALE: (RequiredFinding(Ending.STALE, RectType.PHASED, 70),),
    Trait.UNDER_REVIEW: (
        RequiredFinding(Ending.UNDER_REVIEW, RectType.PHASED, 2),
        RequiredFinding(Ending.UNDER_REVIEW, RectType.IMMEDIATE, -3),
    ),
    Trait.SUSPENDED: (RequiredFinding(Ending.SUSPENDED, RectType.PHASED, -20),),
    Trait.REOPENED: (RequiredFinding(Ending.REOPENED, RectType.IMMEDIATE, -210),),
    Trait.SAME_KIND: (RequiredFinding(Ending.BY_CHANCE, RectType.IMMEDIATE, -90, shared=True),),
}


def write(district: District, projects: Projects) -> None:
    """Write findings with their histories and letters, and note in the projects what they found."""
    kinds = _kinds(district)
    numbers, deck = _numbers(district), _deck(district)
    for member in district.heard:
        chance = district.chance("findings", member.code)
        drafts = sorted(
            _drafts(district, member, projects[member.code], numbers[member.code], deck, chance),
            key=lambda each: each.issued_on,
        )
        _write_own(district, member, drafts, kinds[member.code], chance)


@dataclass(slots=True)
class _Draft:
    wanted: RequiredFinding | None
    project: Planned | None
    rect_type: RectType
    fate: Fate
    issued_on: date
    due_on: date


def _deck(district: District) -> Iterator[tuple[RectType, Fate]]:
    """The type and fate of each random finding, dealt so that the required shares are met."""
    findings = district.size.findings
    types = Counter({each: findings * TYPES.count(each) // len(TYPES) for each in RectType})
    types[RectType.IMMEDIATE] += findings - types.total()
    types.subtract(
        wanted.rect_type
        for member in district.heard
        for trait in member.traits
        for wanted in WANTED.get(trait, ())
    )
    dealt = list(types.elements())
    fates = list(islice(cycle(FATES), len(dealt)))
    chance = district.chance("deck")
    chance.shuffle(dealt)
    chance.shuffle(fates)
    return zip(dealt, fates, strict=True)


def _numbers(district: District) -> Mapping[str, int]:
    """The number of findings of each unit: a few at least, the rest distributed at random."""
    codes = [member.code for member in district.heard]
    whole = district.size.findings
    least = min(max(FEWEST, whole // len(codes) - 2), whole // len(codes))
    numbers = dict.fromkeys(codes, least)
    for code in district.chance("numbers").choices(codes, k=whole - least * len(codes)):
        numbers[code] += 1
    return numbers


def _kinds(district: District) -> Mapping[str, list[Problem]]:
    """The kinds of problem of each unit; each kind occurs in two units, so that it raises no
    warning."""
    units = len(district.heard)
    shifts = ((0, 0), (units, 0), (0, 5), (units, 11))
    return {
        member.code: [problem(base + (at + shift) % units) for base, shift in shifts]
        for at, member in enumerate(district.heard)
    }


def _drafts(
    district: District,
    member: Member,
    projects: list[Planned],
    number: int,
    deck: Iterator[tuple[RectType, Fate]],
    chance: random.Random,
) -> Iterator[_Draft]:
    wanted = [each for trait in Trait if trait in member.traits for each in WANTED.get(trait, ())]
    for each in wanted:
        yield _wanted(district, member, projects, each, chance)
    done = [
        project
        for project in projects
        if project.completed_on and project.completed_on <= plus(district.last_day, -RECENT)
    ]
    weights = [WEIGHTS[project.source] for project in done]
    for rect_type, fate in islice(deck, number - len(wanted)):
        if not done or chance.random() < NO_PROJECT:
            span = (district.last_day - district.first_day).days - SETTLING - RECENT
            project, issued_on = None, plus(district.first_day, SETTLING + chance.randrange(span))
        else:
            project = chance.choices(done, weights)[0]
            assert project.completed_on is not None
            issued_on = plus(project.completed_on, chance.randint(7, 21))
        due_on = plus(issued_on, chance.randint(*LASTS[rect_type]))
        yield _Draft(None, project, rect_type, fate, issued_on, due_on)


def _wanted(
    district: District,
    member: Member,
    projects: list[Planned],
    wanted: RequiredFinding,
    chance: random.Random,
) -> _Draft:
    """The draft of `wanted`, in a project completed shortly before the day on which it must
    arise."""
    spread = member.place % SPREAD if wanted.ending is Ending.OVERDUE else 0
    due_on = plus(district.last_day, wanted.due_in - wanted.extended - spread)
    shortest, longest = LASTS[wanted.rect_type]
    issued_on = plus(due_on, -chance.randint(shortest, longest))
    before = [
        each
        for each in projects
        if each.completed_on
        and plus(issued_on, -LONGEST_TO_ISSUE) <= each.completed_on <= plus(issued_on, -7)
    ]
    weights = [WEIGHTS[each.source] for each in before]
    project = chance.choices(before, weights)[0] if before else None
    return _Draft(wanted, project, wanted.rect_type, Fate.PLAIN, issued_on, due_on)


def _write_own(
    district: District,
    member: Member,
    drafts: list[_Draft],
    kinds: list[Problem],
    chance: random.Random,
) -> None:
    latest: dict[str, tuple[str, date]] = {}
    for number, draft in enumerate(drafts, 1):
        wanted = draft.wanted
        kind = SHARED if wanted and wanted.shared else chance.choice(kinds)
        code = f"WT{draft.issued_on.year}-{member.code}-{number:02}"
        severity = (wanted and wanted.severity) or chance.choice(SEVERITIES)
        amount = _amount(severity, chance)
        earlier = latest.get(kind.category)
        repeats = earlier and earlier[1] < draft.issued_on and chance.random() < REPEATED
        if draft.project:
            draft.project.problems.add(kind.item)
        district.book.add(
            Finding,
            code=code,
            unit=member.code,
            project=draft.project and draft.project.code,
            title=kind.title,
            note=f"{member.name}{kind.title}。（演示数据，并非真实情况）",
            item=kind.item,
            category=kind.category,
            severity=severity,
            amount=amount,
            rect_type=draft.rect_type,
            issued_on=draft.issued_on,
            due_on=draft.due_on,
            repeat_of=earlier[0] if earlier and repeats else None,
            instructed=severity is Severity.MAJOR or chance.random() < INSTRUCTED,
        )
        latest[kind.category] = (code, draft.issued_on)
        case = Case(
            code,
            draft.rect_type,
            draft.issued_on,
            draft.due_on,
            amount or 0,
            wanted.ending if wanted else Ending.BY_CHANCE,
            draft.fate,
            wanted.extended if wanted else 0,
            member.quality,
        )
        write_history(district, case, chance)


def _amount(severity: Severity, chance: random.Random) -> int | None:
    """An amount in 分, in whole 元; None for about a third of the findings."""
    if severity is Severity.ORDINARY and chance.random() < 0.45:
        return None
    scale = {Severity.ORDINARY: 2.2, Severity.IMPORTANT: 3.6, Severity.MAJOR: 5.0}[severity]
    return round(min(6_000.0, chance.lognormvariate(scale, 0.9)) * 10_000) * 100
