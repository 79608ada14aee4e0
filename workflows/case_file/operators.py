"""What models say to the case file: a case is received, enters a status, is flagged. All in the step's own transaction."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from engine.core.moments import to_text
from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry, context_of, list_of
from workflows.agency.mandate import Mandate, Principal
from workflows.agency.representation import keep_filing, represent
from workflows.case_file import pass_code, storage
from workflows.case_file.applicant import Applicant
from workflows.case_file.channel import Channel, channel_of
from workflows.case_file.hearing import PENDING, require_uninvolved
from workflows.case_file.recording import enter
from workflows.case_file.status import FIRST
from workflows.case_file.storage import CaseFile
from workflows.case_number import allot_number, parse
from workflows.catalogue.in_force import in_force
from workflows.clock import hall_day
from workflows.documents.operators import issue
from workflows.journal import Entry

FLAGS = ("consulting", "site-visit", "report-overdue", "notice-overdue", "papers-to-follow", PENDING)
"""征求意见, 核查中, 转报超期, 一次告知逾期, 容缺, 听证未结."""

declare(
    {
        "case-not-returned": (
            "办件{number}不是退回件，不能申请复核。",
            "Expected case {number} to have been returned, but it was not.",
        ),
        "case-of-other-item": (
            "办件{number}是“{item}”的办件，不是所要求的事项。",
            "Expected a case of another item, but {number} is one of {item}.",
        ),
        "case-flag-unknown": ("没有“{flag}”这种办件标记。", "Expected a flag of a case, but {flag} is none."),
        "case-applicant-missing": ("收件须写明申请人。", "Expected the applicant's name, but it is missing."),
        "case-number-foreign": (
            "办件编号{number}不是为事项{item}编的号。",
            "Expected a number allotted for item {item}, but {number} is not.",
        ),
    }
)


def register(registry: OperatorRegistry) -> None:
    """Add ``cases.*`` to the operators models may name."""
    registry.local("cases.receive", parameters=("item", "receipt", "applicant", "materials", "channel", "parent"))(receive)
    registry.local("cases.record", parameters=("case", "status", "detail"))(record)
    registry.local("cases.flag", parameters=("case", "flag", "raised"))(flag)
    registry.local("cases.state", parameters=("case",))(state)
    registry.local("cases.require_uninvolved", parameters=())(uninvolved)
    registry.local("cases.require_returned", parameters=("case",))(returned)
    registry.local("cases.require_of_item", parameters=("case", "item"))(of_item)


def receive(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Open the case file and issue the receipt: ``{"number", "received_at", "received_on", "document", "applicant_account"}``,
    the last being whose inbox notices go to: the account that filed through the web.

    ``item``: the item as the case pins it, with its ``version``; ``receipt``: the answer of ``cases.allot_number`` where the
    number was allotted before, otherwise it is allotted here; ``channel``: how the application
    came, by default by whether the filing is done at a window;
    ``parent``: the number of the case this one is part of. A town's agent files by a mandate, which the case's ledger names.
    It is received now, whatever ``receipt`` says of the time (A-03).
    The pass code is on the paper and nowhere else: not in the answer,
    which history keeps, and in the case file only as a hash.

    :raises Rejection: ``item-not-in-catalogue``, ``case-numbers-exhausted``, ``case-number-invalid``, ``case-number-foreign``,
        ``case-already-received``, ``case-applicant-missing``, ``case-channel-unknown``, and as
        :func:`workflows.agency.representation.represent`.
    """
    item, receipt = _item(session, parameters, call), context_of(parameters.get("receipt"))
    applicant = Applicant.of(context_of(parameters.get("applicant")))
    if not applicant.name:
        raise Rejection("case-applicant-missing", field="applicant")
    if not receipt:
        receipt = context_of(allot_number(session, {"item": item["code"]}, call))
    _require_own_number(item, str(receipt.get("number")))
    receipt = {**receipt, "received_at": to_text(call.now), "received_on": hall_day(call.now).isoformat()}
    mandate = represent(session, call.actor, Principal(applicant.name, applicant.masked_id), str(item["code"]), call.now)
    code, channel = pass_code.new(), _channel(parameters, call) if mandate is None else Channel.AGENT
    row = {
        **_item_columns(item),
        "number": receipt["number"],
        "instance_id": call.instance_id,
        "parent_number": parameters.get("parent"),
        "pass_code": pass_code.hashed(code),
        "applicant_kind": applicant.kind,
        "applicant_name": applicant.name,
        "masked_id": applicant.masked_id,
        "channel": channel.value,
        "status": FIRST,
        "flags": [],
        "received_at": call.now,
    }
    materials = [str(name) for name in list_of(parameters.get("materials"))]
    told = {"materials": materials, "channel": channel.value, **_by_mandate(mandate)}
    storage.add(session, row, Entry(call.now, call.actor.id, "received", told))
    if mandate is not None:
        keep_filing(session, str(receipt["number"]), mandate, str(item["code"]), call.now)
    account = call.actor.id if channel in (Channel.WEB, Channel.AGENT) else None
    paper = _receipt_paper(session, item, applicant.name, receipt, materials, code, call)
    return {**receipt, "document": paper, "applicant_account": account}


def _by_mandate(mandate: Mandate | None) -> dict[str, str]:
    return {} if mandate is None else {"agent": mandate.agent, "mandate": mandate.number}


def _channel(parameters: Variables, call: OperatorCall) -> Channel:
    """What is not said is seen: who files at the window is of a window; everybody else came through the web."""
    said = parameters.get("channel")
    if said is not None:
        return channel_of(str(said))
    return Channel.WINDOW if any(group.startswith("window-") for group in call.actor.groups) else Channel.WEB


def _receipt_paper(
    session: Session,
    item: Mapping[str, Any],
    name: str,
    receipt: Mapping[str, Any],
    materials: list[str],
    code: str,
    call: OperatorCall,
) -> Value:
    data = {
        "applicant": name,
        "item": item["name"],
        "received_on": receipt["received_on"],
        "pass_code": code,
        "materials": materials or ["无"],
    }
    given = {"kind": "filing_receipt", "case": receipt["number"], "department": item["department"], "data": data}
    return issue(session, given, call)


def _item(session: Session, parameters: Variables, call: OperatorCall) -> Mapping[str, Any]:
    given = parameters.get("item")
    return given if isinstance(given, Mapping) else in_force(session, str(given), call.now).to_variables(call.now)


def _item_columns(item: Mapping[str, Any]) -> dict[str, Any]:
    same = ("kind", "department", "window_group", "leader_group")
    version = item.get("version")
    pinned = {"item_code": item["code"], "item_version": version if isinstance(version, int) else 1, "item_name": item["name"]}
    return {**pinned, **{name: item[name] for name in same}}


def _require_own_number(item: Mapping[str, Any], number: str) -> None:
    if parse(number).kind != item["kind"]:
        raise Rejection("case-number-foreign", field="receipt", number=number, item=str(item["code"]))


def record(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The case enters a status: ``statuses.yaml`` says which may follow and what ``detail`` must say. Answers with its state.

    :raises Rejection: ``case-not-found``, and as :func:`workflows.case_file.recording.enter`.
    """
    found = storage.find(session, str(parameters.get("case")), locked=True)
    detail = context_of(parameters.get("detail"))
    return view(enter(session, found, str(parameters.get("status")), detail, call.actor, call.now))


def flag(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Raise a flag beside the status, or lower it (``raised``: false). Nothing happens if it is so already.

    :raises Rejection: ``case-not-found``, ``case-flag-unknown``.
    """
    name, raised = str(parameters.get("flag")), parameters.get("raised") is not False
    if name not in FLAGS:
        raise Rejection("case-flag-unknown", field="flag", flag=name[:40])
    found = storage.find(session, str(parameters.get("case")), locked=True)
    if (name in found.flags) == raised:
        return view(found)
    flags = sorted({*found.flags, name} if raised else {*found.flags} - {name})
    entry = Entry(call.now, call.actor.id, "flag", {"flag": name, "raised": raised})
    return view(storage.change(session, found, entry, flags=flags))


def state(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The state of a case now.

    :raises Rejection: ``case-not-found``.
    """
    return view(storage.find(session, str(parameters.get("case"))))


def returned(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """A case that was returned (退回, until 2004): ``number``, ``item_name``, ``department``, ``window_group``.

    :raises Rejection: ``case-not-found``, ``case-not-returned``.
    """
    found = storage.find(session, str(parameters.get("case")))
    if found.status != "returned":
        raise Rejection("case-not-returned", field="case_number", number=found.number)
    return {name: getattr(found, name) for name in ("number", "item_name", "department", "window_group")}


def of_item(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """A case of this item: its ``number`` and ``status``.

    :raises Rejection: ``case-not-found``, ``case-of-other-item``.
    """
    found = storage.find(session, str(parameters.get("case")))
    if found.item_code != parameters.get("item"):
        raise Rejection("case-of-other-item", field="case_number", number=found.number, item=found.item_name)
    return {"number": found.number, "status": found.status}


def uninvolved(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """True, or refused: whoever completed the task before this one has done nothing else in the case than the hearing's tasks.

    :raises Rejection: ``hearing-chair-involved``.
    """
    require_uninvolved(session, call.instance_id, call.actor)
    return True


def view(case: CaseFile) -> dict[str, Value]:
    """As models read it: plain JSON, moments UTC, days the hall's."""
    moments = ("received_at", "accepted_at", "decided_at", "delivered_at", "ended_at")
    return {
        "number": case.number,
        "status": case.status,
        "flags": list(case.flags),
        "accepted_on": None if case.accepted_on is None else case.accepted_on.isoformat(),
        "overdue_days": case.overdue_days,
        **{name: None if getattr(case, name) is None else to_text(getattr(case, name)) for name in moments},
    }
