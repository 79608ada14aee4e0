"""Every ticket number is accounted for at any moment and none twice, whatever is done in whatever order (R-48, A-13)."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime.tables import audit
from tests.databases import SqliteDatabases
from tests.runtime.halls import Hall
from workflows.tickets import book, issuing, use
from workflows.tickets.book import Entry
from workflows.tickets.findings import doubles, gaps, void_percent
from workflows.tickets.kind import ticket_rules
from workflows.tickets.life import MOVES, State, Step
from workflows.tickets.proposals import Proposal
from workflows.tickets.span import Keeper, Span, moved
from workflows.tickets.tables import ticket_move, ticket_span
from workflows.tickets.ticket_register import Numbers, TicketRegister

KIND = "special-receipt"
DEPARTMENT = "县工商局"
KEEPER, SECOND, CLERK = Actor("keeper-1", ("ticket-centre",)), Actor("keeper-2", ("ticket-centre",)), Actor("cashier-1")
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def hall(database_url: str) -> Iterator[Hall]:
    made = Hall(database_url)
    yield made
    made.close()


@pytest.fixture
def register(hall: Hall) -> TicketRegister:
    made = TicketRegister(hall.runtime.registers)
    made.enter_certificate("工商领证1", DEPARTMENT, "工商登记费", KEEPER)
    return made


def do(hall: Hall, change: Any) -> Any:
    return hall.runtime.registers.change("Test", KEEPER, lambda session, now: change(session))


def entry(hall: Hall) -> Entry:
    return Entry(hall.now, KEEPER.id, SECOND.id)


def stocked(hall: Hall, first: int, last: int) -> None:
    def change(session: Session) -> None:
        book.order(session, KIND, first, last, entry(hall))
        book.move(session, Step.PRINT, KIND, first, last, entry(hall))
        book.move(session, Step.STOCK, KIND, first, last, entry(hall))

    do(hall, change)


def issued(hall: Hall, quantity: int) -> Span:
    given: Span = do(hall, lambda session: issuing.issue(session, DEPARTMENT, KIND, quantity, entry(hall)))
    return given


def held(hall: Hall, register: TicketRegister, first: int, last: int) -> None:
    register.hand(Numbers(KIND, first, last), CLERK.id, KEEPER)


def used(hall: Hall, payment: str, amount: int = 1000, number: int | None = None) -> int:
    said: dict[str, Any] = {
        "holder": CLERK.id,
        "kind": KIND,
        "payment": payment,
        "amount_fen": amount,
        "now": hall.now,
        "number": number,
    }
    given: int = do(hall, lambda session: use(session, **said)).number
    return given


def refused(code: str, act: Any, *arguments: Any, **named: Any) -> None:
    with pytest.raises(Rejection) as caught:
        act(*arguments, **named)
    assert caught.value.code == code


def last_audit(hall: Hall) -> tuple[str, str, str | None]:
    with hall.runtime.database.read() as connection:
        row = connection.execute(select(audit.c.action, audit.c.outcome, audit.c.code).order_by(audit.c.id.desc())).first()
    assert row is not None
    return row[0], row[1], row[2]


def states(hall: Hall) -> list[tuple[int, int, str]]:
    with hall.runtime.registers.read() as session:
        return [(span.first, span.last, span.state.value) for span in book.spans_where(session, ticket_span.c.kind == KIND)]


def ready(hall: Hall, register: TicketRegister) -> None:
    """Ten numbers with the cashier."""
    stocked(hall, 1, 100)
    issued(hall, 10)
    held(hall, register, 1, 10)


def test_a_number_lives_from_the_print_order_to_its_destruction(hall: Hall, register: TicketRegister) -> None:
    ready(hall, register)
    for count in range(1, 10):
        assert used(hall, f"P{count}", 100 * count) == count
    spoiled = Proposal(Step.VOID, KIND, 10, 10, "写错", copies_kept=3)
    register.confirm(register.propose(spoiled, CLERK), KEEPER)
    register.return_stubs(Numbers(KIND, 1, 10), KEEPER)
    assert register.write_off(Numbers(KIND, 1, 10), 10, 4500, KEEPER).amount_fen == 4500
    register.archive(Numbers(KIND, 1, 10), "档案室一柜", KEEPER)
    hall.now += timedelta(days=366 * 5)
    register.confirm(register.propose(Proposal(Step.DESTROY, KIND, 1, 10, "期满", reference="销毁清册1号"), KEEPER), SECOND)
    steps = [move.step for move in register.life(KIND, 10)]
    expected = ["order", "print", "stock", "issue", "hand", "void", "return-stubs", "write-off", "archive", "destroy"]
    assert steps == expected
    assert states(hall) == [(1, 10, "destroyed"), (11, 100, "in-stock")]
    assert register.findings(hall.now) == []


def test_ten_thousand_numbers_are_one_row(hall: Hall, register: TicketRegister) -> None:
    stocked(hall, 1, 10_000)
    with hall.runtime.registers.read() as session:
        assert session.execute(select(func.count()).select_from(ticket_span)).scalar_one() == 1
        assert session.execute(select(func.count()).select_from(ticket_move)).scalar_one() == 3


def test_print_orders_never_overlap(hall: Hall, register: TicketRegister) -> None:
    stocked(hall, 1, 100)
    refused("ticket-overlap", do, hall, lambda session: book.order(session, KIND, 100, 200, entry(hall)))
    assert last_audit(hall) == ("Test", "refused", "ticket-overlap")


def test_the_database_itself_refuses_a_second_state_and_a_changed_log(hall: Hall, register: TicketRegister) -> None:
    stocked(hall, 1, 100)
    for statement in (
        f"INSERT INTO ticket_span (kind, first_number, last_number, state) VALUES ('{KIND}', 50, 60, 'used')",
        "UPDATE ticket_span SET last_number = 99",
        "UPDATE ticket_move SET last_number = 99",
        "DELETE FROM ticket_move",
    ):
        with pytest.raises(DBAPIError):
            do(hall, lambda session, statement=statement: session.execute(text(statement)))
    assert states(hall) == [(1, 100, "in-stock")]


def test_numbers_are_used_in_order_once_and_for_one_payment(hall: Hall, register: TicketRegister) -> None:
    ready(hall, register)
    assert used(hall, "P1", number=1) == 1
    refused("ticket-skipped", used, hall, "P2", number=3)
    assert last_audit(hall) == ("Test", "refused", "ticket-skipped")
    refused("ticket-doubled", used, hall, "P2", number=1)
    refused("ticket-payment-doubled", used, hall, "P1")
    refused("ticket-out-of-range", used, hall, "P2", number=500)
    refused("ticket-state", used, hall, "P2", number=50)
    refused("ticket-payment-missing", used, hall, " ")
    refused("ticket-amount", used, hall, "P2", 0)
    assert used(hall, "P2") == 2


def test_tickets_are_not_lent_and_not_made_of_nothing(hall: Hall, register: TicketRegister) -> None:
    refused("ticket-none-held", used, hall, "P1")
    stocked(hall, 1, 100)
    issued(hall, 10)
    register.hand(Numbers(KIND, 1, 5), "cashier-2", KEEPER)
    held(hall, register, 6, 10)
    refused("ticket-of-other-person", used, hall, "P1", number=1)
    refused("ticket-kind-unknown", do, hall, lambda session: book.lock(session, "napkin"))


def test_a_use_that_is_undone_takes_no_number(hall: Hall, register: TicketRegister) -> None:
    ready(hall, register)

    def fails(session: Session) -> None:
        use(session, holder=CLERK.id, kind=KIND, payment="P1", amount_fen=5, now=hall.now)
        raise Rejection("ticket-amount", amount=5)

    refused("ticket-amount", do, hall, fails)
    assert states(hall)[0] == (1, 10, "held")
    assert used(hall, "P2") == 1


def test_new_tickets_are_given_only_against_settled_old_ones(hall: Hall, register: TicketRegister) -> None:
    ready(hall, register)
    used(hall, "P1", 700)
    refused("ticket-old-not-written-off", issued, hall, 5)
    register.return_stubs(Numbers(KIND, 1, 1), KEEPER)
    refused("ticket-old-not-written-off", issued, hall, 5)
    refused("ticket-write-off-difference", register.write_off, Numbers(KIND, 1, 1), 1, 699, KEEPER)
    assert last_audit(hall) == ("WriteOffTickets", "refused", "ticket-write-off-difference")
    refused("ticket-stub-count", register.write_off, Numbers(KIND, 1, 1), 0, 700, KEEPER)
    refused("ticket-old-not-written-off", issued, hall, 5)
    register.write_off(Numbers(KIND, 1, 1), 1, 700, KEEPER)
    assert issued(hall, 5).first == 11


def test_a_department_draws_by_certificate_and_for_six_months_at_most(hall: Hall, register: TicketRegister) -> None:
    stocked(hall, 1, 2000)
    most = ticket_rules().first_issue
    refused("ticket-issue-too-many", issued, hall, most + 1)
    assert issued(hall, most).count == most
    refused("ticket-issue-too-many", issued, hall, 1)
    other = lambda session: issuing.issue(session, "县林业局", KIND, 1, entry(hall))  # noqa: E731
    refused("ticket-certificate-missing", do, hall, other)
    hall.now += timedelta(days=400)
    refused("ticket-certificate-unreviewed", issued, hall, 1)
    register.review_certificate("工商领证1", False, KEEPER)
    refused("ticket-certificate-missing", issued, hall, 1)
    refused("ticket-certificate-exists", register.enter_certificate, "工商领证1", DEPARTMENT, "x", KEEPER)


def test_more_than_the_stock_is_not_given(hall: Hall, register: TicketRegister) -> None:
    stocked(hall, 1, 3)
    refused("ticket-stock-short", issued, hall, 4)
    refused("ticket-quantity", issued, hall, 0)


def test_voiding_takes_two_persons_a_reason_and_all_copies(hall: Hall, register: TicketRegister) -> None:
    ready(hall, register)
    used(hall, "P1")
    refused("ticket-copies-missing", register.propose, Proposal(Step.VOID, KIND, 1, 1, "写错", 2), KEEPER)
    refused("ticket-reason-missing", register.propose, Proposal(Step.VOID, KIND, 1, 1, " ", 3), KEEPER)
    refused("ticket-step-unknown", register.propose, Proposal(Step.USE, KIND, 1, 1, "x", 3), KEEPER)
    wanted = register.propose(Proposal(Step.VOID, KIND, 1, 1, "写错", 3), KEEPER)
    refused("ticket-second-person", register.confirm, wanted, KEEPER)
    assert last_audit(hall) == ("ConfirmTickets", "refused", "ticket-second-person")
    refused("ticket-keeper-only", register.confirm, wanted, CLERK)
    register.confirm(wanted, SECOND)
    refused("ticket-proposal-done", register.confirm, wanted, SECOND)
    refused("ticket-proposal-not-found", register.confirm, 99, SECOND)
    assert used(hall, "P1") == 2  # the payment has no ticket any more, so it gets another
    assert register.life(KIND, 1)[-1].second_id == SECOND.id


def test_a_lost_ticket_is_blocked_and_a_late_report_is_remembered(hall: Hall, register: TicketRegister) -> None:
    ready(hall, register)
    assert register.report_lost(Numbers(KIND, 1, 1), date(2026, 3, 2), "遗失", "声明1", CLERK)
    refused("ticket-lost", used, hall, "P1", number=1)
    assert used(hall, "P1") == 2
    hall.now += timedelta(days=30)
    assert not register.report_lost(Numbers(KIND, 3, 3), date(2026, 3, 2), "遗失", "声明2", CLERK)
    assert register.life(KIND, 3)[-1].detail["late"] is True
    refused("ticket-reason-missing", register.report_lost, Numbers(KIND, 4, 4), date(2026, 3, 2), "", "", CLERK)
    refused("ticket-keeper-only", register.report_lost, Numbers(KIND, 50, 50), date(2026, 3, 2), "x", "", CLERK)


def test_stubs_are_kept_five_years_and_destroyed_by_a_register(hall: Hall, register: TicketRegister) -> None:
    ready(hall, register)
    used(hall, "P1", 700)
    refused("ticket-state", register.return_stubs, Numbers(KIND, 1, 2), KEEPER)
    register.return_stubs(Numbers(KIND, 1, 1), KEEPER)
    register.write_off(Numbers(KIND, 1, 1), 1, 700, KEEPER)
    register.archive(Numbers(KIND, 1, 1), "柜一", KEEPER)
    refused("ticket-register-missing", register.propose, Proposal(Step.DESTROY, KIND, 1, 1, "期满"), KEEPER)
    refused("ticket-keep-longer", register.propose, Proposal(Step.DESTROY, KIND, 1, 1, "期满", reference="清册"), KEEPER)


def test_unused_tickets_go_back_and_to_a_colleague(hall: Hall, register: TicketRegister) -> None:
    ready(hall, register)
    register.give_back(Numbers(KIND, 5, 10), "休假", KEEPER)
    refused("ticket-holder-missing", register.hand, Numbers(KIND, 5, 10), "", KEEPER)
    refused("ticket-keeper-only", register.hand, Numbers(KIND, 5, 10), "me", CLERK)
    register.hand(Numbers(KIND, 5, 10), "cashier-2", KEEPER)
    assert states(hall) == [(1, 4, "held"), (5, 10, "held"), (11, 100, "in-stock")]


def test_an_unaccounted_number_is_found(hall: Hall, register: TicketRegister) -> None:
    ready(hall, register)
    do(hall, lambda session: session.execute(text("DELETE FROM ticket_span WHERE first_number = 1")))
    do(hall, lambda session: book._replace(session, KIND, [], [Span(1, 3, State.USED)]))
    found = {(finding.what, finding.first, finding.last) for finding in register.findings(hall.now)}
    assert found == {("gap", 4, 10), ("log-differs", 1, 3)}


def test_gaps_and_doubles_are_told_by_their_numbers() -> None:
    assert gaps([(1, 10)], [(1, 3), (6, 9)]) == [(4, 5), (10, 10)]
    assert doubles([(1, 5), (4, 8)]) == [(4, 5)]


def test_more_than_three_void_in_a_hundred_is_an_alarm_once_there_are_enough() -> None:
    assert void_percent(97, 3) is None
    assert void_percent(96, 4) == 4.0
    assert void_percent(1, 1) is None


STEPS = st.tuples(st.sampled_from(sorted(Step)), st.integers(1, 30), st.integers(0, 8))


@given(st.lists(STEPS, max_size=40))
def test_under_any_order_of_steps_every_number_has_one_state(steps: list[tuple[Step, int, int]]) -> None:
    """The law of the book, against a table with one line a number."""
    spans, table = [Span(1, 30, State.ORDERED)], dict.fromkeys(range(1, 31), State.ORDERED)
    for step, first, more in steps:
        last, (allowed, target) = min(first + more, 30), MOVES[step]
        fits = all(table[number] in allowed for number in range(first, last + 1))
        try:
            spans = moved(spans, step, first, last, Keeper("d", f"h{more % 2}" if step is Step.HAND else None))
        except Rejection:
            assert not fits
            continue
        assert fits
        table.update(dict.fromkeys(range(first, last + 1), target))
        assert [number for span in spans for number in range(span.first, span.last + 1)] == list(range(1, 31))
        assert {number: span.state for span in spans for number in range(span.first, span.last + 1)} == table


ACTS = st.sampled_from(["order", "stock", "issue", "hand", "use", "void", "lose", "return", "write-off", "use", "use"])


@settings(max_examples=20, deadline=None)
@given(acts=st.lists(st.tuples(ACTS, st.integers(1, 12)), max_size=25))
def test_the_register_accounts_for_every_number_under_random_work(
    sqlite_databases: SqliteDatabases, acts: list[tuple[str, int]]
) -> None:
    hall = Hall(sqlite_databases.migrated())
    try:
        register = TicketRegister(hall.runtime.registers)
        register.enter_certificate("领证", DEPARTMENT, "费", KEEPER)
        ready(hall, register)
        for place, (act, number) in enumerate(acts):
            with suppress(Rejection):
                _work(hall, register, act, number, place)
        spans = states(hall)
        kept = [number for first, last, _ in spans for number in range(first, last + 1)]
        assert kept == list(range(1, max(kept) + 1))
        assert [f for f in register.findings(hall.now) if f.what != "void-rate"] == []
    finally:
        hall.close()


def _work(hall: Hall, register: TicketRegister, act: str, number: int, place: int) -> None:
    one = Numbers(KIND, number, number)
    acts: dict[str, Any] = {
        "order": lambda: do(hall, lambda session: book.order(session, KIND, 101, 100 + number, entry(hall))),
        "stock": lambda: do(hall, lambda session: book.move(session, Step.STOCK, KIND, 101, 100 + number, entry(hall))),
        "issue": lambda: issued(hall, number),
        "hand": lambda: held(hall, register, number, number + 2),
        "use": lambda: used(hall, f"P{place}"),
        "void": lambda: register.confirm(register.propose(Proposal(Step.VOID, KIND, number, number, "x", 3), KEEPER), SECOND),
        "lose": lambda: register.report_lost(one, date(2026, 3, 2), "x", "y", KEEPER),
        "return": lambda: register.return_stubs(Numbers(KIND, 1, number), KEEPER),
        "write-off": lambda: register.write_off(one, 1, 1000, KEEPER),
    }
    acts[act]()
