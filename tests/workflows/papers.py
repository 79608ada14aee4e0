"""What people hand in and write down in the tests of the sample items. Nobody in it exists."""

from copy import deepcopy
from typing import Any

from tests.workflows.applications import APPLICATIONS, CHECKS, SEALS

FIRST_ITEM = "individual_name_approval"


def on_the_spot(item: str, window_group: str, *, granted: bool = True) -> dict[str, Any]:
    """The decision on an immediate item."""
    given = {"legal_basis": "《样例规定》第一条", "receiver": "样例申请人", "received": True, "seal_number": seal(window_group)}
    given |= {"duplicates_checked": True, "approved_name": "大足县样例面馆"} if item == FIRST_ITEM else {CHECKS[item]: True}
    if granted:
        return given | {"result": "granted"}
    given.pop("approved_name", None)
    remedies = {"reconsideration_organ": "县人民政府", "court": "县人民法院"}
    return given | {"result": "refused", "reasons": "经核对，不符合规定的条件。"} | remedies


def seal(window_group: str) -> str:
    """The number of the seal a window keeps."""
    return SEALS.get(f"{window_group}-1", "国土审批01")


def application(key: str) -> dict[str, Any]:
    """A copy that a test may spoil."""
    return deepcopy(APPLICATIONS[key])


ACCEPT = {"outcome": "accepted", "materials_complete": True}
NOT_REQUIRED = {
    "outcome": "not_required",
    "reason": "该事项依法不需要取得行政许可。",
    "legal_basis": "《行政许可法》第三十二条",
}
NOT_COMPETENT = {
    "outcome": "not_competent",
    "reason": "该事项不属于本机关职权范围。",
    "legal_basis": "《行政许可法》第三十二条",
    "competent_organ": "市工商行政管理局",
    "reconsideration_organ": "县人民政府",
    "court": "县人民法院",
}
INCOMPLETE = {
    "outcome": "incomplete",
    "missing": [
        {"material": "场地使用协议", "requirement": "提交场地权属人签字的原件"},
        {"material": "广告样件", "requirement": "提交彩色样件两份"},
    ],
}
ARRANGEMENT = {
    "visit_on": "2026-03-03",
    "place": "样例路口东侧",
    "first_inspector": "承办人甲",
    "second_inspector": "承办人乙",
    "applicant_told": True,
}
RECORD = {
    "visited_on": "2026-03-02",
    "people_present": "申请人代表",
    "findings": [{"aspect": "设置位置", "observed": "与申请一致", "conforms": "yes"}],
    "result": "passed",
    "signed": True,
}
COUNTERSIGNED = {"agrees": "yes", "signed": True}
REQUEST = {"question": "请就该户外广告的设置提出意见。", "reply_days": 3}
AGREED = {"conclusion": "agreed", "statement": "同意设置。"}
GRANT = {"proposal": "granted", "facts": "申请人提交的材料齐全，现场符合条件。", "legal_basis": "《广告管理条例》第十三条"}
REFUSE = {
    "proposal": "refused",
    "facts": "设置位置遮挡交通信号灯，现场不符合条件。",
    "legal_basis": "《广告管理条例》第十三条",
    "reasons": "设置位置影响道路交通安全，不符合登记条件。",
    "reconsideration_organ": "县人民政府",
    "court": "县人民法院",
    "heard": True,
}
SIGNED = {"outcome": "signed"}
ISSUED = {"seal_number": "工商审批01", "sealed": True}
DELIVERED = {"method": "direct", "delivered_on": "2026-03-02", "receiver": "申请人代表", "signed": True}
NAME_GRANTED = {
    "duplicates_checked": True,
    "result": "granted",
    "approved_name": "大足县样例面馆",
    "legal_basis": "《个体工商户名称登记管理办法》",
    "seal_number": "工商审批01",
    "receiver": "样例申请人",
    "received": True,
}
SUPPORTED = {"opinion": "supported", "facts": "申请人提交的材料齐全，现场与申请一致。", "legal_basis": "《矿产资源法》第三条"}
SENT_UP = {
    "superior": "市国土局",
    "sent_on": "2026-03-02",
    "package": [{"name": "初审意见", "copies": 2}, {"name": "全部申请材料", "copies": 1}],
    "complete": True,
}
WITHDRAWN = {"signed": True, "reason": "申请人书面撤回申请。"}
"""What the message that the applicant withdraws carries."""
SUPPLIED = {"sent_on": "2026-03-02", "from_the_file": True, "package": [{"name": "矿区范围图"}]}
SPECIAL_PROCEDURE = {"ground": "expert-review", "planned_days": 10, "evidence": "专家评审委托书", "told": True}
SPECIAL_PROCEDURE_RESULT = {"document": "专家评审意见书〔2026〕1号", "summary": "专家组同意通过。"}
EXTENSION = {"days": 10, "reason": "案情复杂，需要补充调查取证。"}
QUESTION = {"question": "该广告位是否影响消防通道？", "reply_days": 3}
ANSWER = {"conclusion": "agreed", "statement": "经核对图纸，不影响消防通道。"}
HEARING_RIGHT = {"affected": "相邻商户", "interest": "广告牌可能遮挡其店面采光和招牌。"}
HEARING_ARRANGEMENT = {
    "held_on": "2026-03-16",
    "place": "行政服务中心会议室",
    "chair": "县法制办主持人",
    "free_of_charge": True,
}
HEARING_RECORD = {
    "held_on": "2026-03-16",
    "participants": [{"name": "申请人代表"}, {"name": "相邻商户代表"}],
    "statements": [{"speaker": "相邻商户代表", "statement": "广告牌遮挡招牌。"}],
    "conclusion": "建议缩小广告牌后准予登记。",
    "signed": True,
}
TOWN_REVIEW = {
    "visited_on": "2026-03-02",
    "first_inspector": "承办人甲",
    "second_inspector": "承办人乙",
    "findings": "经走访村委会和邻居，婚姻、子女情况属实。",
    "opinion": "supported",
    "signed": True,
}
POSTED = {"place": "样例村公示栏", "personal_data_masked": True}
NO_OBJECTION = {"objections": "none"}
OBJECTION = {"objections": "raised", "objector": "样例村村民", "objection": "申请人另有子女未申报。"}
SUPERIOR_GRANTED = {
    "result": "granted",
    "document_number": "市国土矿〔2026〕7号",
    "decided_on": "2026-03-02",
    "legal_basis": "《矿产资源法》第三条",
}
