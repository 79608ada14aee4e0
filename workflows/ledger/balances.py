"""Sums of lines. A balance is kept nowhere; it is always added up."""

from dataclasses import asdict
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.ledger.chart import KEYS, chart
from workflows.ledger.entry import Keys, Line
from workflows.ledger.tables import ledger_entry, ledger_line

PENDING = "pending-revenue"


def balance(session: Session, account: str, keys: Keys | None = None) -> int:
    """In fen, a debit balance above zero. ``keys``: of one line of the sub-ledger; all of the account without."""
    where = [ledger_line.c.account == account]
    if keys is not None:
        where += [
            ledger_line.c[name] == value for name, value in asdict(keys).items() if name in chart().accounts[account].keys
        ]
    return _sum(session, *where)


def trial_balance(session: Session) -> dict[str, int]:
    """The balance of every account in fen; they sum to zero."""
    columns = ledger_line.c
    sums = select(columns.account, func.sum(columns.amount_fen)).group_by(columns.account)
    found = {account: int(fen) for account, fen in session.execute(sums)}
    return {account: found.get(account, 0) for account in chart().accounts}


def pending(session: Session, nature: str) -> dict[Keys, int]:
    """What is kept of a fund nature and not passed on, above zero, by the sub-ledger."""
    columns = [ledger_line.c[name] for name in KEYS]
    total = func.sum(ledger_line.c.amount_fen)
    found = (
        select(*columns, total)
        .where(ledger_line.c.account == PENDING, ledger_line.c.fund_nature == nature)
        .group_by(*columns)
        .having(total < 0)
        .order_by(*columns)
    )
    return {Keys(*row[:-1]): -int(row[-1]) for row in session.execute(found)}


def lines_of_entry(session: Session, number: int) -> tuple[Line, ...]:
    """The lines of an entry; none where there is no such entry."""
    columns = ledger_line.c
    rows = session.execute(select(ledger_line).where(columns.entry == number).order_by(columns.line))
    return tuple(Line(row.account, row.amount_fen, Keys(*(getattr(row, name) for name in KEYS))) for row in rows)


def moved_on(session: Session, account: str, day: date, *, event: str, other: bool = False) -> int:
    """What an event moved on an account on a day, or (``other``) everything but that event; net of reversals."""
    chosen = ledger_entry.c.event != event if other else ledger_entry.c.event == event
    joined = ledger_entry.c.number == ledger_line.c.entry
    return _sum(session, ledger_line.c.account == account, ledger_entry.c.day == day, chosen, joined)


def _sum(session: Session, *where: object) -> int:
    found = session.execute(select(func.coalesce(func.sum(ledger_line.c.amount_fen), 0)).where(*where))  # type: ignore[arg-type]
    return int(found.scalar_one())
