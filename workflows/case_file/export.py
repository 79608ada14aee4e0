"""A case in the names and codes of GB/T 39046—2020, whatever the inner model says beside it (rules.md 5.1)."""

from datetime import datetime

from engine.core.moments import HALL
from workflows.case_file.channel import Channel
from workflows.case_file.status import find
from workflows.case_file.storage import CaseEvent, CaseFile

KINDS = {"immediate": "1", "promised": "2", "joint": "2", "reported": "2"}
"""A.6: 1 即办件, 2 承诺件, 9 其他. 联办 and 上报 are 承诺 with a flag of their own."""
SPECIAL_PROCEDURES = {"extension": "1"}
"""A.7: 1 延长审批, 2 其他."""


def exported(case: CaseFile, events: list[CaseEvent]) -> dict[str, object]:
    """One record. ``special_procedures`` holds a code of A.7 for each one the case went through."""
    return {
        "办件编号": case.number,
        "基本编码": case.item_code,
        "事项版本": case.item_version,
        "事项名称": case.item_name,
        "受理部门": case.department,
        "申请人类型": "自然人" if case.applicant_kind == "individual" else "法人",
        "申请人名称": case.applicant_name,
        "申请人证件号码": case.masked_id,
        "申请方式": Channel(case.channel).code,
        "办件类型": KINDS.get(case.kind, "9"),
        "联办件": case.kind == "joint",
        "上报件": case.kind == "reported",
        "办件状态": find(case.status).name,
        "办件状态代码": find(case.status).vendor,
        "收件时间": _said(case.received_at),
        "受理时间": _said(case.accepted_at),
        "办结时间": _said(case.decided_at),
        "送达时间": _said(case.delivered_at),
        "超期天数": case.overdue_days,
        "特别程序种类": [special_procedure_code(event) for event in events if _is_special(event)],
    }


def special_procedure_code(event: CaseEvent) -> str:
    """By the ground the case paused for."""
    return SPECIAL_PROCEDURES.get(str(event.detail.get("ground")), "2")


def _is_special(event: CaseEvent) -> bool:
    return event.event == "status" and event.status == "special-procedure"


def _said(moment: datetime | None) -> str | None:
    """As the standard writes it: the hall's time to the second."""
    return None if moment is None else moment.astimezone(HALL).strftime("%Y-%m-%d %H:%M:%S")
