"""Taking over what a system run from above reports: by the committee's permit alone, never twice, never from to-morrow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from engine.runtime.queries.paging import Page
from engine.runtime.registers import Registers
from workflows.case_file.applicant import masked_name
from workflows.clock import hall_day
from workflows.external_cases.tables import external_case, external_permit
from workflows.organisation.items_kept import items_kept
from workflows.organisation.tables import department as departments

declare(
    {
        "external-department": (
            "{department}不是市管、垂管部门，办件须在大厅系统内办理。",
            "Expected a department that is run from above, but {department} works in the hall's own system.",
        ),
        "external-permit-dates": ("许可的起止日期不正确。", "Expected the last day of the permit on or after its first."),
        "external-permit-exists": ("文件{document}已经登记。", "Expected a new document, but {document} is registered."),
        "external-not-permitted": (
            "系统{system}没有管委会对{department}的有效许可，不得补录。",
            "Expected the committee's permit for {system} to report cases of {department}, but there is none in force.",
        ),
        "external-item": ("{department}没有在办事项{item}。", "Expected an item of {department} in force, but {item} is none."),
        "external-moments": (
            "办件{number}的时间不可能：收件、决定须依次发生，且不晚于现在。",
            "Expected case {number} to be received before it was decided, and both not to come, but they are not.",
        ),
        "external-same-person": ("{actor}登记了该许可，不得自己补录。", "Nobody reports cases by a permit he entered himself."),
    }
)


@dataclass(frozen=True, slots=True)
class Reported:
    """A case as the other system says it was."""

    number: str
    item: str
    applicant: str
    received_at: datetime
    decided_at: datetime | None = None
    outcome: str | None = None


class ExternalCases:
    """Reads and takes over."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def permit(self, document: str, system: str, department: str, days: tuple[date, date], actor: Actor) -> None:
        """The committee lets a system report a department's cases.

        :raises Rejection: ``external-department``, ``external-permit-dates``, ``external-permit-exists``.
        """

        def change(session: Session, now: datetime) -> None:
            vertical = select(departments.c.is_vertical).where(departments.c.name == department)
            if not session.execute(vertical).scalar_one_or_none():
                raise Rejection("external-department", field="department", department=department[:60])
            if days[1] < days[0]:
                raise Rejection("external-permit-dates", field="until_on")
            known = select(external_permit.c.document).where(external_permit.c.document == document)
            if session.execute(known).first() is not None:
                raise Rejection("external-permit-exists", field="document", document=document[:60])
            row = {"document": document, "system": system, "department": department, "from_on": days[0], "until_on": days[1]}
            session.execute(external_permit.insert().values(**row, entered_by=actor.id, at=now))

        detail = {"system": system, "department": department}
        self._registers.change("PermitExternalCases", actor, change, subject=document[:60], detail=detail)

    def take_over(self, system: str, department: str, cases: Sequence[Reported], actor: Actor) -> int:
        """Enter what is new; what is there already stays as it was. Returns how many were new.

        :raises Rejection: ``external-not-permitted``, ``external-same-person``, ``external-item``, ``external-moments``.
        """

        def change(session: Session, now: datetime) -> int:
            permit = _permit(session, system, department, hall_day(now), actor)
            items = {code for code, item in items_kept(session, hall_day(now)).items() if item.department == department}
            for case in cases:
                _require(case, items, department, now)
            known = set(session.execute(select(external_case.c.number).where(external_case.c.system == system)).scalars())
            fresh = {case.number: case for case in cases if case.number not in known}
            entered = {"system": system, "department": department, "permit": permit, "entered_by": actor.id, "entered_at": now}
            for case in fresh.values():
                session.execute(external_case.insert().values(**_row(case), **entered))
            return len(fresh)

        detail = {"department": department, "cases": len(cases)}
        return self._registers.change("TakeOverExternalCases", actor, change, subject=system[:40], detail=detail)

    def page(self, cursor: str | None, limit: int) -> Page[Any]:
        """By system and number."""
        order = (external_case.c.system, external_case.c.number)
        statement = select(external_case).order_by(*order)
        if cursor is not None:
            system, _, number = cursor.partition("/")
            statement = statement.where((order[0] > system) | ((order[0] == system) & (order[1] > number)))
        with self._registers.read() as session:
            rows = list(session.execute(statement.limit(limit + 1)).all())
        found = rows[:limit]
        return Page(found, f"{found[-1].system}/{found[-1].number}" if len(rows) > limit else None)


def _permit(session: Session, system: str, department: str, day: date, actor: Actor) -> str:
    ours = (external_permit.c.system == system) & (external_permit.c.department == department)
    standing = ours & (external_permit.c.from_on <= day) & (external_permit.c.until_on >= day)
    found = session.execute(select(external_permit).where(standing).order_by(external_permit.c.at).limit(1)).one_or_none()
    if found is None:
        raise Rejection("external-not-permitted", field="system", system=system[:40], department=department[:60])
    if found.entered_by == actor.id:
        raise Rejection("external-same-person", actor=actor.id)
    return str(found.document)


def _require(case: Reported, items: set[str], department: str, now: datetime) -> None:
    if case.item not in items:
        raise Rejection("external-item", field="cases", department=department, item=case.item[:20])
    last = case.decided_at or case.received_at
    if not case.received_at <= last <= now:
        raise Rejection("external-moments", field="cases", number=case.number[:60])


def _row(case: Reported) -> dict[str, Any]:
    return {
        "number": case.number,
        "item_code": case.item,
        "applicant": masked_name(case.applicant),
        "received_at": case.received_at,
        "decided_at": case.decided_at,
        "outcome": case.outcome,
    }
