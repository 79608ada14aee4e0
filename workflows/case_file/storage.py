"""Case files in the database: each change writes the row and the ledger together, in the step's own transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.case_file.tables import case_event, case_file
from workflows.journal import Entry

declare(
    {
        "case-not-found": ("没有找到办件{number}。", "Expected case {number}, but there is none."),
        "case-already-received": ("办件{number}已经收件。", "Expected a number without a case, but {number} has one."),
    }
)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as it stands. See :mod:`workflows.case_file.tables` for what its moments mean."""

    number: str
    instance_id: str
    parent_number: str | None
    item_code: str
    item_version: int
    item_name: str
    kind: str
    department: str
    window_group: str
    leader_group: str
    applicant_kind: str
    applicant_name: str
    masked_id: str
    channel: str
    status: str
    flags: tuple[str, ...]
    received_at: datetime
    accepted_at: datetime | None
    accepted_on: date | None
    decided_at: datetime | None
    delivered_at: datetime | None
    ended_at: datetime | None
    overdue_days: int | None
    replaced_by: str | None
    length: int


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """A row of the ledger."""

    sequence: int
    at: datetime
    actor_id: str
    event: str
    status: str
    detail: dict[str, Any]


FIELDS = tuple(CaseFile.__dataclass_fields__)


def add(session: Session, row: Mapping[str, Any], entry: Entry) -> None:
    """Open a case file.

    :raises Rejection: ``case-already-received``.
    """
    number = row["number"]
    if session.execute(select(case_file.c.number).where(case_file.c.number == number)).scalar() is not None:
        raise Rejection("case-already-received", field="receipt", number=number)
    session.execute(case_file.insert().values(**row, length=1))
    _write(session, number, 1, row["status"], entry)


def change(session: Session, found: CaseFile, entry: Entry, **values: Any) -> CaseFile:
    """Change a case file. ``values`` are columns; ``found`` must be the case as it is in this transaction."""
    length = found.length + 1
    session.execute(case_file.update().where(case_file.c.number == found.number).values(**values, length=length))
    changed = find(session, found.number)
    _write(session, found.number, length, changed.status, entry)
    return changed


def mark_replaced(session: Session, found: CaseFile, replaced_by: str | None) -> CaseFile:
    """Say which case took the place of one that is void; the ledger said so when it was asked for."""
    session.execute(case_file.update().where(case_file.c.number == found.number).values(replaced_by=replaced_by))
    return find(session, found.number)


def _write(session: Session, number: str, sequence: int, status: str, entry: Entry) -> None:
    values = {"at": entry.at, "actor_id": entry.actor_id, "event": entry.event, "detail": dict(entry.detail)}
    session.execute(case_event.insert().values(number=number, sequence=sequence, status=status, **values))


def find(session: Session, number: str, *, locked: bool = False) -> CaseFile:
    """The case with this number. ``locked``: nobody else changes it before this transaction ends.

    :raises Rejection: ``case-not-found``.
    """
    statement = select(*(case_file.c[name] for name in FIELDS)).where(case_file.c.number == number)
    row = session.execute(statement.with_for_update() if locked else statement).one_or_none()
    if row is None:
        raise Rejection("case-not-found", field="case", number=number[:40])
    return of_row(row)


def of_row(row: Row[Any]) -> CaseFile:
    """A case from a row that has :data:`FIELDS`, and maybe more."""
    told = {name: getattr(row, name) for name in FIELDS}
    return CaseFile(**{**told, "flags": tuple(told["flags"])})


def pass_code_of(session: Session, number: str) -> str | None:
    """The stored hash; None: there is no such case."""
    return session.execute(select(case_file.c.pass_code).where(case_file.c.number == number)).scalar()


def events_of(session: Session, number: str) -> list[CaseEvent]:
    """The ledger of a case, oldest first."""
    names = tuple(CaseEvent.__dataclass_fields__)
    statement = select(*(case_event.c[name] for name in names)).where(case_event.c.number == number)
    return [CaseEvent(**row) for row in session.execute(statement.order_by(case_event.c.sequence)).mappings()]
