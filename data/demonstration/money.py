"""Major funds, disposals and imported warnings of the demonstration."""

import random
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import cycle
from typing import NamedTuple

from data.demonstration.calendar import plus
from data.demonstration.district import District, Member
from data.demonstration.traits import Trait
from models.disposal import Disposal, DisposalKind, Method
from models.fund import FundFlow, FundKind, FundProject, Stage
from models.warning import Level, Verdict
from models.warning import Warning as Signal

MILLION = 100_000_000
"""A million yuan in 分."""
DECEMBER = 12
DISPOSALS_OF_UNIT, SIGNALS_OF_UNIT = 2, 2
SPENDERS = (
    Trait.FUNDED,
    Trait.SLOW_FUNDS,
    Trait.IDLE_FUNDS,
    Trait.DECEMBER_RUSH,
    Trait.OVERSPENT,
)
WORKS = ("改造提升项目", "设备更新项目", "安全能力建设项目", "民生保障项目", "基础设施项目")
DISPOSED: dict[DisposalKind, tuple[str, Sequence[Method]]] = {
    DisposalKind.SMALL_WEAK: ("小散弱企业清理", (Method.MERGE, Method.RESTRUCTURE)),
    DisposalKind.NO_OPERATION: ("无实际经营企业清理", (Method.DEREGISTER, Method.ABOLISH)),
    DisposalKind.SHELL: ("空壳企业清理", (Method.DEREGISTER,)),
    DisposalKind.INEFFICIENT: ("低效企业处置", (Method.RESTRUCTURE, Method.KEEP)),
    DisposalKind.ZOMBIE: ("僵尸机构清理", (Method.ABOLISH, Method.CONVERT)),
    DisposalKind.IDLE_POST: ("沉淀编制盘活", (Method.REVITALISE,)),
    DisposalKind.IDLE_ASSET: ("闲置房产盘活", (Method.REVITALISE,)),
}


def write(district: District) -> None:
    """Write fund projects with their flows, disposals, and warnings from the units' systems."""
    kinds = cycle(FundKind)
    for place, member in enumerate(district.heard):
        chance = district.chance("money", member.code)
        for number, trait in enumerate((each for each in SPENDERS if each in member.traits), 1):
            _fund(district, member, f"ZJ-{member.code}-{number}", next(kinds), trait, chance)
        _disposals(district, member, place, chance)
        _signals(district, member, place, chance)


class _Plan(NamedTuple):
    """When a fund project was approved and how it is paid out, in shares by days after that."""

    days_ago: int
    disbursed: Sequence[tuple[int, float]]
    spent_from: int
    spent_every: int
    spent_share: float


_PLANS = {
    # A third at once and on, spent month by month: no rule is broken.
    Trait.FUNDED: _Plan(640, ((15, 0.4), (160, 0.3), (380, 0.25)), 35, 30, 0.045),
    Trait.SLOW_FUNDS: _Plan(150, ((70, 0.12), (120, 0.1)), 80, 20, 0.05),
    Trait.IDLE_FUNDS: _Plan(260, ((20, 0.5),), 150, 60, 0.03),
    Trait.DECEMBER_RUSH: _Plan(900, ((20, 0.5), (200, 0.35)), 45, 30, 0.02),
    Trait.OVERSPENT: _Plan(420, ((25, 0.5), (120, 0.1)), 60, 40, 0.085),
}


def _fund(
    district: District,
    member: Member,
    code: str,
    kind: FundKind,
    trait: Trait,
    chance: random.Random,
) -> None:
    plan = _PLANS[trait]
    approved = chance.randint(6, 90) * MILLION
    approved_on = plus(district.last_day, -plan.days_ago + chance.randint(0, 12))
    district.book.add(
        FundProject,
        code=code,
        name=f"{member.name}{WORKS[member.place % len(WORKS)]}",
        kind=kind,
        unit=member.code,
        approved=approved,
        approved_on=approved_on,
        finish_on=plus(approved_on, chance.choice((540, 720, 900))),
    )
    for days, share in plan.disbursed:
        day = plus(approved_on, days)
        if day <= district.last_day:
            _flow(district, code, day, Stage.DISBURSED, round(approved * share))
    for day, amount in _spending(district, plan, trait, approved, approved_on):
        _flow(district, code, day, Stage.SPENT, amount)


def _spending(
    district: District, plan: _Plan, trait: Trait, approved: int, approved_on: date
) -> Iterator[tuple[date, int]]:
    """Even payments while there is money; nothing in December but where that is the point."""
    limit = sum(
        round(approved * share)
        for days, share in plan.disbursed
        if plus(approved_on, days) <= district.last_day
    )
    if trait is Trait.OVERSPENT:
        limit = round(limit * 1.06)
    day, spent = plus(approved_on, plan.spent_from), 0
    while day <= district.last_day:
        part = round(approved * plan.spent_share)
        if day.month == DECEMBER:
            part = part * 8 if trait is Trait.DECEMBER_RUSH else 0
        part = min(part, limit - spent)
        if part > 0:
            yield day, part
            spent += part
        day = plus(day, plan.spent_every)


def _flow(district: District, project: str, day: date, stage: Stage, amount: int) -> None:
    district.book.add(FundFlow, project=project, on_date=day, stage=stage, number=1, amount=amount)


def _disposals(district: District, member: Member, place: int, chance: random.Random) -> None:
    kinds = list(DisposalKind)
    for number in range(1, DISPOSALS_OF_UNIT + 1):
        kind = kinds[(place + 3 * number) % len(kinds)]
        name, methods = DISPOSED[kind]
        found_on = plus(district.first_day, chance.randint(90, 960))
        due_on = plus(found_on, chance.choice((180, 270, 365)))
        done_on: date | None = plus(due_on, chance.randint(-120, 25))
        if done_on and (done_on > district.last_day or chance.random() < 0.14):
            done_on = None
        posts, asset = kind is DisposalKind.IDLE_POST, kind is DisposalKind.IDLE_ASSET
        value = None if posts else chance.randint(20, 1_800) * MILLION // 100
        district.book.add(
            Disposal,
            code=f"QL-{member.code}-{number}",
            name=f"{member.name}{name}",
            kind=kind,
            unit=member.code,
            quantity=chance.randint(1, 9) if posts else 1,
            value=value,
            found_on=found_on,
            due_on=due_on,
            done_on=done_on,
            method=chance.choice(methods) if done_on else None,
            recovered=_recovered(value, asset, chance) if done_on and value else None,
        )


def _recovered(value: int, asset: bool, chance: random.Random) -> int:
    """The recovered value: most of it for assets, little for bodies."""
    share = chance.uniform(0.6, 0.95) if asset else chance.uniform(0.0, 0.2)
    return round(value * share / 100) * 100


def _signals(district: District, member: Member, place: int, chance: random.Random) -> None:
    rules = [
        (row["code"], Level(row["level"]))
        for row in district.references.lists["warning_rules"]
        if row["source"] == "IMPORTED"
    ]
    number = 0
    for _ in range(1 + place % SIGNALS_OF_UNIT):
        number += 1
        rule, level = chance.choice(rules)
        raised_on = plus(member.enrolled_on, chance.randint(60, 1_000))
        if raised_on > plus(district.last_day, -70):
            raised_on = plus(district.last_day, -chance.randint(70, 300))
        _settled(district, member, number, rule, level, raised_on, chance)
    for trait, level in ((Trait.RED_WARNING, Level.RED), (Trait.YELLOW_WARNING, Level.YELLOW)):
        if trait in member.traits:
            number += 1
            rule = next(code for code, its_level in rules if its_level is level)
            raised_on = plus(district.last_day, -chance.randint(12, 40))
            district.book.add(
                Signal,
                code=f"YJ-{member.code}-{number}",
                unit=member.code,
                rule=rule,
                level=level,
                raised_on=raised_on,
                verdict=Verdict.TRUE,
                verified_on=plus(raised_on, 6),
                note="已核实，正在处置",
            )


def _settled(
    district: District,
    member: Member,
    number: int,
    rule: str,
    level: Level,
    raised_on: date,
    chance: random.Random,
) -> None:
    """Settle a warning after investigation, as false or dealt with."""
    true = chance.random() < 0.7
    verified_on = plus(raised_on, chance.randint(2, 15))
    district.book.add(
        Signal,
        code=f"YJ-{member.code}-{number}",
        unit=member.code,
        rule=rule,
        level=level,
        raised_on=raised_on,
        verdict=Verdict.TRUE if true else Verdict.FALSE,
        verified_on=verified_on,
        closed_on=plus(verified_on, chance.randint(5, 50)) if true else None,
        note="核实为真实风险，已处置" if true else "核实为误报",
    )
