"""What a decision does to the register: a new licence, or a line in the ledger of one that is there (Art. 39, 49, 50)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from engine.runtime.operators import OperatorCall
from workflows.clock import hall_day
from workflows.documents.operators import issue as issue_document
from workflows.licences import storage
from workflows.licences.licence import Holder, Licence, Matter, last_day, require_valid
from workflows.licences.storage import Entry, OpenMatter

UNLIMITED = "长期"
DEEMED = "因期满前未作出是否准予延续的决定，依法视为准予延续"


def give(session: Session, case_number: str, item: Mapping[str, Any], holder: Holder, call: OperatorCall) -> Licence:
    """A new licence; its number is that of its paper, so no number is out of the register (A-01)."""
    day = hall_day(call.now)
    until = last_day(day, item["validity_months"])
    said = {"holder": holder.name, "item": item["name"], "result_document": item["result_document"]}
    paper = _paper(session, "licence", case_number, item, {**said, "valid_from": str(day), "valid_until": _said(until)}, call)
    given = Licence(
        number=paper,
        item_code=item["code"],
        item_name=item["name"],
        result_document=item["result_document"],
        department=item["department"],
        department_group=item["department_group"],
        leader_group=item["leader_group"],
        window_group=item["window_group"],
        holder=holder,
        case_number=case_number,
        issued_on=day,
        valid_until=until,
        ending=None,
        length=1,
    )
    storage.add(session, given, Entry(call.now, call.actor.id, "issued", case_number, paper, {}))
    return given


def conclude(session: Session, matter: OpenMatter, item: Mapping[str, Any], granted: bool, call: OperatorCall) -> Licence:
    """The decision on a renewal or a change. A refused one is in the ledger too."""
    if not granted:
        found = storage.find(session, matter.licence_number, locked=True)
        return _close(session, matter, found, f"{matter.matter.value}-refused", "", call)
    return renew(session, matter, item, call) if matter.matter is Matter.RENEWAL else _alter(session, matter, item, call)


def renew(
    session: Session, matter: OpenMatter, item: Mapping[str, Any], call: OperatorCall, *, deemed: bool = False
) -> Licence:
    """Another term behind the one that ends; ``deemed``: by silence (Art. 50).

    :raises Rejection: ``licence-not-valid``.
    """
    found = storage.find(session, matter.licence_number, locked=True)
    if not deemed:
        require_valid(found, hall_day(call.now))
    until = last_day(found.valid_until or hall_day(call.now), item["validity_months"])
    said = {"outcome": DEEMED if deemed else "经审查，准予延续", "valid_until": _said(until), **_named(found)}
    paper = _paper(session, "renewal_notice", matter.case_number, item, said, call)
    event = "deemed-renewed" if deemed else "renewed"
    return _close(session, matter, found, event, paper, call, valid_until=until)


def _alter(session: Session, matter: OpenMatter, item: Mapping[str, Any], call: OperatorCall) -> Licence:
    found = storage.find(session, matter.licence_number, locked=True)
    require_valid(found, hall_day(call.now))
    lines = [f"{change['subject']}：{change['before']} → {change['after']}" for change in matter.changes["lines"]]
    paper = _paper(session, "change_notice", matter.case_number, item, {**_named(found), "changes": lines}, call)
    name = matter.changes.get("holder_name") or found.holder.name
    return _close(session, matter, found, "changed", paper, call, holder_name=name)


def _close(
    session: Session, matter: OpenMatter, found: Licence, event: str, paper: str, call: OperatorCall, **values: Any
) -> Licence:
    storage.close_matter(session, matter.case_number, event)
    entry = Entry(call.now, call.actor.id, event, matter.case_number, paper, matter.changes)
    return storage.change(session, found, entry, **values)


def _paper(
    session: Session, kind: str, case_number: str, item: Mapping[str, Any], data: Mapping[str, Any], call: OperatorCall
) -> str:
    given = {"kind": kind, "case": case_number, "department": item["department"], "data": dict(data)}
    issued = issue_document(session, given, call)
    assert isinstance(issued, dict)
    return str(issued["number"])


def _named(found: Licence) -> dict[str, str]:
    return {"applicant": found.holder.name, "item": found.item_name, "licence": found.number}


def _said(until: object) -> str:
    return UNLIMITED if until is None else str(until)
