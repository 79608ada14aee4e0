"""The hall's ledger: whatever is done in whatever order, books sum to zero, and what is closed stays closed (R-40, R-41)."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime.tables import audit
from tests.databases import SqliteDatabases
from tests.runtime.halls import Hall
from workflows.clock import hall_day
from workflows.ledger import Keys, Receipt
from workflows.ledger.balances import balance
from workflows.ledger.counting import Books, Difference, differences, total_fen
from workflows.ledger.days import books_of
from workflows.ledger.ledger_register import CASHIERS, FINANCE, LedgerRegister
from workflows.ledger.tables import ledger_entry, ledger_line
from workflows.tickets import book, issuing, use
from workflows.tickets.book import Entry
from workflows.tickets.life import Step
from workflows.tickets.ticket_register import Numbers, TicketRegister

KIND = "special-receipt"
KEEPER = Actor("keeper-1", ("ticket-centre",))
CASHIER, FINANCIER = Actor("cashier-1", (CASHIERS,)), Actor("finance-1", (FINANCE,))
BUDGET = "budget"
KEYS = Keys("2026030200001", "县建设委员会", "SAMPLE-01", "1", BUDGET, "甲公司")


@pytest.fixture
def hall(database_url: str) -> Iterator[Hall]:
    made = Hall(database_url)
    yield made
    made.close()


@pytest.fixture
def ledger(hall: Hall) -> LedgerRegister:
    return opened(hall)


def opened(hall: Hall) -> LedgerRegister:
    """A ledger whose first day is open, and a cashier with fifty tickets."""
    department = "县财政局"
    tickets = TicketRegister(hall.runtime.registers)
    tickets.enter_certificate("领证1", department, "收费", KEEPER)

    def stock(session: Any, now: datetime) -> None:
        entry = Entry(now, KEEPER.id, "keeper-2")
        book.order(session, KIND, 1, 50, entry)
        book.move(session, Step.PRINT, KIND, 1, 50, entry)
        book.move(session, Step.STOCK, KIND, 1, 50, entry)
        issuing.issue(session, department, KIND, 50, entry)

    hall.runtime.registers.change("Test", KEEPER, stock)
    tickets.hand(Numbers(KIND, 1, 50), CASHIER.id, KEEPER)
    made = LedgerRegister(hall.runtime.registers)
    made.open_day(CASHIER)
    return made


def assessed(ledger: LedgerRegister, fen: int) -> int:
    return ledger.post("assess", fen, KEYS, FINANCIER, group=FINANCE)


def paid(ledger: LedgerRegister, fen: int, name: str = "P1") -> int:
    return ledger.receive("receive-cash", fen, KEYS, Receipt(name, KIND), CASHIER)


def settled(ledger: LedgerRegister, fen: int) -> None:
    ledger.post("bank-cash", fen, Keys(), CASHIER, group=CASHIERS)
    ledger.remit(BUDGET, CASHIER)


def refused(code: str, act: Any, *arguments: Any, **named: Any) -> Rejection:
    with pytest.raises(Rejection) as caught:
        act(*arguments, **named)
    assert caught.value.code == code
    return caught.value


def due(hall: Hall) -> int:
    with hall.runtime.registers.read() as session:
        return balance(session, "receivable-memo", KEYS)


def entries(hall: Hall) -> int:
    with hall.runtime.registers.read() as session:
        return int(session.execute(select(func.count()).select_from(ledger_entry)).scalar_one())


def last_audit(hall: Hall) -> tuple[Any, ...]:
    with hall.runtime.registers.read() as session:
        columns = audit.c
        return tuple(
            session.execute(select(columns.action, columns.outcome, columns.code).order_by(columns.id.desc())).first() or ()
        )


def test_a_day_from_assessment_to_the_treasury(hall: Hall, ledger: LedgerRegister) -> None:
    assessed(ledger, 12_000)
    paid(ledger, 12_000)
    assert ledger.trial_balance()["cash"] == 12_000
    settled(ledger, 12_000)
    ledger.close_day(hall_day(hall.now), {10_000: 1, 2_000: 1}, 12_000, FINANCIER)
    assert set(ledger.trial_balance().values()) == {0}
    refused("ledger-day-not-open", assessed, ledger, 100)
    hall.now = hall.now.replace(day=hall.now.day + 1)
    ledger.open_day(CASHIER)
    assert assessed(ledger, 100) == entries(hall)


def test_differences_keep_the_day_open_and_are_named(hall: Hall, ledger: LedgerRegister) -> None:
    assessed(ledger, 5_000)
    paid(ledger, 5_000)
    found = refused("ledger-differences", ledger.close_day, hall_day(hall.now), {2_000: 2}, 0, FINANCIER)
    assert str(found.parameters["named"]).split("; ") == ["cash-count 5000≠4000", "cash-held 0≠5000", "not-remitted 0≠5000"]
    assert last_audit(hall) == ("CloseDay", "refused", "ledger-differences")
    settled(ledger, 5_000)
    refused("ledger-differences", ledger.close_day, hall_day(hall.now), {5_000: 1}, 4_999, FINANCIER)
    ledger.close_day(hall_day(hall.now), {5_000: 1}, 5_000, FINANCIER)


def test_a_ticket_without_money_keeps_the_day_open(hall: Hall, ledger: LedgerRegister) -> None:
    def change(session: Any, now: datetime) -> None:
        use(session, holder=CASHIER.id, kind=KIND, payment="P9", amount_fen=700, now=now)

    hall.runtime.registers.change("Test", CASHIER, change)
    found = refused("ledger-differences", ledger.close_day, hall_day(hall.now), {}, 0, FINANCIER)
    assert found.parameters["named"] == "ticket P9 0≠700"


def test_every_kind_of_difference_is_told() -> None:
    books = Books(100, 0, 100, 0, {"P1": 60, "P2": 40}, {"P1": 60, "P2": 30, "P3": 10})
    assert differences(books, 100, 100) == (Difference("ticket", 40, 30, "P2"), Difference("ticket", 0, 10, "P3"))
    assert total_fen({10_000: 2, 5: 3}) == 20_015
    refused("ledger-denomination", total_fen, {30: 1})
    refused("ledger-denomination", total_fen, {100: -1})


def test_nobody_pays_or_is_waived_more_than_is_due(hall: Hall, ledger: LedgerRegister) -> None:
    assessed(ledger, 1_000)
    refused("ledger-overdrawn", paid, ledger, 1_001)
    assert last_audit(hall) == ("ReceiveMoney", "refused", "ledger-overdrawn")
    ledger.post("waive", 400, KEYS, FINANCIER, group=FINANCE)
    paid(ledger, 600)
    assert due(hall) == 0
    refused("ledger-overdrawn", ledger.post, "waive", 1, KEYS, FINANCIER, group=FINANCE)


def test_money_comes_with_its_ticket_or_not_at_all(hall: Hall, ledger: LedgerRegister) -> None:
    assessed(ledger, 1_000)
    refused("ledger-receipt-event", ledger.post, "receive-cash", 10, KEYS, CASHIER, group=CASHIERS)
    refused("ledger-receipt-event", ledger.receive, "suspend", 10, KEYS, Receipt("P1", KIND), CASHIER)
    paid(ledger, 400)
    refused("ticket-payment-doubled", paid, ledger, 400)
    refused("ticket-skipped", ledger.receive, "receive-cash", 1, KEYS, Receipt("P2", KIND, 3), CASHIER)
    refused("ledger-group-only", ledger.receive, "receive-cash", 1, KEYS, Receipt("P2", KIND), FINANCIER)
    paid(ledger, 600, "P2")
    with hall.runtime.registers.read() as session:
        columns = ledger_entry.c
        rows = session.execute(select(columns.receipt, columns.ticket_number).where(columns.receipt.is_not(None)))
        assert sorted(map(tuple, rows)) == [("P1", 1), ("P2", 2)]


def test_what_was_wrong_is_reversed_once_and_stays_to_be_seen(hall: Hall, ledger: LedgerRegister) -> None:
    number = assessed(ledger, 1_000)
    refused("ledger-reason-missing", ledger.reverse, number, " ", FINANCIER)
    back = ledger.reverse(number, "面积有误", FINANCIER)
    assert (due(hall), entries(hall)) == (0, 2)
    refused("ledger-reversed", ledger.reverse, number, "再冲", FINANCIER)
    refused("ledger-reversal-final", ledger.reverse, back, "再冲", FINANCIER)
    refused("ledger-entry-unknown", ledger.reverse, 99, "无", FINANCIER)


def test_a_waiver_is_not_taken_back_by_hand(hall: Hall, ledger: LedgerRegister) -> None:
    assessed(ledger, 1_000)
    number = ledger.post("waive", 400, KEYS, FINANCIER, group="finance-office")
    refused("ledger-reversal-by-process", ledger.reverse, number, "记错", FINANCIER)
    assert due(hall) == 600


def test_a_receipt_whose_money_has_gone_on_is_not_reversed(ledger: LedgerRegister) -> None:
    assessed(ledger, 1_000)
    number = paid(ledger, 1_000)
    settled(ledger, 1_000)
    refused("ledger-overdrawn", ledger.reverse, number, "退", FINANCIER)


def test_banking_that_was_reversed_on_the_day_does_not_keep_it_open(hall: Hall, ledger: LedgerRegister) -> None:
    assessed(ledger, 1_000)
    paid(ledger, 1_000)
    wrong = ledger.post("bank-cash", 900, Keys(), CASHIER, group=CASHIERS)
    ledger.reverse(wrong, "金额有误", FINANCIER)
    settled(ledger, 1_000)
    ledger.close_day(hall_day(hall.now), {1_000: 1}, 1_000, FINANCIER)


def test_unknown_money_waits_in_suspense_until_it_is_known(hall: Hall, ledger: LedgerRegister) -> None:
    refused("ledger-reference-missing", ledger.post, "suspend", 800, KEYS, CASHIER, group=CASHIERS)
    ledger.post("suspend", 800, KEYS, CASHIER, group=CASHIERS, reference="银行流水1")
    assessed(ledger, 800)
    refused("ledger-overdrawn", ledger.receive, "identify", 800, KEYS, Receipt("P1", KIND), CASHIER, "银行流水2")
    ledger.receive("identify", 800, KEYS, Receipt("P1", KIND), CASHIER, "银行流水1")
    assert (due(hall), ledger.trial_balance()["suspense"]) == (0, 0)


def test_a_day_opens_once_and_only_behind_a_closed_one(hall: Hall, ledger: LedgerRegister) -> None:
    refused("ledger-day-opened", ledger.open_day, CASHIER)
    first, hall.now = hall_day(hall.now), hall.now.replace(day=hall.now.day + 1)
    refused("ledger-day-before-open", ledger.open_day, CASHIER)
    refused("ledger-day-not-open", assessed, ledger, 100)
    ledger.close_day(first, {}, 0, FINANCIER)
    assert ledger.open_day(CASHIER) == hall_day(hall.now)


def test_who_took_money_does_not_close_the_day(hall: Hall, ledger: LedgerRegister) -> None:
    assessed(ledger, 100)
    paid(ledger, 100)
    settled(ledger, 100)
    both = Actor(CASHIER.id, (CASHIERS, FINANCE))
    refused("ledger-closer-collected", ledger.close_day, hall_day(hall.now), {100: 1}, 100, both)
    refused("ledger-group-only", ledger.close_day, hall_day(hall.now), {100: 1}, 100, CASHIER)


def test_a_month_is_signed_by_two_when_it_is_over(hall: Hall, ledger: LedgerRegister) -> None:
    month, first = hall_day(hall.now).isoformat()[:7], hall_day(hall.now)
    refused("ledger-month-running", ledger.sign_month, month, "finance", FINANCIER)
    hall.now = hall.now.replace(year=hall.now.year + 1)
    refused("ledger-month-running", ledger.sign_month, month, "finance", FINANCIER)
    ledger.close_day(first, {}, 0, FINANCIER)
    assert ledger.sign_month(month, "finance", FINANCIER) is False
    refused("ledger-month-signed", ledger.sign_month, month, "cashier", Actor(FINANCIER.id, (CASHIERS,)))
    refused("ledger-month-role", ledger.sign_month, month, "clerk", FINANCIER)
    assert ledger.sign_month(month, "cashier", CASHIER) is True


@pytest.mark.parametrize(
    "statement",
    [
        "update ledger_line set amount_fen = 1",
        "delete from ledger_line",
        "update ledger_entry set reason = 'x'",
        "delete from ledger_entry",
        "delete from ledger_close",
        "update ledger_day set opened_by = 'x'",
        "insert into ledger_line select 1, 9, account, 5, '', '', '', '', '', '' from ledger_line where line = 1",
        "insert into ledger_day select '2999-01-01', opened_at, opened_by from ledger_day where 1 = 0 or "
        "not exists (select 1 from ledger_day d where d.day > ledger_day.day) union all "
        "select '2000-01-01', opened_at, opened_by from ledger_day",
    ],
)
def test_the_database_itself_refuses_changes(hall: Hall, ledger: LedgerRegister, statement: str) -> None:
    assessed(ledger, 100)
    ledger.close_day(hall_day(hall.now), {}, 0, FINANCIER)
    with pytest.raises(DBAPIError), hall.runtime.registers.read() as session:
        session.execute(text(statement))


ACTS = st.sampled_from(("assess", "waive", "pay", "bank", "remit", "reverse", "suspend", "refund", "close", "open"))


def _work(hall: Hall, ledger: LedgerRegister, act: str, fen: int, place: int) -> None:
    if act == "pay":
        paid(ledger, fen, f"P{place}")
    elif act in ("assess", "waive", "suspend"):
        ledger.post(act, fen, KEYS, FINANCIER, group=FINANCE, reference="银行流水")
    elif act == "bank":
        ledger.post("bank-cash", max(1, ledger.trial_balance()["cash"]), Keys(), CASHIER, group=CASHIERS)
    elif act == "refund":
        ledger.post("refund-before-remittance", fen, KEYS, CASHIER, group=CASHIERS)
    elif act == "remit":
        ledger.remit(BUDGET, CASHIER)
    elif act == "reverse":
        ledger.reverse(fen, "更正", FINANCIER)
    elif act == "open":
        _next_day(hall, ledger)
    else:
        with hall.runtime.registers.read() as session:
            books = books_of(session, hall_day(hall.now))
        ledger.close_day(hall_day(hall.now), {1: books.cash_taken}, books.banked, FINANCIER)


def _next_day(hall: Hall, ledger: LedgerRegister) -> None:
    today, hall.now = hall.now, hall.now + timedelta(days=1)
    try:
        ledger.open_day(CASHIER)
    except Rejection:
        hall.now = today
        raise


@settings(max_examples=15, deadline=None)
@given(acts=st.lists(st.tuples(ACTS, st.integers(1, 9)), max_size=20))
def test_books_sum_to_zero_whatever_is_done(sqlite_databases: SqliteDatabases, acts: list[tuple[str, int]]) -> None:
    hall = Hall(sqlite_databases.migrated())
    try:
        ledger = opened(hall)
        for place, (act, fen) in enumerate(acts):
            with suppress(Rejection):
                _work(hall, ledger, act, fen, place)
        balances = ledger.trial_balance()
        assert sum(balances.values()) == 0
        assert balances["receivable-memo"] == -balances["uncollected-memo"] >= 0
        assert balances["cash"] >= 0
        assert balances["clearing-bank"] >= 0
        assert balances["pending-revenue"] <= 0
        with hall.runtime.registers.read() as session:
            sums = select(func.sum(ledger_line.c.amount_fen)).group_by(ledger_line.c.entry)
            assert {int(total) for total in session.execute(sums).scalars()} <= {0}
            numbers = session.execute(select(ledger_entry.c.number).order_by(ledger_entry.c.number)).scalars()
            assert list(numbers) == list(range(1, entries(hall) + 1))
    finally:
        hall.close()
