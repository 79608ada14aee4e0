"""日清 and 月结 as cases: two persons, money where it belongs by order, nothing over night without a record (R-39, A-14)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from tests.workflows.centre import Centre
from tests.workflows.debts import operate, refused_codes
from tests.workflows.filing import actor
from tests.workflows.money import CASHIER, FEE_FEN, FINANCE, SECOND, Desk
from workflows.clock import hall_day
from workflows.collection.month_end import settlement
from workflows.collection.tables import carry_over, transfer_order

COUNT: dict[str, Any] = {"pieces": {"d10000": FEE_FEN // 10_000}, "slip_fen": FEE_FEN, "keep": "no"}
EMPTY: dict[str, Any] = {"pieces": {}, "slip_fen": 0, "keep": "no"}
SIGNED = {"outcome": "agreed"}


@pytest.fixture
def desk(centre_url: str) -> Iterator[Desk]:
    centre = Centre(centre_url)
    yield Desk(centre)
    centre.close()


def begin(desk: Desk, who: str = CASHIER) -> str:
    """A day whose books are open; it is four o'clock."""
    case = desk.centre.file("day_close", who)
    desk.centre.wait(hours=8)
    return case


def count(desk: Desk, case: str, who: str = CASHIER, **changed: Any) -> None:
    desk.centre.fill("count", who, case, **COUNT | changed)


def refused(code: str, act: Any, *arguments: Any, **named: Any) -> None:
    with pytest.raises(Rejection) as caught:
        act(*arguments, **named)
    assert caught.value.code == code


def test_a_day_from_opening_to_the_banks_confirmation(desk: Desk) -> None:
    desk.pay(desk.noticed())
    case = desk.centre.file("day_close", CASHIER)
    assert desk.centre.tasks(element_id="count") == [], "the day is counted at four, not before"
    desk.centre.wait(hours=8)
    count(desk, case)
    known = desk.centre.known("sign", case)["settled"]
    assert (known["banked_fen"], known["transferred_fen"], known["carried_fen"]) == (FEE_FEN, FEE_FEN, 0)
    desk.centre.fill("sign", FINANCE, case, **SIGNED)
    with desk.centre.runtime.registers.read() as session:
        (order,) = session.execute(select(transfer_order)).all()
    assert (order.account, order.amount_fen, order.confirmed_at) == ("金库", FEE_FEN, None)
    assert set(desk.ledger.trial_balance().values()) == {0}
    desk.centre.fill("confirm", FINANCE, case, reference="银回0001")
    assert desk.centre.status(case) == "completed"
    with desk.centre.runtime.registers.read() as session:
        assert session.execute(select(transfer_order.c.bank_reference)).scalar_one() == "银回0001"


def test_a_day_stays_open_while_anything_differs(desk: Desk) -> None:
    desk.pay(desk.noticed())
    case = begin(desk)
    count(desk, case, pieces={"d10000": 1})
    refused("ledger-differences", desk.centre.fill, "sign", FINANCE, case, **SIGNED)
    assert desk.centre.refusals(case)[-1] == (FINANCE, "ledger-differences")
    desk.centre.fill("sign", FINANCE, case, outcome="recount", reason="现金不符")
    count(desk, case, SECOND)
    desk.centre.fill("sign", FINANCE, case, **SIGNED)


def test_whoever_counted_took_money_or_made_out_a_notice_does_not_close(desk: Desk) -> None:
    desk.pay(desk.noticed())
    case = begin(desk)
    count(desk, case, SECOND)
    wrong = {
        SECOND: "separation-of-duties",
        CASHIER: "money-duties-not-separate",
        "window-construction-1": "money-duties-not-separate",
    }
    for who, code in wrong.items():
        refused(code, desk.centre.fill, "sign", Actor(who, ("finance-office",)), case, **SIGNED)
        assert desk.centre.refusals(case)[-1] == (who, code)


def test_money_is_kept_over_night_on_record_and_counted_again(desk: Desk) -> None:
    desk.pay(desk.noticed())
    case = begin(desk)
    count(desk, case, keep="yes", slip_fen=0, reason="银行停电，当日不能缴存")
    desk.centre.fill("sign", FINANCE, case, **SIGNED)
    assert desk.centre.status(case) == "completed"
    with desk.centre.runtime.registers.read() as session:
        (kept,) = session.execute(select(carry_over)).all()
    assert (kept.cash_fen, kept.amount_fen, kept.actor_id) == (FEE_FEN, FEE_FEN, CASHIER)
    desk.centre.now += timedelta(hours=17)
    case = begin(desk)
    count(desk, case)
    desk.centre.fill("sign", FINANCE, case, **SIGNED)
    assert desk.ledger.trial_balance()["cash"] == 0


def test_without_cash_nothing_is_kept_over_night(desk: Desk) -> None:
    case = begin(desk)
    refused("carry-without-cash", count, desk, case, keep="yes", slip_fen=0, reason="停电停电")
    desk.centre.fill("count", CASHIER, case, **EMPTY)
    desk.centre.fill("sign", FINANCE, case, **SIGNED)
    assert desk.centre.status(case) == "completed", "nothing was passed on, so the bank has nothing to confirm"


def test_only_cashiers_open_the_day_and_no_day_behind_an_open_one(desk: Desk) -> None:
    refused("payment-cashiers-only", desk.centre.file, "day_close", "window-construction-1")
    desk.centre.now += timedelta(days=1)
    refused("ledger-day-before-open", desk.centre.file, "day_close", CASHIER)


def test_a_month_is_settled_by_two_and_locked(desk: Desk) -> None:
    desk.pay(desk.noticed())
    case = begin(desk)
    count(desk, case)
    desk.centre.fill("sign", FINANCE, case, **SIGNED)
    month = hall_day(desk.centre.now).isoformat()[:7]
    with desk.centre.runtime.registers.read() as session:
        (line,) = settlement(session, month)
    assert (line.fee, line.assessed, line.paid, line.remitted, line.arrears, line.tickets) == (
        "SF-JW-01",
        FEE_FEN,
        FEE_FEN,
        FEE_FEN,
        0,
        1,
    )
    desk.centre.now += timedelta(days=31)
    refused("month-invalid", desk.centre.file, "month_settlement", FINANCE, month="2026-13")
    case = desk.centre.file("month_settlement", FINANCE, month=month)
    found = desk.centre.known("explain", case)["differences"]
    assert {(one["kind"], one["other"]) for one in found} == {("transfer", "0.00")}, "the bank has confirmed no transfer"
    early = operate(desk.centre, "collection.sign_month", CASHIER, month=month, role="cashier")
    assert early == "month-differences-unexplained"
    assert early in refused_codes(desk.centre)
    unsaid = operate(desk.centre, "collection.explain_month", CASHIER, month=month, differences=[])
    assert unsaid == "month-explanation-missing"
    desk.centre.fill("explain", CASHIER, case, differences=[one | {"explanation": "银行回单次日送达"} for one in found])
    desk.centre.fill("sign_cashier", CASHIER, case, checked=True)
    refused("separation-of-duties", desk.centre.fill, "sign_finance", Actor(CASHIER, ("finance-office",)), case, checked=True)
    issuer = Actor("window-construction-1", ("finance-office",))
    refused("money-duties-not-separate", desk.centre.fill, "sign_finance", issuer, case, checked=True)
    desk.centre.fill("sign_finance", FINANCE, case, checked=True)
    assert desk.centre.variables(case)["finance_signed"] == {"closed": True}
    with pytest.raises(Rejection) as caught:
        desk.ledger.sign_month(month, "finance", actor(FINANCE))
    assert caught.value.code == "ledger-month-signed"
