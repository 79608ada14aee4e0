"""P12 as whole cases: a fee is worked out from the case, asked for by notice, paid at the counter; delivery waits for it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from forms import FormErrors
from tests.workflows import papers
from tests.workflows.centre import Centre
from tests.workflows.debts import operate, refused_codes
from tests.workflows.filing import actor
from tests.workflows.money import CASHIER, FEE_FEN, KIND, Desk
from workflows.case_file.storage import events_of
from workflows.collection.code import is_code, make
from workflows.collection.collection_register import CollectionRegister
from workflows.collection.notices import parts_of
from workflows.ledger.balances import balance


@pytest.fixture
def desk(centre_url: str) -> Iterator[Desk]:
    centre = Centre(centre_url)
    yield Desk(centre)
    centre.close()


def refused(code: str, act: Any, *arguments: Any, **named: Any) -> None:
    with pytest.raises(Rejection) as caught:
        act(*arguments, **named)
    assert caught.value.code == code


def refusals(desk: Desk, case: str, element: str) -> list[tuple[str, str | None]]:
    return desk.centre.refusals(desk.collection(case, element).instance_id)


def test_a_fee_from_the_case_to_the_licence(desk: Desk) -> None:
    case = desk.filed()
    assert not [task for task in desk.centre.tasks(element_id="deliver") if task.instance_id == case]
    known = desk.centre.runtime.queries.user_task(desk.collection(case, "confirm_basis").id).variables
    assert known["basis"]["text"] == "样例建设工程规划审查费：details.floor_area_m2＝36000"
    desk.confirm(case)
    notice = desk.notice(case)
    assert (notice.amount_fen, notice.state, notice.issued_by) == (FEE_FEN, "issued", "window-construction-1")
    assert is_code(notice.code)
    assert desk.ledger.trial_balance()["receivable-memo"] == FEE_FEN
    desk.pay(case)
    paid = desk.notice(case)
    assert (paid.state, paid.paid_by, paid.channel) == ("paid", CASHIER, "cash")
    assert desk.ledger.trial_balance()["receivable-memo"] == 0
    assert desk.ledger.trial_balance()["cash"] == FEE_FEN
    desk.centre.drive(case)
    assert desk.centre.status(case) == "completed"
    assert {event for event in _statuses(desk, case)} >= {"granted", "delivered"}


def test_nobody_but_a_cashier_of_the_fund_service_takes_money(desk: Desk) -> None:
    case = desk.noticed()
    task = desk.collection(case, "receive")
    given = {"channel": "cash", "kind": KIND, "number": 1}
    for who in ("window-construction-2", "construction-examiner-1", "construction-leader", "town-longgang-officer"):
        refused("user-task-not-candidate", desk.centre.fill, "receive", who, task, **given)
    runtime = desk.centre.runtime
    runtime.accounts.create(id="window-construction-2", name="窗口", password="a long password", roles=["clerk"], groups=[])
    runtime.user_tasks.assign(task.id, "window-construction-2", actor=actor("supervisor"), command_id="a1", reason="换人")
    refused("payment-cashiers-only", desk.centre.fill, "receive", "window-construction-2", task, **given)
    assert refusals(desk, case, "receive")[-1] == ("window-construction-2", "payment-cashiers-only")
    assert desk.notice(case).state == "issued"


def test_who_made_out_the_notice_does_not_take_the_money_in_whatever_group_he_is(desk: Desk) -> None:
    case = desk.noticed()
    task = desk.collection(case, "receive")
    both = Actor("window-construction-1", ("window-construction", "fund-service"))
    refused("money-duties-not-separate", desk.centre.fill, "receive", both, task, channel="cash", kind=KIND, number=1)
    assert refusals(desk, case, "receive")[-1] == (both.id, "money-duties-not-separate")


def test_tickets_and_money_come_together_or_not_at_all(desk: Desk) -> None:
    case = desk.noticed()
    for number, code in ((2, "ticket-skipped"), (51, "ticket-of-other-person")):
        refused(code, desk.pay, case, number=number)
    assert desk.ledger.trial_balance()["cash"] == 0
    desk.pay(case)
    with desk.centre.runtime.registers.read() as session:
        assert balance(session, "cash") == FEE_FEN


def test_what_a_free_item_is_charged_is_refused_and_on_record(desk: Desk) -> None:
    case = desk.filed("land_use_planning_permit")
    number = desk.centre.receipt(case)
    desk.centre.correlate("fee-due", number, "window-construction-1", case=number)
    desk.centre.runtime.run_due()
    assert desk.attempts() == [("JW-001", "fee-free")]
    assert (desk.notices(), desk.centre.tasks(element_id="receive")) == (0, [])
    assert desk.ledger.trial_balance()["receivable-memo"] == 0


def test_nobody_asks_for_a_fee_before_the_case_itself_says_what_it_is_charged_by(desk: Desk) -> None:
    case = desk.centre.file("construction_planning_permit", **papers.application("construction_planning_permit"))
    desk.centre.step(case)
    number = desk.centre.receipt(case)
    desk.centre.correlate("fee-due", number, "window-construction-1", case=number, quantity=1, details={"floor_area_m2": 1})
    desk.centre.runtime.run_due()
    assert desk.attempts() == [("JW-002", "payment-nothing-due")]
    assert desk.notices() == 0


def test_a_case_is_asked_once(desk: Desk) -> None:
    case = desk.noticed()
    number = desk.centre.receipt(case)
    desk.centre.correlate("fee-due", number, "window-construction-1", case=number)
    desk.centre.runtime.run_due()
    refused("payment-notice-doubled", desk.confirm, case)


def test_a_message_that_says_paid_is_not_believed(desk: Desk) -> None:
    case = desk.filed()
    number = desk.centre.receipt(case)
    refused("fee-unpaid", desk.centre.correlate, "fee-paid", number, "window-construction-1")
    desk.confirm(case)
    refused("fee-unpaid", desk.centre.correlate, "fee-paid", number, "window-construction-1")
    assert desk.centre.refusals(case)[-1] == ("window-construction-1", "fee-unpaid")


def test_the_account_a_payment_came_from_is_kept_with_the_receipt(desk: Desk) -> None:
    case = desk.noticed()
    task = desk.collection(case, "receive")
    with pytest.raises(FormErrors):
        desk.centre.fill("receive", CASHIER, task, channel="card", kind=KIND, number=1)
    assert operate(desk.centre, "collection.receive", CASHIER, code=desk.notice(case).code, channel="card", kind=KIND) == (
        "payment-account-missing"
    )
    assert "payment-account-missing" in refused_codes(desk.centre)
    desk.centre.fill("receive", CASHIER, task, channel="card", kind=KIND, number=1, payer_account="6222 0000 0000 0009")
    register = CollectionRegister(desk.centre.runtime.registers)
    assert register.paid_from(desk.notice(case).receipt) == "************0009"


def test_an_unpaid_notice_is_reminded_of_and_then_in_arrears(desk: Desk) -> None:
    case = desk.noticed()
    notice = desk.notice(case)
    desk.centre.wait(days=18)
    assert desk.notice(case).arrears_on is None
    desk.centre.wait(days=10)
    assert desk.notice(case).arrears_on is not None
    assert [task.element_id for task in desk.centre.tasks(element_id="press") if task.instance_id == notice.instance_id]
    assert desk.notice(case).state == "issued"


def test_what_is_waived_needs_no_payment(desk: Desk) -> None:
    case = desk.noticed()
    notice = desk.notice(case)
    desk.centre.correlate("notice-settled", notice.code, "finance-ledger-officer")
    assert desk.notice(case).state == "issued"
    with desk.centre.runtime.registers.read() as session:
        (part,) = parts_of(session, notice)
    desk.ledger.post("waive", FEE_FEN, part.keys, actor("finance-ledger-officer"), group="finance-office")
    desk.centre.correlate("notice-settled", notice.code, "finance-ledger-officer")
    desk.centre.runtime.run_due()
    assert desk.notice(case).state == "settled"
    desk.centre.drive(case)
    assert desk.centre.status(case) == "completed"


def test_a_refused_application_is_not_charged(desk: Desk) -> None:
    case = desk.centre.file("construction_planning_permit", **papers.application("construction_planning_permit"))
    desk.centre.drive(case, draft=papers.REFUSE)
    assert desk.centre.status(case) == "completed"
    assert desk.notices() == 0


def test_a_wrong_digit_or_two_exchanged_are_found() -> None:
    day = date(2026, 3, 2)
    code = make(day, 41)
    assert is_code(code)
    assert make(day, 42) != code
    for place in range(len(code)):
        for digit in set("0123456789") - {code[place]}:
            assert not is_code(code[:place] + digit + code[place + 1 :])
        if place and code[place] != code[place - 1]:
            assert not is_code(code[: place - 1] + code[place] + code[place - 1] + code[place + 1 :])


def _statuses(desk: Desk, case: str) -> list[str]:
    with desk.centre.runtime.registers.read() as session:
        return [event.status for event in events_of(session, desk.centre.receipt(case))]
