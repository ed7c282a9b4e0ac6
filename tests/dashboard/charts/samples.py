"""Every chart with texts and believable rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

from dashboard.charts import (
    Texts,
    coverage,
    disposals,
    funds,
    lights,
    mechanisms,
    outlook,
    ranking,
    rectification,
    reports,
    responsibilities,
    unit,
    work,
)
from dashboard.charts.specs import Chart

CHART_MODULES = (
    coverage,
    disposals,
    funds,
    lights,
    mechanisms,
    outlook,
    ranking,
    rectification,
    reports,
    responsibilities,
    unit,
    work,
)
"""Every module that defines charts."""
AS_OF = date(2026, 6, 30)
Rows = Sequence[Mapping[str, object]]


@dataclass(frozen=True)
class Sample:
    """A chart with texts and believable rows."""

    chart: Chart
    texts: Texts
    rows: Rows
    options: Mapping[str, Any] = field(default_factory=dict)


def rows(names: str, *values: Sequence[object]) -> Rows:
    return [dict(zip(names.split(), row, strict=True)) for row in values]


SHARE = {"share": "四项达标的单位", "unknown": "尚无单位"}
LIGHTS = {"RED": "红", "YELLOW": "黄", "GREY": "未报", "GREEN": "绿"}
STATUSES = {"RECTIFIED": "已整改", "IN_PROGRESS": "正在整改", "UNRECTIFIED": "未整改"}
MARK_BANDS = {
    "EXCELLENT": "优秀（90 分以上）",
    "GOOD": "良好（80–89）",
    "FAIR": "中等（70–79）",
    "PASS": "合格（60–69）",
    "FAIL": "不合格（60 分以下）",
}
BANDS = {"1-30": "1–30 天", "31-90": "31–90 天", "91-180": "91–180 天", "181+": "180 天以上"}
TILES = [
    ("01", "长虹", 0, 1, 1.0, "100%", "3/3"),
    ("02", "鼓楼", 0, 3, 1.0, "100%", "3/3"),
    ("03", "兴南", 1, 2.5, 0.64, "64.2%", "9/14"),
    ("04", "广开", 0, 2, 0.44, "43.7%", "7/16"),
    ("05", "万兴", 1, 1.5, 0.79, "79.1%", "19/24"),
    ("06", "学府", 2, 2, 0.91, "91.3%", "21/23"),
    ("07", "向阳路", 0, 0, 0.33, "33.3%", "5/15"),
    ("08", "嘉陵道", 1, 0.5, 0.18, "17.6%", "3/17"),
    ("09", "王顶堤", 2, 1, 0.6, "60.0%", "12/20"),
    ("10", "水上公园", 3, 1.5, 0.87, "86.6%", "13/15"),
    ("11", "体育中心", 4, 2, 0.0, "0.0%", "0/16"),
    ("12", "华苑", 3, 0.5, None, "—", "尚无单位"),
]
ITEMS = [
    "银行账户管理",
    "银行对账",
    "不相容岗位分离",
    "印章与网银密钥管理",
    "现金管理",
    "票据管理",
    "收入上缴",
    "支付审批",
    "专项资金专款专用",
    "往来款与借款",
    "资金存放与理财",
    "报销与公务支出",
    "关键岗位轮岗与监督检查",
    "重大决策部署和政策措施落实",
    "“三重一大”决策与内部控制执行",
    "预算编制执行与财务收支",
    "重大项目与政府投资管理",
    "政府采购与合同管理",
    "国有资产资源管理与盘活",
    "以往审计巡察发现问题整改",
]
UNITS = [
    f"{kind}{number}"
    for kind, number in product(
        ("街道办事处", "教育单位", "医疗单位", "区属国企", "委办局"), "一二三四五六"
    )
]
MONTHS = [date(2024 + (6 + at) // 12, (6 + at) % 12 + 1, 1) for at in range(24)]


def _checks() -> Rows:
    states = ("NORMAL", "NORMAL", "PROBLEM", "NORMAL", None, "NORMAL", "NOT_APPLICABLE", "NORMAL")
    made = []
    for (at, unit_name), (number, item) in product(enumerate(UNITS), enumerate(ITEMS)):
        state = states[(at * 5 + number * 3 + at * number) % len(states)]
        days = (at * 37 + number * 53) % 365 if state else 400 if number % 2 else None
        made.append(
            {"code": f"U{at}", "unit": unit_name, "item": item, "state": state, "days": days}
        )
    return made


def _trend(start: float, rise: float) -> list[float]:
    return [min(1, start + rise * at / 23 + (0.02 if at % 5 == 2 else 0)) for at in range(24)]


TRENDS = {
    "rect_rate": "件数整改率",
    "due_rect_rate": "到期整改率",
    "on_time_rate": "按期整改率",
    "rect_rate_amount": "金额整改率",
    "target": "目标",
}


def _trends() -> Rows:
    lines = (_trend(0.66, 0.27), _trend(0.62, 0.29), _trend(0.5, 0.4), _trend(0.45, 0.3))
    return [
        {
            "month": month,
            "series": series,
            "share": share,
            "text": f"{share:.1%}",
            "target": 0.95 if series == "due_rect_rate" else None,
        }
        for series, line in zip(list(TRENDS)[:4], lines, strict=True)
        for month, share in zip(MONTHS, line, strict=True)
    ]


def _parts(name: str, state: str, table: Mapping[str, Mapping[str, int]]) -> Rows:
    return [
        {name: one, state: part, "value": value}
        for one, parts in table.items()
        for part, value in parts.items()
    ]


def _states(codes: str, *values: int) -> dict[str, int]:
    return dict(zip(codes.split(), values, strict=True))


REPORT = "ON_TIME LATE MISSING"
STATUS = "RECTIFIED IN_PROGRESS UNRECTIFIED"
GRADES = "5A 4A 3A 2A 1A 0A UNRATED"
FUND = "APPROVED DISBURSED SPENT"
SAMPLES = {
    "tile_map": Sample(
        coverage.tile_map,
        SHARE,
        rows("code name tile_row tile_column share text count", *TILES),
    ),
    "sector_element": Sample(
        coverage.sector_element,
        SHARE,
        [
            {
                "code": sector,
                "sector": sector,
                "element": element,
                "share": share,
                "text": "—" if share is None else f"{share:.1%}",
            }
            for (at, sector), (number, element) in product(
                enumerate(("教育系统", "卫生健康系统", "国有资产监督管理系统", "街道", "农业系统")),
                enumerate(("网格划分", "职责明确", "任务清单", "机制完善")),
            )
            for share in [None if at == 4 else (1 - ((at * 3 + number * 2) % 9) / 9)]
        ],
    ),
    "content_heat": Sample(
        coverage.content_heat,
        {
            "PROBLEM": "有问题",
            "NORMAL": "正常，一年内",
            "NOT_APPLICABLE": "不适用",
            "NONE": "一年未检查",
            "NEVER": "从未检查",
            "days": "距今（天）",
        },
        _checks(),
        {"upright": 17},
    ),
    "blind_spots": Sample(
        coverage.blind_spots,
        {},
        [
            {"code": item, "name": item, "value": value, "text": f"{value}/30"}
            for item, value in zip(ITEMS[12:18], (3, 12, 7, 9, 1, 5), strict=True)
        ],
    ),
    "trend": Sample(
        rectification.trend,
        {"target": "目标"},
        [
            {"month": month, "share": share, "text": f"{share:.1%}", "target": 0.95}
            for month, share in zip(MONTHS, _trend(0.62, 0.293), strict=True)
        ],
    ),
    "trends": Sample(rectification.trends, TRENDS, _trends()),
    "bands": Sample(
        rectification.bands, BANDS, rows("band value", *zip(BANDS, (8, 5, 3, 1), strict=True))
    ),
    "status_by_type": Sample(
        rectification.status_by_type,
        {**STATUSES, "findings": "问题（件）"},
        _parts(
            "name",
            "status",
            {
                "立行立改": _states(STATUS, 118, 3, 4),
                "分阶段整改": _states(STATUS, 54, 8, 7),
                "持续整改": _states(STATUS, 24, 16, 6),
            },
        ),
    ),
    "flow": Sample(
        rectification.flow,
        {
            "OPENING": "期初未结",
            "NEW": "新增",
            "REOPENED": "重新打开",
            "CLOSED": "销号",
            "VOIDED": "作废",
            "CLOSING": "期末未结",
        },
        rows(
            "step value",
            ("OPENING", 52),
            ("NEW", 31),
            ("REOPENED", 2),
            ("CLOSED", 38),
            ("VOIDED", 3),
            ("CLOSING", 44),
        ),
    ),
    "ranges": Sample(
        outlook.ranges,
        {"HELD": "区间之内", "MISSED": "区间之外", "range": "区间", "came": "实际逾期"},
        rows(
            "month low high came state",
            (date(2026, 1, 31), 2, 6, 4, "HELD"),
            (date(2026, 2, 28), 3, 3, 3, "HELD"),
            (date(2026, 3, 31), 1, 4, 7, "MISSED"),
        ),
    ),
    "calibration": Sample(
        outlook.calibration,
        {"said": "推算可能性", "came": "实际逾期比例"},
        rows(
            "said came cases text",
            (0.14, 0.1, 20, "推算 14%，实际 10%；20 例次"),
            (0.36, 0.4, 210, "推算 36%，实际 40%；210 例次"),
            (0.93, 1.0, 6, "推算 93%，实际 100%；6 例次"),
        ),
    ),
    "ranked_shares": Sample(
        ranking.ranked_shares,
        {"RANKED": "参加排名", "FEW": "样本较少"},
        rows(
            "code name share low high text basis",
            ("U3", "区级机关三", 0.625, 0.306, 0.863, "62.5% · 5/8", "RANKED"),
            ("U5", "区级机关五", 0.9, 0.744, 0.965, "90.0% · 27/30", "RANKED"),
            ("U1", "区级机关一", 1.0, 0.701, 1.0, "100.0% · 9/9", "RANKED"),
            ("U2", "区级机关二", 0.75, 0.301, 0.954, "75.0% · 3/4", "FEW"),
            ("U8", "区级机关八", 0.4, None, None, "40.0% · 2.00/5.00 万元", "FEW"),
        ),
    ),
    "ranked_states": Sample(
        ranking.ranked_states,
        {"LATE": "逾期", "DONE": "已完成"},
        rows(
            "name value text state",
            ("健全网格", 93, "93%", "LATE"),
            ("推行制度", 100, "100%", "DONE"),
        ),
        {"fills": (("LATE", "#B42318"), ("DONE", "#2F7D5B"))},
    ),
    "task_progress": Sample(
        work.task_progress,
        {"LATE": "逾期", "BEHIND": "进度滞后", "ONGOING": "进行中"}
        | {"DONE": "已完成", "NOT_BEGUN": "未开始"},
        rows(
            "name value planned text state",
            ("健全网格", 93, 100, "93%（应达100%）", "LATE"),
            ("推行制度", 100, 100, "100%", "DONE"),
        ),
    ),
    "ranked_parts": Sample(
        ranking.ranked_parts,
        {"PART": "已参训", "WHOLE": "应参训"},
        rows(
            "code name value text",
            ("U3", "区级机关三", 0.25, "1/4次 · 2人次"),
            ("U5", "区级机关五", 0.6, "3/5次 · 9人次"),
        ),
    ),
    "ranked_numbers": Sample(
        ranking.ranked_numbers,
        {},
        rows(
            "code name value text",
            ("U3", "区级机关三", 7, "7"),
            ("U5", "区级机关五", 2, "2"),
            ("U1", "区级机关一", 0, "0"),
        ),
    ),
    "dates_honestly": Sample(
        rectification.dates_honestly,
        {"original": "按原定期限", "present": "按现行期限", "findings": "逾期问题（件）"},
        rows(
            "name original present", ("立行立改", 9, 8), ("分阶段整改", 14, 7), ("持续整改", 8, 2)
        ),
    ),
    "ages": Sample(
        rectification.ages,
        {},
        rows(
            "name value long",
            ("30 天内", 14, False),
            ("31–90", 11, False),
            ("91–180", 9, False),
            ("181–365", 7, False),
            ("一年以上", 3, True),
        ),
    ),
    "submission": Sample(
        reports.submission,
        {"ON_TIME": "按时报送", "LATE": "逾期报送", "MISSING": "逾期未报", "reports": "报告（份）"},
        _parts(
            "name",
            "state",
            {
                "年度内审计划": _states(REPORT, 28, 2, 0),
                "审计报告": _states(REPORT, 61, 6, 3),
                "整改报告": _states(REPORT, 48, 9, 4),
                "工作总结": _states(REPORT, 29, 1, 0),
            },
        ),
    ),
    "dimensions": Sample(
        reports.dimensions,
        {"weakest": "最弱"},
        rows(
            "name share text",
            ("报送时效", 0.94, "9.4/10"),
            ("逐项对应", 0.87, "13.1/15"),
            ("措施具体", 0.82, "12.3/15"),
            ("结果真实与证据", 0.66, "16.5/25"),
            ("未完成项说明", 0.78, "7.8/10"),
            ("长效机制", 0.71, "7.1/10"),
            ("举一反三与问责", 0.69, "6.9/10"),
            ("审批规范", 0.92, "4.6/5"),
        ),
    ),
    "leniency": Sample(
        reports.leniency,
        {"marks": "平均分与 95% 区间", "overall": "全部评审人", "reports": "评审报告（份）"},
        rows(
            "name mean low high text reports overall",
            ("评审人甲", 88.2, 86.0, 90.4, "88.2", 31, 82.6),
            ("评审人乙", 83.1, 80.9, 85.3, "83.1", 28, 82.6),
            ("评审人丙", 81.7, 78.2, 85.2, "81.7", 12, 82.6),
            ("评审人丁", 76.4, 73.8, 79.0, "76.4", 26, 82.6),
        ),
    ),
    "grades_by_kind": Sample(
        reports.grades_by_kind,
        {**MARK_BANDS, "reports": "报告（份）"},
        [
            {"name": kind, "grade": grade, "value": 5 + at * 3 - number}
            for at, kind in enumerate(("内审计划", "内审报告"))
            for number, grade in enumerate(MARK_BANDS)
        ],
    ),
    "quality_trend": Sample(
        reports.quality_trend,
        {"": "全部", "PLAN": "内审计划"},
        [
            {"month": month, "series": series, "marks": marks, "text": str(marks)}
            for at, month in enumerate(MONTHS)
            for series, marks in (("", 80 + at / 4), ("PLAN", None if at < 3 else 84 - at / 5))
        ],
        {"lowest": 60},
    ),
    "rating_matrix": Sample(
        mechanisms.rating_matrix,
        {
            "UP": "升级",
            "SAME": "持平",
            "DOWN": "降级",
            "NEW": "新评",
            "before": "上次",
            "now": "本次",
        },
        rows(
            "before before_place now now_place way value",
            ("4A", 0, "4A", 0, "SAME", 7),
            ("4A", 0, "3A", 1, "DOWN", 2),
            ("3A", 1, "4A", 0, "UP", 5),
            ("未评级", 3, "2A", 2, "NEW", 1),
        ),
    ),
    "guidance_forms": Sample(
        mechanisms.guidance_forms,
        {"DEPARTMENT": "主管部门", "AUDIT_BUREAU": "区审计局", "times": "次数"},
        _parts(
            "name",
            "by",
            {
                "现场指导": _states("DEPARTMENT AUDIT_BUREAU", 12, 8),
                "约谈": _states("DEPARTMENT AUDIT_BUREAU", 0, 3),
            },
        ),
    ),
    "indicators": Sample(
        mechanisms.indicators,
        {**MARK_BANDS, "before": "2024 年", "line": "80%"},
        rows(
            "name share before text short change changed band",
            ("整改成效", 0.71, 0.66, "71.0%", "差 9.0", 5.0, "▲ 5.0", "FAIR"),
            ("四类报告", 0.83, None, "83.0%", "", None, "", "GOOD"),
        ),
    ),
    "point_bands": Sample(
        mechanisms.point_bands,
        {**MARK_BANDS, "units": "单位数"},
        [
            {"name": name, "band": band, "value": 3 + number}
            for name in ("合计", "整改成效")
            for number, band in enumerate(MARK_BANDS)
        ],
    ),
    "review_rounds": Sample(
        mechanisms.review_rounds,
        {"DONE": "已完成", "DUE": "未到期", "LATE": "逾期", "reviews": "互审项数"},
        [
            {"code": each, "name": each, "state": state, "value": value}
            for each, states in {
                "2026-2": _states("DONE DUE LATE", 20, 7, 1),
                "2026-1": _states("DONE DUE LATE", 26, 0, 2),
            }.items()
            for state, value in states.items()
        ],
    ),
    "rating_moves": Sample(
        mechanisms.rating_moves,
        {**{grade: grade for grade in GRADES.split()}, "UNRATED": "未评级", "units": "单位（家）"},
        _parts(
            "year",
            "grade",
            {
                "2023": _states(GRADES, 1, 3, 6, 7, 5, 2, 6),
                "2024": _states(GRADES, 2, 5, 8, 6, 4, 2, 3),
                "2025": _states(GRADES, 3, 7, 8, 6, 3, 1, 2),
            },
        ),
    ),
    "warnings_by_rule": Sample(
        mechanisms.warnings_by_rule,
        {"RED": "红色预警", "YELLOW": "黄色预警"},
        rows(
            "rule level value",
            ("W01 批复后拨付缓慢（批复满60日拨付率低于30%）", "YELLOW", 4),
            ("W15 整改进展超过45日未更新", "YELLOW", 11),
            ("W18 同类问题12个月内涉及3个以上单位", "RED", 6),
            ("W20 内控评级下降2级以上", "RED", 1),
            ("W19 主要负责人超过100日未听取内审汇报", "YELLOW", 3),
        ),
    ),
    "gantt": Sample(
        work.gantt,
        {
            "LATE": "逾期",
            "BEHIND": "进度滞后",
            "ONGOING": "正常推进",
            "NOT_BEGUN": "未到开始时间",
            "DONE": "已完成",
            "as_of": "06-30",
        },
        [
            {
                "name": name,
                "starts_on": date(2026, start, 1),
                "due_on": date(2026, due, 28),
                "share": share,
                "planned": 1.0 if due < 6 else 0.6,
                "before": max(0, share - 0.1) if start < 5 else None,
                "text": f"{share:.0%}",
                "state": "DONE" if share == 1 else "LATE" if due < 6 else "ONGOING",
                "as_of": AS_OF,
            }
            for name, start, due, share in (
                ("1 健全网格化组织体系", 1, 3, 1.0),
                ("2 压实两个主体责任", 1, 5, 0.9),
                ("3 全覆盖自查自纠", 2, 8, 0.65),
                ("4 开展交叉互审", 4, 9, 0.4),
                ("5 提升四类报告质量", 3, 11, 0.5),
                ("6 问题整改动态清零", 1, 12, 0.55),
                ("7 内控评级与标杆培育", 5, 10, 0.2),
                ("8 数智监督与风险预警", 3, 12, 0.35),
                ("9 总审计师制度试点", 2, 5, 0.7),
                ("10 业务培训与技能竞赛", 6, 11, 0.05),
            )
        ],
    ),
    "monthly": Sample(
        funds.monthly,
        {"DISBURSED": "拨付", "SPENT": "使用", "money": "万元"},
        [
            {
                "month": f"{month:%y-%m}",
                "stage": stage,
                "value": 100.0 + 37 * at % 90,
                "text": "100.00万元",
            }
            for at, month in enumerate(MONTHS)
            for stage in ("DISBURSED", "SPENT")
        ],
    ),
    "completion": Sample(
        funds.completion,
        {
            "BEYOND": "资金超额",
            "PAST": "已过计划完工日期",
            "ONGOING": "未到计划完工日期",
            "SPENT": "资金已全部使用",
            "whole": "资金全额100%",
        },
        rows(
            "code name value text state",
            ("B4", "防洪排涝", 1.2, "120.0% · 计划2026-09-01", "BEYOND"),
            ("B1", "排水管网改造", 0.4, "40.0% · 已过121天", "PAST"),
            ("B2", "校舍加固", 0.7, "70.0% · 计划2026-12-01", "ONGOING"),
            ("B3", "设备更新", 1.0, "100.0% · 计划2025-12-01", "SPENT"),
        ),
    ),
    "found_against_cleared": Sample(
        disposals.found_against_cleared,
        {"FOUND": "累计排查", "DONE": "累计处置", "disposals": "事项（项）"},
        [
            {"month": month, "series": series, "value": at * pace}
            for at, month in enumerate(MONTHS)
            for series, pace in (("FOUND", 3), ("DONE", 2))
        ],
    ),
    "by_method": Sample(
        disposals.by_method,
        {},
        rows(
            "name value text",
            ("盘活", 12, "12 项 · 3,200.00万元"),
            ("合并", 5, "5 项 · 0.00万元"),
        ),
    ),
    "funnel": Sample(
        funds.funnel,
        {"APPROVED": "批复", "DISBURSED": "拨付", "SPENT": "使用"},
        [
            {"name": name, "stage": stage, "value": value, "text": f"{value:,.2f} 万元"}
            for name, values in {
                "超长期特别国债": (21500.0, 16200.5, 9800.0),
                "地方政府专项债券": (14300.0, 11000.0, 8700.25),
                "民生专项资金": (6200.0, 5900.0, 5100.0),
            }.items()
            for stage, value in zip(FUND.split(), values, strict=True)
        ],
    ),
    "idle_by_age": Sample(
        funds.idle_by_age,
        {},
        rows(
            "name place value text",
            ("91–180 天", 0, 3120, "3,120.00 万元"),
            ("181–365 天", 1, 1450, "1,450.00 万元"),
            ("一至二年", 2, 620, "620.00 万元"),
            ("二年以上", 3, 210, "210.00 万元"),
        ),
    ),
    "disposal_progress": Sample(
        disposals.disposal_progress,
        {"DONE": "已处置", "ONGOING": "处置中", "LATE": "逾期", "disposals": "事项（项）"},
        _parts(
            "name",
            "state",
            {
                "僵尸企业": _states("DONE ONGOING LATE", 9, 3, 2),
                "闲置岗位": _states("DONE ONGOING LATE", 31, 5, 0),
                "闲置资产": _states("DONE ONGOING LATE", 14, 11, 4),
            },
        ),
    ),
    "post_matrix": Sample(
        responsibilities.post_matrix,
        {"share": "已配备单位占比", "unknown": "不适用"},
        rows(
            "code post kind share text",
            ("PRINCIPAL", "主要负责人", "党政机关", 0.9, "9/10"),
            ("PRINCIPAL", "主要负责人", "区属国企", 1.0, "4/4"),
            ("CHIEF_AUDITOR", "总审计师", "党政机关", None, "—"),
            ("CHIEF_AUDITOR", "总审计师", "区属国企", 0.25, "1/4"),
        ),
    ),
    "duty_matrix": Sample(
        responsibilities.duty_matrix,
        {"share": "履责率", "unknown": "未到期"},
        [
            {
                "code": item,
                "item": item,
                "column": column,
                "share": share,
                "text": "—" if share is None else f"{share:.1%}",
            }
            for (at, item), (number, column) in product(
                enumerate(
                    (
                        "直接分管内审工作",
                        "听取内审工作汇报",
                        "研究审定年度内审计划",
                        "研究内审发现问题与整改",
                        "签批整改方案和整改报告",
                        "主持内审工作组会议",
                        "督促重大问题和领导批示件",
                    )
                ),
                enumerate(("已履行", "按时履行")),
            )
            for share in [None if at == 6 else 0.97 - at * 0.11 - number * 0.07]
        ],
    ),
    "timeline": Sample(
        unit.timeline,
        {**STATUSES, "EVENT": "事项", "due": "期限"},
        rows(
            "code lane starts_on ends_on due_on state text",
            ("A1", "任职", date(2025, 1, 10), None, None, "EVENT", "任命内审负责人"),
            ("R1", "四类报告", date(2025, 2, 28), None, None, "EVENT", "年度内审计划"),
            ("R2", "四类报告", date(2025, 9, 12), None, None, "EVENT", "审计报告"),
            ("C1", "交叉互审", date(2025, 6, 3), None, None, "EVENT", "被审"),
            ("G1", "内控评级", date(2026, 3, 18), None, None, "EVENT", "3A"),
            (
                "F1",
                "ZG-2025-014 未按规定招标",
                date(2025, 3, 1),
                date(2025, 6, 20),
                date(2025, 6, 30),
                "RECTIFIED",
                "销号",
            ),
            (
                "F2",
                "ZG-2025-031 往来款长期挂账",
                date(2025, 9, 15),
                AS_OF,
                date(2026, 3, 31),
                "UNRECTIFIED",
                "逾期 91 天",
            ),
            (
                "F3",
                "ZG-2026-007 专项资金拨付缓慢",
                date(2026, 4, 2),
                AS_OF,
                date(2026, 9, 30),
                "IN_PROGRESS",
                "整改中",
            ),
        ),
    ),
    "light_bar": Sample(
        lights.light_bar,
        LIGHTS,
        rows("code value", ("RED", 3), ("YELLOW", 7), ("GREY", 2), ("GREEN", 18)),
    ),
}
