"""What the model of agency asks: papers come, a matter is filed, its result is fetched and handed to whom it belongs.

Every one is done by the agent of the mandate and nobody else, also where the task was passed on.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from engine.core.moments import to_text
from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables
from engine.runtime.number_series import next_number
from engine.runtime.operators import OperatorCall, OperatorRegistry, list_of
from workflows.agency import storage
from workflows.agency.mandate import Mandate, choose
from workflows.agency.papers import Check, check, listed
from workflows.agency.representation import require_no_officer
from workflows.agency.storage import Matter
from workflows.agency.town import Town, town_of, towns
from workflows.case_file.status import find as find_status
from workflows.case_file.storage import find as find_case
from workflows.catalogue.in_force import in_force
from workflows.clock import hall_day

ENDED = ("delivered", "not-needed", "not-accepted", "returned", "withdrawn", "terminated", "revoked")
"""What a case ends in, as far as whoever fetches the result is concerned."""
COMPLETE, GATHERING = "complete", "gathering"

declare(
    {
        "agency-not-filed": (
            "还没有按委托书{mandate}申报事项{item}。",
            "Expected a case of item {item} filed by mandate {mandate}, but there is none yet.",
        ),
        "agency-result-not-ready": (
            "办件{case}尚未办结（{status}），没有可以领取的结果。",
            "Case {case} is not concluded ({status}); there is no result to fetch.",
        ),
        "agency-delivery-unsigned": (
            "结果须交委托人并由其在交接单上签收。",
            "Expected the principal's signature for the result, but there is none.",
        ),
        "agency-step-order": (
            "代办事项现为“{state}”，不能进行这一步。",
            "The matter is {state}; this step does not follow.",
        ),
    }
)


def register(registry: OperatorRegistry) -> None:
    """Add ``agency.*`` to the operators models may name."""
    place = ("hand_over", "line")
    registry.local("agency.hand_over", parameters=("matters",))(hand_over)
    registry.local("agency.supplement", parameters=(*place, "papers"))(supplement)
    registry.local("agency.give_back", parameters=(*place, "signature"))(give_back)
    registry.local("agency.require_filed", parameters=place)(require_filed)
    registry.local("agency.collect", parameters=place)(collect)
    registry.local("agency.deliver", parameters=(*place, "receiver", "signature", "money_taken"))(deliver)


def hand_over(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Take in the papers of as many people as there are: ``{"number", "town", "agent", "at", "matters"}``.

    ``matters``: a list of ``mandate`` (number), ``item`` (code) and ``papers`` (one a line). Each answer says what the item
    asks for and is ``missing``, and what is ``to_check``. All of the slip, or nothing.

    :raises Rejection: ``agency-not-agent``, ``agency-officer``, ``agency-cash``, ``agency-nothing-handed-over``,
        ``agency-mandate-not-found``, ``item-not-in-catalogue`` and its like, and as :func:`workflows.agency.mandate.choose`.
    """
    town = town_of(call.actor.id, call.actor.groups)
    require_no_officer(session, call.actor.id, call.actor.groups)
    given = [row for row in list_of(parameters.get("matters")) if isinstance(row, Mapping)]
    if not given:
        raise Rejection("agency-nothing-handed-over", field="matters")
    year = hall_day(call.now).year
    number = f"{town.name}交〔{year}〕{next_number(session, f'agency-hand-over/{town.code}/{year}')}号"
    storage.add_hand_over(
        session, number=number, town=town.code, agent=call.actor.id, instance_id=call.instance_id, at=call.now
    )
    matters = [_taken_in(session, (number, line), row, town, call) for line, row in enumerate(given, 1)]
    return {"number": number, "town": town.name, "agent": call.actor.id, "at": to_text(call.now), "matters": matters}


def _taken_in(session: Session, place: tuple[str, int], row: Mapping[str, Any], town: Town, call: OperatorCall) -> Value:
    papers = listed(str(row.get("papers") or ""))
    item = in_force(session, str(row.get("item") or ""), call.now).item
    given = storage.mandate_of(session, str(row.get("mandate") or "").strip())
    mandate = choose([given], call.actor.id, given.principal, item.code, hall_day(call.now))
    found = check(item, papers)
    values = {"hand_over": place[0], "line": place[1], "town": town.code, "handed_over_at": call.now}
    by = {"mandate": mandate.number, "agent": mandate.agent, "principal_name": mandate.principal.name}
    about = {"item_code": item.code, "item_name": item.name, "gaps": len(found.missing)}
    storage.add_matter(session, **values, **by, **about, **_completeness(found.missing, call))
    storage.pass_papers(session, place, papers, mandate.principal.name, call.actor.id, call.now)
    shown: dict[str, Value] = {"code": item.code, "name": item.name, "window": item.window, "process": item.process}
    return {**_said(place, mandate), "item": shown, "papers": [*papers], **_checked(found)}


def _said(place: tuple[str, int], mandate: Mandate) -> dict[str, Value]:
    principal: dict[str, Value] = {"name": mandate.principal.name, "masked_id": mandate.principal.masked_id}
    return {
        "hand_over": place[0],
        "line": place[1],
        "mandate": mandate.number,
        "agent": mandate.agent,
        "principal": principal,
        "town": towns()[mandate.town].name,
    }


def _checked(found: Check) -> dict[str, Value]:
    return {"missing": [*found.missing], "to_check": [*found.to_check]}


def _completeness(missing: tuple[str, ...], call: OperatorCall) -> dict[str, Any]:
    """Papers that are all there were complete when the last of them came."""
    return {"state": GATHERING, "complete_at": None} if missing else {"state": COMPLETE, "complete_at": call.now}


def supplement(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """More papers of a matter came: ``{"papers", "missing", "to_check"}``, all of them together.

    :raises Rejection: ``agency-redelegation``, ``agency-step-order``, ``agency-cash``, ``agency-nothing-handed-over``.
    """
    matter = _matter(session, parameters, call, GATHERING)
    papers, place = listed(str(parameters.get("papers") or "")), (matter.hand_over, matter.line)
    storage.pass_papers(session, place, papers, matter.principal_name, call.actor.id, call.now)
    there = storage.papers_of(session, *place, call.actor.id)
    found = check(in_force(session, matter.item_code, call.now).item, there)
    storage.change_matter(session, matter, **_completeness(found.missing, call))
    return {"papers": [*there], **_checked(found)}


def give_back(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The principal does not go on: every paper goes back, and is signed for. Answers with them.

    :raises Rejection: ``agency-redelegation``, ``agency-step-order``, ``agency-delivery-unsigned``.
    """
    matter = _matter(session, parameters, call, GATHERING, COMPLETE)
    signature, place = _signature(parameters), (matter.hand_over, matter.line)
    papers = storage.papers_of(session, *place, call.actor.id)
    storage.pass_papers(session, place, papers, call.actor.id, matter.principal_name, call.now)
    values = {"receiver": matter.principal_name, "signature": signature, "delivered_at": call.now}
    storage.change_matter(session, matter, state="given-back", **values)
    return [*papers]


def require_filed(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The case the agent filed by the matter's mandate since the papers came: ``{"case", "filed_at", "window"}``.

    :raises Rejection: ``agency-redelegation``, ``agency-step-order``, ``agency-not-filed``.
    """
    matter = _matter(session, parameters, call, COMPLETE)
    filed = storage.open_filing(session, matter)
    if filed is None:
        raise Rejection("agency-not-filed", mandate=matter.mandate, item=matter.item_code)
    place = (matter.hand_over, matter.line)
    window = find_case(session, filed.case_number).window_group
    papers = storage.papers_of(session, *place, call.actor.id)
    storage.pass_papers(session, place, papers, call.actor.id, window, filed.at)
    storage.change_matter(session, matter, state="filed", case_number=filed.case_number, filed_at=filed.at)
    return {"case": filed.case_number, "filed_at": to_text(filed.at), "window": window}


def collect(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The result was fetched at the window: ``{"case", "status", "status_name"}``.

    :raises Rejection: ``agency-redelegation``, ``agency-step-order``, ``agency-result-not-ready``.
    """
    matter = _matter(session, parameters, call, "filed")
    case = find_case(session, str(matter.case_number))
    if case.status not in ENDED:
        status = find_status(case.status).name
        raise Rejection("agency-result-not-ready", case=case.number, status=status)
    name = find_status(case.status).name
    paper = [f"办理结果：{name}"]
    storage.pass_papers(session, (matter.hand_over, matter.line), paper, case.window_group, call.actor.id, call.now)
    ready = case.decided_at or case.ended_at or case.delivered_at
    values = {"result": case.status, "result_at": ready, "collected_at": call.now}
    storage.change_matter(session, matter, state="collected", **values)
    return {"case": case.number, "status": case.status, "status_name": name}


def deliver(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The result is in the principal's hands, who signed for it: ``{"receiver", "delivered_at"}``.

    ``money_taken``: true where the agent says to have taken money, which is refused and stays in history.

    :raises Rejection: ``agency-cash``, ``agency-delivery-unsigned``, ``agency-redelegation``, ``agency-step-order``.
    """
    matter = _matter(session, parameters, call, "collected")
    if parameters.get("money_taken") not in (None, False):
        raise Rejection("agency-cash", field="money_taken")
    receiver, signature = str(parameters.get("receiver") or matter.principal_name), _signature(parameters)
    place = (matter.hand_over, matter.line)
    results = [paper for paper in storage.papers_of(session, *place, call.actor.id) if paper.startswith("办理结果")]
    storage.pass_papers(session, place, results, call.actor.id, receiver, call.now)
    values = {"receiver": receiver, "signature": signature, "delivered_at": call.now}
    storage.change_matter(session, matter, state="delivered", **values)
    return {"receiver": receiver, "delivered_at": to_text(call.now)}


def _matter(session: Session, parameters: Variables, call: OperatorCall, *states: str) -> Matter:
    """:raises Rejection: ``agency-hand-over-not-found``, ``agency-redelegation``, ``agency-step-order``."""
    line = parameters.get("line")
    number = int(line) if isinstance(line, int | float) and not isinstance(line, bool) else 0
    matter = storage.matter_of(session, str(parameters.get("hand_over")), number)
    if matter.agent != call.actor.id:
        raise Rejection("agency-redelegation", agent=matter.agent)
    if matter.state not in states:
        raise Rejection("agency-step-order", state=matter.state)
    return matter


def _signature(parameters: Variables) -> str:
    signature = str(parameters.get("signature") or "").strip()
    if not signature:
        raise Rejection("agency-delivery-unsigned", field="signature")
    return signature
