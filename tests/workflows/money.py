"""Money under test: a day that is open, cashiers with tickets, and a case with a fee, driven to where it waits for payment."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.runtime.registers import Registers
from tests.workflows import papers
from tests.workflows.centre import Centre
from tests.workflows.filing import Filing, actor
from workflows.collection import basis, notices
from workflows.collection.tables import fee_attempt, payment_notice
from workflows.ledger.days import open_day
from workflows.ledger.ledger_register import LedgerRegister
from workflows.ledger.posting import Stamp, post
from workflows.ledger.tables import ledger_entry
from workflows.tickets import book, issuing
from workflows.tickets.book import Entry
from workflows.tickets.life import Step
from workflows.tickets.ticket_register import Numbers, TicketRegister

KIND = "special-receipt"
KEEPER = Actor("ticket-keeper-1", ("ticket-centre",))
CASHIER, SECOND = "fund-cashier-1", "fund-cashier-2"
FINANCE = "finance-ledger-officer"
FEE_FEN = 36_000 * 30
"""Floor area of the sample application by the low end of SF-JW-01."""


def stock(session: Session, now: Any) -> None:
    """A hundred tickets of the finance bureau, not yet handed to anybody."""
    entry = Entry(now, KEEPER.id, "ticket-keeper-2")
    book.order(session, KIND, 1, 100, entry)
    book.move(session, Step.PRINT, KIND, 1, 100, entry)
    book.move(session, Step.STOCK, KIND, 1, 100, entry)
    issuing.issue(session, "县财政局", KIND, 100, entry)


def open_counter(registers: Registers) -> LedgerRegister:
    """The counter of the fund service: its first day is open, and each cashier holds fifty tickets."""
    tickets, ledger = TicketRegister(registers), LedgerRegister(registers)
    tickets.enter_certificate("领证1", "县财政局", "收费", KEEPER)
    registers.change("Test", KEEPER, stock)
    tickets.hand(Numbers(KIND, 1, 50), CASHIER, KEEPER)
    tickets.hand(Numbers(KIND, 51, 100), SECOND, KEEPER)
    ledger.open_day(actor(CASHIER))
    return ledger


class Desk:
    """The counter of the fund service in a centre under test."""

    def __init__(self, centre: Centre) -> None:
        self.centre = centre
        self.ledger = open_counter(centre.runtime.registers)

    def filed(self, process: str = "construction_planning_permit") -> str:
        """A case that was granted and, if it is charged, waits in delivery."""
        case = self.centre.file(process, **papers.application(process))
        self.centre.drive(case)
        self.centre.runtime.run_due()
        return case

    def noticed(self) -> str:
        """A case whose payment notice is out."""
        case = self.filed()
        self.confirm(case)
        return case

    def confirm(self, case: str, who: str = "window-construction-1") -> None:
        self.centre.fill("confirm_basis", who, self.collection(case, "confirm_basis"), confirmed=True)
        self.centre.runtime.run_due()

    def pay(self, case: str, who: str = CASHIER, number: int = 1, channel: str = "cash") -> None:
        task = self.collection(case, "receive")
        self.centre.fill("receive", who, task, channel=channel, kind=KIND, number=number)
        self.centre.runtime.run_due()

    def collection(self, case: str, element: str) -> Any:
        """The open task of a case's collection of fees."""
        number = self.centre.receipt(case)
        for task in self.centre.tasks(element_id=element):
            known = self.centre.runtime.queries.user_task(task.id).variables
            if known.get("due", {}).get("case") == number:
                return task
        raise LookupError(element)

    def notice(self, case: str) -> Any:
        with self.centre.runtime.registers.read() as session:
            return notices.of_case(session, self.centre.receipt(case))

    def notices(self) -> int:
        with self.centre.runtime.registers.read() as session:
            return len(session.execute(select(payment_notice.c.code)).all())

    def receipts(self) -> list[int]:
        """The numbers of the entries that took money."""
        with self.centre.runtime.registers.read() as session:
            columns = ledger_entry.c
            wanted = select(columns.number).where(columns.receipt.is_not(None)).order_by(columns.number)
            return list(session.execute(wanted).scalars())

    def ticket(self, number: int) -> str:
        """Where a ticket stands."""
        with self.centre.runtime.registers.read() as session:
            return book.span_of(session, KIND, number).state.value

    def attempts(self) -> list[tuple[str, str]]:
        with self.centre.runtime.registers.read() as session:
            columns = fee_attempt.c
            rows = session.execute(select(columns.item_code, columns.reason).order_by(columns.number))
            return [(item, reason) for item, reason in rows]


def settle(filing: Filing) -> None:
    """A filing that waits for payment, as if its fees had been asked for and waived."""
    with Session(filing.engine) as session:
        by, case = Stamp(filing.now, "somebody"), filing.case()
        open_day(session, by)
        entry = basis.Entry(filing.now, by.actor_id)
        found = [basis.assessed(session, case.number, fee.code, entry) for fee in basis.pinned(session, case, filing.now)]
        notice = notices.issue(session, case, found, "i", by)
        for part in notices.parts_of(session, notice):
            post(session, "waive", part.owed_fen, part.keys, by)
        session.commit()
    filing.message("fee-paid")
