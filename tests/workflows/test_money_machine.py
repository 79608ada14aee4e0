"""Whatever is done with money in whatever order: books balance, every number is accounted for, a closed day stays as it is."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from engine.core.rejection import Rejection
from tests.databases import SqliteDatabases
from tests.runtime.halls import Hall
from tests.workflows.test_ledger import BUDGET, CASHIER, FINANCE, FINANCIER, KEYS, KIND, opened
from workflows.clock import hall_day
from workflows.ledger import Keys, Receipt
from workflows.ledger.days import books_of
from workflows.ledger.tables import ledger_close, ledger_entry, ledger_line
from workflows.tickets import book
from workflows.tickets.life import State

FEN = st.integers(1, 30)


class Money(RuleBasedStateMachine):
    """A ledger with one debt, a cashier with fifty tickets, and days that are closed and opened."""

    databases: SqliteDatabases

    def __init__(self) -> None:
        super().__init__()
        self.hall = Hall(self.databases.migrated())
        self.ledger = opened(self.hall)
        self.receipts = 0
        self.closed: dict[Any, list[Any]] = {}

    def teardown(self) -> None:
        self.hall.close()

    @rule(fen=FEN)
    def assess(self, fen: int) -> None:
        with suppress(Rejection):
            self.ledger.post("assess", fen, KEYS, FINANCIER, group=FINANCE)

    @rule(fen=FEN, event=st.sampled_from(("receive-cash", "receive-bank")))
    def pay(self, fen: int, event: str) -> None:
        self.receipts += 1
        with suppress(Rejection):
            self.ledger.receive(event, fen, KEYS, Receipt(f"P{self.receipts}", KIND), CASHIER)

    @rule(fen=FEN, event=st.sampled_from(("waive", "refund-before-remittance", "refund-after-remittance", "pay-refund")))
    def waive_or_refund(self, fen: int, event: str) -> None:
        with suppress(Rejection):
            self.ledger.post(event, fen, KEYS, FINANCIER, group=FINANCE)

    @rule(number=st.integers(1, 12))
    def reverse_and_void(self, number: int) -> None:
        with suppress(Rejection):
            self.ledger.reverse(number, "更正", FINANCIER)

    @rule()
    def pass_on(self) -> None:
        with suppress(Rejection):
            self.ledger.post("bank-cash", self.ledger.trial_balance()["cash"], Keys(), CASHIER, group="fund-service")
        with suppress(Rejection):
            self.ledger.remit(BUDGET, CASHIER)

    @rule()
    def close(self) -> None:
        day = hall_day(self.hall.now)
        with self.hall.runtime.registers.read() as session:
            books = books_of(session, day)
        with suppress(Rejection):
            self.ledger.close_day(day, {1: max(books.cash_taken, 0)}, max(books.banked, 0), FINANCIER)
            self.closed[day] = self.lines(day)

    @rule()
    def open_next_day(self) -> None:
        today, self.hall.now = self.hall.now, self.hall.now + timedelta(days=1)
        try:
            self.ledger.open_day(CASHIER)
        except Rejection:
            self.hall.now = today

    def lines(self, day: Any) -> list[Any]:
        with self.hall.runtime.registers.read() as session:
            joined = select(ledger_entry, ledger_line).join(ledger_line, ledger_line.c.entry == ledger_entry.c.number)
            wanted = joined.where(ledger_entry.c.day == day).order_by(ledger_entry.c.number, ledger_line.c.line)
            return [tuple(row) for row in session.execute(wanted)]

    @invariant()
    def books_balance(self) -> None:
        balances = self.ledger.trial_balance()
        assert sum(balances.values()) == 0
        assert balances["receivable-memo"] == -balances["uncollected-memo"] >= 0
        assert min(balances["cash"], balances["clearing-bank"]) >= 0
        with self.hall.runtime.registers.read() as session:
            sums = select(func.sum(ledger_line.c.amount_fen)).group_by(ledger_line.c.entry)
            assert {int(total) for total in session.execute(sums).scalars()} <= {0}

    @invariant()
    def every_number_is_accounted_for(self) -> None:
        with self.hall.runtime.registers.read() as session:
            taken, back = ledger_entry, ledger_entry.alias("back")
            reversed_ = select(back.c.number).where(back.c.reverses == taken.c.number).exists()
            rows = session.execute(select(taken.c.ticket_number, reversed_).where(taken.c.receipt.is_not(None))).all()
            states = {number: book.span_of(session, KIND, number).state for number in range(1, 51)}
        expected = {number: State.VOID if void else State.USED for number, void in rows}
        assert {number: state for number, state in states.items() if state is not State.HELD} == expected
        assert sorted(expected) == list(range(1, len(expected) + 1)), "in order, none skipped, none twice"

    @invariant()
    def a_closed_day_stays_as_it_is(self) -> None:
        for day, lines in self.closed.items():
            assert self.lines(day) == lines
        with self.hall.runtime.registers.read() as session:
            assert set(session.execute(select(ledger_close.c.day)).scalars()) == set(self.closed)


def test_money_in_any_order(sqlite_databases: SqliteDatabases, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Money, "databases", sqlite_databases, raising=False)
    run_state_machine_as_test(Money, settings=settings(max_examples=10, stateful_step_count=25, deadline=None))
