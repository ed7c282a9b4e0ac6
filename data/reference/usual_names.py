"""English names of sectors and indicators as districts usually call them; their ledgers have no
column for them."""

from collections.abc import Mapping

from models.text import Label

_LABELS = (
    Label("党政机关", "Party and government bodies"),
    Label("教育", "Education"),
    Label("卫健", "Health"),
    Label("国资", "State-owned firms"),
    Label("街道", "Subdistricts"),
    Label("组织领导与第一责任人履责", "Leadership and the principal's duties"),
    Label("内审机构、工作组与队伍", "Institution, audit group and staff"),
    Label("内审计划与覆盖", "Audit plan and coverage"),
    Label("项目实施与交叉互审", "Audits carried out and cross reviews"),
    Label("四类报告", "Four reports"),
    Label("整改成效", "Results of rectification"),
    Label("资金安全与预警处置", "Safety of funds and warnings"),
    Label("信息化与数据质量", "Digital work and data quality"),
)
_BY_CHINESE: Mapping[str, Label] = {label.zh: label for label in _LABELS}


def usual(called: str) -> Label:
    """The name `called` of a ledger with its English; a name that is not usual stays as it is."""
    return _BY_CHINESE.get(called, Label(called, called))
