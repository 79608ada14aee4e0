"""The month by department, fee and fund (月结): what was assessed, waived, paid, refunded, remitted, and what is owed."""

from collections import defaultdict
from dataclasses import dataclass, fields
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.ledger.tables import ledger_entry, ledger_line

MEMO, PENDING, REFUNDS = "receivable-memo", "pending-revenue", "refund-receivable"
FIGURES = {
    ("assess", MEMO): ("assessed", 1),
    ("waive", MEMO): ("waived", -1),
    ("receive-cash", PENDING): ("paid", -1),
    ("receive-bank", PENDING): ("paid", -1),
    ("identify", PENDING): ("paid", -1),
    ("refund-before-remittance", PENDING): ("refunded", 1),
    ("refund-after-remittance", REFUNDS): ("refunded", 1),
    ("remit", PENDING): ("remitted", 1),
}
"""Which movement is which figure, and with which sign. What was reversed is taken off by itself."""

Key = tuple[str, str, str]

declare({"month-invalid": ("月份应写作“2026-03”。", "Expected a month like 2026-03, but got {month}.")})


@dataclass(slots=True)
class MonthLine:
    """One department, fee and fund nature. All in fen but ``tickets``; ``arrears``: owed at the end of the month."""

    department: str
    fee: str
    fund_nature: str
    assessed: int = 0
    waived: int = 0
    paid: int = 0
    refunded: int = 0
    remitted: int = 0
    arrears: int = 0
    tickets: int = 0


NAMES = tuple(field.name for field in fields(MonthLine))


def period(month: str) -> tuple[date, date]:
    """First and last day. :raises Rejection: ``month-invalid``."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise Rejection("month-invalid", field="month", month=month[:20]) from error
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def settlement(session: Session, month: str) -> list[MonthLine]:
    """The month, by the ledger. :raises Rejection: ``month-invalid``."""
    first, last = period(month)
    entry, line = ledger_entry.c, ledger_line.c
    of = line.department, line.fee, line.fund_nature
    found: dict[Key, MonthLine] = {}
    within = entry.day.between(first, last)
    moved = select(*of, entry.event, line.account, func.sum(line.amount_fen)).join(ledger_line, line.entry == entry.number)
    for department, fee, nature, event, account, fen in session.execute(
        moved.where(within, line.fee != "").group_by(*of, entry.event, line.account)
    ):
        figure, sign = FIGURES.get((event, account), ("", 0))
        if figure:
            kept = found.setdefault((department, fee, nature), MonthLine(department, fee, nature))
            setattr(kept, figure, getattr(kept, figure) + sign * int(fen))
    for counted, number in _tickets(session, first, last).items():
        found.setdefault(counted, MonthLine(*counted)).tickets = number
    owed = select(*of, func.sum(line.amount_fen)).join(ledger_entry, line.entry == entry.number)
    for department, fee, nature, fen in session.execute(owed.where(line.account == MEMO, entry.day <= last).group_by(*of)):
        if int(fen):
            key = department, fee, nature
            found.setdefault(key, MonthLine(*key)).arrears = int(fen)
    return [found[key] for key in sorted(found)]


def _tickets(session: Session, first: date, last: date) -> dict[Key, int]:
    """How many tickets were used and are not void; one that is for several fees counts with its first line."""
    entry, line, back = ledger_entry.c, ledger_line.c, ledger_entry.alias("back")
    taken = (
        select(entry.number, line.department, line.fee, line.fund_nature)
        .join(ledger_line, line.entry == entry.number)
        .where(entry.day.between(first, last), entry.receipt.is_not(None), line.account == PENDING)
        .where(~select(back.c.number).where(back.c.reverses == entry.number).exists())
        .order_by(entry.number, line.line)
    )
    counted: dict[Key, int] = defaultdict(int)
    seen: set[int] = set()
    for number, department, fee, nature in session.execute(taken):
        if number not in seen:
            counted[department, fee, nature] += 1
            seen.add(number)
    return dict(counted)
