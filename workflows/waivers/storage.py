"""Waivers in the database: each change writes the row and its event together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.ledger.entry import Keys
from workflows.waivers.obligation import owed
from workflows.waivers.tables import waiver, waiver_arrear, waiver_event

ALIVE = ("reviewing", "granted", "settled", "arrears")
"""Of these a payer's year is made: what is refused or withdrawn does not count."""
DEFERRING = ("defer", "instalments")

declare({"waiver-not-found": ("没有找到减免缓申请{number}。", "Expected waiver {number}, but there is none.")})


@dataclass(frozen=True, slots=True)
class Entry:
    """What an event says: who did what, when."""

    at: datetime
    actor_id: str
    event: str
    detail: Mapping[str, Any]


def find(session: Session, number: str, *, locked: bool = False) -> Row[Any]:
    """The row; ``locked`` for changing it.

    :raises Rejection: ``waiver-not-found``.
    """
    statement = select(waiver).where(waiver.c.number == number)
    found = session.execute(statement.with_for_update() if locked else statement).one_or_none()
    if found is None:
        raise Rejection("waiver-not-found", field="number", number=number[:40])
    return found


def add(session: Session, row: Mapping[str, Any], entry: Entry) -> None:
    """Enter an application with its first event."""
    session.execute(waiver.insert().values(**row, length=1, by_silence=False))
    _log(session, str(row["number"]), 1, entry)


def change(session: Session, found: Row[Any], entry: Entry, **values: Any) -> None:
    """Change a waiver and say so."""
    session.execute(update(waiver).where(waiver.c.number == found.number).values(length=found.length + 1, **values))
    _log(session, found.number, found.length + 1, entry)


def events_of(session: Session, number: str) -> list[Row[Any]]:
    """What was said about a waiver, in order."""
    columns = waiver_event.c
    return list(session.execute(select(waiver_event).where(columns.number == number).order_by(columns.sequence)))


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


def _log(session: Session, number: str, sequence: int, entry: Entry) -> None:
    said = {"at": entry.at, "actor_id": entry.actor_id, "event": entry.event, "detail": dict(entry.detail)}
    session.execute(waiver_event.insert().values(number=number, sequence=sequence, **said))
