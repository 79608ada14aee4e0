"""What models ask of stages: a case enters its stage, and only with the granted decision of the stage before."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry, context_of
from workflows.case_file.applicant import Applicant
from workflows.case_file.storage import CaseFile
from workflows.case_file.storage import find as find_case
from workflows.documents.tables import issued_document
from workflows.stages.tables import staged_case

GRANTED = ("granted", "tolerantly-granted", "delivered")
GRANTING = ("licence_decision", "conditional_licence_decision")

declare(
    {
        "stage-predecessor-missing": (
            "“{document}”不是上一阶段（{stage}）的准予决定，不能申请本阶段。",
            "Expected the granted decision of the stage before ({stage}), but {document} is none.",
        ),
        "stage-predecessor-foreign": (
            "“{document}”是对其他申请人作出的，不能用于本申请。",
            "Expected a decision on this applicant, but {document} is another's.",
        ),
    }
)


def register(registry: OperatorRegistry) -> None:
    """Add ``stages.*`` to the operators models may name."""
    parameters = ("case", "item", "stage", "previous_stage", "document", "applicant")
    registry.local("stages.enter", parameters=parameters)(enter)


def enter(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The case is the stage ``stage`` of ``item``: ``{"stage", "previous_case"}``.

    ``previous_stage``: the stage whose granted decision it follows from, null for the first; ``document``: that decision's
    number; ``applicant``: as the form says, who must be the same person or enterprise.

    :raises Rejection: ``stage-predecessor-missing``, ``stage-predecessor-foreign``.
    """
    item, stage = _code(parameters.get("item")), str(parameters.get("stage"))
    before = parameters.get("previous_stage")
    previous = None if before is None else _previous(session, item, str(before), parameters)
    row = {"case_number": str(parameters.get("case")), "item_code": item, "stage": stage, "previous_case": previous}
    session.execute(staged_case.insert().values(**row))
    return {"stage": stage, "previous_case": previous}


def _previous(session: Session, item: str, stage: str, parameters: Variables) -> str:
    number = str(parameters.get("document") or "").strip()
    decided = (issued_document.c.number == number) & issued_document.c.kind.in_(GRANTING)
    wanted = (staged_case.c.item_code == item) & (staged_case.c.stage == stage)
    found = session.execute(
        select(staged_case.c.case_number)
        .join(issued_document, issued_document.c.case_number == staged_case.c.case_number)
        .where(decided, wanted)
    ).scalar_one_or_none()
    if found is None or find_case(session, found).status not in GRANTED:
        raise Rejection("stage-predecessor-missing", field="details.previous_decision", document=number[:60], stage=stage)
    if not _same(find_case(session, found), parameters.get("applicant")):
        raise Rejection("stage-predecessor-foreign", field="applicant", document=number[:60])
    return str(found)


def _same(case: CaseFile, given: Any) -> bool:
    applicant = Applicant.of(context_of(given))
    return (case.applicant_name, case.masked_id) == (applicant.name, applicant.masked_id)


def _code(item: Any) -> str:
    return str(item.get("code")) if isinstance(item, Mapping) else str(item)
