"""Refunds in the database: each change writes the row and its event together."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.journal import Entry, Event, Journal
from workflows.ledger.entry import Keys
from workflows.refunds.tables import refund, refund_event

declare({"refund-not-found": ("没有找到退付申请{number}。", "Expected refund {number}, but there is none.")})

JOURNAL = Journal(refund, refund_event)


def find(session: Session, number: str, *, locked: bool = False) -> Row[Any]:
    """The row; ``locked`` for changing it. :raises Rejection: ``refund-not-found``."""
    found = JOURNAL.find(session, number, locked=locked)
    if found is None:
        raise Rejection("refund-not-found", field="number", number=number[:40])
    return found


def add(session: Session, row: Mapping[str, Any], entry: Entry) -> None:
    """Enter an application with its first event."""
    JOURNAL.add(session, {**row, "ticket_void": False}, entry)


def change(session: Session, found: Row[Any], entry: Entry, **values: Any) -> Row[Any]:
    """Change a refund and say so: the row as it is then."""
    JOURNAL.change(session, found, entry, **values)
    return find(session, found.number)


def events_of(session: Session, number: str) -> list[Event]:
    """What was done about a refund, in order."""
    return JOURNAL.events_of(session, number)


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
