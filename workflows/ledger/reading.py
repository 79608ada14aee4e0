"""Reading the ledger page by page: days with their close, entries with their lines, what is owed. Nothing here writes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from engine.runtime.queries.paging import Page
from engine.runtime.registers import Registers
from workflows.ledger.chart import chart
from workflows.ledger.tables import ledger_close, ledger_day, ledger_entry, ledger_line, ledger_signature

OWED = "receivable-memo"


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A line of an entry with the entry it is of. ``amount_fen``: a debit above zero, a credit below."""

    number: int
    line: int
    day: date
    event: str
    actor_id: str
    receipt: str | None
    ticket_number: int | None
    reverses: int | None
    reason: str | None
    account: str
    amount_fen: int
    case_number: str
    department: str
    fee: str
    fund_nature: str
    payer: str


class LedgerReading:
    """What may be read of the ledger."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def days(self, cursor: str | None, limit: int) -> Page[Row[Any]]:
        """Days with who opened and who closed them, newest first."""
        day = ledger_day.c.day
        columns = ledger_close.c
        wanted = (
            select(ledger_day, columns.at.label("closed_at"), columns.actor_id.label("closed_by"), columns.slip_fen)
            .outerjoin(ledger_close, columns.day == day)
            .order_by(day.desc())
            .limit(limit + 1)
        )
        if cursor is not None:
            wanted = wanted.where(day < date.fromisoformat(cursor))
        with self._registers.read() as session:
            found = list(session.execute(wanted))
        return Page(found[:limit], found[limit - 1].day.isoformat() if len(found) > limit else None)

    def lines(self, day: date | None, case: str | None, cursor: str | None, limit: int) -> Page[EntryLine]:
        """Lines in the order they were written; of a day, of a case, or all of them."""
        entry, line = ledger_entry.c, ledger_line.c
        same = tuple(EntryLine.__dataclass_fields__)
        columns = [entry[name] if name in entry else line[name] for name in same]
        wanted = select(*columns).join(ledger_line, line.entry == entry.number).order_by(entry.number, line.line)
        if day is not None:
            wanted = wanted.where(entry.day == day)
        if case is not None:
            wanted = wanted.where(line.case_number == case)
        if cursor is not None:
            number, place = (int(part) for part in cursor.split("."))
            wanted = wanted.where((entry.number > number) | ((entry.number == number) & (line.line > place)))
        with self._registers.read() as session:
            found = [EntryLine(*row) for row in session.execute(wanted.limit(limit + 1))]
        last = found[limit - 1] if len(found) > limit else None
        return Page(found[:limit], None if last is None else f"{last.number}.{last.line}")

    def debts(self) -> list[Row[Any]]:
        """What is assessed and neither paid nor waived, by department, case and payer (R-50)."""
        line = ledger_line.c
        of = line.department, line.case_number, line.fee, line.payer
        owed = func.sum(line.amount_fen)
        wanted = select(*of, owed.label("owed_fen")).where(line.account == OWED).group_by(*of).having(owed > 0)
        with self._registers.read() as session:
            return list(session.execute(wanted.order_by(*of)))

    def signatures(self, month: str) -> list[Row[Any]]:
        """Who has signed a month."""
        columns = ledger_signature.c
        with self._registers.read() as session:
            return list(session.execute(select(ledger_signature).where(columns.month == month).order_by(columns.role)))

    def names(self) -> dict[str, str]:
        """The accounts by key."""
        return {key: account.name for key, account in chart().accounts.items()}
