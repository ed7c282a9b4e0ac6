"""The texts of findings: sixty kinds of problem, three per content item, in general words."""

from typing import NamedTuple


class Problem(NamedTuple):
    """A kind of problem: its content item, its category, and its one-line name."""

    item: str
    category: str
    title: str


SHARED = Problem("FS10", "往来款长期挂账", "部分往来款项挂账超过三年，未及时清理核销")
"""The kind that lies in many units at once; no other finding is of it."""

PROBLEMS: tuple[Problem, ...] = (
    Problem("FS01", "银行账户未备案", "新开立银行账户未按规定报批备案"),
    Problem("FS01", "睡眠账户未清理", "长期不发生业务的银行账户未及时撤销"),
    Problem("FS01", "账户年检不到位", "银行账户年检资料不完整，变更事项未登记"),
    Problem("FS02", "银行对账不及时", "银行存款未按月对账，余额调节表缺失"),
    Problem("FS02", "对账人员不独立", "银行对账由出纳人员自行办理"),
    Problem("FS02", "未达账项未清理", "未达账项长期存在，未查明原因"),
    Problem("FS03", "不相容岗位未分离", "会计与出纳岗位职责交叉，未有效分离"),
    Problem("FS03", "授权审批由一人办理", "支付经办与复核由同一人完成"),
    Problem("FS03", "岗位职责不清", "资金管理岗位职责未以制度明确"),
    Problem("FS04", "印章保管不规范", "财务印章由一人保管，用印登记不全"),
    Problem("FS04", "网银密钥未分管", "网银制单与复核密钥未分别保管"),
    Problem("FS04", "密钥交接无记录", "人员变动后网银密钥交接无书面记录"),
    Problem("FS05", "库存现金超限额", "库存现金超过核定限额"),
    Problem("FS05", "现金盘点流于形式", "现金盘点未留存记录，缺少监盘人签字"),
    Problem("FS05", "坐支现金", "收取的现金未及时存入银行直接用于支出"),
    Problem("FS06", "票据领用登记不全", "财政票据领用核销登记不完整"),
    Problem("FS06", "作废票据未归档", "作废票据未按规定加盖印章并归档"),
    Problem("FS06", "发票审核不严", "报销发票要素不全，审核把关不严"),
    Problem("FS07", "非税收入上缴不及时", "非税收入未在规定期限内缴入国库"),
    Problem("FS07", "租金收入未入账", "房屋租金收入未纳入单位统一核算"),
    Problem("FS07", "收入挂往来", "应缴收入在往来科目核算，未确认收入"),
    Problem("FS08", "大额支付未集体研究", "大额资金支付未履行集体决策程序"),
    Problem("FS08", "支付审批手续不全", "部分支付事项审批单签字不全"),
    Problem("FS08", "超权限审批", "超出审批权限签批支出事项"),
    Problem("FS09", "专项资金未单独核算", "专项资金未设置明细科目单独核算"),
    Problem("FS09", "专项资金使用缓慢", "专项资金到位后未及时形成支出"),
    Problem("FS09", "专项资金扩大范围", "专项资金列支与项目无关的日常开支"),
    Problem("FS10", "个人借款未按期归还", "职工因公借款逾期未归还"),
    Problem("FS10", "保证金未及时退还", "合同履约完成后保证金未及时清退"),
    Problem("FS10", "往来款核对不到位", "应收应付款项未定期与对方核对"),
    Problem("FS11", "资金存放未竞争性选择", "资金存放银行的选择未履行比选程序"),
    Problem("FS11", "闲置资金未统筹", "闲置资金未按规定统筹安排"),
    Problem("FS11", "定期存款未报批", "办理定期存款未履行审批手续"),
    Problem("FS12", "公务支出超标准", "差旅费报销超过规定标准"),
    Problem("FS12", "公务卡使用不规范", "应使用公务卡结算的支出以现金支付"),
    Problem("FS12", "会议培训费无计划", "会议、培训费支出未纳入年度计划"),
    Problem("FS13", "关键岗位未轮岗", "资金管理关键岗位人员超期未轮岗"),
    Problem("FS13", "监督检查未开展", "年度资金安全检查未按计划开展"),
    Problem("FS13", "系统权限未及时变更", "离岗人员财务系统权限未及时注销"),
    Problem("KA1", "政策落实进度滞后", "重点工作任务推进慢于序时进度"),
    Problem("KA1", "惠民政策宣传不足", "政策知晓率不高，符合条件对象未全覆盖"),
    Problem("KA1", "绩效目标未细化", "政策资金绩效目标不具体，难以考核"),
    Problem("KA2", "三重一大事项未上会", "重大事项决策会议记录缺失"),
    Problem("KA2", "内控制度未修订", "内部控制制度多年未修订，与现行规定不符"),
    Problem("KA2", "决策程序倒置", "先实施后研究，决策程序倒置"),
    Problem("KA3", "预算编制不完整", "部分收入未编入年度预算"),
    Problem("KA3", "预算执行率偏低", "项目支出预算执行率低于规定要求"),
    Problem("KA3", "超预算支出", "部分经济科目支出超过预算且未调整"),
    Problem("KA4", "项目结算不及时", "已完工项目未按期办理竣工财务决算"),
    Problem("KA4", "工程变更未审批", "工程变更未履行审批手续即实施"),
    Problem("KA4", "项目前期论证不足", "项目可行性论证不充分，投资概算偏差较大"),
    Problem("KA5", "采购程序不规范", "达到限额的采购事项未履行比选程序"),
    Problem("KA5", "合同要素不全", "合同未约定违约责任和验收标准"),
    Problem("KA5", "履约验收不严", "采购项目验收资料不完整"),
    Problem("KA6", "固定资产账实不符", "固定资产账面与实物不一致，未定期盘点"),
    Problem("KA6", "资产出租未报批", "国有资产出租未履行审批和公开程序"),
    Problem("KA6", "资产闲置未盘活", "部分资产长期闲置，未制定盘活方案"),
    Problem("KA7", "以往问题整改不彻底", "以前年度审计指出的问题整改不彻底"),
    Problem("KA7", "整改台账不完整", "整改台账要素不全，佐证材料缺失"),
    Problem("KA7", "举一反三不到位", "未对同类问题开展自查自纠"),
)


def problem(number: int) -> Problem:
    """The kind of problem with `number`; above sixty, kinds repeat with a number, enough for a
    city."""
    turn, at = divmod(number, len(PROBLEMS))
    kind = PROBLEMS[at]
    return kind._replace(category=f"{kind.category}（{turn + 1}）") if turn else kind
