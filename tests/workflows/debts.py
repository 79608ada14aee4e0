"""Debts, money and days of the ledger, for tests of what becomes of them."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime.operators import LocalOperator, OperatorCall
from engine.runtime.tables import audit, history
from tests.runtime.halls import Hall
from workflows.clock import hall_day
from workflows.collection.separation import record_duty
from workflows.ledger import Keys, Receipt
from workflows.ledger.balances import balance
from workflows.ledger.ledger_register import CASHIERS, FINANCE, LedgerRegister
from workflows.ledger.tables import ledger_entry
from workflows.sample import sample_accounts
from workflows.tickets import book, issuing
from workflows.tickets.book import Entry
from workflows.tickets.life import Step
from workflows.tickets.ticket_register import Numbers, TicketRegister

KIND = "special-receipt"
KEEPER = Actor("ticket-keeper-1", ("ticket-centre",))
CASHIER, FINANCIER = Actor("cashier-test", (CASHIERS,)), Actor("finance-test", (FINANCE,))
WATER = Keys("2026030200001", "县水利局", "SAMPLE-05", "1", "budget", "样例水厂")
BUILDING = Keys("2026030200002", "县建委", "SAMPLE-03", "1", "budget", "样例建筑公司")


class Debts:
    """A hall's ledger with a cashier who has fifty tickets; its first day is open."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.ledger = LedgerRegister(hall.runtime.registers)
        department = "县财政局"
        tickets = TicketRegister(hall.runtime.registers)
        tickets.enter_certificate("领证测试", department, "收费", KEEPER)

        def stock(session: Any, now: datetime) -> int:
            entry = Entry(now, KEEPER.id, "ticket-keeper-2")
            first = book.last_number(session, KIND) + 1
            for step in (None, Step.PRINT, Step.STOCK):
                if step is None:
                    book.order(session, KIND, first, first + 49, entry)
                else:
                    book.move(session, step, KIND, first, first + 49, entry)
            issuing.issue(session, department, KIND, 50, entry)
            return first

        first = hall.runtime.registers.change("Test", KEEPER, stock)
        tickets.hand(Numbers(KIND, first, first + 49), CASHIER.id, KEEPER)
        self.ledger.open_day(CASHIER)

    def assess(self, fen: int, keys: Keys) -> None:
        self.ledger.post("assess", fen, keys, FINANCIER, group=FINANCE)

    def pay(self, fen: int, keys: Keys, name: str = "P1") -> int:
        """By bank."""
        return self.ledger.receive("receive-bank", fen, keys, Receipt(name, KIND), CASHIER)

    def reverse_last(self) -> None:
        """The last entry is taken back."""
        with self.hall.runtime.registers.read() as session:
            last = session.execute(select(func.max(ledger_entry.c.number))).scalar_one()
        self.ledger.reverse(last, "记错", FINANCIER)

    def took(self, case: str, account: str) -> None:
        """Say that somebody took the money of a case."""
        registers = self.hall.runtime.registers
        registers.change("Test", CASHIER, lambda session, now: record_duty(session, case, "receive", account, now))

    def remit(self) -> None:
        self.ledger.remit("budget", CASHIER)

    def next_day(self, days: int = 1) -> None:
        """Close today with nothing in the till, and open a later day."""
        self.ledger.close_day(hall_day(self.hall.now), {}, 0, Actor("closer-test", (FINANCE,)))
        self.hall.now += timedelta(days=days)
        self.ledger.open_day(CASHIER)

    def balance(self, account: str, keys: Keys | None = None) -> int:
        with self.hall.runtime.registers.read() as session:
            return balance(session, account, keys)

    def sums_to_zero(self) -> bool:
        return sum(self.ledger.trial_balance().values()) == 0


def refused_codes(hall: Hall) -> set[str]:
    """What was refused and is on record, in cases or in the audit log."""
    with hall.runtime.registers.read() as session:
        said = [
            session.execute(select(table.c.code).where(table.c.outcome == "refused")).scalars() for table in (history, audit)
        ]
        return {code for codes in said for code in codes if code is not None}


def operate(hall: Hall, operator: str, by: str, **parameters: Any) -> str | None:
    """Give a command as some other model would: the code by which it is refused, None if it is not."""
    found = hall.runtime.operators[operator]
    assert isinstance(found, LocalOperator)
    groups = next(one.groups for one in sample_accounts() if one.id == by)
    actor = Actor(by, groups)

    def change(session: Any, now: datetime) -> None:
        found.function(session, parameters, OperatorCall("none", "none", operator, now, actor, "none", None))

    try:
        hall.runtime.registers.change("Operate", actor, change)
    except Rejection as refusal:
        return refusal.code
    return None
