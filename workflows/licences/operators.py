"""What models say to the register of licences. All in the step's own transaction."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from engine.core.actor import WORKER
from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry, context_of
from workflows.calendar.entry import working_days
from workflows.case_file.applicant import Applicant, identity_of
from workflows.catalogue.in_force import in_force
from workflows.catalogue.result import Renewal
from workflows.clock import hall_day
from workflows.licences import storage
from workflows.licences.ban import FALSE_MATERIALS, Ban, last_day_of_ban, require_no_ban
from workflows.licences.ending import Ending, require_ending
from workflows.licences.issuing import conclude, give, renew
from workflows.licences.licence import NAMES, Holder, Licence, Matter, require_held_by, require_valid
from workflows.licences.renewing import require_in_time
from workflows.licences.storage import Entry, OpenMatter

COMPENSATION = {True: "由此给你（单位）造成的损失，依法予以补偿或者赔偿。", False: "本决定不予补偿。"}

declare(
    {
        "licence-matter-open": (
            "证照{licence}已有正在办理的办件{case}。",
            "Expected nothing else in hand about licence {licence}, but case {case} is.",
        ),
        "licence-matter-unknown": (
            "没有“{matter}”这种证照事务。",
            "Expected renewal or change, but {matter} is neither.",
        ),
        "licence-change-empty": ("变更须写明变更的事项。", "A change must say what changes."),
        "licence-not-of-department": (
            "证照{licence}不是本部门、本窗口发的，不能提出处理。",
            "Licence {licence} was given by another department and another window.",
        ),
        "licence-finding-missing": ("须写明认定虚假的事实。", "Expected what was found to be false, but it is not said."),
    }
)


def register(registry: OperatorRegistry) -> None:
    """Add ``licences.*`` to the operators models may name."""
    registry.local("licences.open_matter", parameters=("licence", "matter", "applicant", "changes", "case"))(open_matter)
    registry.local("licences.require_may_apply", parameters=("item", "applicant", "wanted"))(require_may_apply)
    registry.local("licences.issue", parameters=("case", "item", "applicant", "decision"))(issue)
    registry.local("licences.of_case", parameters=("case",))(of_case)
    registry.local("licences.deem_renewed", parameters=("case", "item"))(deem_renewed)
    registry.local("licences.check_ending", parameters=("licence", "way", "ground"))(check_ending)
    registry.local("licences.end", parameters=("licence", "way", "ground", "document", "facts"))(end)
    registry.local("licences.record_false_materials", parameters=("case", "item", "applicant", "found", "finding"))(
        record_false_materials
    )


def open_matter(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """A holder asks for renewal or change: the licence as :func:`view` shows it.

    Without ``case`` it is only looked at, which says whether the filing is possible at all; with it the case is entered.
    ``changes`` of a change: ``lines``, each with subject, before and after, and ``holder_name`` where that is new.

    :raises Rejection: ``licence-not-found``, ``licence-not-valid``, ``licence-of-other-holder``, ``licence-matter-open``,
        ``licence-matter-unknown``, ``licence-not-renewable``, ``licence-renewal-late``, ``licence-change-empty``.
    """
    day, matter = hall_day(call.now), _matter(parameters.get("matter"))
    found = storage.find(session, str(parameters.get("licence")), locked=True)
    require_valid(found, day)
    require_held_by(found, holder_of(context_of(parameters.get("applicant"))))
    if (case := storage.case_in_hand(session, found.number)) is not None:
        raise Rejection("licence-matter-open", field="licence", licence=found.number, case=case)
    changes = context_of(parameters.get("changes"))
    if matter is Matter.CHANGE and not changes.get("lines"):
        raise Rejection("licence-change-empty", field="changes")
    renewal = _renewal(session, found, call)
    if matter is Matter.RENEWAL:
        require_in_time(found, renewal, day, working_days(session))
    case_number = parameters.get("case")
    if case_number is not None:
        storage.open_matter(session, OpenMatter(str(case_number), found.number, matter, dict(changes), None), call.now)
    return {**view(session, found, call), "silence_renews": renewal is not None and renewal.silence_renews}


def _renewal(session: Session, found: Licence, call: OperatorCall) -> Renewal | None:
    """By the law of the day, not of the day it was given (rules.md 0.3)."""
    result = in_force(session, found.item_code, call.now).item.result
    return None if result is None else result.renewal


def require_may_apply(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """True, or refused: the applicant is banned (Art. 78, 79). ``wanted``: false where nothing is granted or accepted.

    :raises Rejection: ``applicant-banned``.
    """
    if parameters.get("wanted") is False:
        return True
    item, holder = context_of(parameters.get("item")), holder_of(context_of(parameters.get("applicant")))
    require_no_ban(storage.bans_of(session, holder.identity, str(item["code"])), str(item["name"]), hall_day(call.now))
    return True


def issue(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """What the decision does to the register: the licence, or null where there is none.

    :raises Rejection: ``licence-not-valid``: the licence it renews or changes ended meanwhile.
    """
    case_number, item = str(parameters.get("case")), context_of(parameters.get("item"))
    granted = context_of(parameters.get("decision")).get("result") == "granted"
    matter = storage.matter_of(session, case_number)
    if matter is not None and matter.outcome is not None:
        return view(session, storage.find(session, matter.licence_number), call)
    if matter is not None:
        return view(session, conclude(session, matter, item, granted, call), call)
    if not granted or not item.get("gives_licence"):
        return None
    holder = holder_of(context_of(parameters.get("applicant")))
    return view(session, give(session, case_number, item, holder, call), call)


def of_case(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The licence that was given in a case.

    :raises Rejection: ``licence-not-found``.
    """
    return view(session, storage.of_case(session, str(parameters.get("case"))), call)


def deem_renewed(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The licence ran out and nothing was decided: it is renewed by law (Art. 50). The licence with its new last day."""
    matter = storage.matter_of(session, str(parameters.get("case")))
    if matter is None:
        raise Rejection("licence-matter-unknown", field="case", matter=str(parameters.get("case"))[:40])
    return view(session, renew(session, matter, context_of(parameters.get("item")), call, deemed=True), call)


def check_ending(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """What ending a licence on this ground means: the licence, and ``ground``, ``basis``, ``must``, ``compensation``.

    Only who gave it, or its window, may propose that.

    :raises Rejection: ``licence-not-found``, ``licence-not-of-department``, ``licence-ending-unknown``,
        ``licence-ending-not-now``.
    """
    found, ending = _ending(session, parameters, call)
    givers = {found.department_group, found.leader_group, found.window_group}
    if call.actor != WORKER and givers.isdisjoint(call.actor.groups):
        raise Rejection("licence-not-of-department", field="licence", licence=found.number)
    return {
        **view(session, found, call),
        "way_name": NAMES[ending.way],
        "ground": ending.name,
        "basis": ending.basis,
        "must": ending.must,
        "compensation": COMPENSATION[ending.compensation],
    }


def end(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The licence ends; after fraud in what concerns safety or health its holder is banned for three years.

    :raises Rejection: as :func:`check_ending`.
    """
    found, ending = _ending(session, parameters, call, locked=True)
    facts = str(parameters.get("facts") or "")
    entry = Entry(
        call.now,
        call.actor.id,
        ending.way.value,
        found.case_number,
        str(parameters.get("document") or ""),
        {"ground": ending.ground, "basis": ending.basis, "facts": facts},
    )
    changed = storage.change(session, found, entry, ending=ending.way.value)
    if ending.ban is not None:
        item = in_force(session, found.item_code, call.now).item
        _ban(session, changed.holder, ending.ban, item.to_variables(), found.case_number, facts, call)
    return view(session, changed, call)


def record_false_materials(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Warn an applicant who hid facts or brought false papers, and ban him for a year where safety is concerned (Art. 78).

    ``found``: nothing happens unless it is true. Answers ``until``, null for a warning alone.

    :raises Rejection: ``licence-finding-missing``.
    """
    if parameters.get("found") is not True:
        return None
    item, holder = context_of(parameters.get("item")), holder_of(context_of(parameters.get("applicant")))
    finding = str(parameters.get("finding") or "").strip()
    if not finding:
        raise Rejection("licence-finding-missing", field="finding")
    ban = _ban(session, holder, FALSE_MATERIALS, item, str(parameters.get("case")), finding, call)
    return {"until": None if ban.until is None else ban.until.isoformat()}


def _ban(
    session: Session, holder: Holder, variant: str, item: Mapping[str, Any], case: str, finding: str, call: OperatorCall
) -> Ban:
    day = hall_day(call.now)
    until, basis = last_day_of_ban(variant, day, working_days(session))
    ban = Ban(holder.identity, str(item["code"]), variant, day, until if item.get("safety_related") else None, basis, case)
    storage.add_ban(session, ban, finding[:2000], call.now, call.actor.id)
    return ban


def _ending(session: Session, parameters: Variables, call: OperatorCall, *, locked: bool = False) -> tuple[Licence, Ending]:
    found = storage.find(session, str(parameters.get("licence")), locked=locked)
    way, ground = str(parameters.get("way")), str(parameters.get("ground"))
    return found, require_ending(found, way, ground, hall_day(call.now))


def view(session: Session, found: Licence, call: OperatorCall) -> dict[str, Value]:
    """A licence as models see it; ``last_document``: the paper of what happened to it last."""
    same = ("number", "item_code", "item_name", "result_document", "department", "department_group", "leader_group")
    return {
        **{name: getattr(found, name) for name in (*same, "window_group", "case_number")},
        "holder": found.holder.name,
        "issued_on": found.issued_on.isoformat(),
        "valid_until": None if found.valid_until is None else found.valid_until.isoformat(),
        "state": found.state(hall_day(call.now)).value,
        "last_document": storage.events_of(session, found.number)[-1].document,
    }


def holder_of(given: Mapping[str, Any]) -> Holder:
    """From the applicant's part of an application form."""
    applicant = Applicant.of(given)
    return Holder(applicant.kind, applicant.name, identity_of(given))


def _matter(given: object) -> Matter:
    try:
        return Matter(str(given))
    except ValueError:
        raise Rejection("licence-matter-unknown", field="matter", matter=str(given)[:40]) from None
