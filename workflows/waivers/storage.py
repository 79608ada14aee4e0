"""Waivers in the database: each change writes the row and its event together."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.journal import Entry, Event, Journal
from workflows.ledger.entry import Keys
from workflows.waivers.obligation import owed
from workflows.waivers.tables import waiver, waiver_arrear, waiver_event

ALIVE = ("reviewing", "granted", "settled", "arrears")
"""Of these a payer's year is made: what is refused or withdrawn does not count."""
DEFERRING = ("defer", "instalments")

declare({"waiver-not-found": ("没有找到减免缓申请{number}。", "Expected waiver {number}, but there is none.")})

JOURNAL = Journal(waiver, waiver_event)


def find(session: Session, number: str, *, locked: bool = False) -> Row[Any]:
    """The row; ``locked`` for changing it.

    :raises Rejection: ``waiver-not-found``.
    """
    found = JOURNAL.find(session, number, locked=locked)
    if found is None:
        raise Rejection("waiver-not-found", field="number", number=number[:40])
    return found


def add(session: Session, row: Mapping[str, Any], entry: Entry) -> None:
    """Enter an application with its first event."""
    JOURNAL.add(session, {**row, "by_silence": False}, entry)


def change(session: Session, found: Row[Any], entry: Entry, **values: Any) -> None:
    """Change a waiver and say so."""
    JOURNAL.change(session, found, entry, **values)


def events_of(session: Session, number: str) -> list[Event]:
    """What was said about a waiver, in order."""
    return JOURNAL.events_of(session, number)


def year_of(session: Session, payer: str, year: int) -> int:
    """What a payer asked for and was not refused in a year, in fen (A-27)."""
    columns = waiver.c
    where = columns.payer == payer, columns.year == year, columns.state.in_(ALIVE)
    return int(session.execute(select(func.coalesce(func.sum(columns.amount_fen), 0)).where(*where)).scalar_one())


def deferred_days(session: Session, case: str, fee: str) -> int:
    """For how many days in all a debt was put off."""
    columns = waiver.c
    where = columns.case_number == case, columns.fee == fee, columns.state.in_(ALIVE), columns.kind.in_(DEFERRING)
    return int(session.execute(select(func.coalesce(func.sum(columns.days), 0)).where(*where)).scalar_one())


def open_of(session: Session, case: str, fee: str) -> str | None:
    """The number of the application about a debt that nobody has decided."""
    columns = waiver.c
    where = columns.case_number == case, columns.fee == fee, columns.state == "reviewing"
    return session.execute(select(columns.number).where(*where).limit(1)).scalar_one_or_none()


def in_arrears(session: Session, payer: str) -> list[Row[Any]]:
    """What a payer let pass unpaid and still owes (限制名单)."""
    found = session.execute(select(waiver_arrear).where(waiver_arrear.c.payer == payer).order_by(waiver_arrear.c.since_on))
    return [row for row in found if owed(session, keys_of(find(session, row.number))) > 0]


def keys_of(found: Row[Any]) -> Keys:
    """Where the debt stands in the ledger."""
    return Keys(found.case_number, found.department, found.fee, found.fee_version, found.fund_nature, found.payer)
