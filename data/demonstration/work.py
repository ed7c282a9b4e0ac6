"""The district's own work in the demonstration: ten tasks, trainings, meetings and decisions."""

import random
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from data.demonstration.calendar import plus, weekday
from data.demonstration.district import District, Member
from models.rules.work import task_state
from models.work import (
    Attendance,
    Decision,
    KeyTask,
    Meeting,
    MeetingKind,
    TaskProgress,
    TaskState,
    Training,
    TrainingKind,
)

NEXT_MEETING, BETWEEN_MEETINGS = 17, 91
"""Days until the meeting that lies ahead, and from one committee meeting to the next."""
SPECIAL_MEETINGS = 18
REPORTED_EVERY, LEFT_OPEN_EVERY = 45, 3


class Task(NamedTuple):
    """A key task: begun and due after so many days of the history, and how it goes."""

    name: str
    lead: str
    begins: float
    ends: float
    now: int
    asks: str = ""
    """What the lead enters who asks the leaders for co-ordination."""


NOTES = {
    TaskState.DONE: "已全部完成",
    TaskState.LATE: "未按期完成，正在抓紧收尾",
    TaskState.BEHIND: "进度滞后，正在加快推进",
    TaskState.ONGOING: "按计划推进",
    TaskState.NOT_BEGUN: "正在准备",
}
"""What the lead of a task says, by the task's state on the day it is said."""
ASKS = (
    "未按期完成，新纳入单位的责任人员尚未到位，请区领导协调编制、组织部门",
    "未按期完成，分级标准未获各主管部门一致同意，请区领导协调会签",
    "进度滞后，财政、国资数据接口尚未开通，请区领导协调",
)
TASKS = (
    Task("健全“一张网”网格体系", "区委审计办、区审计局", 0.0, 0.8, 93, ASKS[0]),
    Task("建立健全独立内审机构和内审工作组", "机构编制部门、区审计局", 0.02, 0.75, 88),
    Task("推行区属国企总审计师制度", "国资监管部门、区审计局", 0.05, 0.6, 100),
    Task("开展内审人员多轮业务培训", "区审计局", 0.03, 1.05, 86),
    Task("举办“岗位练兵技术比武”活动", "区审计局、工会、财政部门", 0.2, 0.9, 100),
    Task("抓实审计项目，围绕13项和7项内容开展自查", "各试点单位", 0.08, 1.15, 72),
    Task("实施内审人员交叉互审", "区审计局", 0.1, 1.1, 78),
    Task("修订绩效考核办法，开展0-5A分级评级", "区委审计办、区审计局", 0.15, 0.95, 95, ASKS[1]),
    Task("推进内审信息化监督和预警监测", "区审计局", 0.25, 1.25, 55, ASKS[2]),
    Task("清理“僵尸机构”，盘活“沉淀编制”和存量资产", "各主管部门", 0.3, 1.3, 48),
)


class Course(NamedTuple):
    """A training that comes round every year."""

    name: str
    kind: TrainingKind
    month: int
    day: int
    hours: int
    sector: str | None = None


COURSES = (
    Course("内审人员业务培训（第一期）", TrainingKind.TRAINING, 3, 18, 16),
    Course("卫健系统内审专题培训", TrainingKind.SPECIAL, 4, 22, 8, "HEALTH"),
    Course("教育系统内审专题培训", TrainingKind.SPECIAL, 5, 20, 8, "EDU"),
    Course("财政、审计法规“岗位练兵技术比武”", TrainingKind.CONTEST, 6, 12, 4),
    Course("内审人员业务培训（第二期）", TrainingKind.TRAINING, 9, 16, 16),
    Course("内审人员业务培训（第三期）", TrainingKind.TRAINING, 11, 11, 12),
)
SUBJECTS = (
    "研究起草试点工作方案",
    "研究网格划分和责任人员",
    "研究交叉互审安排",
    "研究四类报告质量评价",
    "研究总审计师制度",
    "研究问题整改督办",
)
DECIDED = (
    "进一步核实网格责任人员并报备",
    "限期完成逾期问题整改并书面报告",
    "对自查失实单位开展约谈",
    "完善资金安全内控制度",
    "推进闲置资产盘活方案落实",
    "按季听取内审工作汇报",
    "加强重大财政资金拨付使用监测",
)


def write(district: District) -> None:
    """Write tasks, trainings, meetings and decisions."""
    _tasks(district)
    _trainings(district)
    _meetings(district)


def _tasks(district: District) -> None:
    whole = (district.last_day - district.first_day).days
    for number, task in enumerate(TASKS, 1):
        start_on = plus(district.first_day, round(task.begins * whole))
        due_on = plus(district.first_day, round(task.ends * whole))
        district.book.add(
            KeyTask,
            number=number,
            name=task.name,
            lead=task.lead,
            start_on=start_on,
            due_on=due_on,
        )
        _progress(district, number, task, start_on, due_on)


def _progress(district: District, number: int, task: Task, start_on: date, due_on: date) -> None:
    """Reports of progress in even steps up to where the task stands."""
    chance = district.chance("task", str(number))
    until = district.last_day if task.now < 100 else min(district.last_day, plus(due_on, -15))
    days = (until - start_on).days
    reports = max(2, days // REPORTED_EVERY)
    for step in range(1, reports + 1):
        last = step == reports
        percent = task.now if last else min(task.now, round(task.now * step / reports))
        day = plus(start_on, round(days * step / reports) - chance.randint(1, 6))
        district.book.add(
            TaskProgress,
            number=number,
            on_date=day,
            percent=percent,
            note=(last and task.asks) or _note(start_on, due_on, percent, day),
            needs_help=bool(task.asks) and last or None,
        )


def _note(start_on: date, due_on: date, percent: int, day: date) -> str:
    """What the lead says of a task; one that is late or behind does not claim to be on plan."""
    return NOTES[task_state(start_on, due_on, percent, day)]


def _trainings(district: District) -> None:
    for year in range(district.first_day.year, district.last_day.year + 1):
        for number, course in enumerate(COURSES, 1):
            on_date = weekday(date(year, course.month, course.day))
            if plus(district.first_day, 40) <= on_date <= district.last_day:
                _training(district, f"PX{year}-{number:02}", course, on_date)


def _training(district: District, code: str, course: Course, on_date: date) -> None:
    district.book.add(
        Training,
        code=code,
        name=f"{on_date.year}年{course.name}",
        kind=course.kind,
        on_date=on_date,
        hours=course.hours * 100,
        sector=course.sector,
    )
    chance = district.chance("training", code)
    for member in district.heard:
        if course.sector in (None, member.group.sector) and (
            chance.random() < 0.55 + 0.3 * district.age(on_date)
        ):
            people = chance.randint(1, 6)
            district.book.add(
                Attendance,
                training=code,
                unit=member.code,
                people=people,
                passed=people - (chance.random() < 0.3),
            )


def _meetings(district: District) -> None:
    chance = district.chance("meetings")
    ahead = plus(district.last_day, NEXT_MEETING)
    committee = sorted(_every(district, ahead, BETWEEN_MEETINGS))
    for number, day in enumerate(committee, 1):
        code = f"WYH{day.year}-{day.month:02}"
        _meeting(
            district,
            code,
            f"区委审计委员会第{number}次会议",
            MeetingKind.COMMITTEE,
            day,
            "听取网格化治理试点工作情况汇报，研究问题整改和重大财政资金监督",
        )
        if day < district.last_day:
            for place in range(1, chance.randint(2, 3) + 1):
                _decision(district, code, place, number + place, day, chance)
    whole = (district.last_day - district.first_day).days
    for number in range(SPECIAL_MEETINGS):
        day = weekday(plus(district.first_day, 12 + round(number * (whole - 40) / 17)))
        subject = SUBJECTS[number % len(SUBJECTS)]
        name = f"网格化治理工作第{number + 1}次专题会议"
        code = f"ZT{day.year}-{number + 1:02}"
        _meeting(district, code, name, MeetingKind.SPECIAL, day, subject)
        if number % 3 == 2:
            _decision(district, code, 1, number, day, chance)
    for number, day in enumerate(sorted(_every(district, plus(district.last_day, -100), 365)), 1):
        name = "理论学习中心组专题学习《试点工作意见》"
        _meeting(district, f"XX{day.year}-{number}", name, MeetingKind.STUDY, day, "专题学习研讨")


def _every(district: District, last: date, days: int) -> Iterator[date]:
    """`last` and the days at equal intervals before it, back to the beginning."""
    day = last
    while day > plus(district.first_day, 7):
        yield weekday(day)
        day = plus(day, -days)


def _meeting(
    district: District, code: str, name: str, kind: MeetingKind, on_date: date, note: str
) -> None:
    district.book.add(Meeting, code=code, name=name, kind=kind, on_date=on_date, note=note)


def _decision(
    district: District, meeting: str, number: int, place: int, day: date, chance: random.Random
) -> None:
    """Most are done in time; of those of the last months a third is still open."""
    due_on = plus(day, chance.choice((30, 45, 60, 90, 120)))
    done_on: date | None = plus(due_on, chance.randint(-20, 0))
    if chance.random() < 0.15:
        done_on = plus(due_on, chance.randint(5, 40))
    if done_on and (done_on > district.last_day or done_on <= day):
        done_on = None
    if place % LEFT_OPEN_EVERY == 0 and plus(district.last_day, -250) < due_on:
        done_on = None
    member: Member | None = chance.choice(district.heard[:30]) if number > 1 else None
    district.book.add(
        Decision,
        meeting=meeting,
        number=number,
        text=chance.choice(DECIDED),
        unit=member.code if member else None,
        due_on=due_on,
        done_on=done_on,
    )
