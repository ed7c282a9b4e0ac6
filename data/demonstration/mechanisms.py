"""Guidance, 0-5A ratings and performance assessments of the demonstration."""

import random
from collections.abc import Iterator
from datetime import date

from data.demonstration.calendar import plus, weekday
from data.demonstration.district import District, Member
from data.demonstration.traits import Trait
from models.mechanism import Assessment, Guidance, GuidanceForm, GuidedBy, Rating

RATED, ASSESSED = (3, 20), (2, 26)
"""Month and day on which the year before is rated and assessed."""
LOWEST, HIGHEST = 55.0, 97.5
"""Points of the worst and the best unit in the first year."""
YEARLY = 4.5
"""Points that the worst unit gains in a year; the better ones gain less."""
BASE_SHARE = 0.6
VETO = "V8"
UNRATED_AT_FIRST = 14
INDICATORS = (
    ("组织领导与第一责任人履责", 15),
    ("内审机构、工作组与队伍", 10),
    ("内审计划与覆盖", 10),
    ("项目实施与交叉互审", 15),
    ("四类报告", 15),
    ("整改成效", 20),
    ("资金安全与预警处置", 10),
    ("信息化与数据质量", 5),
)
TOPICS = (
    "网格化治理试点工作指导",
    "内审计划编制指导",
    "问题整改台账核查",
    "资金安全13项内容自查指导",
    "交叉互审准备情况检查",
    "整改材料规范性指导",
)


def write(district: District) -> None:
    """Write guidance, ratings and assessments."""
    for member in district.members:
        _guidance(district, member, district.chance("guidance", member.code))
    for member in district.heard:
        chance = district.chance("ratings", member.code)
        years = list(_closed_years(district, RATED))
        for place, (year, rated_on) in enumerate(years):
            if place or member.place != UNRATED_AT_FIRST:
                last = place == len(years) - 1
                _rating(district, member, year, rated_on, place, last, chance)
        for year, assessed_on in _closed_years(district, ASSESSED):
            _assessment(district, member, year, assessed_on, chance)


def _closed_years(district: District, when: tuple[int, int]) -> Iterator[tuple[int, date]]:
    """The years that were assessed within the history, each with the day of assessment."""
    for year in range(district.first_day.year, district.last_day.year + 1):
        day = weekday(date(year, *when))
        if plus(district.first_day, 60) <= day <= district.last_day:
            yield year - 1, day


def _guidance(district: District, member: Member, chance: random.Random) -> None:
    day = plus(member.enrolled_on, chance.randint(10, 120))
    last = plus(district.last_day, -chance.randint(0, 20))
    number = 0
    while day <= last:
        form = GuidanceForm.INTERVIEW if member.silent else chance.choice(list(GuidanceForm)[:3])
        if not member.sound and chance.random() < 0.15:
            form = GuidanceForm.INTERVIEW
        district.book.add(
            Guidance,
            unit=member.code,
            on_date=weekday(day),
            by=chance.choice(list(GuidedBy)),
            form=form,
            topic="报送数据约谈提醒" if member.silent else TOPICS[number % len(TOPICS)],
        )
        number += 1
        # Guided more and more often; one unit in fourteen was left out last year.
        if member.place % 14 == 9 and district.age(day) > 0.5:
            return
        day = plus(day, chance.randint(120, 420 - round(180 * district.age(day))))


def _rating(
    district: District,
    member: Member,
    year: int,
    rated_on: date,
    place: int,
    last: bool,
    chance: random.Random,
) -> None:
    start = LOWEST + (HIGHEST - LOWEST) * member.quality
    points = start + YEARLY * place * (1 - member.quality) + chance.uniform(-0.8, 0.8)
    base = round(min(60.0, points * BASE_SHARE + chance.uniform(-1, 1)) * 10) * 10
    operation = min(4000, max(0, round(points * 10) * 10 - base))
    district.book.add(
        Rating,
        unit=member.code,
        year=year,
        base_points=base,
        operation_points=operation,
        veto=VETO if last and Trait.VETO in member.traits else None,
        rated_on=rated_on,
    )


def _assessment(
    district: District, member: Member, year: int, assessed_on: date, chance: random.Random
) -> None:
    level = 0.68 + 0.18 * member.quality + 0.1 * district.age(assessed_on)
    for indicator, full in INDICATORS:
        share = min(1.0, level + chance.uniform(-0.08, 0.08))
        district.book.add(
            Assessment,
            unit=member.code,
            year=year,
            indicator=indicator,
            full_points=full * 100,
            points=round(full * share * 10) * 10,
            assessed_on=assessed_on,
        )
