"""The one counter of the made-up year: on some days its books are opened, fees are taken in cash, and the day is closed."""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.moments import HALL
from engine.core.values import Variables
from engine.runtime.queries import UserTask, UserTaskFilter
from engine.runtime.runtime import Runtime
from workflows.clock import hall_day
from workflows.ledger.ledger_register import LedgerRegister
from workflows.sample import sample_accounts
from workflows.tickets import book, issuing
from workflows.tickets.book import Entry
from workflows.tickets.life import Step
from workflows.tickets.ticket_register import Numbers, TicketRegister

KIND, OFFICE = "special-receipt", "县财政局"
KEEPER, WITNESS, CASHIER, CLOSER = "ticket-keeper-1", "ticket-keeper-2", "fund-cashier-1", "finance-ledger-officer"
TICKETS = 200
NOTE_FEN = 10_000
"""The largest note, a hundred yuan: what is charged here comes out in them."""
FOUR = 16
"""When cash is counted, Asia/Shanghai."""


def actor(account_id: str) -> Actor:
    """An account of the sample hall as commands name it."""
    account = next(one for one in sample_accounts() if one.id == account_id)
    return Actor(account.id, account.groups)


class Counter:
    """Takes what is owed. ``next_id``: makes command ids. ``set_clock``: the year's clock."""

    def __init__(self, runtime: Runtime, next_id: Callable[[], str], set_clock: Callable[[datetime], None]) -> None:
        self._runtime, self._next_id, self._set_clock = runtime, next_id, set_clock
        self._ticket = 0
        self._day = ""

    def stock(self) -> None:
        """Tickets are ordered, printed, issued and handed to the cashier."""
        registers = self._runtime.registers
        tickets = TicketRegister(registers)
        tickets.enter_certificate("领证〔样例〕1号", OFFICE, "收费", actor(KEEPER))
        registers.change("StockTickets", actor(KEEPER), _stocked)
        tickets.hand(Numbers(KIND, 1, TICKETS), CASHIER, actor(KEEPER))

    def open(self) -> bool:
        """Open the books and make out notices, if anybody has to pay."""
        if not self.waiting("receive") and not self.waiting("confirm_basis"):
            return False
        runtime = self._runtime
        self._day = runtime.start(process_key="day_close", actor=actor(CASHIER), command_id=self._next_id()).instance_id
        for task in self.waiting("confirm_basis"):
            self._confirm(task)
        runtime.run_due()
        return True

    def close(self) -> int:
        """Take what is owed; how many paid. At four the cash is counted, signed for by another, and taken to the bank."""
        runtime = self._runtime
        paying = self.waiting("receive")
        for task in paying:
            self._receive(task)
        runtime.run_due()
        cash = LedgerRegister(runtime.registers).trial_balance()["cash"]
        self._set_clock(runtime.clock().astimezone(HALL).replace(hour=FOUR, minute=5).astimezone(UTC))
        runtime.run_due()
        counted: Variables = {"pieces": {"d10000": cash // NOTE_FEN}, "slip_fen": cash, "keep": "no"}
        self._finish("count", CASHIER, counted)
        self._finish("sign", CLOSER, {"outcome": "agreed"})
        self._finish("confirm", CLOSER, {"reference": f"银回{hall_day(runtime.clock()):%Y%m%d}"})
        return len(paying)

    def waiting(self, element: str, instance: str | None = None) -> list[UserTask]:
        """Open tasks of an element."""
        wanted = UserTaskFilter(scope="all", element_id=element, instance_id=instance)
        return list(self._runtime.queries.user_tasks(wanted, limit=200).items)

    def _confirm(self, task: UserTask) -> None:
        """The window says that the figures are those of the application; the notice is made out."""
        (window,) = {group for group in task.candidate_groups if group.startswith("window-")}
        self._runtime.complete(task.id, {"confirmed": True}, actor=actor(f"{window}-1"), command_id=self._next_id())

    def _receive(self, task: UserTask) -> None:
        self._ticket += 1
        data: Variables = {"channel": "cash", "kind": KIND, "number": self._ticket}
        self._runtime.complete(task.id, data, actor=actor(CASHIER), command_id=self._next_id())

    def _finish(self, element: str, who: str, data: Variables) -> None:
        for task in self.waiting(element, self._day):
            self._runtime.complete(task.id, data, actor=actor(who), command_id=self._next_id())


def _stocked(session: Session, now: datetime) -> None:
    entry = Entry(now, KEEPER, WITNESS)
    book.order(session, KIND, 1, TICKETS, entry)
    for step in (Step.PRINT, Step.STOCK):
        book.move(session, step, KIND, 1, TICKETS, entry)
    issuing.issue(session, OFFICE, KIND, TICKETS, entry)
