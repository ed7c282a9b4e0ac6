"""What columns are called in English, by their Chinese heading, where the id in words says too
little."""

from collections.abc import Mapping

ENGLISH_HEADINGS: Mapping[str, str] = {
    # Units and the grid
    "统一社会信用代码": "Credit code",
    "纳入日期": "In the grid since",
    "退出日期": "Left the grid on",
    "上级单位": "Superior unit",
    "要素": "Grid element",
    "依据": "Basis",
    # Persons, institutions, duties
    "责任类别": "Post",
    "专职": "Full-time",
    # Audits
    "审计类别": "Kind of audit",
    "计划开始日期": "Planned start",
    "实际开始日期": "Actual start",
    "检查内容": "Content item",
    # Findings and their rectification
    "整改类型": "Kind of rectification",
    "整改期限": "Original limit",
    "领导批示": "Leaders' instructions",
    "具体描述": "Description",
    "前次问题编号": "Repeats finding",
    "新期限": "New limit",
    "整改金额": "Amount rectified",
    "建章立制": "Rules made",
    "处理人数": "Persons dealt with",
    # Mechanisms
    "互审单位": "Reviewing unit",
    "指导主体": "Guided by",
    "理由": "Reason",
    # Tasks, trainings, meetings
    "需协调": "Asks for co-ordination",
    "进展情况": "Progress in words",
    "牵头单位": "Lead body",
    "主管部门": "Lead department",
    "参加人数": "People taking part",
    "合格人数": "People who passed",
    "议题": "Topics",
    "议定事项": "Decision",
    # Money and disposals
    "批复金额": "Amount approved",
    "批复日期": "Approved on",
    "计划完工日期": "Planned completion",
    "资金编号": "Fund project",
    "盘活金额": "Amount recovered",
}
