"""Paying back what was paid, from the application to the payer's account (P15, rules.md 3.5, 3.7)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from tests.databases import SqliteDatabases
from tests.workflows.centre import Centre, prepare
from tests.workflows.debts import BUILDING, KIND, Debts, operate, refused_codes
from workflows.collection import origin
from workflows.ledger import Stamp
from workflows.refunds import RefundRegister
from workflows.tickets import book
from workflows.tickets.life import State
from workflows.tickets.using import ticket_of

PAID = 100_000
"""A thousand yuan, all of it in the hall's clearing account."""
ASK = {
    "ticket_kind": KIND,
    "extent": "full",
    "ground": "overpaid",
    "reason": "重复申报导致多缴",
    "evidence": "缴款凭证",
    "payee": BUILDING.payer,
    "account": "6222000000000001",
    "ticket_handed_in": True,
}
YES = {"agrees": "yes", "opinion": "属实"}
CASHIER = "fund-cashier-1"
PAY = {"account": ASK["account"], "reference": "银付1号"}


@pytest.fixture
def centre(centre_url: str) -> Iterator[Centre]:
    made = Centre(centre_url)
    yield made
    made.close()


@pytest.fixture
def debts(centre: Centre) -> Debts:
    return paid_up(centre)


def paid_up(centre: Centre) -> Debts:
    """A fee of a case is assessed and paid by bank."""
    made = Debts(centre)
    made.assess(PAID, BUILDING)
    made.pay(PAID, BUILDING)
    return made


def ticket(centre: Centre, receipt: str = "P1") -> int:
    with centre.runtime.registers.read() as session:
        found = ticket_of(session, receipt)
    assert found is not None
    return found[1]


def asked(centre: Centre, **more: Any) -> str:
    application = {**ASK, "ticket_number": more.pop("ticket_number", None) or ticket(centre), **more}
    return centre.file("refund", application=application)


def approved(centre: Centre, case: str | None = None) -> None:
    centre.fill("verify", "construction-examiner-1", case, **YES)
    centre.fill("approve_first", "finance-fee-officer-1", case, agrees="yes")
    centre.fill("approve_second", "finance-fee-officer-2", case, agrees="yes")


def row(centre: Centre, case: str) -> Any:
    return RefundRegister(centre.runtime.registers).read(centre.variables(case)["refund"]["number"]).row


def refused(centre: Centre, code: str, **more: Any) -> None:
    """Starting is refused, and the attempt is on record."""
    with pytest.raises(Rejection) as caught:
        asked(centre, **more)
    assert caught.value.code == code
    assert code in refused_codes(centre)


def step_refused(centre: Centre, case: str, code: str, element: str, who: str, **data: Any) -> None:
    with pytest.raises(Rejection) as caught:
        centre.fill(element, who, case, **data)
    assert caught.value.code == code
    assert (who, code) in centre.refusals(case)


def test_before_remittance_the_money_goes_straight_back_and_the_ticket_is_void(centre: Centre, debts: Debts) -> None:
    number = ticket(centre)
    case = asked(centre)
    approved(centre)
    centre.fill("pay", CASHIER, **PAY)
    found = row(centre, case)
    assert (found.state, found.route, found.ticket_void) == ("paid", "before", True)
    assert debts.balance("pending-revenue", BUILDING) == 0
    assert debts.balance("clearing-bank") == 0
    assert debts.sums_to_zero()
    with centre.runtime.registers.read() as session:
        assert book.span_of(session, KIND, number).state is State.VOID
    debts.next_day()  # and the day closes


def test_after_remittance_the_treasury_gives_it_back_first(centre: Centre, debts: Debts) -> None:
    debts.remit()
    case = asked(centre)
    approved(centre)
    assert debts.balance("refund-receivable", BUILDING) == PAID
    assert debts.balance("refund-payable", BUILDING) == -PAID
    centre.fill("restore", CASHIER, document="退字2026-1")
    assert debts.balance("clearing-bank") == PAID
    centre.fill("pay", CASHIER, **PAY)
    assert (row(centre, case).state, row(centre, case).route) == ("paid", "after")
    for account in ("refund-receivable", "refund-payable", "clearing-bank", "pending-revenue"):
        assert debts.balance(account) == 0
    assert debts.sums_to_zero()


def test_money_that_goes_on_while_it_is_approved_is_asked_back(centre: Centre, debts: Debts) -> None:
    case = asked(centre)
    approved(centre)
    debts.remit()
    centre.fill("pay", CASHIER, **PAY)
    assert row(centre, case).state == "treasury"
    centre.fill("restore", CASHIER, document="退字2026-2")
    centre.fill("pay", CASHIER, **PAY)
    assert row(centre, case).state == "paid"
    assert debts.balance("clearing-bank") == 0


def test_a_part_leaves_the_ticket_and_the_rest(centre: Centre, debts: Debts) -> None:
    case = asked(centre, extent="part", amount_fen="400.00")
    approved(centre)
    centre.fill("pay", CASHIER, **PAY)
    assert (row(centre, case).amount_fen, row(centre, case).ticket_void) == (40_000, False)
    assert debts.balance("pending-revenue", BUILDING) == -60_000
    refused(centre, "refund-more-than-paid", extent="part", amount_fen="600.01")
    rest = asked(centre)
    approved(centre, rest)
    centre.fill("pay", CASHIER, rest, **PAY)
    assert (row(centre, rest).amount_fen, row(centre, rest).ticket_void) == (60_000, True)


def test_nothing_is_paid_back_twice_or_beyond_what_was_paid(centre: Centre, debts: Debts) -> None:
    number = ticket(centre)
    refused(centre, "refund-more-than-paid", extent="part", amount_fen="1000.01")
    case = asked(centre)
    refused(centre, "refund-twice")
    approved(centre)
    centre.fill("pay", CASHIER, **PAY)
    refused(centre, "refund-twice", ticket_number=number)
    assert row(centre, case).state == "paid"


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("refund-receipt-unknown", {"ticket_number": 999}),
        ("refund-other-payee", {"payee": "他人"}),
        ("refund-fee-missing", {"fee": "SAMPLE-01"}),
    ],
)
def test_what_cannot_be_paid_back_is_refused_and_recorded(centre: Centre, debts: Debts, code: str, given: Any) -> None:
    refused(centre, code, **given)


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("refund-ground-unknown", {"ground": "goodwill"}),
        ("refund-account-missing", {"account": " "}),
        ("refund-receipt-not-returned", {"ticket_handed_in": False}),
        ("refund-amount", {"extent": "part", "amount_fen": 0}),
    ],
)
def test_what_a_form_would_refuse_the_operator_refuses_too(centre: Centre, debts: Debts, code: str, given: Any) -> None:
    application = {**ASK, "ticket_number": ticket(centre), **given}
    assert operate(centre, "refunds.apply", "applicant", application=application) == code
    assert code in refused_codes(centre)


def test_a_payment_that_was_reversed_is_not_paid_back(centre: Centre, debts: Debts) -> None:
    number = ticket(centre)
    debts.reverse_last()
    refused(centre, "refund-receipt-reversed", ticket_number=number)


def test_two_people_approve_and_another_pays_to_the_account_of_the_application(centre: Centre, debts: Debts) -> None:
    case = asked(centre)
    centre.fill("verify", "construction-examiner-1", **YES)
    centre.fill("approve_first", "finance-fee-officer-1", agrees="yes")
    step_refused(centre, case, "separation-of-duties", "approve_second", "finance-fee-officer-1", agrees="yes")
    number = centre.variables(case)["refund"]["number"]
    again = operate(centre, "refunds.approve", "finance-fee-officer-1", number=number, agrees="yes")
    assert again == "refund-one-approver"
    centre.fill("approve_second", "finance-fee-officer-2", agrees="yes")
    step_refused(centre, case, "refund-other-account", "pay", CASHIER, account="6222999", reference="1")
    assert operate(centre, "refunds.pay", "finance-fee-officer-1", number=number, **PAY) == "refund-group-only"
    assert debts.balance("clearing-bank") == PAID


def came_from(centre: Centre, account: str) -> None:
    """The payment came from this account, as the cashier entered it."""

    def kept(session: Any, now: datetime) -> None:
        origin.keep(session, "P1", "card", account, Stamp(now, "cashier-test"))

    centre.runtime.registers.change("Test", Actor("cashier-test"), kept)


def test_money_goes_back_to_the_account_it_came_from(centre: Centre, debts: Debts) -> None:
    came_from(centre, "6222 0000 0000 0009")
    refused(centre, "refund-not-origin-account")
    assert asked(centre, account="6222000000000009")


def test_to_another_account_it_goes_with_a_reason_that_each_approver_agrees_to(centre: Centre, debts: Debts) -> None:
    came_from(centre, "6222000000000009")
    case = asked(centre, other_account_reason="原账户已销户，附银行证明")
    centre.fill("verify", "construction-examiner-1", **YES)
    number = centre.variables(case)["refund"]["number"]
    unsaid = operate(centre, "refunds.approve", "finance-fee-officer-1", number=number, agrees="yes")
    assert unsaid == "refund-account-unagreed"
    assert "refund-account-unagreed" in refused_codes(centre)
    for element, who in (("approve_first", "finance-fee-officer-1"), ("approve_second", "finance-fee-officer-2")):
        centre.fill(element, who, agrees="yes", account_reason="销户证明属实")
    centre.fill("pay", CASHIER, **PAY)
    assert (row(centre, case).state, row(centre, case).account_agreed_by) == ("paid", "finance-fee-officer-2")


def test_who_took_the_money_does_not_pay_it_back(centre: Centre, debts: Debts) -> None:
    case = asked(centre)
    approved(centre)
    debts.took(BUILDING.case_number, CASHIER)
    step_refused(centre, case, "money-duties-not-separate", "pay", CASHIER, **PAY)


@pytest.mark.parametrize("at", ["verify", "approve_first", "approve_second"])
def test_whoever_finds_it_wrong_ends_it_with_reasons(centre: Centre, debts: Debts, at: str) -> None:
    case = asked(centre)
    who = {
        "verify": "construction-examiner-1",
        "approve_first": "finance-fee-officer-1",
        "approve_second": "finance-fee-officer-2",
    }
    for element, account in who.items():
        if element == at:
            said = {"opinion": "不属实"} if element == "verify" else {"reason": "不属实"}
            centre.fill(element, account, agrees="no", **said)
            break
        centre.fill(element, account, **(YES if element == "verify" else {"agrees": "yes"}))
    assert (row(centre, case).state, row(centre, case).refused_because) == ("refused", "不属实")
    assert centre.status(case) == "completed"
    assert asked(centre)  # the money may be asked for again


def test_each_step_has_ten_working_days_around_the_holidays(centre: Centre, debts: Debts) -> None:
    """Nobody is hurried by National Day: eight days of it count nothing, the working weekend counts."""
    debts.remit()
    debts.next_day((datetime(2026, 9, 28, 1, 0, tzinfo=UTC) - centre.now).days)
    case = asked(centre)
    due = datetime.fromisoformat(centre.variables(case)["refund"]["due_at"])
    assert due.date().isoformat() == "2026-10-16"
    centre.now = due - timedelta(minutes=1)
    centre.runtime.run_due()
    assert "overdue" not in events(centre, case)
    centre.now = due + timedelta(minutes=1)
    centre.runtime.run_due()
    assert "overdue" in events(centre, case)
    centre.fill("verify", "construction-examiner-1", **YES)
    assert row(centre, case).state == "approving"


def test_a_unit_that_applies_late_is_noted_and_the_payer_loses_nothing(centre: Centre, debts: Debts) -> None:
    found_on = centre.now.date()
    debts.remit()
    debts.next_day(8)
    case = asked(centre, found_on=found_on.isoformat())
    assert row(centre, case).late is True


@settings(max_examples=6, deadline=None)
@given(parts=st.lists(st.integers(1, 60_000), min_size=1, max_size=4))
def test_whatever_is_asked_for_no_more_goes_back_than_was_paid(sqlite_databases: SqliteDatabases, parts: list[int]) -> None:
    centre = Centre(sqlite_databases.prepared(prepare))
    debts = paid_up(centre)
    number, back = ticket(centre), 0
    for fen in parts:
        try:
            case = asked(centre, extent="part", amount_fen=f"{fen // 100}.{fen % 100:02d}", ticket_number=number)
        except Rejection:
            assert back + fen > PAID
            continue
        approved(centre, case)
        centre.fill("pay", CASHIER, case, **PAY)
        back += fen
    assert debts.balance("clearing-bank") == PAID - back >= 0
    assert debts.sums_to_zero()
    centre.close()


def events(centre: Centre, case: str) -> list[str]:
    number = centre.variables(case)["refund"]["number"]
    return [event.event for event in RefundRegister(centre.runtime.registers).read(number).events]


def test_by_whatever_model_the_operators_refuse_what_is_out_of_turn(centre: Centre, debts: Debts) -> None:
    debts.remit()
    case = asked(centre)
    number = centre.variables(case)["refund"]["number"]
    assert operate(centre, "refunds.pay", CASHIER, number=number, **PAY) == "refund-state"
    assert operate(centre, "refunds.approve", "finance-fee-officer-1", number=number, agrees="yes") == "refund-state"
    assert operate(centre, "refunds.verify", "committee", number="TF0", agrees="yes") == "refund-not-found"
    centre.fill("verify", "construction-examiner-1", **YES)
    assert operate(centre, "refunds.approve", "committee", number=number, agrees="yes") == "refund-group-only"
    verifier = operate(centre, "refunds.approve", "construction-examiner-1", number=number, agrees="yes")
    assert verifier == "refund-group-only"
    centre.fill("approve_first", "finance-fee-officer-1", agrees="yes")
    centre.fill("approve_second", "finance-fee-officer-2", agrees="yes")
    restored = {"number": number, "document": " "}
    assert operate(centre, "refunds.restore", CASHIER, **restored) == "refund-treasury-document-missing"
    centre.fill("restore", CASHIER, document="退字2026-1")
    without = {"number": number, "account": PAY["account"], "reference": ""}
    assert operate(centre, "refunds.pay", CASHIER, **without) == "refund-bank-reference-missing"
    codes = {"refund-state", "refund-group-only", "refund-treasury-document-missing", "refund-bank-reference-missing"}
    assert codes <= refused_codes(centre)
    assert debts.balance("refund-payable", BUILDING) == -PAID


def test_the_hall_advances_nothing(centre: Centre, debts: Debts) -> None:
    """Money still in the till, or on its way back from the treasury, is not paid out of somebody else's."""
    debts.remit()
    case = asked(centre)
    approved(centre)
    number = centre.variables(case)["refund"]["number"]
    assert operate(centre, "refunds.pay", CASHIER, number=number, **PAY) == "refund-state"
    assert [task.element_id for task in centre.tasks() if task.instance_id == case] == ["restore"]
