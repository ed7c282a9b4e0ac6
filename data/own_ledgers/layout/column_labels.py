"""The names of the columns to which a column of an own ledger can be mapped."""

from data.own_ledgers.forms.form import Form
from data.own_ledgers.forms.subjects import SUBJECTS
from data.own_ledgers.words.stated import Proposal
from models.registry import BY_ID
from models.text import Label

HELPING: dict[str, Label] = {
    "major": Label("是否重大问题", "Major or not"),
    "training_kind": Label("培训类别", "Kind of training"),
    "unit_below": Label("下属单位", "Unit below"),
    "project_name": Label("审计项目", "Audit project"),
    "source": Label("审计类别", "Kind of audit"),
    "code_as_written": Label("原编号", "Number as written"),
    "text": Label("问题描述", "Description"),
    "rectified": Label("已整改金额", "Amount rectified"),
    "rectified_now": Label("本月整改金额", "Amount rectified this month"),
    "limit": Label("整改期限", "Time limit"),
    "new_limit": Label("延期至", "Extended to"),
    "progress": Label("整改措施和进展", "Measures and progress"),
    "state": Label("整改状态", "State"),
    "closure": Label("销号情况", "Closure"),
    "done_on": Label("完成时间", "Day of completion"),
    "closed_on": Label("销号时间", "Day of closure"),
    "rules_built": Label("建章立制", "Rules built"),
    "persons_handled": Label("处理人数", "Persons handled"),
    "transferred": Label("是否移送", "Handed over or not"),
    "repeated": Label("屡审屡犯", "Found before"),
    "remark": Label("备注", "Remark"),
    "submitted": Label("是否报送", "Submitted or not"),
    "due_count": Label("应报份数", "Number due"),
    "submitted_count": Label("已报份数", "Number submitted"),
    "short_name": Label("简称", "Short name"),
    "former_name": Label("曾用名", "Former name"),
    "sector_name": Label("主管部门", "Competent department"),
    "institution": Label("内审机构", "Internal audit body"),
    "institution_on": Label("内审机构设立日期", "Day the internal audit body was set up"),
    "position": Label("职务", "Position"),
    "post": Label("单位职务", "Post in the unit"),
    "person": Label("姓名", "Person"),
    "expected": Label("应到人数", "Expected"),
    "training_name": Label("培训名称", "Training"),
    "on_date": Label("培训日期", "Day of the training"),
    "hours": Label("学时", "Hours"),
    "disbursed": Label("已拨付", "Disbursed so far"),
    "spent": Label("已支出", "Spent so far"),
    "disbursed_now": Label("本月拨付", "Disbursed this month"),
    "spent_now": Label("本月支出", "Spent this month"),
}
"""Columns that no ledger has: the values of ledger columns are worked out from them."""


def label(subject: str, column: str) -> Label:
    """The name of one of our columns."""
    for each in BY_ID[subject].columns:
        if each.id == column:
            return each.label
    return HELPING.get(column, Label(column, column))


def every_column(form: Form) -> tuple[Proposal, ...]:
    """All columns that a column of the sheet can be mapped to by `form`, beyond the likeliest."""
    subject = SUBJECTS[form.subject]
    return tuple(Proposal(each, label(subject.ledger, each)) for each in subject.targets)
