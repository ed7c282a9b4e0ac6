"""The names of the sums of own ledgers."""

from collections.abc import Mapping

from models.text import Label

SUM_NAMES: Mapping[str, Label] = {
    "findings": Label("问题数", "Findings"),
    "closed": Label("已销号", "Closed"),
    "open": Label("未销号", "Open"),
    "amount": Label("涉及金额（万元）", "Amount (10,000 yuan)"),
    "rectified": Label("已整改金额（万元）", "Amount rectified (10,000 yuan)"),
    "rectified_now": Label("本月整改金额（万元）", "Put right this month (10,000 yuan)"),
    "reports": Label("应报份数", "Reports"),
    "submitted": Label("已报份数", "Submitted"),
    "units": Label("单位数", "Units"),
    "trainings": Label("培训场次", "Trainings"),
    "people": Label("参训人次", "People at trainings"),
    "persons": Label("内审人员数", "Internal auditors"),
    "fund_projects": Label("项目数", "Projects"),
    "approved": Label("批复金额（万元）", "Approved (10,000 yuan)"),
    "disbursed": Label("已拨付（万元）", "Disbursed (10,000 yuan)"),
    "spent": Label("已支出（万元）", "Spent (10,000 yuan)"),
    "disbursed_now": Label("本月拨付（万元）", "Disbursed this month (10,000 yuan)"),
    "spent_now": Label("本月支出（万元）", "Spent this month (10,000 yuan)"),
    "disposals": Label("资产处置数", "Disposals"),
    "done": Label("已处置", "Done"),
    "value": Label("资产价值（万元）", "Value (10,000 yuan)"),
    "recovered": Label("收回金额（万元）", "Recovered (10,000 yuan)"),
}
"""By the name under which a sheet's sums are kept."""


def sum_label(name: str) -> Label:
    """The name of a sum; its id if it has no other name."""
    return SUM_NAMES.get(name, Label(name, name))
