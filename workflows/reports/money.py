"""Fees by where they go: per department, fee and fund nature what was assessed, waived, received, refunded and passed on."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.ledger.tables import ledger_entry, ledger_line
from workflows.reports.case_line import Period

COUNTED = {
    "assessed": ("receivable-memo", ("assess",), 1),
    "waived": ("receivable-memo", ("waive",), -1),
    "received": ("pending-revenue", ("receive-cash", "receive-bank", "identify"), -1),
    "refunded": ("pending-revenue", ("refund-before-remittance",), 1),
    "remitted": ("pending-revenue", ("remit",), 1),
}
"""Column to account, events and sign of the lines that count. A reversal counts against what it reverses."""


@dataclass(frozen=True, slots=True)
class FeeRow:
    """In fen, of the days of the period."""

    department: str
    fee: str
    fund_nature: str
    assessed: int
    waived: int
    received: int
    refunded: int
    remitted: int


def by_destination(session: Session, period: Period) -> list[FeeRow]:
    """One row a department, fee and fund nature."""
    found: dict[tuple[str, str, str], dict[str, int]] = {}
    for column, (account, events, sign) in COUNTED.items():
        for place, fen in _sums(session, period, account, events):
            found.setdefault(place, dict.fromkeys(COUNTED, 0))[column] = sign * fen
    return [FeeRow(*place, *(sums[column] for column in COUNTED)) for place, sums in sorted(found.items())]


def _sums(session: Session, period: Period, account: str, events: tuple[str, ...]) -> list[tuple[tuple[str, str, str], int]]:
    """Reversals bear the event of what they reverse, with the signs turned."""
    place = (ledger_line.c.department, ledger_line.c.fee, ledger_line.c.fund_nature)
    statement = (
        select(*place, func.sum(ledger_line.c.amount_fen))
        .join(ledger_entry, ledger_entry.c.number == ledger_line.c.entry)
        .where(
            ledger_line.c.account == account,
            ledger_entry.c.event.in_(events),
            ledger_entry.c.day.between(period.from_on, period.until_on),
        )
        .group_by(*place)
    )
    return [((row[0], row[1], row[2]), int(row[3])) for row in session.execute(statement)]
