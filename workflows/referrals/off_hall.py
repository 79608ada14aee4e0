"""Handling and charging outside the hall (R-71, A-01, A-02, E-18, E-20): what was seen outside and what the registers lack."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from engine.runtime.registers import Registers
from workflows.case_file.tables import case_file
from workflows.ledger.tables import ledger_entry, ledger_line
from workflows.licences.tables import licence
from workflows.organisation.tables import seal, seal_use
from workflows.referrals import storage
from workflows.referrals.storage import DISCIPLINE, SUPERVISION
from workflows.referrals.tables import off_hall_sighting

declare(
    {
        "sighting-kind-unknown": ("没有“{kind}”这种厅外线索。", "Expected a licence, a seal or a receipt, but {kind} is none."),
        "sighting-is-known": (
            "{reference}在中心登记册内有记录，不是厅外线索。",
            "Expected something the hall's registers do not know, but {reference} is in them.",
        ),
        "sighting-again": ("{reference}已经登记过。", "Expected something new, but {reference} was entered already."),
    }
)


@dataclass(frozen=True, slots=True)
class Sighting:
    """Something seen outside: the number of a licence or a seal, or of a receipt somebody was given."""

    kind: str
    reference: str
    department: str
    seen_on: date
    place: str


@dataclass(frozen=True, slots=True)
class OffHallFinding:
    """``kind``: licence, seal or receipt seen outside; seal-without-case, receipt-without-case in the registers."""

    kind: str
    reference: str
    department: str
    detail: str


class OffHall:
    """What points at work or money outside the hall."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def enter(self, seen: Sighting, actor: Actor) -> int:
        """Enter something that was seen outside; its id.

        :raises Rejection: ``referral-restricted``, ``sighting-kind-unknown``, ``sighting-is-known``, ``sighting-again``.
        """

        def change(session: Session, now: datetime) -> int:
            storage.require_group(actor, SUPERVISION, DISCIPLINE)
            return _entered(session, seen, actor, now)

        return self._registers.change("EnterSighting", actor, change, subject=seen.reference, detail={"kind": seen.kind})

    def findings(self, actor: Actor) -> list[OffHallFinding]:
        """Everything found so far. :raises Rejection: ``referral-restricted``."""

        def change(session: Session, now: datetime) -> list[OffHallFinding]:
            storage.require_group(actor, SUPERVISION, DISCIPLINE)
            return [*_seen(session), *seals_without_case(session), *receipts_without_case(session)]

        return self._registers.change("ListOffHallFindings", actor, change)


def seals_without_case(session: Session) -> list[OffHallFinding]:
    """Seal uses that name no case of the hall (A-16, E-20)."""
    known = select(case_file.c.number)
    statement = select(seal_use).where(seal_use.c.case_number.not_in(known)).order_by(seal_use.c.seal, seal_use.c.sequence)
    rows = session.execute(statement)
    return [OffHallFinding("seal-without-case", f"{row.seal}/{row.sequence}", "", row.document) for row in rows]


def receipts_without_case(session: Session) -> list[OffHallFinding]:
    """Receipts in the ledger that name no case of the hall (A-02)."""
    joined = ledger_entry.join(ledger_line, ledger_line.c.entry == ledger_entry.c.number)
    columns = (ledger_entry.c.number, ledger_entry.c.receipt, ledger_line.c.department, ledger_line.c.case_number)
    statement = select(*columns).select_from(joined).where(ledger_entry.c.receipt.is_not(None))
    unknown = statement.where(ledger_line.c.case_number.not_in(select(case_file.c.number))).distinct()
    rows = session.execute(unknown.order_by(ledger_entry.c.number))
    return [OffHallFinding("receipt-without-case", str(row.receipt), row.department, row.case_number) for row in rows]


def _entered(session: Session, seen: Sighting, actor: Actor, now: datetime) -> int:
    if seen.kind not in KNOWN:
        raise Rejection("sighting-kind-unknown", field="kind", kind=seen.kind[:40])
    if KNOWN[seen.kind](session, seen.reference):
        raise Rejection("sighting-is-known", field="reference", reference=seen.reference)
    columns = off_hall_sighting.c
    same = select(columns.id).where(columns.kind == seen.kind, columns.reference == seen.reference)
    if session.execute(same).first() is not None:
        raise Rejection("sighting-again", field="reference", reference=seen.reference)
    row = {name: getattr(seen, name) for name in Sighting.__dataclass_fields__}
    insert = off_hall_sighting.insert().values(**row, entered_by=actor.id, entered_at=now)
    key = session.execute(insert.returning(columns.id)).scalar_one()
    return int(key)


def _seen(session: Session) -> list[OffHallFinding]:
    rows: list[Row[Any]] = list(session.execute(select(off_hall_sighting).order_by(off_hall_sighting.c.id)).all())
    return [OffHallFinding(row.kind, row.reference, row.department, f"{row.seen_on.isoformat()} {row.place}") for row in rows]


def _has_licence(session: Session, reference: str) -> bool:
    return session.execute(select(licence.c.number).where(licence.c.number == reference)).first() is not None


def _has_seal(session: Session, reference: str) -> bool:
    return session.execute(select(seal.c.number).where(seal.c.number == reference)).first() is not None


def _has_receipt(session: Session, reference: str) -> bool:
    return session.execute(select(ledger_entry.c.number).where(ledger_entry.c.receipt == reference)).first() is not None


KNOWN: dict[str, Callable[[Session, str], bool]] = {"licence": _has_licence, "seal": _has_seal, "receipt": _has_receipt}
