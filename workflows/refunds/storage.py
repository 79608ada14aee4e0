"""Refunds in the database: each change writes the row and its event together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.ledger.entry import Keys
from workflows.refunds.tables import refund, refund_event

declare({"refund-not-found": ("没有找到退付申请{number}。", "Expected refund {number}, but there is none.")})


@dataclass(frozen=True, slots=True)
class Entry:
    """What an event says: who did what, when."""

    at: datetime
    actor_id: str
    event: str
    detail: Mapping[str, Any]


def find(session: Session, number: str, *, locked: bool = False) -> Row[Any]:
    """The row; ``locked`` for changing it. :raises Rejection: ``refund-not-found``."""
    statement = select(refund).where(refund.c.number == number)
    found = session.execute(statement.with_for_update() if locked else statement).one_or_none()
    if found is None:
        raise Rejection("refund-not-found", field="number", number=number[:40])
    return found


def add(session: Session, row: Mapping[str, Any], entry: Entry) -> None:
    """Enter an application with its first event."""
    session.execute(refund.insert().values(**row, length=1, ticket_void=False))
    _log(session, str(row["number"]), 1, entry)


def change(session: Session, found: Row[Any], entry: Entry, **values: Any) -> Row[Any]:
    """Change a refund and say so: the row as it is then."""
    session.execute(update(refund).where(refund.c.number == found.number).values(length=found.length + 1, **values))
    _log(session, found.number, found.length + 1, entry)
    return find(session, found.number)


def events_of(session: Session, number: str) -> list[Row[Any]]:
    """What was done about a refund, in order."""
    columns = refund_event.c
    return list(session.execute(select(refund_event).where(columns.number == number).order_by(columns.sequence)))


def refunded(session: Session, receipt: str, *, fee: str | None = None, state: str | None = None) -> int:
    """What of a receipt, or of a fee of it, is paid back or asked for and not refused, in fen. ``state``: only of this one."""
    columns = refund.c
    where = [columns.receipt == receipt, columns.state != "refused" if state is None else columns.state == state]
    if fee is not None:
        where.append(columns.fee == fee)
    return int(session.execute(select(func.coalesce(func.sum(columns.amount_fen), 0)).where(*where)).scalar_one())


def keys_of(found: Row[Any]) -> Keys:
    """Where the money stands in the ledger: the fund it went to."""
    return Keys(found.case_number, found.department, found.fee, found.fee_version, found.fund_nature, found.payer)


def _log(session: Session, number: str, sequence: int, entry: Entry) -> None:
    said = {"at": entry.at, "actor_id": entry.actor_id, "event": entry.event, "detail": dict(entry.detail)}
    session.execute(refund_event.insert().values(number=number, sequence=sequence, **said))
